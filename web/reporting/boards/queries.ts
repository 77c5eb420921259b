import { queryOptions } from '@tanstack/react-query'
import type { BoardBy, BoardCounts, Cockpit, ReportBoard } from '#reporting/model'
import { stringifySearch } from '../../kit/url.ts'
import { read } from '../../plans/requests.ts'
import { roundTo } from '../regimes/queries.ts'

export const boardTo = '/bao-cao/tinh-hinh'
export const cockpitTo = (roundId: string): string => `/bao-cao/ky/${roundId}/ngay-han`

/** Names of what a board is asked for, as they stand in an address. */
export const boardNames = { round: 'ky', by: 'theo', tier: 'cap', unit: 'dia-ban' } as const

/** Names of the conditions a number of a board opens its list with. */
export const numberNames = {
  completeness: 'day-du',
  timeliness: 'dung-han',
  lateBy: 'muon',
  review: 'xem-xet',
  amended: 'sua-doi',
  unitId: 'dia-ban',
  ofUnitId: 'cua-dia-ban',
  tier: 'cap',
  standing: 'tinh-trang',
} as const

/** The list behind a number of one round. */
export const listTo = (roundId: string, asked: Partial<Record<keyof typeof numberNames, string | string[]>>): string =>
  roundTo(roundId) +
  stringifySearch(
    Object.fromEntries(
      Object.entries(asked).map(([key, value]) => [numberNames[key as keyof typeof numberNames], value]),
    ),
  )

export type BoardAsked = { by: BoardBy; roundId?: string; tier?: string; unitId?: string }

export const boardQuery = (asked: BoardAsked) =>
  queryOptions({
    queryKey: ['reporting', 'board', asked],
    queryFn: ({ signal }) => read<ReportBoard>('/reporting/boards', asked, signal),
    placeholderData: (before) => before,
  })

/** How often the day a round is due is asked for anew; not while the page is hidden. */
export const everyMs = 15_000

export const cockpitQuery = (roundId: string) =>
  queryOptions({
    queryKey: ['reporting', 'cockpit', roundId],
    queryFn: ({ signal }) => read<Cockpit>(`/reporting/rounds/${roundId}/cockpit`, {}, signal),
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  })

/** Reports that came, of those owed: what a nil report says counts, what was returned waits to come again. */
export const cameOf = ({ completeness }: BoardCounts): number =>
  completeness.accepted + completeness.nil + completeness.sent + completeness.returned

export const acceptedOnce = ({ review }: BoardCounts): number => review['first-pass'] + review['after-return']
