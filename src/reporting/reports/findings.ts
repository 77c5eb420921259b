import { faultsOfReported, warnReported } from '#indicators'
import type { Calendar } from '#indicators/model'
import type { Context } from '#platform'
import { countWords } from '#platform/model'
import type { FigureLine, MoneyLine, Section, SectionContent } from '../model.ts'
import { asReported, isSaid, type PlacedRow } from './figures.ts'
import { lastSaid } from './prefill.ts'
import { canonical } from './rules.ts'
import type { HeldReport, HeldSection } from './store.ts'

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

/** All that is found in a draft, in the order of its form. */
export async function findIn(
  ctx: Context,
  of: { report: HeldReport; sections: ReadonlyMap<string, HeldSection>; rows: readonly PlacedRow[] },
  calendars: readonly Calendar[],
): Promise<Found[]> {
  const { report, sections, rows } = of
  const figures = await findInFigures(ctx, of, calendars)
  const last = await lastSaid(ctx, report)
  return report.form.sections.flatMap((section) => {
    const content = sections.get(section.key)?.content
    if (content === undefined) return []
    if (section.kind === 'figures')
      return [
        ...missingRows(section, content, rows),
        ...figures.filter(({ line }) => line.startsWith(`${section.key}/`)),
      ]
    const said = last?.content.sections.find(({ key }) => key === section.key)?.content
    return [...findInSection(section, content), ...copiedWords(section, content, said)]
  })
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

function missingRows(section: Section, content: SectionContent, rows: readonly PlacedRow[]): Found[] {
  if (section.kind !== 'figures' || content.kind !== 'figures') return []
  const typed = rows.filter((row) => row.section === section.key && row.mode === 'typed')
  const unsaid = typed.filter(({ row }) => !isSaid(content.lines.find(({ key }) => key === row.key)))
  if (section.isRequired && typed.length > 0 && unsaid.length === typed.length)
    return [fault(`${section.key}/*`, 'section-empty')]
  return unsaid.flatMap(({ row }) => (row.isRequired ? [fault(`${section.key}/${row.key}`, 'figure-missing')] : []))
}

async function findInFigures(
  ctx: Context,
  { sections, rows }: { sections: ReadonlyMap<string, HeldSection>; rows: readonly PlacedRow[] },
  calendars: readonly Calendar[],
): Promise<Found[]> {
  const typed = rows.flatMap((row): { row: PlacedRow; line: FigureLine }[] => {
    const content = sections.get(row.section)?.content
    const line = content?.kind === 'figures' ? content.lines.find(({ key }) => key === row.row.key) : undefined
    return row.mode === 'typed' && isSaid(line) ? [{ row, line }] : []
  })
  const entries = typed.map(({ row, line }) => asReported(row, line))
  const faults = await faultsOfReported(ctx, entries, calendars)
  const warnings = await warnReported(ctx, entries, calendars)
  return typed.flatMap(({ row, line }, at): Found[] => {
    const name = `${row.section}/${row.row.key}`
    const wrong = faults[at]
    if (wrong) return [{ line: name, kind: 'fault', code: wrong.code, params: wrong.params, isExplained: false }]
    return warnings
      .filter((warning) => warning.at === at)
      .map(({ kind, params }) => ({
        ...{ line: name, kind: 'warning', code: `reporting.warning-${kind}`, params },
        isExplained: line.explanation !== '',
      }))
  })
}
