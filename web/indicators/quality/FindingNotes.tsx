import { Link } from '@tanstack/react-router'
import type { Finding } from '#indicators/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { findingsTo } from './queries.ts'
import styles from './Quality.module.css'
import { findingWords } from './words.ts'

/** What was found in one figure, beside it: the first in full, how many more, and the answer where there is one. */
export function FindingNotes({ of }: { of: readonly Finding[] }) {
  const t = useText()
  const format = useFormat()
  const [first] = of
  if (first === undefined) return null
  return (
    <span className={styles.note}>
      <span className={first.state === 'open' ? styles.open : undefined}>{findingWords(first, t, format)}</span>
      {first.explanation !== null && (
        <span className={styles.quiet}>{t('indicators.quality-explained', { words: first.explanation })}</span>
      )}
      <Link to={findingsTo(first)}>{t('indicators.quality-all', { count: of.length })}</Link>
    </span>
  )
}
