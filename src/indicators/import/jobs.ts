import { z } from 'zod'
import type { JobKind } from '#platform'
import { importJobKind } from './commands.ts'
import { runImport, type ImportParts } from './run.ts'

const Payload = z.object({ importId: z.uuid() })

/** Reads files of figures; killed, it goes on where it stood. */
export function indicatorJobs(parts: ImportParts): JobKind[] {
  return [
    {
      kind: importJobKind,
      isLong: true,
      async run(work) {
        const { importId } = Payload.parse(work.payload)
        await runImport(work, parts, importId)
        return { importId }
      },
    },
  ]
}
