import { queryOptions } from '@tanstack/react-query'
import type { CodeMeaning, ForeignThing, FoundMeaning, JoinFound, TakenPackage } from '#indicators/model'
import type { Page } from '#platform/model'
import { send } from '../../kit/api.ts'
import type { Tone } from '../../kit/StatusBadge.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { read, write, type Query } from '../../plans/requests.ts'

/** Names of what the page is asked for, as they stand in an address. */
export const names = {
  search: 'tim',
  system: 'he-thong',
  kind: 'loai',
  state: 'tinh-trang',
  by: 'ly-do',
  refused: 'bi-tu-choi',
} as const

export const thingTones: Record<ForeignThing['state'], Tone> = {
  joined: 'done',
  suggested: 'pending',
  unmatched: 'overdue',
}

export const thingsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['indicators', 'foreign-things', query],
    queryFn: ({ signal }) => read<Page<ForeignThing>>('/figures/exchange/things', query, signal),
    placeholderData: (before) => before,
  })

export const systemsQuery = queryOptions({
  queryKey: ['indicators', 'foreign-systems'],
  queryFn: async ({ signal }) => (await read<{ systems: string[] }>('/figures/exchange/systems', {}, signal)).systems,
})

export const joinThings = (things: readonly { id: string; meaning: CodeMeaning }[]) =>
  write<{ joined: number }>('POST', '/figures/exchange/things/meanings', { things })
export const joinFound = (body: JoinFound) =>
  write<{ joined: number }>('POST', '/figures/exchange/things/found-meanings', body)
export const lookAgain = (system: string) =>
  write<{ count: number }>('POST', '/figures/exchange/things/looking', { system })
export const endCode = (id: string) => write('POST', `/figures/exchange/codes/${id}/ending`)

export async function givePackage(file: File, system: string): Promise<TakenPackage> {
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  const path = `/figures/exchange/packages${stringifySearch({ system, fileName: file.name })}`
  return (await (await send('POST', path, bytes)).json()) as TakenPackage
}

/** The meaning that stands alone: no other was found by the same reason. */
export function sureOf({ state, found: [first, ...others] }: ForeignThing): FoundMeaning | undefined {
  if (state === 'joined' || first === undefined) return undefined
  return others.some(({ by }) => by === first.by) ? undefined : first
}

/** What was found for a thing, as it is said. */
export function meaningOf({ kind }: ForeignThing, found: FoundMeaning): CodeMeaning {
  switch (kind) {
    case 'unit':
      return { kind, unitId: found.unit?.id ?? '' }
    case 'element':
      return { kind, measureId: found.measure?.id ?? '', part: found.part ?? 'value', valueType: 'number', combo: null }
    case 'combo':
      return { kind, breakdown: found.breakdown ?? '', options: null }
    case 'data-set':
      return { kind, calendar: null }
  }
}
