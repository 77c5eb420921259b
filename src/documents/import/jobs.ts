import { z } from 'zod'
import { getFile, listFiles, Problem, type JobKind } from '#platform'
import { readColumns, readJobKind, recordKind, type ImportParts } from './commands.ts'
import type { OpenedDocument } from './open-document.ts'
import { readApart, readingBounds } from './read-apart.ts'
import { getImportRow, saveReading, setState } from './store.ts'

const Payload = z.object({ importId: z.uuid() })

/** Reads a large file after it was loaded. One that is no document is marked so, with the reader's code; safe to run twice. */
export function readImportJob(parts: Pick<ImportParts, 'files' | 'grammarModule'>): JobKind {
  return {
    kind: readJobKind,
    async run(work) {
      const { importId } = Payload.parse(work.payload)
      await work.progress(0, 2)
      const file = await work.inTransaction(async (ctx) => {
        const row = await getImportRow(ctx, importId)
        const [stored] = await listFiles(ctx, recordKind, [importId])
        return row.state !== 'reading' || stored === undefined
          ? undefined
          : getFile(ctx, parts.files, { kind: recordKind, id: importId }, stored.id)
      })
      if (file === undefined) return { importId }
      await work.progress(1, 2)
      try {
        const document = await readUnlessCancelled(
          work,
          { fileName: file.name, bytes: file.bytes },
          parts.grammarModule,
        )
        await work.inTransaction(async (ctx) => {
          const row = await getImportRow(ctx, importId, true)
          if (row.state !== 'reading') return
          await saveReading(ctx, importId, await readColumns(ctx, document))
          await ctx.record(
            'documents.import-read',
            { kind: recordKind, id: importId, agencyId: row.agencyId },
            { tasks: document.reading.tasks.length },
          )
        })
      } catch (fault) {
        if (!(fault instanceof Problem) || fault.kind !== 'invalid') throw fault
        await work.inTransaction(async (ctx) => {
          const row = await getImportRow(ctx, importId, true)
          await setState(ctx, importId, { state: 'unreadable', problemCode: fault.code })
          await ctx.record(
            'documents.import-refused',
            { kind: recordKind, id: importId, agencyId: row.agencyId },
            { code: fault.code },
          )
        })
      }
      await work.progress(2, 2)
      return { importId }
    },
  }
}

const askEveryMs = 1000

/** Reads in a thread of its own, and asks meanwhile whether the job is to stop: then the thread ends at once. */
async function readUnlessCancelled(
  work: { progress: (done: number, total: number) => Promise<unknown> },
  file: { fileName: string; bytes: Uint8Array },
  grammarModule: string,
): Promise<OpenedDocument> {
  const stop = new AbortController()
  const asking = setInterval(() => {
    work.progress(1, 2).catch((reason: unknown) => stop.abort(reason))
  }, askEveryMs)
  try {
    return await readApart(file, grammarModule, readingBounds.inJob, stop.signal)
  } finally {
    clearInterval(asking)
  }
}
