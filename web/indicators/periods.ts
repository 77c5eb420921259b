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
    queryFn: ({ signal }) =>
      read<{ periods: Period[]; usual: string | null }>('/figures/periods', { measureId }, signal),
    staleTime: 600_000,
    placeholderData: (before) => before,
  })

/** The periods of a measure, or of all, to choose from, and which comes first; `ended` leaves out those that still run. */
export function usePeriods(of: { measureId?: string | undefined; ended?: boolean }): {
  choices: Choice[]
  newest: string | undefined
} {
  const t = useText()
  const { today } = useSession()
  const { data } = useQuery(periodsQuery(of.measureId))
  const shown = (data?.periods ?? []).filter(({ to }) => of.ended !== true || to <= today)
  return {
    choices: shown.map(({ id }) => ({ value: id, label: periodWords(id, t) })),
    newest: data?.usual ?? shown[0]?.id,
  }
}
