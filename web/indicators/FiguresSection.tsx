import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Picture, TotalRow } from '#indicators/model'
import { choice } from '../plans/words.ts'
import { useAsOf, usePathId, useSetUrl, useUrl } from '../kit/address.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { LoadFailed } from '../kit/Empty.tsx'
import { Figure } from '../kit/Figure.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { indicatorTo, names } from './addresses.ts'
import type { Looked } from './IndicatorPage.tsx'
import styles from './Indicators.module.css'
import { PartsTable } from './PartsTable.tsx'
import { pictureQuery } from './queries.ts'
import { amountWords, periodWords } from './words.ts'

/** What may be opened of a total; `all` opens everything. */
const shows = ['given', 'missing', 'late', 'estimated', 'not-comparable'] as const
export type Shown = (typeof shows)[number]

/** The number of a unit with what stands behind it, and those of the units in it. */
export function FiguresSection({ looked }: { looked: Looked }) {
  const t = useText()
  const { asOf, isToday } = useAsOf()
  const { unitId, period, breakdown, view } = looked
  const asked = { unitId, period, breakdown, view, asOf: isToday ? undefined : asOf }
  const { data, error, refetch, isPlaceholderData } = useQuery(pictureQuery(looked.measure.id, asked))
  const url = useUrl()
  const show = shows.find((one) => one === oneOf(url[names.show]))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return <p role="status">{t('kit.table-loading')}</p>
  return (
    <Section title={t('indicators.figures-of', { unit: data.total.unit.name, period: periodWords(data.period.id, t) })}>
      <Total data={data} looked={looked} show={show} />
      {show && <PartsTable looked={looked} asked={asked} show={show} />}
      {data.rows.length > 0 && <Below data={data} looked={looked} isRefreshing={isPlaceholderData} />}
      {data.leftOut.length > 0 && (
        <p className={styles.quiet}>
          {t('indicators.left-out', {
            count: data.leftOut.length,
            units: data.leftOut
              .slice(0, 12)
              .map(({ name }) => name)
              .join(', '),
          })}
        </p>
      )}
    </Section>
  )
}

function Total({ data, looked, show }: { data: Picture; looked: Looked; show: Shown | undefined }) {
  const t = useText()
  const format = useFormat()
  const setUrl = useSetUrl()
  const { total } = data
  const missing = total.expected - total.reported
  const counts: [Shown, number][] = [
    ['given', total.reported],
    ['missing', missing],
    ['late', total.late],
    ['estimated', total.estimated + total.apportioned],
  ]
  const amounts = amountWords(total, format)
  return (
    <div className={styles.total}>
      <p className={styles.number} data-testid="total">
        <Value row={total} /> {total.value !== null && <span>{looked.measure.unitOfMeasure}</span>}
      </p>
      {amounts !== null && total.denominator !== null && (
        <p className={styles.quiet}>
          {t('indicators.amounts', {
            amounts,
            numerator: looked.measure.numerator ?? '',
            denominator: looked.measure.denominator ?? '',
          })}
        </p>
      )}
      <FigureNote
        period={periodWords(data.period.id, t)}
        unit={looked.measure.unitOfMeasure}
        asOf={data.asOf}
        coverage={{ reported: total.reported, owed: total.expected }}
        source={t('indicators.from-reports')}
      />
      <ul className={styles.counts} aria-label={t('indicators.behind')}>
        {[...counts, ...(total.reason === 'part-without-weight' ? [['not-comparable', 1] as const] : [])].map(
          ([what, count]) => (
            <li key={what}>
              <button
                type="button"
                aria-pressed={show === what}
                disabled={count === 0 && show !== what}
                onClick={() => setUrl({ [names.show]: show === what ? undefined : what, trang: undefined })}
              >
                {t('indicators.behind-count', { what, count, number: format.number(count) })}
              </button>
            </li>
          ),
        )}
      </ul>
    </div>
  )
}

/** A total in a cell: its value, or in words why there is none. */
function Value({ row }: { row: Pick<TotalRow, 'value' | 'reason' | 'isEstimate' | 'reported'> }) {
  const t = useText()
  if (row.value !== null)
    return <Figure value={row.value} digits={Math.abs(row.value) < 10 ? 2 : 1} isEstimate={row.isEstimate} />
  if (row.reason === null) return <Figure value={null} />
  return <span className={styles.reason}>{t('indicators.reason-is', { reason: choice(row.reason) })}</span>
}

/** The units of the level below, each opening to its own. */
function Below({ data, looked, isRefreshing }: { data: Picture; looked: Looked; isRefreshing: boolean }) {
  const t = useText()
  const format = useFormat()
  const id = usePathId('indicatorId')
  const { measure, period, breakdown, view } = looked
  const to = (row: TotalRow) =>
    indicatorTo(id, {
      ...{ measure: measure.code, unit: row.unit.id, period },
      ...{ breakdown: breakdown || undefined, view: view === 'as-is' ? undefined : view },
    })
  const isRatio = data.rows.some(({ denominator }) => denominator !== null)
  const columns: Column<TotalRow>[] = [
    {
      id: 'unit',
      title: t('indicators.unit'),
      width: '14rem',
      cell: (row) => <Link to={to(row)}>{row.unit.name}</Link>,
    },
    {
      id: 'value',
      title: t('indicators.value'),
      unit: measure.unitOfMeasure,
      align: 'end',
      width: '8rem',
      cell: (row) => <Value row={row} />,
      total: <Value row={data.total} />,
    },
    ...(isRatio
      ? [
          {
            id: 'amounts',
            title: t('indicators.numerator-denominator'),
            align: 'end' as const,
            width: '10rem',
            cell: (row: TotalRow) => amountWords(row, format) ?? '',
            total: amountWords(data.total, format),
          },
        ]
      : []),
    {
      id: 'coverage',
      title: t('indicators.coverage'),
      align: 'end',
      width: '8rem',
      cell: (row) => `${format.number(row.reported)} / ${format.number(row.expected)}`,
      total: `${format.number(data.total.reported)} / ${format.number(data.total.expected)}`,
    },
    {
      id: 'late',
      title: t('indicators.late'),
      align: 'end',
      width: '5rem',
      cell: (row) => format.number(row.late),
      total: format.number(data.total.late),
    },
    {
      id: 'estimated',
      title: t('indicators.estimated'),
      align: 'end',
      width: '6rem',
      cell: (row) => format.number(row.estimated + row.apportioned),
      total: format.number(data.total.estimated + data.total.apportioned),
    },
  ]
  return (
    <DataTable
      id="indicator-units"
      caption={t('indicators.units-below', { unit: data.total.unit.name })}
      columns={columns}
      rows={data.rows}
      isRefreshing={isRefreshing}
      rowId={(row) => row.unit.id}
      rowName={(row) => row.unit.name}
      rowTo={to}
      totalsOf={data.total.unit.name}
    />
  )
}
