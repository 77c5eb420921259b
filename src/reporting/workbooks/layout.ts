import { createHash } from 'node:crypto'
import type { Catalogue, FormCell, FormRule } from '#platform'
import type { Language, LocalizedText } from '#platform/model'
import type { ReportDetail, RowFacts, Section } from '../model.ts'
import { canonical } from '../reports/rules.ts'
import { fieldsOf, saidIn, type FieldName, type Said } from './fields.ts'

/** One line to fill in: what stands before it, closed, and what its fields say. */
type FillRow = { line: string; stands: (string | number | null)[]; said: Said; closed: readonly FieldName[] }

/** One section of the form as a sheet. `heads`: of what stands, then of the fields. */
export type FillSheet = {
  section: Section
  name: string
  heads: string[]
  fields: readonly FieldName[]
  rows: FillRow[]
}

/** Rows left empty for new paragraphs and obstacles of one report. */
const usualSpare = { prefix: 'w', rows: 30 }

/** Above the lines: heading, guidance, heads of the columns. */
export const rowsAbove = 3

export type Layout = {
  say: Catalogue
  language: Language
  /** What tasks are, by the key of their line. */
  taskNames: ReadonlyMap<string, string>
  /** How many rows are left empty for new lines, and with what their names begin. */
  spare?: { prefix: string; rows: number }
}

/** What of a report is laid out. */
export type Laid = Pick<ReportDetail, 'form' | 'facts'> & {
  sections: readonly Pick<ReportDetail['sections'][number], 'key' | 'content'>[]
  owed: Pick<ReportDetail['owed'], 'openLines'>
}

/** The sheets of a report: the sections that are filled in line by line, in the order of the form. */
export function layOut(report: Laid, layout: Layout): FillSheet[] {
  return report.form.sections
    .filter(({ kind }) => kind !== 'attachments')
    .map((section, at) => {
      const fields: readonly FieldName[] = fieldsOf[section.kind]
      const { say, language } = layout
      const heads = [...standing[section.kind], ...fields].map((key) => say(language, `reporting.workbook-${key}`))
      const name = sheetName(`${at + 1} ${wordsIn(section.heading, language)}`)
      return { section, name, heads, fields, rows: rowsOf(report, section, layout) }
    })
}

/** What stands closed before the fields. */
const standing = {
  narrative: ['at'],
  tasks: ['task'],
  figures: ['measure', 'unit', 'before', 'target'],
  money: ['item', 'source'],
  obstacles: ['at'],
  attachments: [],
} as const satisfies Record<Section['kind'], readonly string[]>

function rowsOf(report: Laid, section: Section, layout: Layout): FillRow[] {
  const { language, taskNames, spare = usualSpare } = layout
  const said = saidIn(report.sections.find(({ key }) => key === section.key)?.content)
  const open = report.owed.openLines
  const row = (line: string, stands: FillRow['stands'], closed: readonly FieldName[] = []): FillRow => {
    const isOpen = isOpenLine(open, section.key, line)
    return { line, stands, said: said.get(line) ?? {}, closed: isOpen ? closed : fieldsOf[section.kind] }
  }
  switch (section.kind) {
    case 'narrative':
    case 'obstacles': {
      const held = [...said.keys()]
      return [...held, ...newNames(held, spare)].map((line, at) => row(line, [at + 1]))
    }
    case 'tasks':
      return [...said.keys()].map((line) => row(line, [taskNames.get(line) ?? '']))
    case 'figures':
      return section.rows.map(({ key }) => {
        const facts = report.facts.find(({ line }) => line === `${section.key}/${key}`)
        return row(key, figureStands(section, facts), facts?.mode === 'typed' ? unasked(facts) : worked)
      })
    case 'money':
      return section.rows.flatMap((item) =>
        section.sources.map((source) =>
          row(`${item.key}:${source.key}`, [wordsIn(item.label, language), wordsIn(source.label, language)]),
        ),
      )
    case 'attachments':
      return []
  }
}

/** Of a total only what is said about it is written. */
const worked: readonly FieldName[] = ['numerator', 'denominator', 'status', 'absence']
const unasked = (facts: RowFacts): readonly FieldName[] => (facts.denominatorName === null ? ['denominator'] : [])

function figureStands(section: Extract<Section, { kind: 'figures' }>, facts: RowFacts | undefined): FillRow['stands'] {
  const parts = [facts?.numeratorName, facts?.denominatorName].flatMap((name) => name ?? [])
  const name = [facts?.name ?? '', ...(parts.length > 0 ? [`(${parts.join(' / ')})`] : [])].join(' ')
  return [
    ...[name, facts?.unitOfMeasure ?? ''],
    section.showsBefore ? (facts?.before?.value ?? null) : null,
    section.showsPlan ? (facts?.target?.value ?? null) : null,
  ]
}

/** Whether a line may be changed; none named: all. */
export function isOpenLine(open: readonly string[] | null, section: string, line: string): boolean {
  return open === null || open.includes(`${section}/*`) || open.includes(`${section}/${line}`)
}

/** Names of new lines: the same whenever the same workbook is read, none that is taken. */
function newNames(held: readonly string[], { prefix, rows }: { prefix: string; rows: number }): string[] {
  const names: string[] = []
  for (let at = 1; names.length < rows; at++) if (!held.includes(`${prefix}${at}`)) names.push(`${prefix}${at}`)
  return names
}

export const wordsIn = (words: LocalizedText, language: Language): string =>
  words[language] ?? Object.values(words).find((one) => one !== undefined && one !== '') ?? ''

/** A sheet's name holds 31 letters: a longer one ends with a whole word. */
function sheetName(words: string): string {
  const said = words
    .normalize('NFC')
    .replace(/[\\/?*[\]:']/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (said.length <= 31) return said
  const end = said.slice(0, 32).lastIndexOf(' ')
  return said.slice(0, end > 8 ? end : 31).trim()
}

/** To what a field is held. */
export function ruleOf(section: Section, field: FieldName): FormRule {
  switch (field) {
    case 'numerator':
    case 'denominator':
      return { kind: 'number' }
    case 'amount':
      return { kind: 'whole' }
    case 'status':
    case 'absence':
      return { kind: 'choice', list: field }
    case 'theme':
      return { kind: 'choice', list: section.key }
    case 'comment':
    case 'explanation':
      return { kind: 'words', most: 2_000 }
    case 'proposal':
      return { kind: 'words', most: 5_000 }
    case 'text':
      return { kind: 'words', most: section.kind === 'narrative' ? 20_000 : 5_000 }
  }
}

/** The codes of a choice with their words, in the order they are offered. */
export function choicesOf(
  section: Section,
  list: string,
  say: Catalogue,
): { code: string; word: (of: Language) => string }[] {
  if (section.kind === 'obstacles' && list === section.key)
    return section.themes.map(({ key, label }) => ({ code: key, word: (of) => wordsIn(label, of) }))
  const codes = list === 'status' ? ['A', 'E', 'P', 'F'] : ['missing', 'not-applicable', 'not-yet-known']
  return codes.map((code) => ({ code, word: (of) => say(of, `indicators.figures-${list}-${code}`) }))
}

/** A value as its cell shows it. */
export function shown(
  section: Section,
  of: { field: FieldName; word: string },
  { say, language }: Layout,
): FormCell['value'] {
  const rule = ruleOf(section, of.field)
  if (of.word === '' || rule.kind === 'words') return of.word
  if (rule.kind === 'choice')
    return (
      choicesOf(section, rule.list, say)
        .find(({ code }) => code === of.word)
        ?.word(language) ?? of.word
    )
  return Number.isSafeInteger(Number(of.word)) || rule.kind === 'number' ? Number(of.word) : of.word
}

/** What anything said in JSON is known by. */
export const digestOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')

/** Empty cells at the end of a row are not written down. */
export function padded(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
}

/** What the sheet nobody sees is known by. */
export const backDigest = (json: string, rows: readonly (readonly string[])[]): string =>
  digestOf([json, ...rows.map(padded)])
