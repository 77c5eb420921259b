import { Link } from '@tanstack/react-router'
import type { TimelineRow } from '#plans/model'
import { useFormat, useText } from '../kit/text.tsx'
import { workTo } from './addresses.ts'
import styles from './Timeline.module.css'
import { choice, periodWords, timeMeaning, withPath } from './words.ts'

/** The timeline as a table: the same rows in words. */
export function TimelineTable({ rows }: { rows: readonly TimelineRow[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <div className={styles.tableBox} role="region" aria-label={t('plans.timeline-table')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {['plans.task', 'plans.agency', 'plans.time', 'plans.due', 'plans.milestones'].map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.nodeId} ${row.agency.id}`}>
              <th scope="row">{withPath(row.path, row.text)}</th>
              <td>{row.agency.name}</td>
              <td>{meaning(row)}</td>
              <td>
                <ul>
                  {row.pieces.map((piece) => (
                    <li key={piece.id}>
                      <Link to={workTo(piece.id)}>
                        {[
                          piece.dueOn === null ? t('kit.due-none') : format.date(piece.dueOn),
                          periodWords(piece.period, t),
                          t('plans.standing-is', { standing: choice(piece.standing) }),
                        ]
                          .filter((words) => words !== undefined)
                          .join(' · ')}
                      </Link>
                    </li>
                  ))}
                </ul>
              </td>
              <td>
                <ul>
                  {row.milestones.map(({ occurrenceId, name, dueOn, doneOn }) => (
                    <li key={`${occurrenceId} ${name} ${dueOn}`}>
                      {t('plans.milestone-line', { date: format.date(dueOn), name })} (
                      {t(doneOn === null ? 'plans.milestone-open' : 'plans.milestone-is-passed')})
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
  function meaning({ time }: TimelineRow): string {
    return time.kind === null ? '' : timeMeaning({ ...time, kind: time.kind, text: '' }, t, format)
  }
}
