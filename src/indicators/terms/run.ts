import { invalid, readSheet, streamCsv, type Context, type SheetRow } from '#platform'
import { loadDictionary, loadDimensions } from '../load.ts'
import { TermUsual, termFileLimits, type Indicator, type TermRecord } from '../model.ts'
import {
  changeImport,
  countBatch,
  countTaken,
  insertProblems,
  takeImport,
  type Counts,
  type ImportRow,
  type ProblemRow,
} from '../import/store.ts'
import type { ImportParts, ImportWork } from '../import/run.ts'
import { sql } from 'kysely'
import { openTermJudge } from './judge.ts'
import { openTermReader, type TermReader } from './read-table.ts'
import { readTerms } from './read-terms.ts'
import { deleteTerms, insertTerms, listTerms, readKeptDimensions, type WaitingTerm } from './store.ts'

const recordKind = 'indicators.import'

/** What stands in a row of a file, whichever kind of file it is. */
type Row = { number: number; excerpt: string | null } & (
  | { record: TermRecord }
  | { faults: { code: string; params: Record<string, string | number>; place: string; excerpt: string | null }[] }
  | { isEmpty: true }
)

/** Looks a file of the dictionary through, whole: it is small. */
export async function lookThroughTerms(work: ImportWork, parts: ImportParts, row: ImportRow): Promise<void> {
  const bytes = await parts.files.read(row.fileSha256)
  await work.inTransaction(async (ctx) => {
    const held = await takeImport(ctx, row.id)
    if (held.state !== 'checking') return
    const rows = isText(bytes, '{')
      ? await rowsOfPackage(ctx, bytes, held)
      : await rowsOfTable(ctx, parts, { bytes, row: held })
    if (rows.length === 0) throw invalid('indicators.file-empty')
    const judge = await openTermJudge(ctx, parts.calendars)
    const counts: Counts = { added: 0, changed: 0, same: 0, empty: 0, refused: 0 }
    const problems: ProblemRow[] = []
    const waiting: WaitingTerm[] = []
    // Breakdowns first: measures may rest on those the file brings.
    const order = [...rows].sort((one, other) => rankOf(one) - rankOf(other) || one.number - other.number)
    for (const one of order) {
      if ('isEmpty' in one) counts.empty++
      else if ('faults' in one) {
        counts.refused++
        for (const fault of one.faults) problems.push({ rowNumber: one.number, ...fault })
      } else {
        const judged = judge(one.record)
        if ('fault' in judged) {
          counts.refused++
          problems.push({ rowNumber: one.number, place: '', ...judged.fault, excerpt: one.excerpt })
        } else {
          counts[judged.outcome]++
          waiting.push({ rowNumber: one.number, ...judged, ...calledOf(ctx, one.record), record: one.record })
        }
      }
    }
    await insertTerms(ctx, row.id, waiting)
    await insertProblems(ctx, row.id, problems)
    await countBatch(ctx, row.id, counts, rows.length)
  })
}

const rankOf = (row: Row) => ('record' in row && row.record.kind === 'dimension' ? 0 : 1)

function calledOf({ language }: Context, record: TermRecord): Pick<WaitingTerm, 'kind' | 'code' | 'name'> {
  const of = record.kind === 'measure' ? record.measure : record.dimension
  return { kind: record.kind, code: of.code, name: of.names[language] }
}

function isText(bytes: Uint8Array, sign: string): boolean {
  const from = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0
  return new TextDecoder()
    .decode(bytes.subarray(from, from + 64))
    .trimStart()
    .startsWith(sign)
}

async function rowsOfPackage(ctx: Context, bytes: Uint8Array, row: ImportRow): Promise<Row[]> {
  const dimensions = (await readKeptDimensions(ctx)).map(({ dimension }) => dimension)
  const usual = TermUsual.parse(row.usual)
  return readTerms(bytes, { usual, dimensions, document: row.fileName.replace(/\.json$/i, '') }).map((term): Row => {
    const told = { number: term.row, excerpt: term.name.slice(0, 100) }
    return 'record' in term
      ? { ...told, record: term.record }
      : { ...told, faults: [{ ...term.fault, place: '', excerpt: told.excerpt }] }
  })
}

async function rowsOfTable(
  ctx: Context,
  { say, files }: ImportParts,
  { bytes, row }: { bytes: Uint8Array; row: ImportRow },
): Promise<Row[]> {
  const limits = { rows: termFileLimits.rows, columns: 120 }
  const sheet: AsyncIterable<SheetRow> | readonly SheetRow[] =
    bytes[0] === 0x50 && bytes[1] === 0x4b
      ? await readSheet(bytes, limits)
      : streamCsv(await files.open(row.fileSha256, 0), limits)
  const rows: Row[] = []
  let reader: TermReader | undefined
  for await (const one of sheet) {
    if (reader === undefined) {
      reader = openTermReader(say, ctx.language, one.cells)
      continue
    }
    if (one.number === 2 && reader.isHeads(one)) continue
    const read = reader.read(one)
    const told = { number: one.number, excerpt: null }
    rows.push(read === 'empty' ? { ...told, isEmpty: true } : { ...told, ...read })
  }
  return rows
}

/** Takes in what was chosen; what became otherwise meanwhile is refused. */
export async function takeInTerms(work: ImportWork, parts: ImportParts, importId: string): Promise<void> {
  await work.inTransaction(async (ctx) => {
    const row = await takeImport(ctx, importId)
    if (row.state !== 'taking') return
    const { rows } = await listTerms(ctx, importId, { outcome: null, isChosen: true, page: 1, size: 100_000 })
    const judge = await openTermJudge(ctx, parts.calendars)
    const judged = rows
      .toSorted((one, other) => Number(one.kind === 'measure') - Number(other.kind === 'measure'))
      .map((term) => ({ term, became: judge(term.record) }))
    const good = judged.filter(({ term, became }) => term.outcome !== 'same' && 'outcome' in became)
    const refused = judged.flatMap(({ term, became }) => ('fault' in became ? [{ term, fault: became.fault }] : []))
    await saveTerms(
      ctx,
      good.map(({ term }) => term.record),
    )
    const problems = refused.map(({ term, fault }) => ({
      ...{ rowNumber: term.rowNumber, place: '', ...fault, excerpt: term.name.slice(0, 100) },
    }))
    await insertProblems(ctx, importId, problems)
    const count = (outcome: string) => refused.filter(({ term }) => term.outcome === outcome).length
    await countTaken(ctx, importId, {
      taken: good.length,
      refused: { added: count('added'), changed: count('changed') },
    })
    await deleteTerms(ctx, importId)
    await changeImport(ctx, importId, { state: 'done', finishedAt: ctx.now })
    await ctx.record(
      'indicators.dictionary-changed',
      { kind: recordKind, id: importId, agencyId: row.agencyId },
      { taken: good.length, refused: refused.length },
    )
  })
}

/** Writes measures and dimensions as the acting body's own, behind all there are. */
async function saveTerms(ctx: Context, records: readonly TermRecord[]): Promise<void> {
  const { rows } = await sql<{ rank: number }>`
    select coalesce(greatest((select max(rank) from indicators.measure), (select max(rank) from indicators.indicator), (select max(rank) from indicators.dimension)), 0) + 1 as rank`.execute(
    ctx.db,
  )
  const keeping = { agencyId: ctx.actor.agencyId, firstRank: rows[0]?.rank ?? 1 }
  const dimensions = records.flatMap((one) => (one.kind === 'dimension' ? [one.dimension] : []))
  const measures = records.flatMap((one) => (one.kind === 'measure' ? [one] : []))
  const indicators = [...Map.groupBy(measures, ({ indicator }) => indicator.code).values()].flatMap(
    (all): Indicator[] => {
      const [first] = all
      return first === undefined ? [] : [{ ...first.indicator, measures: all.map(({ measure }) => measure) }]
    },
  )
  if (dimensions.length > 0) await loadDimensions(ctx.db, dimensions, keeping)
  if (indicators.length > 0) await loadDictionary(ctx.db, indicators, keeping)
}
