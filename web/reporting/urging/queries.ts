import { queryOptions } from '@tanstack/react-query'
import type { Page } from '#platform/model'
import type { AwaitedRound, ReportUrging, UrgeReports } from '#reporting/model'
import { read, write } from '../../plans/requests.ts'
import { roundTo } from '../regimes/queries.ts'

/** Whom a letter urges, as the list of obligations is asked for them. */
export type Whom = Readonly<Record<string, readonly string[]>>

export const awaitedQuery = queryOptions({
  queryKey: ['reporting', 'awaited'],
  queryFn: async ({ signal }) => (await read<{ rounds: AwaitedRound[] }>('/reporting/awaited', {}, signal)).rounds,
})

export const urgingsQuery = (roundId: string) =>
  queryOptions({
    queryKey: ['reporting', 'urgings', roundId],
    queryFn: ({ signal }) => read<Page<ReportUrging>>(`/reporting/rounds/${roundId}/urgings`, { size: 50 }, signal),
  })

export const urge = (body: UrgeReports<Whom>) =>
  write<{ id: string; urged: number }>('POST', '/reporting/urgings', body)

export const letterOf = (id: string, format: 'docx' | 'pdf'): string =>
  `/reporting/urgings/${id}/document?format=${format}`

export const askForLetter = (id: string, format: 'docx' | 'pdf') =>
  write<{ jobId: string; urged: number }>('POST', `/reporting/urgings/${id}/files`, { format })

/** The names of conditions of the list of obligations, as they stand in an address. */
export const names = { awaited: 'chua-gui', late: 'so-ngay-qua-han', place: 'dia-ban', overdue: 'qua-han' } as const

/** The bodies of a round that have not reported; those that are late alone. */
export const awaitedTo = (roundId: string): string => `${roundTo(roundId)}?${names.awaited}=with`
export const lateTo = (roundId: string): string => `${roundTo(roundId)}?${names.overdue}=with`
