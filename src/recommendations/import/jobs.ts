import { z } from 'zod'
import type { JobKind } from '#platform'
import { importJobKind } from './commands.ts'
import { indexStopped, runImport, type ImportParts } from './run.ts'
import { settleAll, settleJobKind, SettlePayload } from './settle.ts'

const Payload = z.object({ importId: z.uuid(), onlyWords: z.boolean().default(false) })

/** Reads files into the registry, and settles what they change; killed, both go on where they stood. */
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
    { kind: settleJobKind, isLong: true, run: (work) => settleAll(work, SettlePayload.parse(work.payload)) },
  ]
}
