import {
  beginFile,
  dateInFile,
  notFound,
  sheetMediaTypes,
  type Catalogue,
  type Context,
  type FileAnswer,
} from '#platform'
import type { Language } from '#platform/model'
import type { FigureDrift } from '../../model.ts'
import { findOwed } from '../../reports/queries/owed.ts'
import type { ConsolidationParts } from '../parts.ts'
import { getDrift } from '../queries/drift.ts'

type Column = {
  key: string
  kind: 'text' | 'number' | 'date' | 'integer'
  width: number
  cell: (row: FigureDrift, of: { ctx: Context; say: Catalogue }) => string | number | null
}

/** Whether a figure is final, an estimate or not there, in words. */
const statusWords = (say: Catalogue, language: Language, status: string | null): string =>
  status === null ? say(language, 'reporting.drift-no-figure') : say(language, `indicators.figures-status-${status}`)

/** Figures as a table shows them: without the tail of what a computer divides. */
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000)

const columns: readonly Column[] = [
  { key: 'figure', kind: 'text', width: 48, cell: ({ name }) => name },
  { key: 'unit', kind: 'text', width: 14, cell: ({ unitOfMeasure }) => unitOfMeasure },
  { key: 'sent', kind: 'number', width: 14, cell: ({ sentValue }) => rounded(sentValue) },
  {
    ...{ key: 'sent-status', kind: 'text', width: 16 },
    cell: ({ sentStatus }, { ctx, say }) => statusWords(say, ctx.language, sentStatus),
  },
  { key: 'now', kind: 'number', width: 14, cell: ({ nowValue }) => rounded(nowValue) },
  {
    ...{ key: 'now-status', kind: 'text', width: 16 },
    cell: ({ nowStatus }, { ctx, say }) => statusWords(say, ctx.language, nowStatus),
  },
  { key: 'drift', kind: 'number', width: 14, cell: ({ drift }) => rounded(drift) },
  { key: 'share', kind: 'number', width: 14, cell: ({ share }) => (share === null ? null : rounded(share * 100)) },
  { key: 'changes', kind: 'integer', width: 14, cell: ({ changes }) => changes },
  { key: 'by', kind: 'text', width: 26, cell: ({ changedByName }) => changedByName },
  { key: 'agency', kind: 'text', width: 34, cell: ({ changedByAgencyName }) => changedByAgencyName },
  {
    ...{ key: 'at', kind: 'date', width: 14 },
    cell: ({ changedAt }, { ctx }) => (changedAt === null ? null : ctx.dateOf(changedAt)),
  },
]

/** What moved since a report was sent, figure by figure as its page shows it. @throws notFound */
export async function exportDrift(
  ctx: Context,
  { calendars, say }: ConsolidationParts,
  of: { id: string; number: number; format: 'xlsx' | 'csv' },
): Promise<FileAnswer> {
  const owed = await findOwed(ctx, of.id)
  if (owed === undefined) throw notFound()
  const rows = await getDrift(ctx, of, calendars)
  const { language } = ctx
  const title = say(language, 'reporting.drift-title')
  const file = await beginFile(of.format, {
    ...{ title, language },
    columns: columns.map(({ key, kind, width }) => ({
      ...{ column: { key, kind, width }, head: say(language, `reporting.drift-column-${key}`) },
    })),
    about: {
      title: say(language, 'platform.list-about'),
      lines: [
        [say(language, 'reporting.drift-body'), owed.agencyName],
        [say(language, 'reporting.drift-report'), say(language, 'reporting.drift-sent', { number: of.number })],
        [say(language, 'platform.list-about-day'), dateInFile(ctx.today, language)],
        [say(language, 'platform.list-about-rows'), String(rows.length)],
      ],
    },
  })
  await file.add(rows.map((row) => columns.map(({ cell }) => cell(row, { ctx, say }))))
  await ctx.record(
    'reporting.drift-exported',
    { kind: 'reporting.report', id: of.id, agencyId: owed.agencyId },
    { number: of.number, format: of.format, count: rows.length },
  )
  return { fileName: `${title}.${of.format}`, mediaType: sheetMediaTypes[of.format], bytes: await file.end() }
}
