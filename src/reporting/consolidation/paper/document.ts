/** A submission as an official document and as tables. Pure. */
import type { DocumentHead, DocumentTemplates, OfficialDocument } from '#documents'
import type { FormDefinition, ObstacleLine, Origin, QuotedFigure, ReportContent, Section } from '../../model.ts'
import { labelOf } from './labels.ts'
import type { Sources } from './sources.ts'
import { taskAnnexes, taskPointer } from './tasks.ts'
import type { ReportWords } from './words.ts'

type Block = OfficialDocument['body'][number]
type DocumentTable = NonNullable<OfficialDocument['annexes'][number]['table']>

/** What stands beside a figure, as it was known when the report was sent. */
export type Beside = { name: string; unit: string; before: number | null; plan: number | null }

/** A submission with everything its paper says. */
export type Printed = {
  form: FormDefinition
  content: ReportContent
  isNil: boolean
  beside: (line: string) => Beside | undefined
  /** Bodies whose report is not in it. */
  missing: readonly string[]
  addressees: readonly string[]
  head: DocumentHead
  /** What follows the number of the document, where a clerk wrote it with it. */
  codeSuffix: string | null
  title: string
  preamble: string
  /** The day it was sent, as printed. */
  asOf: string
  /** Marks of what came from reports below. */
  sources: Sources
}

export type Frame = { words: ReportWords; templates: DocumentTemplates; locale: string }

/**
 * A report as an official document: sections with numbered headings, figures and money in annexes.
 * @source Decree 30/2020/NĐ-CP, form 1.4; domain.md §10 (skeleton of reports)
 */
export function reportDocument(of: Printed, frame: Frame): OfficialDocument {
  const { words, templates } = frame
  const { layout } = templates
  const { head } = of
  const sections = of.form.sections.map((section) => ({
    section,
    said: of.content.sections.find(({ key }) => key === section.key)?.content,
  }))
  const body = of.isNil
    ? [paragraph(words.nil)]
    : sections
        .filter(saysSomething)
        .flatMap(({ section, said }): Block[] => [
          { type: 'heading', level: 'section', title: labelOf(section.heading, frame.locale), label: null },
          ...blocksOf(section, { said, sources: of.sources }, frame),
        ])
  const kind = layout.kinds[words.kindCode]
  if (kind === undefined) throw new Error(`the layout has no document type ${words.kindCode}`)
  const as = of.addressees.length > 0 ? [layout.words.sameAddressees, ...head.recipients] : head.recipients
  return {
    letterhead: { parentAgency: head.parentAgency, agency: head.agency, lines: head.agencyLines },
    ...{
      number: head.number,
      codeSuffix: of.codeSuffix ?? `${words.kindCode}-${head.agencySign}`,
      place: head.place,
      date: head.date,
    },
    ...{ isDated: true, urgency: head.urgency, kind: { code: words.kindCode, name: kind }, title: of.title },
    ...{ addressees: [...of.addressees], bases: [], preamble: of.preamble },
    body: [...body, ...(of.missing.length === 0 ? [] : [note(words.missing(of.missing))]), note(words.source(of.asOf))],
    ...{ closing: null, recipients: [...as, words.filed(head.agencySign)], signature: head.signature },
    ...{ secondSignature: null, decision: null, attached: null, addressLine: null, draft: head.draft },
    invented: head.invented,
    annexes: of.isNil ? [] : annexesOf(of, frame),
  }
}

/** Figures, money and tasks, then what their marks and those of the text lead to. */
function annexesOf(of: Printed, frame: Frame): OfficialDocument['annexes'] {
  const tables = [...figureAnnexes(of, frame), ...moneyAnnexes(of, frame), ...taskAnnexes(of, frame)]
  const sources = of.sources.annex()
  return sources === undefined ? tables : [...tables, sources]
}

const paragraph = (text: string): Block => ({ type: 'paragraph', text })
const note = (text: string): Block => ({ type: 'note', text })
const item = (text: string): Block => ({ type: 'item', text })
const marked = (block: Block, mark: string | undefined): Block =>
  mark === undefined || (block.type !== 'paragraph' && block.type !== 'item') ? block : { ...block, mark }

/** A section for files has no place on paper where there are none. */
const saysSomething = ({ said }: { said: Said }): boolean =>
  said !== undefined && !(said.kind === 'attachments' && said.fileIds.length === 0)

/** What is said of a task, after its name: the sentence alone does not say which it is. */
const taskWords = (title: string | undefined, text: string): string => {
  const name = (title ?? '').replace(/[\s.;:]+$/u, '')
  return name === '' ? text : `${name}: ${text}`
}

/** An obstacle with how many raised it, and what is proposed. */
const obstacleWords = ({ text, proposal, origins }: ObstacleLine, words: ReportWords): string =>
  [
    origins.length > 1 ? `${text} ${words.raisedBy(new Set(origins.map((one) => one.reportId)).size)}` : text,
    ...(proposal.trim() === '' ? [] : [words.proposal(proposal)]),
  ].join(' ')

type Said = ReportContent['sections'][number]['content'] | undefined

function blocksOf(section: Section, { said, sources }: { said: Said; sources: Sources }, frame: Frame): Block[] {
  const { words, locale } = frame
  const markOf = (origins: readonly Origin[]) => sources.ofWords(labelOf(section.heading, locale), origins)
  const blank = [paragraph(words.nothing)]
  switch (said?.kind) {
    case 'narrative': {
      const lines = said.paragraphs.flatMap(({ text, origins }) => {
        const parts = text.split('\n').filter((line) => line.trim() !== '')
        return parts.map((part, at) => marked(paragraph(part), at + 1 < parts.length ? undefined : markOf(origins)))
      })
      return lines.length === 0 ? blank : lines
    }
    case 'tasks':
      if (said.lines.length === 0) return blank
      return [
        ...said.lines
          .filter(({ text }) => text.trim() !== '')
          .map(({ title, text, origins }) => marked(item(taskWords(title, text)), markOf(origins))),
        paragraph(taskPointer(said.lines, frame)),
      ]
    case 'quoted':
      return [paragraph(words.figuresPointer)]
    case 'money':
      return [paragraph(words.figuresPointer)]
    case 'obstacles': {
      if (said.lines.length === 0 || section.kind !== 'obstacles') return blank
      return section.themes.flatMap(({ key, label }): Block[] => {
        const ofTheme = said.lines.filter(({ theme }) => theme === key)
        return ofTheme.length === 0
          ? []
          : [
              { type: 'heading', level: 'clause', title: labelOf(label, locale), label: null },
              ...ofTheme.map((line) => marked(item(obstacleWords(line, words)), markOf(line.origins))),
            ]
      })
    }
    case 'attachments':
      return said.fileIds.length === 0 ? blank : [paragraph(words.attachments(said.fileIds.length))]
    case 'figures':
    case undefined:
      return blank
  }
}

/** Why there is no figure, in words. */
const absenceIn = (words: ReportWords, absence: QuotedFigure['absence']): string => words.absences[absence ?? 'missing']

/** One row of the annex of figures, as words. */
function figureCells(
  figure: QuotedFigure,
  of: { at: number; beside: Beside | undefined; mark: string | undefined; frame: Frame },
): string[] {
  const { words, locale } = of.frame
  const number = (value: number | null) =>
    value === null ? '' : new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)
  const { beside } = of
  const { value, status, absence, made } = figure
  const said = value === null ? absenceIn(words, absence) : number(value)
  const share = (whole: number | null | undefined) =>
    value === null || whole === null || whole === undefined || whole === 0 ? '' : number((value / whole) * 100)
  const covered =
    made === null || (made.reported === made.expected && made.late === 0)
      ? ''
      : words.coverage(made.reported, made.expected, made.late)
  return [
    ...[
      String(of.at),
      [beside?.name ?? '', of.mark ?? ''].join(' ').trim(),
      beside?.unit ?? '',
      number(beside?.before ?? null),
      number(beside?.plan ?? null),
    ],
    value !== null && status !== null && status !== 'A' ? words.estimated(said) : said,
    ...[share(beside?.plan), share(beside?.before)],
    [covered, figure.comment].filter((text) => text !== '').join('; '),
  ]
}

/** The figures of a submission, row by row, one table a section. */
export function figureTables(of: Printed, frame: Frame): { title: string; rows: string[][] }[] {
  return of.form.sections.flatMap((section) => {
    const said = of.content.sections.find(({ key }) => key === section.key)?.content
    if (section.kind !== 'figures' || said?.kind !== 'quoted') return []
    const rows = said.lines.map((figure, at) => {
      const line = `${section.key}/${figure.key}`
      const beside = of.beside(line)
      const mark = of.sources.ofFigure(line, figure, { name: beside?.name ?? '', unit: beside?.unit ?? '' })
      return figureCells(figure, { at: at + 1, beside, mark, frame })
    })
    return [{ title: labelOf(section.heading, frame.locale), rows }]
  })
}

function figureAnnexes(of: Printed, frame: Frame): OfficialDocument['annexes'] {
  const { words } = frame
  const tables = figureTables(of, frame)
  if (tables.every(({ rows }) => rows.length === 0)) return []
  return [
    {
      ...{ label: null, title: words.figuresAnnex, landscape: true },
      blocks: [note(words.source(of.asOf))],
      table: {
        columns: Object.values(words.columns).map((column) => ({ ...column })),
        groups: tables.map(({ title, rows }) => ({ label: null, title: tables.length > 1 ? title : null, rows })),
        total: null,
        ...leading(of.sources),
      },
    },
  ]
}

/** The marks a table leads away by; to be asked for after its rows were made. */
function leading(sources: Sources): Pick<DocumentTable, 'marks'> {
  const of = sources.marks()
  return of.length === 0 ? {} : { marks: { lead: 'from', of } }
}

function moneyAnnexes(of: Printed, frame: Frame): OfficialDocument['annexes'] {
  const { words, locale } = frame
  const amount = (value: bigint) => value.toLocaleString(locale)
  return of.form.sections.flatMap((section): OfficialDocument['annexes'] => {
    const said = of.content.sections.find(({ key }) => key === section.key)?.content
    if (section.kind !== 'money' || said?.kind !== 'money' || said.lines.length === 0) return []
    const cell = (row: string, source: string) => said.lines.find((one) => one.key === row && one.source === source)
    // A sum of which nothing was said is not zero, and one of which a part was not said is not whole.
    const sum = (row: string) => {
      const cells = section.sources.map((source) => cell(row, source.key))
      const amounts = cells.flatMap((one) => one?.amount ?? [])
      if (amounts.length === 0) return absenceIn(words, 'missing')
      const whole = amount(amounts.reduce((all, one) => all + BigInt(one), 0n))
      const isPart = cells.some((one) => (one?.amount ?? null) === null && one?.absence !== 'not-applicable')
      return isPart ? words.partSum(whole) : whole
    }
    const markOf = (row: string) =>
      of.sources.ofWords(
        labelOf(section.heading, locale),
        said.lines.flatMap((one) => (one.key === row ? (one.origins ?? []) : [])),
      ) ?? ''
    const inWords = (line: ReturnType<typeof cell>) =>
      line === undefined ? '' : line.amount === null ? absenceIn(words, line.absence) : amount(BigInt(line.amount))
    return [
      {
        ...{ label: null, title: words.moneyAnnex, landscape: true },
        blocks: [note(words.source(of.asOf))],
        table: {
          columns: [
            words.moneyColumns.number,
            words.moneyColumns.row,
            ...section.sources.map(({ label }) => ({
              ...words.moneyColumns.source,
              heading: labelOf(label, locale),
            })),
            words.moneyColumns.total,
          ],
          groups: [
            {
              ...{ label: null, title: null },
              rows: section.rows.map(({ key, label }, at) => [
                ...[String(at + 1), [labelOf(label, locale), markOf(key)].join(' ').trim()],
                ...section.sources.map((source) => inWords(cell(key, source.key))),
                sum(key),
              ]),
            },
          ],
          // Rows do not add up to anything: what was allotted stands beside what was spent.
          total: null,
          ...leading(of.sources),
        },
      },
    ]
  })
}
