import type { Calendar } from '#indicators/model'
import type { Catalogue, FileStore, Route } from '#platform'
import type { Writing } from '#plans'
import type { CountryReporting } from './model.ts'
import { regimeRoutes } from './regimes/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { workbookRoutes } from './workbooks/routes.ts'

/** What `app.ts` hands in. */
export type ReportingParts = {
  files: FileStore
  calendars: readonly Calendar[]
  /** Days off of the country, and regimes it proposes. */
  country: CountryReporting
  /** The field of work by which what bodies owe follows them. */
  defaultFunction: string
  writing: Writing | null
  say: Catalogue
}

/** Every route of periodic reporting. */
export function reportingRoutes(parts: ReportingParts): Route[] {
  const { country, ...rest } = parts
  return [...regimeRoutes({ ...rest, ...country }), ...reportRoutes(rest), ...workbookRoutes(rest)]
}
