import { sql } from 'kysely'
import {
  idOfKey,
  invalid,
  Problem,
  readSheet,
  streamCsv,
  type Catalogue,
  type Context,
  type FileStore,
  type SheetRow,
} from '#platform'
import { Language } from '#platform/model'
import { foldName } from '#territory/model'
import { enqueueCheck } from '../quality/check.ts'
import { judgeFigures, saveFigures, saysTheSame, type Judged } from '../commands/judge-figures.ts'
import { openLand } from '../land.ts'
import { figureFileLimits, type Calendar } from '../model.ts'
import { layoutOf, repeatsHeads, type Layout } from './layout.ts'
import { cellOf, choicesOf, readRow, type FileEntry, type RowKnowledge } from './read-row.ts'
import {
  changeImport,
  countBatch,
  countTaken,
  deleteWaiting,
  insertProblems,
  insertWaiting,
  listWaiting,
  readMeasureCodes,
  takeImport,
  type Counts,
  type ImportRow,
  type ProblemRow,
  type WaitingRow,
} from './store.ts'
import { openCodes } from './unit-codes.ts'
import { lookThroughTerms, takeInTerms } from '../terms/run.ts'

/** What an import needs of whoever runs it. */
export type ImportWork = {
  inTransaction<T>(work: (ctx: Context) => Promise<T>): Promise<T>
  progress(done: number, total: number | null): Promise<void>
}
export type ImportParts = { files: FileStore; calendars: readonly Calendar[]; say: Catalogue }

export const recordKind = 'indicators.import'
/** Rows in one transaction: enough that transactions cost little, few enough that memory stays small. */
const batchSize = 2000

/**
 * Looks a file through row by row, then takes in what its bringer chose. Killed at any moment it goes on at the batch that was
 * not saved.
 */
export async function runImport(work: ImportWork, parts: ImportParts, importId: string): Promise<void> {
  const row = await work.inTransaction((ctx) => takeImport(ctx, importId))
  if (row.state === 'checking') {
    try {
      await (row.subject === 'dictionary' ? lookThroughTerms : lookThrough)(work, parts, row)
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.kind !== 'invalid') throw fault
      await work.inTransaction((ctx) => fail(ctx, importId, fault))
      return
    }
    await work.inTransaction((ctx) => endLooking(ctx, importId))
  }
  await (row.subject === 'dictionary' ? takeInTerms : takeIn)(work, parts, importId)
}

async function fail(ctx: Context, importId: string, { code, params }: Problem): Promise<void> {
  const row = await takeImport(ctx, importId)
  if (row.state !== 'checking') return
  await changeImport(ctx, importId, {
    ...{ state: 'failed', problemCode: code, problemParams: JSON.stringify(params), finishedAt: ctx.now },
  })
  await deleteWaiting(ctx, importId, 'all')
  await ctx.record('indicators.import-failed', { kind: recordKind, id: importId, agencyId: row.agencyId }, { code })
}

/** Goes on to take in where that was chosen and may be. */
async function endLooking(ctx: Context, importId: string): Promise<void> {
  const row = await takeImport(ctx, importId)
  if (row.state !== 'checking') return
  const isTaken = row.takes === 'good' || (row.takes === 'whole' && row.refused === 0)
  await changeImport(ctx, importId, { state: isTaken ? 'taking' : 'checked' })
  const { counted, added, changed, refused } = row
  await ctx.record(
    'indicators.import-checked',
    { kind: recordKind, id: importId, agencyId: row.agencyId },
    { counted, added, changed, refused },
  )
}

/** The rows of a file: a .csv as it comes from the disk, a workbook whole. @throws invalid as the readers do */
async function* rowsOf(files: FileStore, row: ImportRow): AsyncGenerator<SheetRow> {
  const columns = 60
  const head = (await firstBytes(files, row.fileSha256)).subarray(0, 2)
  if (head[0] !== 0x50 || head[1] !== 0x4b) {
    yield* tellCut(streamCsv(await files.open(row.fileSha256, 0), { rows: figureFileLimits.rows, columns }))
    return
  }
  if (row.fileBytes > figureFileLimits.workbookBytes)
    throw invalid('platform.sheet-too-large', { most: figureFileLimits.workbookRows })
  yield* await readSheet(await files.read(row.fileSha256), { rows: figureFileLimits.workbookRows, columns })
}

/** Marks where a .csv breaks off within its last row: what stands there may be the beginning of a longer number. */
async function* tellCut(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow> {
  let width: number | undefined
  let last: SheetRow | undefined
  for await (const row of rows) {
    width ??= row.cells.length
    if (last !== undefined) yield last
    last = row
  }
  if (last === undefined || width === undefined) return
  const isCut = last.cells.length < width
  yield isCut ? { ...last, odd: [...(last.odd ?? []), { column: last.cells.length - 1, what: 'cut' }] } : last
}

async function firstBytes(files: FileStore, sha256: string): Promise<Uint8Array> {
  const stream = await files.open(sha256, 0)
  for await (const chunk of stream) {
    stream.destroy()
    return chunk as Uint8Array
  }
  return new Uint8Array()
}

/** Reads from where the import stands; batches of rows are judged and laid aside. */
async function lookThrough(work: ImportWork, parts: ImportParts, row: ImportRow): Promise<void> {
  let layout: Layout | undefined
  let known: RowKnowledge | undefined
  let batch: SheetRow[] = []
  let seen = row.counted
  const { say } = parts
  const flush = async (layoutNow: Layout, knownNow: RowKnowledge) => {
    const rows = batch
    batch = []
    const isOn = await work.inTransaction((ctx) =>
      lookAt(ctx, parts, { importId: row.id, rows, layout: layoutNow, known: knownNow }),
    )
    seen += rows.length
    await work.progress(seen, null)
    return isOn
  }
  for await (const one of rowsOf(parts.files, row)) {
    if (layout === undefined || known === undefined) {
      const found = await work.inTransaction((ctx) => knowledge(ctx, parts, row, one))
      layout = found.layout
      known = found
      continue
    }
    if (one.number <= row.rowAt || (one.number === 2 && repeatsHeads(say, layout, one.cells))) continue
    batch.push(one)
    if (batch.length >= batchSize && !(await flush(layout, known))) return
  }
  if (layout === undefined || known === undefined || (seen === 0 && batch.length === 0))
    throw invalid('indicators.file-empty')
  if (batch.length > 0) await flush(layout, known)
}

async function knowledge(ctx: Context, parts: ImportParts, row: ImportRow, heads: SheetRow): Promise<RowKnowledge> {
  const { say, calendars } = parts
  const land = await openLand(ctx)
  const words = (key: string) => Language.options.map((language) => say(language, key))
  return {
    layout: layoutOf(say, ctx.language, heads.cells),
    ...{ sign: row.decimalSign, calendars, fold: foldName, idOf: idOfKey },
    measures: await readMeasureCodes(ctx),
    codes: openCodes(land.ground, land.typeNames),
    ...choicesOf(words, foldName),
  }
}

type Looking = { importId: string; rows: readonly SheetRow[]; layout: Layout; known: RowKnowledge }

/** Judges one batch and lays it aside; false where the import was stopped meanwhile. */
async function lookAt(ctx: Context, parts: ImportParts, { importId, rows, layout, known }: Looking): Promise<boolean> {
  const row = await takeImport(ctx, importId)
  if (row.state !== 'checking') return false
  const counts: Counts = { added: 0, changed: 0, same: 0, empty: 0, refused: 0 }
  const problems: ProblemRow[] = []
  const good: { row: SheetRow; entry: FileEntry }[] = []
  const refuse = (one: SheetRow, faults: readonly Parameters<typeof cellOf>[2][]) => {
    counts.refused += 1
    for (const fault of faults) problems.push(problemOf(one, layout, fault))
  }
  for (const one of rows) {
    const read = readRow(one, known)
    if (read === 'empty') counts.empty += 1
    else if ('faults' in read) refuse(one, read.faults)
    else good.push({ row: one, entry: read.entry })
  }
  const judged = await judgeFigures(
    ctx,
    good.map(({ entry }) => entry),
    { calendars: parts.calendars, forOthers: true },
  )
  const waiting = good.flatMap(({ row: one }, at): WaitingRow[] => {
    const found = judged[at]
    if (found === undefined) return []
    if (found.fault === null) return [{ ...found.entry, rowNumber: one.number, outcome: outcomeOf(found) }]
    refuse(one, [found.fault])
    return []
  })
  const laid = await insertWaiting(ctx, importId, waiting)
  const numbered = new Map(rows.map((one) => [one.number, one]))
  for (const { rowNumber, outcome } of waiting) {
    const one = numbered.get(rowNumber)
    if (laid.has(rowNumber)) counts[outcome] += 1
    else if (one !== undefined) refuse(one, [{ code: 'indicators.twice', params: {} }])
  }
  await insertProblems(ctx, importId, problems)
  await countBatch(ctx, importId, counts, rows.at(-1)?.number ?? row.rowAt)
  return true
}

function outcomeOf({ entry, held }: Judged): WaitingRow['outcome'] {
  if (held === undefined) return 'added'
  return saysTheSame(entry, held) ? 'same' : 'changed'
}

function problemOf(row: SheetRow, layout: Layout, fault: Parameters<typeof cellOf>[2]): ProblemRow {
  const place = cellOf(row.number, layout, fault)
  const at = /^[A-Z]+/.exec(place)?.[0]
  const column = at === undefined ? -1 : [...at].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  const excerpt = row.cells[column]?.slice(0, 100) ?? null
  return { rowNumber: row.number, place, code: fault.code, params: fault.params, excerpt }
}

/** Takes in what waits, batch by batch; what somebody changed meanwhile is refused. */
async function takeIn(work: ImportWork, parts: ImportParts, importId: string): Promise<void> {
  for (let after = 0; ;) {
    const done = await work.inTransaction((ctx) => takeBatch(ctx, parts, importId, after))
    if (done === 'over') return
    after = done.at
    await work.progress(done.taken, done.of)
  }
}

/** Lets what was taken in be held against the rules. */
async function checkTaken(ctx: Context, importId: string): Promise<void> {
  const { rows } = await sql<{ period: string; agencyId: string }>`
    select distinct c.period, c.agency_id from indicators.observation o join indicators.cell c on c.id = o.cell_id
    where o.import_id = ${importId}`.execute(ctx.db)
  if (rows.length === 0) return
  const [periods, agencyIds] = [rows.map(({ period }) => period), rows.map(({ agencyId }) => agencyId)]
  await enqueueCheck(ctx, { periods, agencyIds })
}

async function takeBatch(
  ctx: Context,
  parts: ImportParts,
  importId: string,
  after: number,
): Promise<'over' | { at: number; taken: number; of: number }> {
  const row = await takeImport(ctx, importId)
  if (row.state !== 'taking') return 'over'
  const of = { kind: recordKind, id: importId, agencyId: row.agencyId }
  const waiting = await listWaiting(ctx, importId, { after, most: batchSize })
  if (waiting.length === 0) {
    await deleteWaiting(ctx, importId, 'all')
    await changeImport(ctx, importId, { state: 'done', finishedAt: ctx.now })
    const { counted, taken, refused } = row
    await ctx.record('indicators.import-taken', of, { counted, taken, refused })
    await checkTaken(ctx, importId)
    return 'over'
  }
  const judged = await judgeFigures(ctx, waiting, { calendars: parts.calendars, forOthers: true })
  const outcomes = await saveFigures(ctx, judged, { source: 'file', importId })
  const refused = waiting.flatMap((one, at) => {
    const outcome = outcomes[at]
    return outcome !== undefined && 'code' in outcome ? [{ ...one, fault: outcome }] : []
  })
  await insertProblems(
    ctx,
    importId,
    refused.map(({ rowNumber, fault }) => ({ rowNumber, place: '', ...fault, excerpt: null })),
  )
  const count = (outcome: string) => refused.filter((one) => one.outcome === outcome).length
  const taken = waiting.length - refused.length
  await countTaken(ctx, importId, { taken, refused: { added: count('added'), changed: count('changed') } })
  await deleteWaiting(
    ctx,
    importId,
    waiting.map(({ rowNumber }) => rowNumber),
  )
  const made = outcomes.filter((outcome) => 'isNew' in outcome && outcome.isNew).length
  await ctx.record('indicators.figures-entered', of, { taken, made, refused: refused.length })
  return { at: waiting.at(-1)?.rowNumber ?? after, taken: row.taken + taken, of: row.added + row.changed }
}
