import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { IndicatorRow } from '#indicators/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import type { Filter, FilterValues } from '../kit/filter-url.ts'
import { FilterBar } from '../kit/FilterBar.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useMay } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { entryTo, indicatorTo, names, waitingTo } from './addresses.ts'
import styles from './Indicators.module.css'
import { isFoundIn } from './find.ts'
import { useDictionary, type Dictionary } from './queries.ts'

/** What is measured for children: every indicator of the documents in force, by field, body and kind. */
export function IndicatorsPage() {
  const t = useText()
  const may = useMay()
  const { data, error, refetch } = useDictionary()
  const list = useListUrl({ filters: useFilters(data) })
  const rows = data?.indicators.filter((one) => matches(one, list.values))
  return (
    <>
      <PageHeader
        title={t('indicators.title')}
        state={
          data &&
          t('indicators.title-state', { count: data.indicators.length, measures: measureCount(data.indicators) })
        }
        acts={
          <>
            {may('indicators.decide-figures') && (
              <Button component={Link} to={waitingTo} variant="default">
                {t('indicators.waiting')}
              </Button>
            )}
            {may('indicators.enter-figures') && (
              <Button component={Link} to={entryTo}>
                {t('indicators.entry')}
              </Button>
            )}
          </>
        }
      />
      <FilterBar list={list} />
      <DataTable
        id="indicators"
        caption={t('indicators.title')}
        columns={useColumns()}
        rows={rows}
        error={error}
        onRetry={() => void refetch()}
        rowId={(one) => one.id}
        rowName={(one) => one.name}
        rowTo={(one) => indicatorTo(one.id)}
      />
    </>
  )
}

function measureCount(indicators: readonly IndicatorRow[]): number {
  return indicators.reduce((sum, { measures }) => sum + measures.length, 0)
}

function matches(one: IndicatorRow, values: FilterValues): boolean {
  const has = (name: string, of: readonly string[]) => {
    const wanted = values[name]
    return wanted === undefined || of.some((value) => wanted.includes(value))
  }
  return (
    has(
      names.field,
      one.measures.map((measure) => measure.function),
    ) &&
    has(
      names.owner,
      one.measures.flatMap(({ owners }) => owners.map(({ id }) => id)),
    ) &&
    has(names.aspect, [one.aspect]) &&
    isFoundIn(one, values[names.search]?.[0] ?? '')
  )
}

function useFilters(data: Dictionary | undefined): Filter[] {
  const t = useText()
  const measures = (data?.indicators ?? []).flatMap((one) => one.measures)
  const fields = new Map(measures.map((measure) => [measure.function, measure.functionName]))
  const owners = new Map(measures.flatMap((measure) => measure.owners.map(({ id, name }) => [id, name] as const)))
  const choices = (of: ReadonlyMap<string, string>) => [...of].map(([value, label]) => ({ value, label }))
  return [
    { name: names.search, kind: 'text', label: t('indicators.search') },
    { name: names.field, kind: 'many', label: t('indicators.field'), choices: choices(fields) },
    { name: names.owner, kind: 'many', label: t('indicators.owner'), choices: choices(owners) },
    {
      name: names.aspect,
      kind: 'many',
      label: t('indicators.aspect'),
      choices: ['structure', 'process', 'outcome'].map((value) => ({
        value,
        label: t('indicators.aspect-is', { aspect: value }),
      })),
    },
  ]
}

function useColumns(): Column<IndicatorRow>[] {
  const t = useText()
  const each = (list: readonly string[]) => [...new Set(list)].join('; ')
  return [
    {
      id: 'name',
      title: t('indicators.one'),
      width: '26rem',
      cell: (one) => (
        <span className={styles.named}>
          <Link to={indicatorTo(one.id)} className={styles.title}>
            {t('indicators.numbered', { item: one.source.item, name: one.name })}
          </Link>
          {one.measures.length > 1 && (
            <span className={styles.detail}>{t('indicators.measures-are', { count: one.measures.length })}</span>
          )}
        </span>
      ),
    },
    {
      id: 'unit',
      title: t('indicators.unit-of-measure'),
      width: '9rem',
      cell: (one) => each(one.measures.map(({ unitOfMeasure }) => unitOfMeasure)),
    },
    {
      id: 'field',
      title: t('indicators.field'),
      width: '10rem',
      cell: (one) => each(one.measures.map(({ functionName }) => functionName)),
    },
    {
      id: 'owner',
      title: t('indicators.owner'),
      width: '12rem',
      cell: (one) => each(one.measures.flatMap(({ owners }) => owners.map(({ name }) => name))),
    },
    {
      id: 'aspect',
      title: t('indicators.aspect'),
      width: '8rem',
      cell: (one) => t('indicators.aspect-is', { aspect: one.aspect }),
    },
    {
      id: 'level',
      title: t('indicators.level'),
      width: '8rem',
      cell: (one) => each(one.measures.map(({ level }) => t('territory.level', { level }))),
    },
    { id: 'source', title: t('indicators.source'), width: '9rem', cell: (one) => one.source.document },
  ]
}
