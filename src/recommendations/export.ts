import { sql } from 'kysely'
import {
  invalid,
  whereOf,
  writeCsv,
  writeSheets,
  type Catalogue,
  type Context,
  type FileAnswer,
  type List,
  type ListFilter,
} from '#platform'
import { listedTerms } from './lists/lists.ts'
import type { TermScheme } from './model.ts'
import { joined, sheetColumns, type SheetColumn } from './reading/tables.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** More rows than a spreadsheet is worked with; also the most that come in at once. */
const mostRows = 20_000

const widths: Partial<Record<SheetColumn, number>> = { key: 24, text: 90, symbol: 22, themes: 40, groups: 40, sdgs: 30 }

function heads(ctx: Context, say: Catalogue): string[] {
  return sheetColumns.map((column) => say(ctx.language, `recommendations.column-${column}`))
}

/** The table to be filled in, with a sheet that says what each column is for. */
export async function writeTemplate(ctx: Context, say: Catalogue): Promise<FileAnswer> {
  const bytes = await writeSheets([
    {
      name: say(ctx.language, 'recommendations.sheet'),
      columns: sheetColumns.map((column, at) => ({ head: heads(ctx, say)[at] ?? column, width: widths[column] ?? 16 })),
      rows: [],
    },
    {
      name: say(ctx.language, 'recommendations.sheet-help'),
      columns: [
        { head: say(ctx.language, 'recommendations.sheet-column'), width: 24 },
        { head: say(ctx.language, 'recommendations.sheet-meaning'), width: 90 },
      ],
      rows: sheetColumns.map((column, at) => [
        heads(ctx, say)[at] ?? column,
        say(ctx.language, `recommendations.column-help-${column}`),
      ]),
    },
  ])
  return { fileName: `${say(ctx.language, 'recommendations.sheet-file')}.xlsx`, mediaType: xlsx, bytes }
}

type Row = {
  source: string
  externalId: string
  mechanism: string
  symbol: string | null
  publishedOn: string | null
  cycle: string | null
  session: string | null
  states: string[]
  paragraph: string | null
  part: string | null
  kind: string
  language: string
  text: string
  positionPrinted: string | null
  response: string | null
  recommendingStates: string[]
  suggested: number[]
}

const terms = new Map(listedTerms.map((term) => [term.number, term]))

/**
 * What a list shows, as the table that can be brought in again: whole paragraphs as their sources have them, each with its parts below.
 * @throws invalid `platform.list-too-long`
 */
export async function exportRegistry(
  ctx: Context,
  say: Catalogue,
  { list, filter, format, most = mostRows }: { list: List; filter: ListFilter; format: 'xlsx' | 'csv'; most?: number },
): Promise<FileAnswer> {
  const { rows } = await sql<Row>`
    select w.source, w.external_id, r.mechanism, d.symbol, r.published_on, r.cycle, d.session, d.states, r.paragraph, r.part, r.kind, r.language, o.text,
      r.position_printed, o.response, r.recommending_states, r.suggested
    from (select distinct coalesce(r.whole_id, r.id) as id from ${list.from} where ${whereOf(ctx, list, filter)}) found
      join recommendations.recommendation w on w.id = found.id join recommendations.recommendation r on r.id = w.id or r.whole_id = w.id
      ${list.joins(ctx, filter)}
    where w.external_id is not null
    order by w.published_on desc nulls last, w.document_id, w.sort_key, w.id, r.part is not null, r.sort_key, r.id limit ${most + 1}`.execute(
    ctx.db,
  )
  if (rows.length > most) throw invalid('platform.list-too-long', { most })
  const cells = rows.map((row) => sheetColumns.map((column) => cellOf(row, column)))
  await ctx.record(
    'recommendations.registry-exported',
    { kind: 'recommendations.registry', id: null, agencyId: ctx.actor.agencyId },
    { count: rows.length, format },
  )
  const fileName = `${say(ctx.language, 'recommendations.registry-file')}.${format}`
  const columns = sheetColumns.map((column, at) => ({
    head: heads(ctx, say)[at] ?? column,
    width: widths[column] ?? 16,
  }))
  if (format === 'csv')
    return { fileName, mediaType: 'text/csv; charset=utf-8', bytes: writeCsv({ columns, rows: cells }) }
  const bytes = await writeSheets([{ name: say(ctx.language, 'recommendations.sheet'), columns, rows: cells }])
  return { fileName, mediaType: xlsx, bytes }
}

function cellOf(row: Row, column: SheetColumn): string {
  const labels = (scheme: TermScheme) =>
    joined(
      row.suggested.flatMap((number) => {
        const term = terms.get(number)
        return term?.scheme === scheme ? [term.code] : []
      }),
    )
  switch (column) {
    case 'key':
      return `${row.source}:${row.externalId}`
    case 'mechanism':
      return row.mechanism
    case 'symbol':
      return row.symbol ?? ''
    case 'published':
      return row.publishedOn ?? ''
    case 'cycle':
      return row.cycle ?? ''
    case 'session':
      return row.session ?? ''
    case 'states':
      return joined(row.states)
    case 'paragraph':
      return row.paragraph ?? ''
    case 'part':
      return row.part ?? ''
    case 'kind':
      return row.kind
    case 'language':
      return row.language
    case 'text':
      return row.text
    case 'position':
      return row.positionPrinted ?? ''
    case 'response':
      return row.response ?? ''
    case 'recommending':
      return joined(row.recommendingStates)
    case 'clusters':
      return labels('cluster')
    case 'articles':
      return labels('article')
    case 'themes':
      return labels('theme')
    case 'groups':
      return labels('group')
    case 'sdgs':
      return labels('sdg')
  }
}
