import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ObstacleBoard, ObstacleDetail, ObstacleRow } from '#reporting/model'
import type { Page } from '#platform/model'
import type { Tone } from '../../kit/StatusBadge.tsx'
import { read, type Query } from '../../plans/requests.ts'

const key = 'obstacles'

export const obstaclesTo = '/kho-khan'
export const boardTo = '/kho-khan/tong-quan'
export const obstacleTo = (id: string): string => `${obstaclesTo}/${id}`

/** Names of what the list is asked for, as they stand in an address. */
export const names = {
  search: 'tim',
  state: 'tinh-trang',
  clock: 'han',
  theme: 'nhom',
  age: 'tuoi',
  level: 'cap',
  side: 'cua-minh',
} as const

export const obstaclesQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'list', query],
    queryFn: ({ signal }) => read<Page<ObstacleRow>>('/reporting/obstacles', query, signal),
    placeholderData: (before) => before,
  })

export const obstacleQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => read<ObstacleDetail>(`/reporting/obstacles/${id}`, {}, signal),
  })

export const boardQuery = queryOptions({
  queryKey: [key, 'board'],
  queryFn: ({ signal }) => read<ObstacleBoard>('/reporting/obstacles/board', {}, signal),
})

/** After a write: all that was read of obstacles. */
export function useRenewObstacles(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries({ queryKey: [key] }), [queries])
}

/** Where an obstacle stands, as its mark. */
export function toneOf({ state, clock }: Pick<ObstacleRow, 'state' | 'clock'>): Tone {
  if (state === 'closed') return 'done'
  if (state === 'answered') return 'note'
  return clock === 'overdue' ? 'overdue' : 'soon'
}
