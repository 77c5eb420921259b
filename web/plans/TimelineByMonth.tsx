import { IconSquareRotated, IconSquareRotatedFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TimelineRow } from '#plans/model'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { workTo } from './addresses.ts'
import { byMonth, type Dated } from './time-axis.ts'
import styles from './Timeline.module.css'
import { choice, periodWords, shorten, standingTones, withPath } from './words.ts'

/** The timeline on a narrow screen: month after month, what is due and which milestones come; below, what goes on always. */
export function TimelineByMonth({ rows }: { rows: readonly TimelineRow[] }) {
  const t = useText()
  const always = rows.filter((row) => row.time.kind === 'continuous')
  return (
    <div className={styles.months}>
      {byMonth(rows).map(([month, dated]) => (
        <section key={month} aria-labelledby={`month-${month}`}>
          <h3 id={`month-${month}`}>
            {t('plans.timeline-month', { month: Number(month.slice(5)), year: month.slice(0, 4) })}
          </h3>
          <ul>
            {dated.map((one) => (
              <li key={`${one.piece?.id ?? one.milestone?.name} ${one.on}`}>
                <Entry dated={one} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {always.length > 0 && (
        <section aria-labelledby="month-always">
          <h3 id="month-always">{t('plans.timeline-always')}</h3>
          <ul>
            {always.map((row) => (
              <li key={`${row.nodeId} ${row.agency.id}`}>
                <Link to={workTo(row.pieces[0]?.id ?? '')}>{shorten(withPath(row.path, row.text), 120)}</Link>
                <span className={styles.quiet}>{row.agency.name}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Entry({ dated: { on, row, piece, milestone } }: { dated: Dated }) {
  const t = useText()
  const format = useFormat()
  if (milestone) {
    const Shape = milestone.doneOn === null ? IconSquareRotated : IconSquareRotatedFilled
    return (
      <>
        <Link to={`${workTo(milestone.occurrenceId)}#moc`}>
          {t('plans.milestone-line', { date: format.dayMonth(on), name: milestone.name })}
        </Link>
        <span className={styles.diamond}>
          <Shape size={16} stroke={1.8} aria-hidden />{' '}
          {t(milestone.doneOn === null ? 'plans.milestone-open' : 'plans.milestone-is-passed')}
        </span>
        <span className={styles.quiet}>{row.agency.name}</span>
      </>
    )
  }
  if (!piece) return null
  const period = periodWords(piece.period, t)
  return (
    <>
      <Link to={workTo(piece.id)}>
        {t('plans.milestone-line', { date: format.dayMonth(on), name: shorten(withPath(row.path, row.text), 120) })}
      </Link>
      <StatusBadge tone={standingTones[piece.standing]}>
        {t('plans.standing-is', { standing: choice(piece.standing) })}
        {period && ` · ${period}`}
      </StatusBadge>
      <span className={styles.quiet}>{row.agency.name}</span>
    </>
  )
}
