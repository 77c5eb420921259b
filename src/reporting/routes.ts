import type { Calendar } from '#indicators/model'
import type { Catalogue, FileStore, Route } from '#platform'
import type { Writing } from '#plans'

/** What `app.ts` hands in. */
export type ReportingParts = {
  files: FileStore
  calendars: readonly Calendar[]
  writing: Writing | null
  say: Catalogue
}

/** Every route of periodic reporting. */
export function reportingRoutes(_parts: ReportingParts): Route[] {
  return []
}
