import type { ComponentType } from 'react'
import type { SearchSource } from './search.ts'

/** The sections of the rail, in the order of the mission. */
export const sections = [
  'work',
  'recommendations',
  'plans',
  'indicators',
  'reports',
  'budget',
  'children',
  'services',
  'oversight',
  'agencies',
  'administration',
] as const
export type Section = (typeof sections)[number]

/**
 * One page, as a module declares it in `web/<module>/routes.tsx`.
 * Paths are Vietnamese without diacritics, parameters with `$`: `/ke-hoach/$planId`.
 */
export interface Page {
  path: string
  /** Message key of the page's name: browser title, rail, last crumb. */
  title: string
  /** The section it belongs to: the rail marks it while one is here. */
  section: Section
  /** Permissions of which one is enough to see it; none named = everyone signed in. */
  allow?: readonly string[]
  /** Stands in the rail; the lowest number of a section is the section's own entry. */
  rail?: number
  load: () => Promise<ComponentType>
}

/** What `routes.tsx` of a module exports. */
export interface ModulePages {
  pages: readonly Page[]
  /** What this module adds to the search box. */
  search?: SearchSource
}

/** Whether someone with these permissions sees the page. */
export function isOpenTo(page: Pick<Page, 'allow'>, permissions: readonly string[]): boolean {
  return !page.allow || page.allow.some((permission) => permissions.includes(permission))
}
