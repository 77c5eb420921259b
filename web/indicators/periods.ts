import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Period } from '#indicators/model'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import type { Choice } from '../kit/fields.tsx'
import { read } from '../plans/requests.ts'
import { periodWords } from './words.ts'

const periodsQuery = (measureId: string | undefined) =>
  queryOptions({
    queryKey: ['indicators', 'periods', measureId],
    queryFn: async ({ signal }) =>
      (await read<{ periods: Period[] }>('/figures/periods', { measureId }, signal)).periods,
    staleTime: 600_000,
    placeholderData: (before) => before,
  })

/** The periods of a measure, or of all, to choose from; `ended` leaves out those that still run. */
export function usePeriods(of: { measureId?: string | undefined; ended?: boolean }): {
  choices: Choice[]
  newest: string | undefined
} {
  const t = useText()
  const { today } = useSession()
  const { data = [] } = useQuery(periodsQuery(of.measureId))
  const shown = data.filter(({ to }) => of.ended !== true || to <= today)
  return {
    choices: shown.map(({ id }) => ({ value: id, label: periodWords(id, t) })),
    newest: (shown.find(({ to }) => to <= today) ?? shown[0])?.id,
  }
}
