import { sql } from 'kysely'
import { getAgency } from '#agencies'
import { targetsOf } from '#indicators'
import { beginFile, notFound, type Context, type FileAnswer } from '#platform'
import { fileName, fileOf, headOf, unsigned, type Writing } from '#plans'
import { KeptWords, RegimeDefinition, ReportContent, type FigureRow } from '../../model.ts'
import { keptWords } from '../../reports/kept.ts'
import { readPapers } from '../../reports/papers.ts'
import { findReport, readContent, type HeldReport } from '../../reports/store.ts'
import type { ConsolidationParts } from '../parts.ts'
import { reportRecord } from '../store.ts'
import { figureTables, reportDocument, type Beside, type Printed } from './document.ts'
import { noSources, sourcesOf } from './sources.ts'
import type { ReportWords } from './words.ts'

type Sent = {
  submittedAt: string
  isNil: boolean
  signedBy: string
  powers: string | null
  post: string | null
  definition: RegimeDefinition
  kept: KeptWords | null
}

type Ready = ConsolidationParts & { writing: Writing; reportWords: ReportWords }

function ready(parts: ConsolidationParts): Ready {
  const { writing, reportWords } = parts
  if (writing === null || reportWords === null) throw notFound()
  return { ...parts, writing, reportWords }
}

/** A submission as an official document; its numbers are those that were sent. @throws notFound */
export async function exportReport(
  ctx: Context,
  parts: ConsolidationParts,
  of: { id: string; number: number; format: 'docx' | 'pdf'; sources: 'with' | 'without' },
): Promise<FileAnswer> {
  const with_ = ready(parts)
  const { report, printed, documentNumber, named } = await gather(ctx, with_, of)
  const frame = { words: with_.reportWords, templates: with_.writing.templates, locale: with_.locale }
  const document = reportDocument(printed, frame)
  const { number, format, sources } = of
  await ctx.record('reporting.report-exported', reportRecord(report), { number, format, sources: sources === 'with' })
  const name = fileName(kindOf(with_, report), documentNumber, named)
  return fileOf(document, with_.writing, { format, name })
}

/** The figures of a submission as a workbook. @throws notFound */
export async function exportFigures(
  ctx: Context,
  parts: ConsolidationParts,
  of: { id: string; number: number },
): Promise<FileAnswer> {
  const with_ = ready(parts)
  const { report, printed, named } = await gather(ctx, with_, of)
  const { reportWords: words, locale } = with_
  const columns = Object.entries(words.columns)
  const file = await beginFile('xlsx', {
    ...{ title: words.figuresAnnex, language: ctx.language },
    columns: columns.map(([key, { heading, width }]) => ({
      ...{ column: { key, kind: 'text' as const, width: Math.round(width / 2) }, head: heading },
    })),
    about: {
      title: printed.title,
      lines: [
        ['', printed.head.agency],
        ['', words.source(printed.asOf)],
      ],
    },
  })
  const tables = figureTables(printed, { words, templates: with_.writing.templates, locale })
  for (const { rows } of tables) await file.add(rows)
  await ctx.record('reporting.report-exported', reportRecord(report), { number: of.number, format: 'xlsx' })
  const bytes = await file.end()
  const name = fileName(kindOf(with_, report), null, `${words.figuresAnnex} ${named}`)
  return {
    fileName: `${name}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes,
  }
}

/** With what the name of a file begins: two rounds of a regime are not the same file. */
const kindOf = ({ reportWords }: Ready, { period }: HeldReport): string =>
  `${reportWords.kindCode} ${period.replace(/^.*:/, '')}`

async function gather(
  ctx: Context,
  { writing, reportWords: words, locale, isInvented }: Ready,
  of: { id: string; number: number; sources?: 'with' | 'without' },
): Promise<{ report: HeldReport; printed: Printed; documentNumber: string | null; named: string }> {
  const report = await findReport(ctx, of.id)
  const sent = await readSent(ctx, of)
  if (report === undefined || sent === undefined) throw notFound()
  const content = await readContent(ctx, of.id, of.number)
  const on = ctx.dateOf(sent.submittedAt)
  const {
    documentNumber = null,
    issuedOn = null,
    recipients = [],
  } = (await readPapers(ctx, of.id)).get(of.number) ?? {}
  const [number = null, ...suffix] = documentNumber?.split('/') ?? []
  // What was sent before words were kept is printed with those of today.
  const kept = sent.kept ?? (await keptWords(ctx, report, { content, ...sent, at: sent.submittedAt }))
  const { kind } = await getAgency(ctx, report.agencyId, on)
  const as = words.signed(kind, sent)
  const head = await headOf(ctx, writing, report.agencyId, {
    ...{ isInvented, versionState: 'issued' },
    header: { ...unsigned, issuedOn: on },
  })
  const receiver = report.receiverId === null ? undefined : await getAgency(ctx, report.receiverId, on)
  const days = [writing.printedDate(report.periodFrom), writing.printedDate(dayBefore(report.periodTo))] as const
  const named = inLocale(sent.definition.names, locale) ?? ''
  return {
    ...{ report, documentNumber, named },
    printed: {
      ...{ form: report.form, content, isNil: sent.isNil, missing: kept.missing },
      beside: await besideOf(ctx, report, { content, kept, at: sent.submittedAt, locale }),
      sources:
        of.sources === 'with'
          ? sourcesOf({
              kept,
              words: words.sources,
              period: words.sources.period(...days),
              printedDate: writing.printedDate,
            })
          : noSources,
      addressees: receiver === undefined ? [] : [receiver.name],
      head: {
        ...{ ...head, number: number?.trim() || null, date: issuedOn ?? on, recipients },
        signature: {
          powers: writing.powers(as.powers),
          posts: as.post === '' ? [] : [as.post],
          name: kept.signedBy === '' ? null : kept.signedBy,
        },
      },
      codeSuffix: suffix.join('/').trim() || null,
      ...{ title: words.title(named, words.period(...days)), preamble: sent.definition.content },
      asOf: writing.printedDate(on),
    },
  }
}

/** The last day of a period, from the first one after it. */
function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

async function readSent(ctx: Context, of: { id: string; number: number }): Promise<Sent | undefined> {
  const { rows } = await sql<Omit<Sent, 'definition' | 'kept'> & { definition: unknown; kept: unknown }>`
    select s.submitted_at, s.kept, s.is_nil, s.signed_by, s.powers, s.post, v.definition from reporting.submission s join reporting.report r on r.id = s.report_id
    join reporting.obligation o on o.id = r.obligation_id join reporting.round n on n.id = o.round_id
    join reporting.regime_version v on v.regime_id = n.regime_id and v.number = n.regime_number
    where s.report_id = ${of.id}::uuid and s.number = ${of.number}`.execute(ctx.db)
  const [row] = rows
  return (
    row && { ...row, definition: RegimeDefinition.parse(row.definition), kept: KeptWords.nullable().parse(row.kept) }
  )
}

/**
 * What stood beside each figure when the report was sent: the body's own report of the period before, the target set by then. Neither
 * changes afterwards.
 */
async function besideOf(
  ctx: Context,
  report: HeldReport,
  { content, kept, at, locale }: { content: ReportContent; kept: KeptWords; at: string; locale: string },
): Promise<(line: string) => Beside | undefined> {
  const quoted = content.sections.flatMap(({ key, content: said }) =>
    said.kind === 'quoted' ? said.lines.map((line) => ({ name: `${key}/${line.key}`, line })) : [],
  )
  const measureIds = quoted.map(({ line }) => line.measureId)
  const year = Number(dayBefore(report.periodTo).slice(0, 4))
  const targets = await targetsOf(ctx, report.unitId, { measureIds, year, asOf: at })
  const before = await readBefore(ctx, report, at)
  const rows = new Map(
    report.form.sections.flatMap((section) =>
      section.kind === 'figures'
        ? section.rows.map((row): [string, FigureRow] => [`${section.key}/${row.key}`, row])
        : [],
    ),
  )
  const found = new Map(
    quoted.map(({ name, line }): [string, Beside] => {
      const measure = kept.measures[line.measureId]
      return [
        name,
        {
          ...{
            name: inLocale(rows.get(name)?.label, locale) ?? inLocale(measure?.names, locale) ?? '',
            unit: inLocale(measure?.unitOfMeasure, locale) ?? '',
            before: before.get(name) ?? null,
          },
          plan: targets.get(`${line.measureId} ${line.breakdown}`)?.value ?? null,
        },
      ]
    }),
  )
  return (line) => found.get(line)
}

/** Words in the language papers are written in, whoever asks for one. */
function inLocale(texts: Readonly<Record<string, string | undefined>> | undefined, locale: string): string | undefined {
  return texts?.[locale] || undefined
}

/** The figures of the report of the period before, as it stood when this one was sent. */
async function readBefore(ctx: Context, report: HeldReport, at: string): Promise<Map<string, number | null>> {
  const { rows } = await sql<{ content: unknown }>`
    select s.content from reporting.obligation o join reporting.round n on n.id = o.round_id join reporting.report r on r.obligation_id = o.id
    join reporting.submission s on s.report_id = r.id and s.submitted_at <= ${at}::timestamptz and not s.is_nil
    where o.agency_id = ${report.agencyId}::uuid and n.regime_id = ${report.regimeId}::uuid and n.period_from < ${report.periodFrom}::date
    order by n.period_from desc, s.number desc limit 1`.execute(ctx.db)
  const content = rows[0] === undefined ? { sections: [] } : ReportContent.parse(rows[0].content)
  return new Map(
    content.sections.flatMap(({ key, content: said }) =>
      said.kind === 'quoted' ? said.lines.map((line) => [`${key}/${line.key}`, line.value] as const) : [],
    ),
  )
}
