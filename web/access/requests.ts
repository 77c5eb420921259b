import type { Person } from '#access/model'
import type { AgencyDetail, AgencyPage } from '#agencies/model'
import type { Page } from '#platform/model'
import type { PlanDetail, PlanSummary } from '#plans/model'
import type { UnitSummary } from '#territory/model'
import { send } from '../kit/api.ts'
import type { Find } from '../kit/Picker.tsx'

/** What a query may carry; what is undefined is left out. */
export type Asked = Readonly<Record<string, string | number | undefined>>

/** Reads one of the server's answers; its shape is the route's, as the modules' models declare it. */
export async function read<T>(path: string, asked: Asked = {}, signal?: AbortSignal): Promise<T> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined && value !== '') query.set(name, String(value))
  const text = query.toString()
  const response = await send('GET', text === '' ? path : `${path}?${text}`, undefined, signal)
  return (await response.json()) as T
}

/** Asks the server to do something; answers what the route answers, undefined where that is nothing. */
export async function act<T>(path: string, body: unknown = {}): Promise<T> {
  const payload = new Blob([JSON.stringify(body)], { type: 'application/json' })
  const response = await send('POST', path, payload)
  return (response.status === 204 ? undefined : await response.json()) as T
}

const few = 12

/** Bodies in being by what was typed, diacritics forgiven. */
export const findAgencies: Find = async (query, signal) => {
  const page = await read<AgencyPage>('/agencies', { search: query, size: few, inBeing: 'true' }, signal)
  return page.items.map(({ id, name, unit }) => ({ id, name, detail: unit.name }))
}

/** Units in being by what was typed. */
export const findUnits: Find = async (query, signal) => {
  const page = await read<Page<UnitSummary>>('/territory/units', { search: query, size: few, inBeing: 'true' }, signal)
  return page.items.map(({ id, name, path }) => ({
    id,
    name,
    detail: path.map((above) => above.name).join(', ') || undefined,
  }))
}

/** People within reach by what was typed of name or login. */
export const findPeople: Find = async (query, signal) => {
  const page = await read<Page<Person>>('/people', { search: query, size: few }, signal)
  return page.items.map(({ id, name, login }) => ({ id, name, detail: login }))
}

/** The name of a body that stands in an address. */
export async function agencyName(id: string): Promise<string> {
  return (await read<AgencyDetail>(`/agencies/${id}`)).name
}

/** What the audit is asked about: people, and plans by number or title. */
export const findRecords: Find = async (query, signal) => {
  const [people, plans] = await Promise.all([
    findPeople(query, signal),
    read<Page<PlanSummary>>('/plans', { search: query, size: few }, signal),
  ])
  return [...people, ...plans.items.map(({ id, title, number }) => ({ id, name: title, detail: number ?? undefined }))]
}

/** The name of a record that stands in an address; one of another kind shows the end of its id. */
export async function recordName(id: string): Promise<string> {
  return personName(id).catch(() =>
    read<PlanDetail>(`/plans/${id}`).then(
      ({ header }) => header.title,
      () => id.slice(-8),
    ),
  )
}

export async function personName(id: string): Promise<string> {
  return (await read<Person>(`/people/${id}`)).name
}
