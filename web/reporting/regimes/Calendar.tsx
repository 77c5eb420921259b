import type { RegimeChoices, RegimeDefinition } from '#reporting/model'
import { periodsAfter, scheduleOf, type ScheduledPeriod } from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { daysBetween } from '../../kit/format.ts'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

/** The days of the periods to come, as a definition gives them; a line of each beside its dates. */
export function Calendar({ definition, choices }: { definition: RegimeDefinition; choices: RegimeChoices }) {
  const t = useText()
  const { today } = useSession()
  const words = useRegimeWords()
  const { calendars, daysOff } = choices
  const rows = periodsAfter(definition.window, { day: today, count: 4, calendars }).flatMap(
    (period) => scheduleOf(definition, period, daysOff) ?? [],
  )
  return (
    <DataTable
      id="regime-calendar"
      caption={t('regimes.calendar')}
      columns={useColumns(definition)}
      rows={rows}
      rowId={({ period }) => period.id}
      rowName={({ period }) => words.period(period.id, definition)}
      empty={<p>{t('regimes.calendar-none')}</p>}
    />
  )
}

function useColumns(definition: RegimeDefinition): Column<ScheduledPeriod>[] {
  const t = useText()
  const format = useFormat()
  const words = useRegimeWords()
  const due = (code: string): Column<ScheduledPeriod> => ({
    id: `due-${code}`,
    title: t('regimes.due-of', { tier: words.tier(code, definition) }),
    width: '7.5rem',
    cell: (one) => {
      const day = one.due[code]
      if (day === undefined) return null
      return (
        <span className={styles.named}>
          {format.date(day.on)}
          {day.on !== day.nominal && (
            <span className={styles.detail}>{t('regimes.moved-from', { date: format.dayMonth(day.nominal) })}</span>
          )}
          {!day.isSure && <span className={styles.detail}>{t('regimes.not-sure')}</span>}
        </span>
      )
    },
  })
  return [
    {
      id: 'period',
      title: t('regimes.period'),
      width: '11rem',
      cell: ({ period }) => (
        <span className={styles.named}>
          {words.period(period.id, definition)}
          <span className={styles.detail}>
            {t('regimes.from-to', { from: format.date(period.from), to: format.date(lastDay(period.to)) })}
          </span>
        </span>
      ),
    },
    { id: 'line', title: t('regimes.line'), width: '8rem', cell: (one) => <Line of={one} /> },
    { id: 'cutOff', title: t('regimes.cut-off'), width: '6.5rem', cell: (one) => format.date(one.cutOffOn) },
    ...definition.tiers.map(({ code }) => due(code)),
    due('root'),
    {
      id: 'lock',
      title: t('regimes.lock'),
      width: '6.5rem',
      cell: (one) => (one.lockOn === null ? t('regimes.lock-by-person') : format.date(one.lockOn)),
    },
  ]
}

/** The day before: periods are kept with the first day after them. */
function lastDay(to: string): string {
  const day = new Date(`${to}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}

/** The period as a bar, the cut-off as a stroke, due days as dots, the owner's own last. */
function Line({ of: { period, cutOffOn, due } }: { of: ScheduledPeriod }) {
  const t = useText()
  const format = useFormat()
  const days = Object.entries(due).map(([code, { on }]) => ({ code, on }))
  const all = [period.from, period.to, cutOffOn, ...days.map(({ on }) => on)].toSorted()
  const [first = period.from] = all
  const whole = Math.max(1, daysBetween(first, all.at(-1) ?? period.to))
  const at = (day: string) => 4 + (192 * daysBetween(first, day)) / whole
  const said = days.map(({ on }) => format.dayMonth(on))
  return (
    <svg
      className={styles.line}
      viewBox="0 0 200 24"
      role="img"
      aria-label={t('regimes.line-says', { days: format.list([...new Set(said)]), cutOff: format.dayMonth(cutOffOn) })}
    >
      <rect
        className={styles.bar}
        x={at(period.from)}
        y={9}
        width={at(period.to) - at(period.from)}
        height={6}
        rx={2}
      />
      <line className={styles.cut} x1={at(cutOffOn)} x2={at(cutOffOn)} y1={3} y2={21} />
      {days.map(({ code, on }) => (
        <circle key={code} className={code === 'root' ? styles.root : styles.due} cx={at(on)} cy={12} r={4} />
      ))}
    </svg>
  )
}
