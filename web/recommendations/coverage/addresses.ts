import type { z } from 'zod'
import type { CoverageOf, ImplementationStatus } from '#plans/model'
import { stringifySearch } from '../../kit/url.ts'
import { names as taskNames } from '../../plans/addresses.ts'
import { reaches, recommendationsTo } from '../addresses.ts'

export type By = z.infer<typeof CoverageOf>

/** What the board is told apart by and how far back it reaches, in its own address. */
export const boardNames = { by: 'theo', reach: 'pham-vi', view: 'xem' } as const
export const coverageTo = '/khuyen-nghi/bao-phu'

export interface ListAsked {
  by?: By
  value?: string
  /** `none`: without a task that carries it out. */
  implementation?: ImplementationStatus | 'none'
  /** Not only the newest cycle of each mechanism. */
  reach: 'own' | undefined
}

/** The list of recommendations behind a number. */
export function listTo({ by, value, implementation, reach }: ListAsked): string {
  return recommendationsTo({
    ...(by === undefined || value === undefined ? {} : { [by]: value }),
    ...(implementation === undefined ? {} : { implementation }),
    ...(reach === undefined ? {} : { reach: reaches[reach] }),
  })
}

/** Work of tasks that answer no recommendation. */
export function tasksWithoutTo(of: { level?: string; agencyKind?: string; agency?: string } = {}): string {
  return `/nhiem-vu${stringifySearch({
    [taskNames.answering]: 'without',
    [taskNames.level]: of.level,
    [taskNames.agencyKind]: of.agencyKind,
    [taskNames.agency]: of.agency,
  })}`
}
