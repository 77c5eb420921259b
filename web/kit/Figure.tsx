import { useFormat, useText } from './text.tsx'
import styles from './Figure.module.css'

/** Why there is no number. Four answers that must never look alike, and never like zero. */
export type Absence = 'missing' | 'not-applicable' | 'not-yet-known' | 'suppressed'

export interface FigureProps {
  value: number | null
  /** Why the value is null; missing unless said. */
  absent?: Absence
  digits?: number
  /** An estimate is lilac and carries a tilde. */
  isEstimate?: boolean
}

/** A number in a table or sentence: `–` not applicable, empty dashed box missing, hatching hidden to protect. */
export function Figure({ value, absent = 'missing', digits, isEstimate }: FigureProps) {
  const t = useText()
  const format = useFormat()
  if (value !== null) {
    return (
      <span className={isEstimate ? styles.estimate : styles.figure}>
        {(isEstimate ? '≈ ' : '') + format.number(value, digits)}
      </span>
    )
  }
  const words = t(`kit.${absent}`)
  if (absent === 'not-applicable') {
    return (
      <span title={words}>
        <span aria-hidden>–</span>
        <span className="sr-only">{words}</span>
      </span>
    )
  }
  return (
    <span className={styles[absent === 'suppressed' ? 'suppressed' : 'missing']} title={words}>
      {absent === 'not-yet-known' && <span aria-hidden>?</span>}
      <span className="sr-only">{words}</span>
    </span>
  )
}
