import { Link } from '@tanstack/react-router'
import { ToneShape, type Tone } from './StatusBadge.tsx'
import { useFormat, useText } from './text.tsx'
import styles from './FourNumbers.module.css'

/** Lead duties by state. `undated` is the fifth number: continuous or without a date, never "in time". */
export interface Counts {
  done: number
  late: number
  pending: number
  overdue: number
  undated: number
}

const order = ['done', 'late', 'pending', 'overdue', 'undated'] as const satisfies readonly Tone[]

export interface FourNumbersProps {
  counts: Counts
  /** Address of the list behind a number. */
  to?: (state: keyof Counts) => string
  /** `row` is one line for tables: shapes and counts, words for screen readers. */
  size?: 'full' | 'row'
}

/** The state of tasks as four numbers and the undated, everywhere the same. */
export function FourNumbers({ counts, to, size = 'full' }: FourNumbersProps) {
  const t = useText()
  const format = useFormat()
  const total = order.reduce((sum, state) => sum + counts[state], 0)
  if (total === 0) return <p className={styles.none}>{t('kit.four-none')}</p>
  const shown = order.filter((state) => state !== 'undated' || counts.undated > 0)
  return (
    <div
      className={styles.four}
      data-size={size}
      role="group"
      aria-label={t('kit.four-numbers', { total, number: format.number(total) })}
    >
      <div className={styles.bar} aria-hidden>
        {shown.map(
          (state) =>
            counts[state] > 0 && (
              <span key={state} className={styles.part} data-state={state} style={{ flexGrow: counts[state] }} />
            ),
        )}
      </div>
      <ul className={styles.list}>
        {shown.map((state) => (
          <li key={state} data-zero={counts[state] === 0 || undefined}>
            <Entry to={to && counts[state] > 0 ? to(state) : undefined}>
              <ToneShape tone={state} size={size === 'full' ? 18 : 16} />
              <span className={styles.count}>{format.number(counts[state])}</span>
              <span className={size === 'full' ? styles.word : 'sr-only'}>{t(`kit.four-${state}`)}</span>
            </Entry>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Entry({ to, children }: { to: string | undefined; children: React.ReactNode }) {
  if (!to) return <span className={styles.entry}>{children}</span>
  return (
    <Link to={to} className={styles.entry}>
      {children}
    </Link>
  )
}
