import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { UnitChildren, UnitLevel, UnitSummary } from '#territory/model'
import { UnitLevel as levels } from '#territory/model'
import { useAsOf } from '../kit/address.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { FilterBar } from '../kit/FilterBar.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { Tree, type TreeNode } from '../kit/Tree.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { unitTo } from './addresses.ts'
import { Counts } from './Counts.tsx'
import { Fates } from './Fates.tsx'
import { Period } from './Period.tsx'
import { read } from './read.ts'
import styles from './territory.module.css'

interface Found {
  items: UnitSummary[]
  total: number
}

/** The administrative units as a tree on the date, or as the answers to a search over all times. */
export function TerritoryPage() {
  const t = useText()
  const format = useFormat()
  const { asOf } = useAsOf()
  const filters: Filter[] = [
    { name: 'tim', kind: 'text', label: t('territory.search') },
    {
      name: 'cap',
      kind: 'one',
      label: t('territory.level-label'),
      choices: levels.options
        .filter((level) => level !== 'country')
        .map((level) => ({ value: level, label: t('territory.level', { level }) })),
    },
    {
      name: 'con',
      kind: 'one',
      label: t('territory.standing'),
      choices: [{ value: 'con', label: t('territory.only-in-being') }],
    },
  ]
  const list = useListUrl({ filters })
  return (
    <>
      <PageHeader
        title={t('territory.title')}
        state={t('territory.state', { date: format.date(asOf) })}
        acts={<Link to="/dia-ban/nay-la-gi">{t('territory.became-title')}</Link>}
      />
      <FilterBar list={list} />
      {list.isFiltered ? <FoundUnits list={list} asOf={asOf} /> : <UnitTree asOf={asOf} />}
    </>
  )
}

function FoundUnits({ list, asOf }: { list: ReturnType<typeof useListUrl>; asOf: string }) {
  const t = useText()
  const asked = {
    search: list.values['tim']?.[0],
    level: list.values['cap']?.[0] as UnitLevel | undefined,
    inBeing: list.values['con'] ? true : undefined,
    asOf,
    page: list.page,
    size: list.size,
  }
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['territory', 'units', asked],
    queryFn: ({ signal }) => read<Found>('/territory/units', asked, signal),
    placeholderData: keepPreviousData,
  })
  const columns: Column<UnitSummary>[] = [
    {
      id: 'name',
      title: t('territory.name'),
      width: '16rem',
      cell: (unit) => <Link to={unitTo(unit.id)}>{unit.name}</Link>,
    },
    { id: 'code', title: t('territory.code'), cell: (unit) => <span className="figures">{unit.code}</span> },
    { id: 'type', title: t('territory.type'), cell: (unit) => unit.typeName },
    { id: 'path', title: t('territory.belongs-to'), cell: (unit) => unit.path.map((above) => above.name).join(', ') },
    { id: 'period', title: t('territory.period'), cell: (unit) => <Period {...unit} /> },
    { id: 'now', title: t('territory.now'), cell: (unit) => (unit.isInBeing ? '–' : <Fates fates={unit.now} />) },
  ]
  return (
    <DataTable
      id="territory-units"
      caption={t('territory.title')}
      columns={columns}
      rows={data?.items}
      error={error}
      onRetry={() => void refetch()}
      isRefreshing={isPlaceholderData}
      rowId={(unit) => unit.id}
      rowName={(unit) => unit.name}
      rowTo={(unit) => unitTo(unit.id)}
      list={list}
      total={data?.total}
      empty={<Empty title={t('territory.none')}>{t('territory.none-words')}</Empty>}
    />
  )
}

function nodeOf(child: UnitChildren['children'][number], words: (count: number) => string): TreeNode {
  return {
    id: child.id,
    name: child.name,
    detail: child.childCount > 0 ? `${child.code} · ${words(child.childCount)}` : child.code,
    hasChildren: child.childCount > 0,
  }
}

function UnitTree({ asOf }: { asOf: string }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const words = (count: number) => t('territory.units-count', { count, number: format.number(count) })
  const children = (id: string, signal?: AbortSignal) =>
    read<UnitChildren>(`/territory/units/${id}/children`, { asOf }, signal)
  const { data, error, refetch } = useQuery({
    queryKey: ['territory', 'top', asOf],
    queryFn: async ({ signal }) => {
      const countries = await read<Found>('/territory/units', { level: 'country', asOf, size: 1 }, signal)
      const [country] = countries.items
      return country === undefined ? null : children(country.id, signal)
    },
  })
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (data === undefined) return <p role="status">{t('territory.loading')}</p>
  if (data === null) return <Empty title={t('territory.none')} />
  return (
    <>
      <Counts counts={data.counts} />
      <FigureNote asOf={asOf} source={t('territory.source', { date: format.date(data.recordedFrom) })} />
      <div className={styles.treeSpace}>
        <Tree
          key={asOf}
          label={t('territory.title')}
          what={`units ${asOf}`}
          roots={data.children.map((child) => nodeOf(child, words))}
          load={async (node) => (await children(node.id)).children.map((child) => nodeOf(child, words))}
          onOpen={(node) => void navigate({ to: unitTo(node.id) })}
        />
      </div>
    </>
  )
}
