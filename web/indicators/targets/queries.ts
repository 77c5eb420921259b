import { queryOptions, useQueries } from '@tanstack/react-query'
import type { ChangeTarget, SeriesPoint, SetTarget, TargetProgress, UnitProgress, UnitTargets } from '#indicators/model'
import { read, write } from '../../plans/requests.ts'

const key = 'indicators'

export const targetsQuery = (unitId: string | undefined) =>
  queryOptions({
    queryKey: [key, 'unit-targets', unitId],
    queryFn: ({ signal }) => read<UnitTargets>('/targets', { unitId }, signal),
    enabled: unitId !== undefined,
    placeholderData: (before) => before,
  })

const progressQuery = (unitId: string, measureId: string) =>
  queryOptions({
    queryKey: [key, 'unit-progress', unitId, measureId],
    queryFn: ({ signal }) => read<UnitProgress>('/targets/progress', { unitId, measureId }, signal),
    retry: false,
  })

/** How the unit stands with one target: `unseen` where its figures may not be read. */
export type Standing = { progress: TargetProgress; series: SeriesPoint[] } | 'unseen' | undefined

/** How the unit stands with each target of a measure, measure by measure as the answers come. */
export function useStandings(
  unitId: string | undefined,
  measureIds: readonly string[],
): (target: { id: string; measureId: string }) => Standing {
  const { found, unseen } = useQueries({
    queries: unitId === undefined ? [] : measureIds.map((measureId) => progressQuery(unitId, measureId)),
    combine: (answers) => ({
      found: new Map(
        answers.flatMap(({ data }) =>
          (data?.parts ?? []).flatMap(({ series, progress }) =>
            progress.map((one) => [one.targetId, { series, progress: one }] as const),
          ),
        ),
      ),
      unseen: new Set(measureIds.filter((_, at) => answers[at]?.isError === true)),
    }),
  })
  return ({ id, measureId }) => found.get(id) ?? (unseen.has(measureId) ? 'unseen' : undefined)
}

export const setTarget = (body: SetTarget) => write<{ id: string }>('POST', '/targets', body)
export const changeTarget = (id: string, body: ChangeTarget) => write('PUT', `/targets/${id}`, body)
export const endTarget = (id: string, version: number) => write('POST', `/targets/${id}/ending`, { version })
