import { IconArrowRight, IconSquareRotated, IconSquareRotatedFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { TimelineGrouping, TimelineRow } from '#plans/model'
import { useSetUrl, useUrl } from '../kit/address.ts'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { SelectField } from '../kit/fields.tsx'
import { Pager } from '../kit/Pager.tsx'
import { useSession } from '../kit/session.tsx'
import { StatusBadge, ToneShape } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import type { ListUrl } from '../kit/useListUrl.ts'
import { names, nodeTo, planTo, tasksTo, workTo } from './addresses.ts'
import { timelineQuery } from './queries.ts'
import type { Query } from './requests.ts'
import { axisOf, barOf, daysOf, isDated, placeOf, worstOf, type TimeAxis } from './time-axis.ts'
import { TimelineByMonth } from './TimelineByMonth.tsx'
import { TimelineTable } from './TimelineTable.tsx'
import styles from './Timeline.module.css'
import { choice, periodWords, shorten, standingTones, withPath } from './words.ts'

export interface TimelineProps {
  /** What the list is narrowed to; the timeline shows all that matches. */
  of: Query
  list: ListUrl
  /** Rows may lie under the groups of the one plan they are of. */
  isOfOnePlan: boolean
}

/** Work as lines of time: bars, marks and milestones, today; the same as a table, and by month on a narrow screen. */
export function Timeline({ of, list, isOfOnePlan }: TimelineProps) {
  const t = useText()
  const url = useUrl()
  const setUrl = useSetUrl()
  const by: TimelineGrouping = oneOf(url[names.grouping]) === groupValue ? 'group' : 'body'
  const { data, error, refetch } = useQuery(timelineQuery({ ...of, by, page: list.page, size: list.size }))
  const { today } = useSession()
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return <p role="status">{t('kit.table-loading')}</p>
  if (data.items.length === 0) return <Empty title={t('plans.timeline-empty')} />
  const dated = data.items.filter(isDated)
  const undated = data.items.filter((row) => !isDated(row))
  const { from, to } = data.span
  const axis = axisOf([...daysOf(data.items), ...[from, to].filter((day) => day !== null), today])
  return (
    <div className={styles.whole}>
      <div className={`${styles.choose} screen-only`}>
        <SelectField
          id="timeline-by"
          label={t('plans.timeline-by')}
          choices={[
            { value: 'body', label: t('plans.timeline-by-body') },
            { value: 'group', label: t(isOfOnePlan ? 'plans.timeline-by-group' : 'plans.timeline-by-plan') },
          ]}
          value={by}
          onChange={(wanted) => setUrl({ [names.grouping]: wanted === 'group' ? groupValue : undefined }, true)}
        />
        <Legend />
      </div>
      {axis && dated.length > 0 && <Chart rows={dated} axis={axis} by={by} />}
      <TimelineByMonth rows={dated} />
      {undated.length > 0 && <Undated rows={undated} />}
      <details className="screen-only">
        <summary>{t('plans.timeline-table')}</summary>
        <TimelineTable rows={data.items} />
      </details>
      <Pager list={list} total={data.total} />
    </div>
  )
}

const groupValue = 'nhom'

/** What the shapes mean, beside what each says itself when one comes to it. */
function Legend() {
  const t = useText()
  return (
    <ul className={styles.legend} aria-label={t('plans.timeline-legend')}>
      {(['done', 'late', 'pending', 'overdue'] as const).map((tone) => (
        <li key={tone}>
          <StatusBadge tone={tone}>{t(`kit.four-${tone}`)}</StatusBadge>
        </li>
      ))}
      <li>
        <IconSquareRotated size={16} stroke={1.8} aria-hidden /> {t('plans.milestone-one')}
      </li>
    </ul>
  )
}

interface ChartProps {
  rows: readonly TimelineRow[]
  axis: TimeAxis
  by: TimelineGrouping
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

function Chart({ rows, axis, by }: ChartProps) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  return (
    <section className={styles.chart} aria-label={t('plans.timeline')}>
      <div className={styles.head} aria-hidden>
        <div className={styles.headRow}>
          <span />
          <div className={styles.axis}>
            {axis.steps.map((step) => (
              <span key={step.from} style={{ left: percent(step.at), width: percent(step.width) }}>
                {stepName(step.from)}
              </span>
            ))}
            <span className={styles.todayName} style={{ left: percent(placeOf(today, axis)) }}>
              {t('plans.timeline-today', { date: format.dayMonth(today) })}
            </span>
          </div>
        </div>
      </div>
      <div className={styles.body}>
        <div className={styles.lanes}>
          <div className={styles.lines} aria-hidden>
            {axis.steps.map((step) => (
              <span key={step.from} style={{ left: percent(step.at) }} />
            ))}
            <span className={styles.today} style={{ left: percent(placeOf(today, axis)) }} />
          </div>
          <ol className={styles.rows}>
            {rows.map((row, at) => (
              <Fragment key={`${row.nodeId} ${row.agency.id}`}>
                {headOf(row, by).key !== (rows[at - 1] && headOf(rows[at - 1] ?? row, by).key) && (
                  <li className={styles.group}>
                    <Link to={headOf(row, by).to}>{headOf(row, by).words}</Link>
                  </li>
                )}
                <Row row={row} axis={axis} by={by} />
              </Fragment>
            ))}
          </ol>
        </div>
      </div>
    </section>
  )
  function stepName(from: string): string {
    const year = from.slice(0, 4)
    const month = Number(from.slice(5, 7))
    if (axis.unit === 'year') return year
    if (axis.unit === 'quarter') return t('plans.axis-quarter', { quarter: Math.ceil(month / 3), year })
    return month === 1 || from === axis.from ? t('plans.axis-month-year', { month, year }) : String(month)
  }
}

/** What a row stands under, and where that leads. */
function headOf(row: TimelineRow, by: TimelineGrouping): { key: string; words: string; to: string } {
  if (by === 'body') {
    const { id, name } = row.agency
    return { key: id, words: name, to: tasksTo({ agency: id }) }
  }
  const plan = row.planNumber ?? shorten(row.planTitle, 80)
  if (row.group === null) return { key: row.planId, words: plan, to: planTo(row.planId) }
  const { nodeId, path, text } = row.group
  return { key: nodeId, words: `${plan} · ${shorten(withPath(path, text), 120)}`, to: nodeTo(row.planId, nodeId) }
}

function Row({ row, axis, by }: { row: TimelineRow; axis: TimeAxis; by: TimelineGrouping }) {
  const t = useText()
  const format = useFormat()
  const bar = barOf(row, axis)
  const standing = worstOf(row)
  const first = row.pieces[0]
  const title = shorten(withPath(row.path, row.text), 110)
  return (
    <li className={styles.row}>
      <div className={styles.name}>
        {first && row.pieces.length === 1 ? (
          <Link to={workTo(first.id)}>{title}</Link>
        ) : (
          <Link to={tasksTo({ node: row.nodeId, agency: row.agency.id })}>{title}</Link>
        )}
        <span className={styles.detail}>
          {by === 'group' && <span>{row.agency.name}</span>}
          <StatusBadge tone={standingTones[standing]}>
            {t('plans.standing-is', { standing: choice(standing) })}
            {row.pieces.length > 1 && ` · ${t('plans.timeline-pieces', { count: row.pieces.length })}`}
          </StatusBadge>
        </span>
      </div>
      <div className={styles.track}>
        {bar && (
          <span
            className={styles.bar}
            data-tone={standingTones[standing]}
            data-open={bar.isOpen || undefined}
            style={{ left: percent(bar.from), width: percent(bar.to - bar.from) }}
          >
            {bar.isOpen && <IconArrowRight size={16} stroke={1.8} aria-hidden />}
          </span>
        )}
        {row.pieces.map(
          (piece) =>
            piece.dueOn !== null && (
              <Link
                key={piece.id}
                to={workTo(piece.id)}
                className={styles.mark}
                style={{ left: percent(placeOf(piece.dueOn, axis)) }}
                {...said(
                  [
                    title,
                    periodWords(piece.period, t),
                    t('plans.timeline-due', { date: format.date(piece.dueOn) }),
                    t('plans.standing-is', { standing: choice(piece.standing) }),
                  ].filter((words) => words !== undefined),
                )}
              >
                <ToneShape tone={standingTones[piece.standing]} size={16} />
              </Link>
            ),
        )}
        {row.milestones.map((milestone) => (
          <Link
            key={`${milestone.occurrenceId} ${milestone.name} ${milestone.dueOn}`}
            to={`${workTo(milestone.occurrenceId)}#moc`}
            className={`${styles.mark} ${styles.diamond}`}
            style={{ left: percent(placeOf(milestone.dueOn, axis)) }}
            {...said([
              t('plans.milestone-line', { date: format.date(milestone.dueOn), name: milestone.name }),
              t(milestone.doneOn === null ? 'plans.milestone-open' : 'plans.milestone-is-passed'),
            ])}
          >
            {milestone.doneOn === null ? (
              <IconSquareRotated size={16} stroke={1.8} aria-hidden />
            ) : (
              <IconSquareRotatedFilled size={16} stroke={1.8} aria-hidden />
            )}
          </Link>
        ))}
      </div>
    </li>
  )
}

/** A mark's words, for who points at it and for who hears it. */
function said(parts: readonly string[]): { 'aria-label': string; title: string } {
  const words = parts.join(' · ')
  return { 'aria-label': words, title: words }
}

/** Work without a place in time, apart from the chart. */
function Undated({ rows }: { rows: readonly TimelineRow[] }) {
  const t = useText()
  return (
    <section aria-labelledby="timeline-undated" className={styles.undated}>
      <h2 id="timeline-undated">{t('plans.timeline-undated')}</h2>
      <ul>
        {rows.map((row) => (
          <li key={`${row.nodeId} ${row.agency.id}`}>
            <Link to={row.pieces[0] ? workTo(row.pieces[0].id) : planTo(row.planId)}>
              {shorten(withPath(row.path, row.text), 160)}
            </Link>
            <span className={styles.quiet}> · {row.agency.name}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
