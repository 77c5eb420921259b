import { sql } from 'kysely'
import { Problem, type Catalogue, type Context, type FileStore } from '#platform'
import { NotAList } from '../reading/split-records.ts'
import type { OwnState } from '../model.ts'
import { indexMore } from '../search.ts'
import { insertProblems } from './records.ts'
import { inBatches, type Placed } from './read-file.ts'
import { checkWhole, readTable } from './read-table.ts'
import { readUhri } from './read-uhri.ts'
import { saveBatch, type Known } from './save-batch.ts'
import { keyOf, keyWords, readyBatch, type ReadyBatch } from './sort-batch.ts'
import { changeImport, getImportRow, type ImportRow } from './store.ts'

/** What an import needs of whoever runs it: the job runner, or the command line. */
export type ImportWork = {
  inTransaction<T>(work: (ctx: Context) => Promise<T>): Promise<T>
  progress(done: number, total: number | null): Promise<void>
  /** Told once all records are saved and readable. */
  isRead?: () => void
}
export type ImportParts = { files: FileStore; own: OwnState; say: Catalogue }

export const recordKind = 'recommendations.import'
/** Records in one transaction: enough that transactions cost little, few enough that memory stays small. */
const batchSize = 1000

/**
 * Reads a file from where it stands to its end, then makes what it brought searchable. Killed at any moment it goes on at
 * the batch that was not saved.
 */
export async function runImport(work: ImportWork, parts: ImportParts, importId: string): Promise<void> {
  const row = await work.inTransaction((ctx) => begin(ctx, importId))
  if (row === undefined) return
  if (row.state === 'reading' && !(await readAll(work, parts, row))) return indexStopped(work, importId)
  work.isRead?.()
  await indexAll(work, importId)
  await work.inTransaction((ctx) => finish(ctx, importId))
}

/** What a stopped import has saved is made searchable as well. One that another reader goes on with is left to that. */
export async function indexStopped(work: ImportWork, importId: string): Promise<void> {
  const { state } = await work.inTransaction((ctx) => getImportRow(ctx, importId))
  if (state === 'cancelled' || state === 'failed') await indexAll(work, importId)
}

/** The import as it stands, at work; undefined where nothing is left to do. */
async function begin(ctx: Context, importId: string): Promise<ImportRow | undefined> {
  const row = await getImportRow(ctx, importId, true)
  if (row.state !== 'waiting' && row.state !== 'reading' && row.state !== 'indexing') return undefined
  if (row.state !== 'waiting') return row
  await changeImport(ctx, importId, { state: 'reading' })
  return { ...row, state: 'reading' }
}

/** False where it was stopped meanwhile. While one batch is saved the next is read and made ready. */
async function readAll(work: ImportWork, parts: ImportParts, row: ImportRow): Promise<boolean> {
  const known: Known = { documents: new Map(), met: new Set() }
  const total = Math.ceil(row.fileBytes / 1024)
  let saving: Promise<boolean> = Promise.resolve(true)
  const save = async (batch: ReadyBatch): Promise<boolean> => {
    const saved = await work.inTransaction((ctx) => saveBatch(ctx, row.id, batch, known))
    for (const key of saved?.met ?? []) known.met.add(key)
    if (saved !== undefined) await work.progress(Math.floor(batch.byteAt / 1024), total)
    return saved !== undefined
  }
  try {
    if (!(await checkWhole(work, parts, row))) return false
    if (row.source === 'uhri' && row.same + row.changed > 0) await meetAgain(parts, row, known.met)
    for await (const batch of inBatches(await openRecords(parts, row), batchSize, row.byteAt)) {
      const ready = readyBatch(batch, row)
      if (!(await saving)) return false
      saving = save(ready)
      saving.catch(() => undefined) // told where it is awaited
    }
    if (!(await saving)) return false
  } catch (fault) {
    if (fault instanceof NotAList) return refuse(work, row, { code: 'recommendations.file-no-list', params: {} })
    if (fault instanceof Problem && fault.kind === 'invalid') return refuse(work, row, fault)
    throw fault
  }
  return true
}

/** An import that goes on meets the keys again that it met before it was stopped. */
async function meetAgain(parts: ImportParts, row: ImportRow, met: Set<string>): Promise<void> {
  const { language } = row.options
  const file = await parts.files.open(row.fileSha256, 0)
  for await (const { outcome, to } of readUhri(file, 0, { own: parts.own, language })) {
    if (outcome.record !== null) met.add(keyWords(keyOf(row, outcome.record)))
    if (to >= row.byteAt) break
  }
  file.destroy()
}

async function openRecords(parts: ImportParts, row: ImportRow): Promise<AsyncIterable<Placed>> {
  const { language } = row.options
  if (row.source !== 'uhri') return readTable(parts, row)
  return readUhri(await parts.files.open(row.fileSha256, row.byteAt), row.byteAt, { own: parts.own, language })
}

/** The whole file will not do: that is told as its first problem, so that nothing named in it is lost. */
async function refuse(
  work: ImportWork,
  row: ImportRow,
  { code, params = {} }: Pick<Problem, 'code' | 'params'>,
): Promise<false> {
  await work.inTransaction(async (ctx) => {
    await insertProblems(ctx, row.id, [{ ordinal: 0, place: '', code, params, isRefused: true, excerpt: null }])
    await changeImport(ctx, row.id, { state: 'failed', problemCode: code, finishedAt: ctx.now })
    await ctx.record(
      'recommendations.import-failed',
      { kind: recordKind, id: row.id, agencyId: row.agencyId },
      { code },
    )
  })
  return false
}

/** Makes all searchable that is not yet, also what imports before left so. */
async function indexAll(work: ImportWork, importId: string): Promise<void> {
  const total = await work.inTransaction(async (ctx) => {
    const now = await getImportRow(ctx, importId, true)
    if (now.state === 'reading') await changeImport(ctx, importId, { state: 'indexing', toIndex: now.added })
    return now.added
  })
  let [after, done] = [smallestId, 0]
  for (;;) {
    const last = after
    const more = await work.inTransaction(async (ctx) => {
      const made = await indexMore(ctx, last)
      if (made !== undefined)
        await sql`update recommendations.import set indexed = least(indexed + ${made.count}, to_index) where id = ${importId}`.execute(
          ctx.db,
        )
      return made
    })
    if (more === undefined) return
    after = more.last
    done += more.count
    await work.progress(Math.min(done, total), total)
  }
}

const smallestId = '00000000-0000-0000-0000-000000000000'

async function finish(ctx: Context, importId: string): Promise<void> {
  const row = await getImportRow(ctx, importId, true)
  if (row.state !== 'indexing') return
  await changeImport(ctx, importId, { state: 'done', finishedAt: ctx.now })
  const { added, same, changed, doubled, refused } = row
  await ctx.record(
    'recommendations.import-done',
    { kind: recordKind, id: importId, agencyId: row.agencyId },
    { added, same, changed, doubled, refused },
  )
}
