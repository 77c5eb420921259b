import type { TypeCount } from '#territory/model'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './territory.module.css'

/** How many units lie below, by level, and of each level by kind. */
export function Counts({ counts }: { counts: readonly TypeCount[] }) {
  const t = useText()
  const format = useFormat()
  if (counts.length === 0) return null
  const levels = [...Map.groupBy(counts, (count) => count.level)]
  return (
    <ul className={styles.counts}>
      {levels.map(([level, ofLevel]) => (
        <li key={level}>
          {t('territory.level-count', {
            level: t('territory.level', { level }),
            number: format.number(sum(ofLevel)),
            types: format.list(kinds(ofLevel)),
          })}
        </li>
      ))}
    </ul>
  )

  /** Kinds that bear one word count as one. */
  function kinds(ofLevel: readonly TypeCount[]): string[] {
    return [...Map.groupBy(ofLevel, (count) => count.typeName)].map(([type, same]) =>
      t('territory.type-count', { type: type.toLocaleLowerCase(format.locale), number: format.number(sum(same)) }),
    )
  }
}

function sum(counts: readonly TypeCount[]): number {
  return counts.reduce((total, count) => total + count.count, 0)
}
