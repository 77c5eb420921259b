import { beginFile, dateInFile, sheetMediaTypes, type Catalogue, type Context, type FileAnswer } from '#platform'
import { Language, type Page } from '#platform/model'
import type { IncomingTerm } from '../model.ts'
import { getImport } from '../import/queries.ts'
import { headOf, termColumns, wordOf, type Cell, type MeasureRecord, type TermColumn } from './columns.ts'
import { listTerms, readKeptTerms, type WaitingTerm } from './store.ts'

type PageOf = { page: number; size: number }

/** Good rows that wait, each with what it would say otherwise than now. @throws notFound */
export async function listIncomingTerms(
  ctx: Context,
  say: Catalogue,
  id: string,
  query: PageOf & { outcome?: WaitingTerm['outcome'] | undefined },
): Promise<Page<IncomingTerm>> {
  await getImport(ctx, say, id, 'dictionary')
  const { page, size, outcome = null } = query
  const { rows, total } = await listTerms(ctx, id, { outcome, isChosen: false, page, size })
  const kept = new Map((await readKeptTerms(ctx)).map(({ record }) => [record.measure.code, record]))
  const items = rows.map(({ rowNumber, record, ...row }): IncomingTerm => {
    const said =
      record.kind === 'measure'
        ? saysOf(ctx, say, record, kept.get(record.measure.code))
        : valuesOf(ctx, record.dimension)
    return { row: rowNumber, ...row, says: said.slice(0, 600) }
  })
  return { items, total, page, size }
}

const valuesOf = ({ language }: Context, { values }: { values: { names: Record<Language, string> }[] }) =>
  values.map(({ names }) => names[language]).join('; ')

/** The columns in which a row differs from what is kept, before and after; of a new measure its unit, rhythms and breakdowns. */
function saysOf(ctx: Context, say: Catalogue, record: MeasureRecord, before: MeasureRecord | undefined): string {
  const told = (column: TermColumn, of: MeasureRecord) => String(cellOf(ctx, say, column, of) ?? '—')
  const shown = termColumns.filter((column) =>
    before === undefined
      ? /^(unitOfMeasure_|aggregation|level|periods|breakdowns)/.test(column.key) &&
        (column.language === undefined || column.language === ctx.language)
      : column.read(record) !== column.read(before),
  )
  return shown
    .map((column) => {
      const head = headOf(say, ctx.language, column)
      return before === undefined
        ? `${head}: ${told(column, record)}`
        : `${head}: ${told(column, before)} → ${told(column, record)}`
    })
    .join('; ')
}

function cellOf({ language }: Context, say: Catalogue, column: TermColumn, record: MeasureRecord): Cell {
  const value = column.read(record)
  return column.words === undefined || typeof value !== 'string' ? value : wordOf(say, language, column.words.of, value)
}

/** The whole dictionary as a table that may be brought in again, or the same with no rows. */
export async function exportTerms(
  ctx: Context,
  say: Catalogue,
  { format, isEmpty }: { format: 'xlsx' | 'csv'; isEmpty: boolean },
): Promise<FileAnswer> {
  const { language } = ctx
  const records = isEmpty ? [] : (await readKeptTerms(ctx)).map(({ record }) => record)
  const title = say(language, isEmpty ? 'indicators.terms-template' : 'indicators.terms-file')
  const choices = termColumns.flatMap((column): (readonly [string, string])[] =>
    column.words === undefined
      ? []
      : [
          [
            headOf(say, language, column),
            column.words.values.map((value) => wordOf(say, language, column.words?.of ?? '', value)).join('; '),
          ],
        ],
  )
  const file = await beginFile(format, {
    ...{ title, language },
    columns: termColumns.map((column) => ({
      column: { key: column.key, kind: column.isNumber === true ? 'number' : 'text', width: column.width },
      head: headOf(say, language, column),
    })),
    about: {
      title: say(language, 'platform.list-about'),
      lines: [
        [say(language, 'platform.list-about-day'), dateInFile(ctx.today, language)],
        [say(language, 'platform.list-about-rows'), String(records.length)],
        [say(language, 'indicators.form-how'), say(language, 'indicators.terms-how')],
        ...choices,
      ],
    },
  })
  await file.add(records.map((record) => termColumns.map((column) => cellOf(ctx, say, column, record))))
  await ctx.record(
    'indicators.dictionary-exported',
    { kind: 'indicators.dictionary', id: null, agencyId: ctx.actor.agencyId },
    { count: records.length },
  )
  return { fileName: `${title}.${format}`, mediaType: sheetMediaTypes[format], bytes: await file.end() }
}
