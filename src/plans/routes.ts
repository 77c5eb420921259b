import type { Catalogue, FileStore, List, Route } from '#platform'
import type { Writing } from './commands/paper.ts'
import { measureRoutes } from './measures/routes.ts'
import { answerRoutes } from './routes/answers.ts'
import { changeRoutes } from './routes/changes.ts'
import { milestoneRoutes } from './routes/milestones.ts'
import { documentRoutes } from './routes/documents.ts'
import { jointRoutes } from './routes/joints.ts'
import { matrixRoutes } from './routes/matrix.ts'
import { draftRoutes } from './routes/plans.ts'
import { workRoutes } from './routes/work.ts'

type Parts = {
  files: FileStore
  defaultFunction: string
  /** Code of the kind of document a plan usually is. */
  usualKind: string
  writing: Writing | null
  say: Catalogue
  /** The list of recommendations. */
  registry: List
}

/** Every route of plans. Files and what the country says are handed in by `app.ts`. */
export function planRoutes(parts: Parts): Route[] {
  return [
    ...draftRoutes(parts.files, parts.defaultFunction, {
      usualKind: parts.usualKind,
      kinds: parts.writing?.templates.layout.kinds ?? {},
    }),
    ...workRoutes(parts.files),
    ...changeRoutes(parts.say),
    ...jointRoutes(),
    ...milestoneRoutes(),
    ...answerRoutes(parts.registry),
    ...measureRoutes(),
    ...matrixRoutes(parts),
    ...(parts.writing === null ? [] : documentRoutes(parts.writing)),
  ]
}
