import { getAgency } from '#agencies'
import { contentTwips, paragraph, space, writePages, type Pages } from '#documents'
import { dateInFile, notFound, type Catalogue, type Context, type FileAnswer } from '#platform'
import type { Language } from '#platform/model'
import { answerOf, fileName, matrixAnnex, type Writing } from '#plans'
import { readAnnexRows } from '#indicators'
import type { ConsolidationParts } from '../consolidation/parts.ts'
import { figuresSection } from './figures-annex.ts'
import type { TreatyReport } from './model.ts'
import { getTreatyReport } from './store.ts'

type Frame = { say: Catalogue; language: Language; agency: string; date: string; isInvented: boolean }

/** The report as pages: a heading for each cluster, paragraphs numbered through the whole; what is not translated yet says so. */
function treatyPages(
  report: TreatyReport,
  { say, language, agency, date, isInvented }: Frame,
  annexes: readonly Pages['sections'][number][],
): Pages {
  const said = (key: string, params: Record<string, string | number> = {}) =>
    say(language, `reporting.treaty-${key}`, params)
  const title = said('title', { kind: report.kind, cycle: report.cycle })
  const count = report.counts.find((one) => one.language === language)
  const left = { indent: { firstLine: 0 } }
  return {
    ...{ title, author: agency, locale: language, date, invented: isInvented },
    sections: [
      {
        ...{ landscape: false, foot: null },
        pieces: [
          paragraph('title', title, space({ after: 6 })),
          paragraph('note', said('draft-of', { agency, date: dateInFile(date, language) }), left),
          paragraph('note', said('count', { words: count?.total ?? 0, limit: report.wordLimit }), left),
          ...(annexes.length > 0 ? [paragraph('note', said('annexes-beside'), left)] : []),
          ...report.sections
            .filter(({ paragraphs }) => paragraphs.length > 0)
            .flatMap(({ cluster, title: heading, paragraphs, number }) => [
              paragraph('section', `${cluster}. ${heading[language] ?? ''}`, { keepNext: true }),
              ...paragraphs.map(({ text }, at) =>
                paragraph('body', `${number + at}. ${text[language] || said('untranslated')}`),
              ),
            ]),
        ],
      },
      ...annexes,
    ],
  }
}

type Annexes = { annexes: Pages['sections']; layout: Writing['templates']['layout'] }

/** What was recommended and done, and the country's figures, as they stand now and in the language asked; their words are not those of the report. */
async function annexesOf(
  reader: Context,
  { writing, say, registry, calendars }: ConsolidationParts & { writing: Writing },
  { mechanism, language }: { mechanism: string; language: Language },
): Promise<Annexes> {
  const ctx = { ...reader, language }
  const title = say(language, 'reporting.treaty-annex-matrix')
  const { layout: country } = writing.templates
  const matrix = await matrixAnnex(ctx, { registry, say, writing }, { mechanism, language, title, layout: country })
  const layout = matrix?.layout ?? country
  const figures = await readAnnexRows(ctx, calendars)
  return {
    layout,
    annexes: [
      ...(matrix === null ? [] : [matrix.section]),
      ...(figures.length === 0
        ? []
        : [figuresSection(figures, { say, language, date: ctx.today, widthTwips: contentTwips(layout, true) })]),
    ],
  }
}

/** A report to a treaty body in one of its languages as a file. @throws notFound */
export async function exportTreatyReport(
  ctx: Context,
  parts: ConsolidationParts,
  of: { id: string; language: Language; format: 'docx' | 'pdf'; annexes: 'with' | 'without' },
): Promise<FileAnswer> {
  const { writing, say, isInvented } = parts
  const report = await getTreatyReport(ctx, of.id)
  const { agencyId } = ctx.actor
  if (writing === null || agencyId === null || !report.languages.includes(of.language)) throw notFound()
  const { name } = await getAgency(ctx, agencyId, ctx.today)
  const agency = writing.nameAbroad(name, of.language) ?? name
  const { annexes, layout } =
    of.annexes === 'with'
      ? await annexesOf(ctx, { ...parts, writing }, { mechanism: report.mechanism, language: of.language })
      : { annexes: [], layout: writing.templates.layout }
  const pages = treatyPages(report, { say, language: of.language, agency, date: ctx.today, isInvented }, annexes)
  const bytes = await writePages(pages, layout, of.format)
  const record = { kind: 'reporting.treaty-report', id: of.id, agencyId }
  await ctx.record('reporting.treaty-report-exported', record, { language: of.language, format: of.format })
  return answerOf(bytes, { format: of.format, name: fileName(report.mechanism.toUpperCase(), null, pages.title) })
}
