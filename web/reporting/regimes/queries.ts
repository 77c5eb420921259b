import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import type { Page } from '#platform/model'
import type {
  DraftRegime,
  FormDefinition,
  ObligationRow,
  PrintedRegime,
  RegimeChoices,
  RegimeDefinition,
  RegimeDetail,
  RegimeRounds,
  RegimeRow,
  RoundDetail,
  RoundTrial,
} from '#reporting/model'
import { read, write, type Query } from '../../plans/requests.ts'

export const regimesTo = '/bao-cao/che-do'
export const newRegimeTo = `${regimesTo}/moi`
export const regimeTo = (id: string): string => `${regimesTo}/${id}`
export const draftTo = (id: string): string => `${regimesTo}/${id}/soan`
export const formTo = (id: string): string => `${regimesTo}/${id}/bieu-mau`
export const roundTo = (id: string): string => `/bao-cao/ky/${id}`

export const regimesQuery = queryOptions({
  queryKey: ['reporting', 'regimes'],
  queryFn: async ({ signal }) => (await read<{ regimes: RegimeRow[] }>('/reporting/regimes', {}, signal)).regimes,
})

export const regimeQuery = (id: string) =>
  queryOptions({
    queryKey: ['reporting', 'regime', id],
    queryFn: ({ signal }) => read<RegimeDetail>(`/reporting/regimes/${id}`, {}, signal),
  })

export const roundsQuery = (id: string, asked: Query) =>
  queryOptions({
    queryKey: ['reporting', 'regime-rounds', id, asked],
    queryFn: ({ signal }) => read<RegimeRounds>(`/reporting/regimes/${id}/rounds`, asked, signal),
    placeholderData: keepPreviousData,
  })

export const choicesQuery = queryOptions({
  queryKey: ['reporting', 'choices'],
  queryFn: ({ signal }) => read<RegimeChoices>('/reporting/regime-choices', {}, signal),
  staleTime: 5 * 60_000,
})

export const printedRegimeQuery = (importId: string) =>
  queryOptions({
    queryKey: ['reporting', 'printed', importId],
    queryFn: ({ signal }) => read<PrintedRegime>(`/reporting/regimes-in-documents/${importId}`, {}, signal),
    refetchOnWindowFocus: false,
  })

export const trialQuery = (id: string, period: string) =>
  queryOptions({
    queryKey: ['reporting', 'trial', id, period],
    queryFn: ({ signal }) => read<RoundTrial>(`/reporting/regimes/${id}/trial`, { period }, signal),
    retry: false,
  })

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ['reporting', 'round', id],
    queryFn: ({ signal }) => read<RoundDetail>(`/reporting/rounds/${id}`, {}, signal),
  })

export const obligationsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['reporting', 'obligations', query],
    queryFn: ({ signal }) => read<Page<ObligationRow>>('/reporting/obligations', query, signal),
    placeholderData: (before) => before,
  })

/** Everything of reporting is asked for anew. */
export function useRenewReporting(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['reporting'] })
  }
}

type Seen = { version: number }
export const draftRegime = (body: DraftRegime) => write<{ id: string }>('POST', '/reporting/regimes', body)
export const saveRegime = (
  id: string,
  body: { definition: RegimeDefinition; effectiveFrom: string; version: number | null },
) => write<Seen>('PUT', `/reporting/regimes/${id}/draft`, body)
export const discardRegime = (id: string, version: number) =>
  write('POST', `/reporting/regimes/${id}/draft/discarding`, { version })
export const issueRegime = (id: string, version: number) => write('POST', `/reporting/regimes/${id}/issue`, { version })
export const endRegime = (id: string, version: number) => write('POST', `/reporting/regimes/${id}/ending`, { version })
export const saveForm = (id: string, body: { definition: FormDefinition; version: number | null }) =>
  write<Seen>('PUT', `/reporting/regimes/${id}/form`, body)
export const discardForm = (id: string, version: number) =>
  write('POST', `/reporting/regimes/${id}/form/discarding`, { version })
export const issueForm = (id: string, version: number) =>
  write<{ id: string }>('POST', `/reporting/regimes/${id}/form/issue`, { version })
export const openRound = (id: string, period: string) =>
  write<{ id: string; obligations: number }>('POST', `/reporting/regimes/${id}/rounds`, { period })
export const exempt = (id: string, body: { reason: string; version: number }) =>
  write('POST', `/reporting/obligations/${id}/exemption`, body)
export const restore = (id: string, body: { reason: string; version: number }) =>
  write('POST', `/reporting/obligations/${id}/restoration`, body)
export const extend = (id: string, body: { dueOn: string; reason: string; version: number }) =>
  write('POST', `/reporting/obligations/${id}/extension`, body)
