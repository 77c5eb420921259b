import type { TypeCount } from '#territory/model'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './territory.module.css'

/** How many units of each kind lie below. */
export function Counts({ counts }: { counts: readonly TypeCount[] }) {
  const t = useText()
  const format = useFormat()
  if (counts.length === 0) return null
  return (
    <ul className={styles.counts}>
      {counts.map((count) => (
        <li key={count.type}>{t('territory.type-count', { number: format.number(count.count), type: count.typeName })}</li>
      ))}
    </ul>
  )
}
