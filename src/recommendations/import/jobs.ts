import { z } from 'zod'
import type { JobKind } from '#platform'
import { importJobKind } from './commands.ts'
import { indexStopped, runImport, type ImportParts } from './run.ts'

const Payload = z.object({ importId: z.uuid(), onlyWords: z.boolean().default(false) })

/** Reads files into the registry; killed, it goes on where it stood. */
export function recommendationJobs(parts: ImportParts): JobKind[] {
  return [
    {
      kind: importJobKind,
      isLong: true,
      async run(work) {
        const { importId, onlyWords } = Payload.parse(work.payload)
        await (onlyWords ? indexStopped(work, importId) : runImport(work, parts, importId))
        return { importId }
      },
    },
  ]
}
