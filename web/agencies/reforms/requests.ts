import type { ReformDetail, ReformInput } from '#agencies/model'
import type { UnitChange } from '#territory/model'
import { send } from '../../kit/api.ts'
import type { Find, Picked } from '../../kit/Picker.tsx'
import { read } from '../../territory/read.ts'

async function write<T>(method: string, path: string, body: unknown): Promise<T> {
  const response = await send(method, path, new Blob([JSON.stringify(body)], { type: 'application/json' }))
  return (response.status === 204 ? undefined : await response.json()) as T
}

export const beginReform = (input: ReformInput): Promise<{ id: string }> => write('POST', '/reforms', input)
export const saveReform = (id: string, input: ReformInput & { version: number }): Promise<ReformDetail> =>
  write('PUT', `/reforms/${id}`, input)

export type Step = 'submission' | 'approval' | 'return' | 'discarding'
export const stepReform = (id: string, step: Step, body: object): Promise<void> =>
  write('POST', `/reforms/${id}/${step}`, body)

export interface Imported {
  rows: number
  changes: UnitChange[]
  faults: { row: number; code: string; title: string }[]
}

export async function readUnitList(id: string, date: string, file: Blob): Promise<Imported> {
  const body = new Blob([file], { type: 'application/octet-stream' })
  const response = await send('POST', `/reforms/${id}/unit-list?date=${date}`, body)
  return (await response.json()) as Imported
}

/** The empty list, handed to the browser as a file. */
export async function saveEmptyList(name: string): Promise<void> {
  const response = await send('GET', '/reforms/choices/empty-list')
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

interface FoundUnits {
  items: { key: string; code: string; name: string; typeName: string; above: string | null; aboveKey: string | null }[]
}
export interface FoundBody {
  key: string
  name: string
  unit: string
  functions: { code: string; name: string }[]
}

const fits = (search: string) => (each: Picked) => each.name.toLowerCase().includes(search.toLowerCase())

/** The unit above each unit that was found, by key. */
export type Above = Map<string, Picked>

/** Units in being before the reform; `made` = those the draft makes, where they may be named too. */
export function unitFinder(date: string, above: Above, made: readonly Picked[] = []): Find {
  return async (search, signal) => {
    const { items } = await read<FoundUnits>('/reforms/choices/units', { search, date }, signal)
    for (const unit of items)
      if (unit.aboveKey !== null) above.set(unit.key, { id: unit.aboveKey, name: unit.above ?? '' })
    const known = items.map((unit) => ({
      id: unit.key,
      name: `${unit.name} (${unit.code})`,
      ...(unit.above === null ? {} : { detail: unit.above }),
    }))
    return [...made.filter(fits(search)), ...known]
  }
}

/** Fields of work of the bodies that were found, by key. */
export type Held = Map<string, FoundBody['functions']>

/** Bodies in being before the reform; what they do is kept in `held`. */
export function bodyFinder(date: string, held: Held, made: readonly Picked[] = []): Find {
  return async (search, signal) => {
    const { items } = await read<{ items: FoundBody[] }>('/reforms/choices/bodies', { search, date }, signal)
    for (const body of items) held.set(body.key, body.functions)
    return [
      ...made.filter(fits(search)),
      ...items.map((body) => ({ id: body.key, name: body.name, detail: body.unit })),
    ]
  }
}

export interface Words {
  types: { type: string; name: string; level: string }[]
  functions: { code: string; name: string }[]
}
export const readWords = (signal: AbortSignal): Promise<Words> => read('/reforms/choices/words', {}, signal)
