import { readSheet } from '#platform'
import { importLimits } from '../model.ts'
import { readMatrix, recordOfRow } from '../reading/matrix.ts'
import { isHints, layoutOf, recordOfTableRow, type TableOf } from '../reading/tables.ts'
import { richness, type ReadOutcome } from '../reading/record.ts'
import { insertProblems, type ProblemRow } from './records.ts'
import type { Placed } from './read-file.ts'
import { recordKind, type ImportParts, type ImportWork } from './run.ts'
import { keyOf, keyWords } from './sort-batch.ts'
import { changeImport, type ImportRow } from './store.ts'

type Read = { place: string; outcome: ReadOutcome }

/** The rows of a table from where its import stands. A table fits in memory; how far it is read is told in its share of bytes. */
export async function* readTable(parts: ImportParts, row: ImportRow): AsyncGenerator<Placed> {
  const { rows } = await rowsOf(parts, row)
  const poorer = poorerTwins(row, rows)
  for (const [at, one] of rows.entries()) {
    const to = Math.ceil((row.fileBytes * (at + 1)) / rows.length)
    if (to > row.byteAt) yield { ...one, to, isPoorer: poorer.has(one) }
  }
}

/** Of rows with one key, and one part of it, all but the richest. */
function poorerTwins(row: ImportRow, rows: readonly Read[]): ReadonlySet<Read> {
  const [richest, poorer] = [new Map<string, { read: Read; worth: number }>(), new Set<Read>()]
  for (const read of rows) {
    const { record } = read.outcome
    if (record === null) continue
    const key = `${keyWords(keyOf(row, record))} ${record.part ?? ''}`
    const [before, worth] = [richest.get(key), richness(record)]
    if (before === undefined || worth > before.worth) {
      if (before !== undefined) poorer.add(before.read)
      richest.set(key, { read, worth })
    } else poorer.add(read)
  }
  return poorer
}

async function rowsOf(parts: ImportParts, row: ImportRow): Promise<{ rows: Read[]; unknown: string[] }> {
  const { mechanism, symbol, cycle, publishedOn, language } = row.options
  const of: TableOf = {
    ...{ own: parts.own, language, mechanism: mechanism ?? null, symbol: symbol ?? null },
    ...{ cycle: cycle ?? null, publishedOn: publishedOn ?? null },
  }
  const bytes = await parts.files.read(row.fileSha256)
  if (row.source === 'ohchr-matrix') {
    const rows = await readMatrix(bytes, row.fileName)
    return { rows: rows.map((one) => ({ place: String(one.row), outcome: recordOfRow(one, of) })), unknown: [] }
  }
  const [head, ...rows] = await readSheet(bytes, { rows: importLimits.rows, columns: 60, keepsLines: true })
  const layout = layoutOf(head?.cells ?? [], row.source, parts.say)
  const records = rows.filter(({ cells }) => !isHints(cells, layout))
  return {
    rows: records.map((one) => ({ place: String(one.number), outcome: recordOfTableRow(one, layout, of) })),
    unknown: layout.unknown,
  }
}

/** Whether a table may be taken in: whole, unless whoever brings it in chose to take the good rows. What is wrong is told. */
export async function checkWhole(work: ImportWork, parts: ImportParts, row: ImportRow): Promise<boolean> {
  if (row.source === 'uhri' || row.counted > 0) return true
  const { rows, unknown } = await rowsOf(parts, row)
  if (unknown.length > 0) await work.inTransaction((ctx) => insertProblems(ctx, row.id, [unreadColumns(unknown)]))
  if (row.options.isPartial === true) return true
  const problems = rows.flatMap(({ place, outcome: { notes, excerpt } }, at): ProblemRow[] =>
    notes.filter(({ isRefused }) => isRefused).map((note) => ({ ...note, ordinal: at + 1, place, excerpt })),
  )
  if (problems.length === 0) return true
  await work.inTransaction(async (ctx) => {
    await insertProblems(ctx, row.id, problems)
    const code = 'recommendations.rows-refused'
    await changeImport(ctx, row.id, { state: 'failed', problemCode: code, finishedAt: ctx.now })
    await ctx.record(
      'recommendations.import-failed',
      { kind: recordKind, id: row.id, agencyId: row.agencyId },
      { code, refused: problems.length },
    )
  })
  return false
}

/** Columns that are not read, by what their heads say. */
function unreadColumns(heads: readonly string[]): ProblemRow {
  const named = heads.map((head) => `“${head.slice(0, 100)}”`).join(', ')
  const params = { heads: named.slice(0, 2000), count: heads.length }
  return { ordinal: 0, place: '1', code: 'recommendations.head-unknown', params, isRefused: false, excerpt: null }
}
