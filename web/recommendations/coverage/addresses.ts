import type { CoverageOf, ImplementationStatus } from '#plans/model'
import type { z } from 'zod'
import { names as taskNames } from '../../plans/addresses.ts'
import { stringifySearch } from '../../kit/url.ts'

export type By = z.infer<typeof CoverageOf>

/** What the board is told apart by and how far back it reaches, in its own address. */
export const boardNames = { by: 'theo', reach: 'pham-vi', view: 'xem' } as const

/** The same in the address of the list of recommendations. */
const listNames: Readonly<Record<By | 'implementation' | 'reach', string>> = {
  mechanism: 'co-che',
  cycle: 'chu-ky',
  cluster: 'nhom-dieu',
  theme: 'chu-de',
  group: 'nhom-lien-quan',
  lead: 'chu-tri',
  implementation: 'thuc-hien',
  reach: 'pham-vi',
}

/** Value of the reach in the list's address: all cycles of the own State. */
const allCycles = 'moi-chu-ky'

export interface ListAsked {
  by?: By
  value?: string
  /** `none`: without a task that carries it out. */
  implementation?: ImplementationStatus | 'none'
  reach: string | undefined
}

/** The list of recommendations behind a number. */
export function listTo({ by, value, implementation, reach }: ListAsked): string {
  const of = by === undefined || value === undefined ? {} : { [listNames[by]]: value }
  return `/khuyen-nghi${stringifySearch({
    ...of,
    [listNames.implementation]: implementation,
    [listNames.reach]: reach === undefined ? undefined : allCycles,
  })}`
}

/** Work of tasks that answer no recommendation. */
export function tasksWithoutTo(of: { level?: string; agencyKind?: string } = {}): string {
  return `/nhiem-vu${stringifySearch({
    [taskNames.answering]: 'without',
    [taskNames.level]: of.level,
    [taskNames.agencyKind]: of.agencyKind,
  })}`
}
