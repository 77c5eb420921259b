import { z } from 'zod'
import type { JobKind } from '#platform'
import { importJobKind } from './commands.ts'
import { releaseJobs, type ReleaseParts } from '../protection/commands.ts'
import { checkJob } from '../quality/check.ts'
import { runImport, type ImportParts } from './run.ts'

const Payload = z.object({ importId: z.uuid() })

/** Reads files of figures; killed, it goes on where it stood. And works out what is told to everyone, and what does not agree. */
export function indicatorJobs(parts: ImportParts & ReleaseParts): JobKind[] {
  return [
    ...releaseJobs(parts),
    checkJob(parts),
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
