import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { AgencyKind, AgencyLevel, type AgencyPage, type AgencySummary } from '#agencies/model'
import type { UnitDetail, UnitSummary } from '#territory/model'
import { useAsOf } from '../kit/address.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { FilterBar } from '../kit/FilterBar.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { PageHeader } from '../kit/PageHeader.tsx'
import type { Picked } from '../kit/Picker.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl, type ListUrl } from '../kit/useListUrl.ts'
import { unitTo } from '../territory/addresses.ts'
import { Period } from '../territory/Period.tsx'
import { read } from '../territory/read.ts'
import { agencyTo } from './addresses.ts'
import { AgencyLink } from './AgencyLink.tsx'
import styles from './agencies.module.css'

/** The bodies of the State, of a date or of all times, with how many each choice would leave. */
export function AgenciesPage() {
  const t = useText()
  const format = useFormat()
  const { asOf } = useAsOf()
  const list = useListUrl({ filters: useFilters(asOf) })
  const standing = standingOf(list)
  const asked = {
    search: list.values['tim']?.[0],
    level: list.values['cap']?.[0],
    kind: list.values['loai']?.[0],
    unitId: list.values['dia-ban']?.[0],
    below: list.values['ca-cap-duoi'] ? true : undefined,
    superiorId: list.values['cap-tren']?.[0],
    inBeing: standing === 'tat-ca' ? undefined : standing === 'con',
    asOf,
    page: list.page,
    size: list.size,
  }
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['agencies', 'list', asked],
    queryFn: ({ signal }) => read<AgencyPage>('/agencies', asked, signal),
    placeholderData: keepPreviousData,
  })
  const inBeing = data?.facets.inBeing.find((facet) => facet.value)?.count ?? 0
  return (
    <>
      <PageHeader
        title={t('agencies.title')}
        state={
          data && t('agencies.state', { count: inBeing, number: format.number(inBeing), date: format.date(data.asOf) })
        }
      />
      <FilterBar list={list} />
      {data && <Facets list={list} page={data} />}
      <DataTable
        id="agencies"
        caption={t('agencies.title')}
        columns={useColumns()}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(agency) => agency.id}
        rowName={(agency) => agency.name}
        rowTo={(agency) => agencyTo(agency.id)}
        list={list}
        total={data?.total}
        empty={<Empty title={t('agencies.none')}>{t('agencies.none-words')}</Empty>}
      />
      <FigureNote asOf={asOf} />
    </>
  )
}

function useFilters(asOf: string): Filter[] {
  const t = useText()
  const findUnit = async (search: string, signal: AbortSignal): Promise<Picked[]> => {
    const asked = search === '' ? { level: 'province', asOf, size: 50 } : { search, asOf, size: 20 }
    const { items } = await read<{ items: UnitSummary[] }>('/territory/units', asked, signal)
    return items.map((unit) => ({
      id: unit.id,
      name: unit.name,
      detail: unit.path.map((above) => above.name).join(', '),
    }))
  }
  return [
    { name: 'tim', kind: 'text', label: t('agencies.search') },
    {
      name: 'cap',
      kind: 'one',
      label: t('agencies.level-label'),
      choices: AgencyLevel.options.map((level) => ({ value: level, label: t('agencies.level', { level }) })),
    },
    {
      name: 'loai',
      kind: 'one',
      label: t('agencies.kind-label'),
      choices: AgencyKind.options.map((kind) => ({ value: kind, label: t(`agencies.kind-${kind}`) })),
    },
    {
      name: 'dia-ban',
      kind: 'picked',
      label: t('agencies.unit'),
      find: findUnit,
      nameOf: async (id) => (await read<UnitDetail>(`/territory/units/${id}`, { asOf })).name,
    },
    {
      name: 'ca-cap-duoi',
      kind: 'one',
      label: t('agencies.below-label'),
      choices: [{ value: 'co', label: t('agencies.below') }],
    },
    {
      name: 'cap-tren',
      kind: 'picked',
      label: t('agencies.superior'),
      find: (search, signal) => findAgency(search, asOf, signal),
      nameOf: async (id) => (await read<AgencySummary>(`/agencies/${id}`, { asOf })).name,
    },
    {
      name: 'con',
      kind: 'one',
      label: t('agencies.standing'),
      choices: standings.map((standing) => ({ value: standing, label: t(`agencies.standing-${standing}`) })),
    },
  ]
}

async function findAgency(search: string, asOf: string, signal: AbortSignal): Promise<Picked[]> {
  const { items } = await read<AgencyPage>('/agencies', { search, asOf, inBeing: true, size: 20 }, signal)
  return items.map((agency) => ({ id: agency.id, name: agency.name, detail: agency.unit.name }))
}

const standings = ['con', 'het', 'tat-ca'] as const

/** Bodies in being, unless something was searched or chosen: a search must find old names too. */
function standingOf(list: ListUrl): (typeof standings)[number] {
  const chosen = standings.find((standing) => standing === list.values['con']?.[0])
  return chosen ?? (list.values['tim'] ? 'tat-ca' : 'con')
}

type Choice = { value: string; count: number; words: string }

/** The choices in sight, each with what it would leave; pressing one again takes it off. */
function Facets({ list, page }: { list: ListUrl; page: AgencyPage }) {
  const t = useText()
  const { levels, kinds, inBeing } = page.facets
  const ofStanding = { con: (is: boolean) => is, het: (is: boolean) => !is, 'tat-ca': () => true }
  const counts = (standing: (typeof standings)[number]) =>
    inBeing.filter((facet) => ofStanding[standing](facet.value)).reduce((sum, facet) => sum + facet.count, 0)
  return (
    <div className="screen-only">
      <FacetRow
        list={list}
        name="con"
        chosen={standingOf(list)}
        label={t('agencies.standing')}
        choices={standings.map((value) => ({ value, count: counts(value), words: t(`agencies.standing-${value}`) }))}
      />
      <FacetRow
        list={list}
        name="cap"
        chosen={list.values['cap']?.[0]}
        label={t('agencies.level-label')}
        choices={levels
          .toSorted((a, b) => AgencyLevel.options.indexOf(a.value) - AgencyLevel.options.indexOf(b.value))
          .map(({ value, count }) => ({ value, count, words: t('agencies.level', { level: value }) }))}
      />
      <FacetRow
        list={list}
        name="loai"
        chosen={list.values['loai']?.[0]}
        label={t('agencies.kind-label')}
        choices={kinds
          .toSorted((a, b) => b.count - a.count)
          .map(({ value, count }) => ({ value, count, words: t(`agencies.kind-${value}`) }))}
      />
    </div>
  )
}

function FacetRow({
  list,
  name,
  chosen,
  label,
  choices,
}: {
  list: ListUrl
  name: string
  chosen: string | undefined
  label: string
  choices: Choice[]
}) {
  const format = useFormat()
  return (
    <ul className={styles.facets} aria-label={label}>
      {choices.map(({ value, count, words }) => (
        <li key={value}>
          <button
            type="button"
            className={styles.facet}
            aria-pressed={chosen === value}
            onClick={() => list.setValues({ ...list.values, [name]: chosen === value ? [] : [value] })}
          >
            {words}
            <span>{format.number(count)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function useColumns(): Column<AgencySummary>[] {
  const t = useText()
  return [
    {
      id: 'name',
      title: t('agencies.name'),
      width: '20rem',
      cell: (agency) => (
        <>
          <Link to={agencyTo(agency.id)}>{agency.name}</Link>
          {agency.formerName !== null && (
            <span className={styles.small}>{t('agencies.formerly', { name: agency.formerName })}</span>
          )}
        </>
      ),
    },
    { id: 'kind', title: t('agencies.kind-label'), cell: (agency) => t(`agencies.kind-${agency.kind}`) },
    {
      id: 'level',
      title: t('agencies.level-label'),
      width: '7rem',
      cell: (agency) => t('agencies.level', { level: agency.level }),
    },
    {
      id: 'unit',
      title: t('agencies.unit'),
      width: '9rem',
      cell: (agency) => <Link to={unitTo(agency.unit.id)}>{agency.unit.name}</Link>,
    },
    {
      id: 'superior',
      title: t('agencies.superior'),
      cell: (agency) => (agency.superior === null ? '–' : <AgencyLink agency={agency.superior} />),
    },
    { id: 'period', title: t('agencies.life'), cell: (agency) => <Period {...agency} /> },
  ]
}
