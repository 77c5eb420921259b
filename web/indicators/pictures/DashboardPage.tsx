import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Dashboard, DashboardRow } from '#indicators/model'
import { choice } from '../../plans/words.ts'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import type { Filter } from '../../kit/filter-url.ts'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { Figure } from '../../kit/Figure.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Picker } from '../../kit/Picker.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { indicatorTo, indicatorsTo, names, picturesTo } from '../addresses.ts'
import { useDictionary, useNames, type Names } from '../queries.ts'
import { findUnit } from '../units.ts'
import { changeWords, periodWords, signs, targetTones, valueWords } from '../words.ts'
import styles from './Pictures.module.css'
import { dashboardQuery } from './queries.ts'
import { SmallTrend } from './SmallTrend.tsx'

/** How a unit stands in everything that is measured: each number with what must be known of it, its years and what is to be reached. */
export function DashboardPage() {
  const t = useText()
  const url = useUrl()
  const setUrl = useSetUrl()
  const known = useNames()
  const list = useListUrl({ filters: useFilters() })
  const one = (name: string) => list.values[name]?.[0]
  const { data, error, refetch, isPlaceholderData } = useQuery(
    dashboardQuery({
      ...{ unitId: oneOf(url[names.unit]), field: one(names.field), aspect: one(names.aspect) },
      ...{ page: list.page, size: list.size },
    }),
  )
  return (
    <>
      <PageHeader
        title={data ? t('pictures.dashboard-of', { unit: data.unit.name }) : t('pictures.dashboard')}
        state={data && stateWords(data, t)}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('pictures.dashboard') }]}
      />
      <div className={`${styles.choices} screen-only`}>
        <Picker
          id="unit"
          label={t('indicators.unit')}
          what="units"
          find={findUnit}
          value={data ? { id: data.unit.id, name: data.unit.name } : null}
          onChange={(unit) => setUrl({ [names.unit]: unit?.id, trang: undefined }, true)}
        />
      </div>
      <FilterBar list={list} />
      <DataTable
        id="dashboard"
        caption={t('pictures.dashboard')}
        columns={useColumns(data, known)}
        rows={known.isKnown ? data?.items : undefined}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(row) => row.measureId}
        rowName={(row) => known.measure(row.measureId)?.measure.name ?? ''}
        rowTo={(row) => pageOf(row, data, known)}
        list={list}
        total={data?.total}
        empty={<Empty title={t('pictures.no-measures')} />}
      />
    </>
  )
}

/** Of the measures on this page: how many are known, reached, off course. */
function stateWords({ items, total }: Dashboard, t: ReturnType<typeof useText>): string {
  const count = (state: string) => items.filter(({ target }) => target?.progress.state === state).length
  return t('pictures.dashboard-state', {
    ...{ total, shown: items.length, known: items.filter(({ figure }) => figure !== null).length },
    ...{ reached: count('reached'), off: count('off-course') },
  })
}

function pageOf(row: DashboardRow, data: Dashboard | undefined, known: Names): string {
  const measure = known.measure(row.measureId)?.measure.code
  return indicatorTo(row.indicatorId, { measure, unit: data?.unit.id, period: row.period?.id })
}

function useFilters(): Filter[] {
  const t = useText()
  const { data } = useDictionary()
  const measures = (data?.indicators ?? []).flatMap((one) => one.measures)
  const fields = new Map(measures.map((measure) => [measure.function, measure.functionName]))
  return [
    {
      ...{ name: names.field, kind: 'one', label: t('indicators.field') },
      choices: [...fields].map(([value, label]) => ({ value, label })),
    },
    {
      ...{ name: names.aspect, kind: 'one', label: t('indicators.aspect') },
      choices: ['structure', 'process', 'outcome'].map((value) => ({
        value,
        label: t('indicators.aspect-is', { aspect: value }),
      })),
    },
  ]
}

function useColumns(data: Dashboard | undefined, known: Names): Column<DashboardRow>[] {
  const t = useText()
  const format = useFormat()
  const measureOf = (row: DashboardRow) => known.measure(row.measureId)?.measure
  return [
    {
      id: 'measure',
      title: t('indicators.measure'),
      width: '16rem',
      cell: (row) => (
        <span className={styles.named}>
          <Link to={pageOf(row, data, known)} className={styles.title}>
            {measureOf(row)?.name}
          </Link>
          <span className={styles.detail}>{measureOf(row)?.functionName}</span>
        </span>
      ),
    },
    {
      id: 'value',
      title: t('pictures.newest'),
      align: 'end',
      width: '7rem',
      cell: (row) => <Newest row={row} unit={measureOf(row)?.unitOfMeasure ?? ''} />,
    },
    {
      id: 'period',
      title: t('indicators.period'),
      width: '8rem',
      cell: (row) =>
        row.period && (
          <span className={styles.named}>
            {periodWords(row.period.id, t)}
            {row.asOf && <span className={styles.detail}>{t('kit.note-as-of', { date: format.date(row.asOf) })}</span>}
          </span>
        ),
    },
    {
      id: 'coverage',
      title: t('pictures.coverage-source'),
      width: '9rem',
      cell: ({ figure, basis }) => (
        <span className={styles.named}>
          {figure &&
            t('pictures.coverage-is', {
              ...{ reported: format.number(figure.reported), expected: format.number(figure.expected) },
              share: figure.expected === 0 ? '–' : format.percent(figure.reported / figure.expected),
            })}
          {(figure !== null || basis === null) && (
            <span className={styles.detail}>{t('pictures.basis-short', { basis: choice(basis ?? 'none') })}</span>
          )}
        </span>
      ),
    },
    {
      id: 'trend',
      title: t('pictures.years'),
      width: '9rem',
      cell: (row) => <Years row={row} data={data} name={measureOf(row)?.name ?? ''} code={measureOf(row)?.code} />,
    },
    {
      id: 'target',
      title: t('pictures.target'),
      width: '15rem',
      cell: (row) => <TargetWords row={row} unit={measureOf(row)?.unitOfMeasure ?? ''} />,
    },
  ]
}

/** The newest number with its unit of measure, or in words why there is none. */
function Newest({ row: { figure }, unit }: { row: DashboardRow; unit: string }) {
  const t = useText()
  if (figure === null) return <Figure value={null} />
  if (figure.isHidden) return <span className={styles.hidden}>{t('pictures.hidden')}</span>
  if (figure.value === null)
    return figure.reason === null ? (
      <Figure value={null} />
    ) : (
      <span className={styles.reason}>{t('indicators.reason-is', { reason: choice(figure.reason) })}</span>
    )
  return (
    <span className={styles.newest}>
      <Figure value={figure.value} digits={Math.abs(figure.value) < 10 ? 2 : 1} isEstimate={figure.isEstimate} />{' '}
      <span className={styles.detail}>{unit}</span>
    </span>
  )
}

function Years(of: { row: DashboardRow; data: Dashboard | undefined; name: string; code: string | undefined }) {
  const t = useText()
  const { series, target, indicatorId } = of.row
  if (series.every(({ value }) => value === null)) return null
  const goal = target?.kind === 'level' ? { year: target.year, value: target.value } : null
  return (
    <Link
      to={picturesTo(indicatorId, { measure: of.code, unit: of.data?.unit.id })}
      aria-label={t('pictures.open-years', { name: of.name })}
      className={styles.smallLink}
    >
      <SmallTrend name={of.name} series={series} goal={goal} />
    </Link>
  )
}

function TargetWords({ row: { target }, unit }: { row: DashboardRow; unit: string }) {
  const t = useText()
  const format = useFormat()
  if (target === null) return <span className={styles.detail}>{t('pictures.no-target')}</span>
  const goal = signs[target.comparator] + valueWords(target.value, format)
  const { progress } = target
  return (
    <span className={styles.named}>
      <StatusBadge tone={targetTones[progress.state]}>
        {t('indicators.target-state', { state: choice(progress.state) })}
      </StatusBadge>
      <span className={styles.detail}>
        {t('pictures.target-is', {
          ...{ kind: choice(target.kind), year: String(target.year), from: String(target.yearFrom ?? '') },
          ...{ goal, unit },
        })}
      </span>
      {progress.method === 'line' && progress.projected !== null && (
        <span className={styles.detail}>
          {t('pictures.projected', {
            ...{ value: valueWords(progress.projected, format), year: String(target.year), points: progress.points },
            change: changeWords(progress.perYear ?? 0, format),
          })}
        </span>
      )}
    </span>
  )
}
