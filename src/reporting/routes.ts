import type { Calendar } from '#indicators/model'
import type { Catalogue, FileStore, List, Route } from '#platform'
import type { Writing } from '#plans'
import { boardRoutes } from './boards/routes.ts'
import type { ReportWords } from './consolidation/paper/words.ts'
import { consolidationRoutes } from './consolidation/routes.ts'
import type { CountryReporting } from './model.ts'
import { obstacleRoutes } from './obstacles/routes.ts'
import { regimeRoutes } from './regimes/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { treatyRoutes } from './treaty/routes.ts'
import { urgingRoutes } from './urging/routes.ts'
import { jointRoutes } from './workbooks/joint/routes.ts'
import { workbookRoutes } from './workbooks/routes.ts'

/** What `app.ts` hands in. */
export type ReportingParts = {
  files: FileStore
  calendars: readonly Calendar[]
  /** Days off of the country, regimes it proposes, how it goes about obstacles. */
  country: CountryReporting
  /** The field of work by which what bodies owe follows them. */
  defaultFunction: string
  writing: Writing | null
  /** Words of reports as papers; null = none is offered. */
  reportWords: ReportWords | null
  /** The language papers are written in. */
  locale: string
  /** What is kept here is invented: papers say so. */
  isInvented: boolean
  /** The list of recommendations. */
  registry: List
  say: Catalogue
}

/** Every route of periodic reporting. */
export function reportingRoutes(parts: ReportingParts): Route[] {
  const { country, ...rest } = parts
  return [
    ...regimeRoutes({ ...rest, ...country }),
    ...reportRoutes({ ...rest, obstacles: country }),
    ...obstacleRoutes(country),
    ...consolidationRoutes(rest),
    ...urgingRoutes(rest),
    ...treatyRoutes(rest),
    ...workbookRoutes(rest),
    ...jointRoutes(rest),
    ...boardRoutes(),
  ]
}
