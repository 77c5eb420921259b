import { isOpenTo, sections, type ModulePages, type Page, type Section } from '../kit/page.ts'
import type { SearchSource } from '../kit/search.ts'

const modules = import.meta.glob<ModulePages>('../*/routes.tsx', { eager: true })

/** Every page any module declares. A module registers by having a `routes.tsx`; there is no list to keep. */
export const pages: readonly Page[] = Object.values(modules).flatMap((module) => module.pages)

export const searchSources: readonly SearchSource[] = Object.values(modules).flatMap((module) =>
  module.search ? [module.search] : [],
)

export interface RailEntry {
  section: Section
  /** The section's own page. */
  to: string
  /** Its pages in the rail, the section's own first; one alone is not listed below it. */
  pages: readonly Page[]
}

/** The rail for someone: sections in the order of the mission, only with pages that are open to them. */
export function railFor(all: readonly Page[], permissions: readonly string[]): RailEntry[] {
  return sections.flatMap((section) => {
    const own = all
      .filter((page) => page.section === section && page.rail !== undefined && isOpenTo(page, permissions))
      .sort((a, b) => (a.rail ?? 0) - (b.rail ?? 0))
    const [first] = own
    return first ? [{ section, to: first.path, pages: own }] : []
  })
}
