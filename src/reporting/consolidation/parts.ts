import type { Calendar } from '#indicators/model'
import type { Catalogue, List } from '#platform'
import type { Writing } from '#plans'
import type { ReportWords } from './paper/words.ts'

/** What consolidation needs to know of the country; without words and layout no document is offered. */
export type ConsolidationParts = {
  calendars: readonly Calendar[]
  writing: Writing | null
  reportWords: ReportWords | null
  /** The language documents are written in. */
  locale: string
  /** What is kept here is invented: papers say so. */
  isInvented: boolean
  /** The list of recommendations. */
  registry: List
  say: Catalogue
}
