import { useQuery } from '@tanstack/react-query'
import type { UnitDetail, UnitSummary } from '#territory/model'
import type { Find } from '../kit/Picker.tsx'
import { read } from '../plans/requests.ts'

const few = 12

/** Units in being by name or code; the nearest first. */
export const findUnit: Find = async (search, signal) => {
  const { items } = await read<{ items: UnitSummary[] }>(
    '/territory/units',
    { search: search === '' ? undefined : search, size: few, inBeing: true },
    signal,
  )
  return items.map((unit) => ({
    id: unit.id,
    name: unit.name,
    detail: unit.path.map(({ name }) => name).join(', '),
  }))
}

export async function readUnitName(id: string): Promise<string> {
  return (await read<UnitDetail>(`/territory/units/${id}`, {})).name
}

/** What a unit is called today, or was called last. */
export function useUnitName(id: string | undefined): string | undefined {
  const { data } = useQuery({
    queryKey: ['territory', 'unit', id, undefined],
    queryFn: ({ signal }) => read<UnitDetail>(`/territory/units/${id}`, {}, signal),
    enabled: id !== undefined,
    staleTime: 600_000,
  })
  return data?.name
}
