import type { FileStore, Route } from '#platform'
import type { Writing } from './commands/export.ts'
import { documentRoutes } from './routes/documents.ts'
import { draftRoutes } from './routes/plans.ts'
import { workRoutes } from './routes/work.ts'

/** Every route of plans. Files and the country's default function are handed in by `app.ts`. */
export function planRoutes(parts: { files: FileStore; defaultFunction: string; writing: Writing | null }): Route[] {
  return [
    ...draftRoutes(parts.files, parts.defaultFunction),
    ...workRoutes(parts.files),
    ...(parts.writing === null ? [] : documentRoutes(parts.writing)),
  ]
}
