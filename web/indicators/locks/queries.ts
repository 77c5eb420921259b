import { queryOptions } from '@tanstack/react-query'
import type { LockPeriod, PeriodLock } from '#indicators/model'
import { read, write } from '../../plans/requests.ts'

/** Locks that hold for the acting body or were set within its reach, those that ended last. */
export const locksQuery = (period?: string) =>
  queryOptions({
    queryKey: ['indicators', 'locks', period],
    queryFn: async ({ signal }) => (await read<{ locks: PeriodLock[] }>('/figures/locks', { period }, signal)).locks,
  })

export const lockPeriod = (body: LockPeriod) => write<{ id: string }>('POST', '/figures/locks', body)
export const openPeriod = (id: string, reason: string) => write('POST', `/figures/locks/${id}/ending`, { reason })
