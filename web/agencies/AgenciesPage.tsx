import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { AgencyKind, AgencyLevel, type AgencyPage, type AgencySummary } from '#agencies/model'
import type { UnitDetail, UnitSummary } from '#territory/model'
import { useAsOf } from '../kit/address.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import type { Choice } from '../kit/fields.tsx'
import { serverFilter, type Filter } from '../kit/filter-url.ts'
import { ListTools } from '../kit/lists/ListTools.tsx'
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
  const list = useStanding(useListUrl({ filters: useFilters(asOf) }))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const asked = { ...serverFilter(list.filters, list.values), asOf, page: list.page, size: list.size }
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['agencies', 'list', asked],
    queryFn: ({ signal }) => read<AgencyPage>('/agencies', asked, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title={t('agencies.title')}
        state={
          data &&
          t('agencies.state', { count: data.total, number: format.number(data.total), date: format.date(data.asOf) })
        }
      />
      <ListTools
        list={list}
        of="agencies.bodies"
        table="agencies"
        facets={{ path: '/agencies/facets', open: ['inBeing', 'level', 'kind'] }}
        always={{ asOf: [asOf] }}
        total={data?.total}
        selected={selected}
      >
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
          selection={{ selected, onChange: setSelected }}
          total={data?.total}
          empty={<Empty title={t('agencies.none')}>{t('agencies.none-words')}</Empty>}
        />
      </ListTools>
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
  const facet = (
    name: string,
    key: string,
    label: string,
    choices: Choice[],
    lack?: string,
  ): Extract<Filter, { kind: 'many' }> => ({
    kind: 'many',
    isFacet: true,
    name,
    key,
    label,
    choices,
    ...(lack === undefined ? {} : { lack: { value: 'none', label: lack } }),
  })
  const having = (name: string, key: 'plan' | 'work' | 'overdue'): Filter => ({
    kind: 'many',
    isFacet: true,
    name,
    key,
    label: t(`agencies.facet-${key}`),
    choices: [{ value: 'with', label: t(`agencies.with-${key}`) }],
    lack: { value: 'without', label: t(`agencies.without-${key}`) },
  })
  const kinds = AgencyKind.options.map((kind) => ({ value: kind, label: t(`agencies.kind-${kind}`) }))
  const picked = {
    find: findPlan,
    nameOf: async (id: string) => (await read<{ title: string }>(`/plans/${id}`, {})).title,
  }
  return [
    { name: 'tim', key: 'search', kind: 'text', label: t('agencies.search') },
    {
      ...facet('con', 'inBeing', t('agencies.standing'), [
        { value: 'con', label: t('agencies.standing-con') },
        { value: 'het', label: t('agencies.standing-het') },
      ]),
      as: { con: 'true', het: 'false' },
      alsoTakes: [anyStanding],
    },
    facet(
      'cap',
      'level',
      t('agencies.level-label'),
      AgencyLevel.options.map((level) => ({ value: level, label: t('agencies.level', { level }) })),
    ),
    facet('loai', 'kind', t('agencies.kind-label'), kinds),
    facet('loai-cap-tren', 'superiorKind', t('agencies.by-superior'), kinds, t('agencies.without-superior')),
    having('da-co-ke-hoach', 'plan'),
    having('co-viec', 'work'),
    having('qua-han', 'overdue'),
    {
      name: 'dia-ban',
      key: 'unitId',
      kind: 'picked',
      label: t('agencies.unit'),
      find: findUnit,
      nameOf: async (id) => (await read<UnitDetail>(`/territory/units/${id}`, { asOf })).name,
    },
    {
      name: 'ca-cap-duoi',
      key: 'below',
      as: { co: 'true' },
      kind: 'one',
      label: t('agencies.below-label'),
      choices: [{ value: 'co', label: t('agencies.below') }],
    },
    {
      name: 'cap-tren',
      key: 'superiorId',
      kind: 'picked',
      label: t('agencies.superior'),
      find: (search, signal) => findAgency(search, asOf, signal),
      nameOf: async (id) => (await read<AgencySummary>(`/agencies/${id}`, { asOf })).name,
    },
    { name: 'co-ke-hoach', key: 'withPlanUnder', kind: 'picked', label: t('agencies.with-plan-under'), ...picked },
    {
      name: 'chua-co-ke-hoach',
      key: 'withoutPlanUnder',
      kind: 'picked',
      label: t('agencies.without-plan-under'),
      ...picked,
    },
  ]
}

async function findPlan(search: string, signal: AbortSignal): Promise<Picked[]> {
  const { items } = await read<{ items: { id: string; title: string; number: string | null }[] }>(
    '/plans',
    { search: search === '' ? undefined : search, size: 20 },
    signal,
  )
  return items.map((plan) => ({
    id: plan.id,
    name: plan.title,
    ...(plan.number === null ? {} : { detail: plan.number }),
  }))
}

async function findAgency(search: string, asOf: string, signal: AbortSignal): Promise<Picked[]> {
  const { items } = await read<AgencyPage>('/agencies', { search, asOf, inBeing: true, size: 20 }, signal)
  return items.map((agency) => ({ id: agency.id, name: agency.name, detail: agency.unit.name }))
}

/** In the address: no condition on being was wanted. */
const anyStanding = 'tat-ca'

/** Bodies in being, unless something was searched or the condition was taken off: a search must find old names too. */
function useStanding(list: ListUrl): ListUrl {
  const { con, ...others } = list.values
  const usual = others['tim'] === undefined ? ['con'] : []
  const shown = con === undefined ? usual : con.filter((value) => value !== anyStanding)
  return {
    ...list,
    values: shown.length === 0 ? others : { ...others, con: shown },
    setValues: (next) => {
      const wanted = next['con'] ?? []
      const isUntouched = con === undefined && String(wanted) === String(shown)
      list.setValues({ ...next, con: isUntouched ? [] : wanted.length === 0 ? [anyStanding] : wanted })
    },
  }
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
    { id: 'kind', title: t('agencies.kind-label'), width: '9rem', cell: (agency) => t(`agencies.kind-${agency.kind}`) },
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
      width: '11rem',
      cell: (agency) => (agency.superior === null ? '–' : <AgencyLink agency={agency.superior} />),
    },
    { id: 'period', title: t('agencies.life'), cell: (agency) => <Period {...agency} /> },
  ]
}
