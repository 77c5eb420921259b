import { judgeReported, warnReported, type JudgedReport, type Warning } from '#indicators'
import type { Calendar } from '#indicators/model'
import type { Context } from '#platform'
import { countWords } from '#platform/model'
import type { FigureLine, MoneyLine, Section, SectionContent } from '../model.ts'
import { asReported, isSaid, type PlacedRow } from './figures.ts'
import { lastSaid } from './prefill.ts'
import { asWritten, canonical, changesBetween } from './rules.ts'
import { readContent, type HeldReport, type HeldSection } from './store.ts'

/** What is wrong with a draft or strange in it, at its line. */
export type Found = {
  line: string
  kind: 'fault' | 'warning'
  code: string
  params: Record<string, string | number>
  isExplained: boolean
}

const fault = (line: string, code: string, params: Found['params'] = {}): Found => ({
  ...{ line, kind: 'fault', code: `reporting.${code}`, params, isExplained: false },
})

/** What a body typed into its own rows, as it was judged. */
export type TypedFigures = { typed: readonly { row: PlacedRow; line: FigureLine }[]; judged: JudgedReport }

/** All that is found in a draft, in the order of its form, and its typed figures as they were judged for it. */
export async function findIn(
  ctx: Context,
  of: { report: HeldReport; sections: ReadonlyMap<string, HeldSection>; rows: readonly PlacedRow[] },
  calendars: readonly Calendar[],
): Promise<{ found: Found[]; figures: TypedFigures }> {
  const { report, sections, rows } = of
  const typed = typedIn(of)
  const entries = typed.map(({ row, line }) => asReported(row, line))
  const judged = await judgeReported(ctx, entries, calendars)
  const warnings = await warnReported(ctx, entries, calendars)
  const figures = findInFigures({ typed, judged }, warnings)
  const last = await lastSaid(ctx, report)
  const counting = await acceptedRows(ctx, report)
  const untouched = await untouchedLines(ctx, report, sections)
  const found = report.form.sections.flatMap((section) => {
    const content = sections.get(section.key)?.content
    if (content === undefined) return []
    if (section.kind === 'figures')
      return [
        ...missingRows(section, content, { rows, counting }),
        ...figures.filter(({ line }) => line.startsWith(`${section.key}/`)),
      ]
    const said = last?.content.sections.find(({ key }) => key === section.key)?.content
    return [...findInSection(section, content), ...copiedWords(section, content, said)]
  })
  return { found: [...untouched, ...found], figures: { typed, judged } }
}

/** What the form asks of a section that is no table of figures. */
function findInSection(section: Section, content: SectionContent): Found[] {
  const { key } = section
  const found: Found[] = []
  switch (content.kind) {
    case 'narrative': {
      const words = countWords(...content.paragraphs.map(({ text }) => text))
      if (section.isRequired && words === 0) found.push(fault(`${key}/*`, 'section-empty'))
      if (section.kind === 'narrative' && section.wordLimit !== null && words > section.wordLimit)
        found.push(fault(`${key}/*`, 'too-many-words', { words, limit: section.wordLimit }))
      break
    }
    case 'tasks':
      if (section.isRequired)
        for (const line of content.lines) if (line.text === '') found.push(fault(`${key}/${line.key}`, 'task-unsaid'))
      break
    case 'money':
      found.push(...findInMoney(section, content.lines))
      break
    case 'obstacles':
      for (const line of content.lines) if (line.text === '') found.push(fault(`${key}/${line.key}`, 'obstacle-unsaid'))
      if (section.isRequired && content.lines.length === 0) found.push(fault(`${key}/*`, 'section-empty'))
      break
    case 'attachments':
      if (section.isRequired && content.fileIds.length === 0) found.push(fault(`${key}/*`, 'section-empty'))
      break
    case 'figures':
      break
  }
  return found
}

function findInMoney(section: Section, lines: readonly MoneyLine[]): Found[] {
  const { key } = section
  const unclear = lines.filter(({ amount, absence }) => (amount === null) === (absence === null))
  const asked =
    section.kind === 'money' && section.isRequired
      ? section.rows.flatMap((row) => section.sources.map((source) => `${row.key}:${source.key}`))
      : []
  const said = new Set(lines.map((line) => `${line.key}:${line.source}`))
  return [
    ...unclear.map((line) => fault(`${key}/${line.key}:${line.source}`, 'amount-or-absence')),
    ...asked.filter((name) => !said.has(name)).map((name) => fault(`${key}/${name}`, 'amount-missing')),
  ]
}

/** Words left as they were in the period before: strange where all are. */
function copiedWords(section: Section, content: SectionContent, said: unknown): Found[] {
  if (content.kind !== 'narrative' || countWords(...content.paragraphs.map(({ text }) => text)) === 0) return []
  const words = (paragraphs: readonly { text: string }[]) => canonical(paragraphs.map(({ text }) => text))
  const before = said as SectionContent | undefined
  if (before?.kind !== 'narrative' || words(before.paragraphs) !== words(content.paragraphs)) return []
  // It may well be so: it is told, and keeps nobody from sending.
  return [{ ...fault(`${section.key}/*`, 'words-of-last-period'), kind: 'warning', isExplained: true }]
}

/** Lines that were returned and still say what they said: told before it is sent again, and keeps nobody from it. */
async function untouchedLines(
  ctx: Context,
  report: HeldReport,
  sections: ReadonlyMap<string, HeldSection>,
): Promise<Found[]> {
  if (report.state !== 'returned') return []
  const sent = await readContent(ctx, report.id, report.number)
  const changed = new Map(
    sent.sections.map(({ key, content }) => {
      const [before, now] = [asWritten(content), sections.get(key)?.content].map((one) => one && withoutStanding(one))
      return [key, changesBetween(before, now).map(({ line }) => line)]
    }),
  )
  const isUntouched = (name: string) => {
    const [key = '', line = ''] = name.split('/')
    const own = changed.get(key) ?? []
    return line === '*' ? own.length === 0 : !own.includes(line)
  }
  const all = sent.sections.map(({ key }) => `${key}/*`)
  const lines = report.openLines?.filter(isUntouched) ?? (all.every(isUntouched) ? all : [])
  return lines.map((line) => ({ ...fault(line, 'returned-untouched'), kind: 'warning', isExplained: true }))
}

/** How tasks stand is no words of the report's. */
function withoutStanding(content: SectionContent): SectionContent {
  if (content.kind !== 'tasks') return content
  return { ...content, lines: content.lines.map((line) => ({ ...line, standing: 'under-way', title: '' })) }
}

/** Rows whose figures were accepted and count: an amended version says what they are now, or why there is none. */
async function acceptedRows(ctx: Context, { id, acceptedNumber }: HeldReport): Promise<ReadonlySet<string>> {
  if (acceptedNumber === null) return new Set()
  const { sections } = await readContent(ctx, id, acceptedNumber)
  return new Set(
    sections.flatMap(({ key, content }) =>
      content.kind === 'quoted'
        ? content.lines.filter(({ cellId }) => cellId !== null).map((line) => `${key}/${line.key}`)
        : [],
    ),
  )
}

function missingRows(
  section: Section,
  content: SectionContent,
  { rows, counting }: { rows: readonly PlacedRow[]; counting: ReadonlySet<string> },
): Found[] {
  if (section.kind !== 'figures' || content.kind !== 'figures') return []
  const typed = rows.filter((row) => row.section === section.key && row.mode === 'typed')
  const unsaid = typed.filter(({ row }) => !isSaid(content.lines.find(({ key }) => key === row.key)))
  if (section.isRequired && typed.length > 0 && unsaid.length === typed.length)
    return [fault(`${section.key}/*`, 'section-empty')]
  return unsaid.flatMap(({ row }) =>
    row.isRequired || counting.has(`${section.key}/${row.key}`)
      ? [fault(`${section.key}/${row.key}`, 'figure-missing')]
      : [],
  )
}

function typedIn({
  sections,
  rows,
}: {
  sections: ReadonlyMap<string, HeldSection>
  rows: readonly PlacedRow[]
}): { row: PlacedRow; line: FigureLine }[] {
  return rows.flatMap((row) => {
    const content = sections.get(row.section)?.content
    const line = content?.kind === 'figures' ? content.lines.find(({ key }) => key === row.row.key) : undefined
    return row.mode === 'typed' && isSaid(line) ? [{ row, line }] : []
  })
}

function findInFigures({ typed, judged }: TypedFigures, warnings: readonly Warning[]): Found[] {
  return typed.flatMap(({ row, line }, at): Found[] => {
    const name = `${row.section}/${row.row.key}`
    const wrong = judged.faults[at]
    if (wrong) return [{ line: name, kind: 'fault', code: wrong.code, params: wrong.params, isExplained: false }]
    return warnings
      .filter((warning) => warning.at === at)
      .map(({ kind, params }) => ({
        ...{ line: name, kind: 'warning', code: `reporting.warning-${kind}`, params },
        isExplained: line.explanation !== '',
      }))
  })
}
