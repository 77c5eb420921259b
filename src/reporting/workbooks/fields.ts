import type { FigureLine, MoneyLine, ObstacleLine, Section, SectionContent } from '../model.ts'

/** What can be filled in of a line of each kind of section, in the order of the columns; '' = nothing. */
export const fieldsOf = {
  narrative: ['text'],
  tasks: ['text'],
  figures: ['numerator', 'denominator', 'status', 'absence', 'comment', 'explanation'],
  money: ['amount', 'absence'],
  obstacles: ['theme', 'text', 'proposal'],
  attachments: [],
} as const satisfies Record<Section['kind'], readonly string[]>

export type FieldName = (typeof fieldsOf)[keyof typeof fieldsOf][number]
export type Said = Readonly<Record<string, string>>

/** Every line of a section as the words of its fields. */
export function saidIn(content: SectionContent | undefined): Map<string, Said> {
  switch (content?.kind) {
    case 'narrative':
      return new Map(content.paragraphs.map(({ key, text }) => [key, { text: tidy(text) }]))
    case 'tasks':
      return new Map(content.lines.map(({ key, text }) => [key, { text: tidy(text) }]))
    case 'figures':
      return new Map(
        content.lines.map((line) => [
          line.key,
          {
            ...{ numerator: wordOf(line.numerator), denominator: wordOf(line.denominator) },
            ...{ status: line.status ?? '', absence: line.absence ?? '' },
            ...{ comment: tidy(line.comment), explanation: tidy(line.explanation) },
          },
        ]),
      )
    case 'money':
      return new Map(
        content.lines.map((line) => [
          `${line.key}:${line.source}`,
          { amount: line.amount ?? '', absence: line.absence ?? '' },
        ]),
      )
    case 'obstacles':
      return new Map(
        content.lines.map(({ key, theme, text, proposal }) => [
          key,
          { theme, text: tidy(text), proposal: tidy(proposal) },
        ]),
      )
    case 'attachments':
    case undefined:
      return new Map()
  }
}

const wordOf = (value: number | null) => (value === null ? '' : String(value))

/** Words as a workbook gives them back: spaces are one, lines stay. */
function tidy(words: string): string {
  return words
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim()
}

/** A section with some of its lines said anew; a line of which nothing is left is gone, save a task. */
export function sayLines(content: SectionContent, lines: ReadonlyMap<string, Said>): SectionContent {
  switch (content.kind) {
    case 'narrative':
      return {
        ...content,
        paragraphs: renewed(content.paragraphs, lines, {
          of: ({ key }) => key,
          make: (key, { text = '' }, was) => (text === '' ? null : { key, origins: [], ...was, text }),
        }),
      }
    case 'tasks':
      return {
        ...content,
        lines: content.lines.map((line) => ({ ...line, text: lines.get(line.key)?.text ?? line.text })),
      }
    case 'figures':
      return { ...content, lines: renewed(content.lines, lines, { of: ({ key }) => key, make: figureLine }) }
    case 'money':
      return {
        ...content,
        lines: renewed(content.lines, lines, { of: ({ key, source }) => `${key}:${source}`, make: moneyLine }),
      }
    case 'obstacles':
      return { ...content, lines: renewed(content.lines, lines, { of: ({ key }) => key, make: obstacleLine }) }
    case 'attachments':
      return content
  }
}

type Making<L> = { of: (line: L) => string; make: (name: string, said: Said, was: L | undefined) => L | null }

/** Lines stay in their order, new ones come last. */
function renewed<L>(lines: readonly L[], said: ReadonlyMap<string, Said>, { of, make }: Making<L>): L[] {
  const held = new Set(lines.map(of))
  const renew = (name: string, was: L | undefined): L[] => {
    const words = said.get(name)
    const line = words === undefined ? was : make(name, words, was)
    return line === null || line === undefined ? [] : [line]
  }
  return [
    ...lines.flatMap((line) => renew(of(line), line)),
    ...[...said.keys()].filter((name) => !held.has(name)).flatMap((name) => renew(name, undefined)),
  ]
}

const statuses = ['A', 'E', 'P', 'F'] as const
const absences = ['missing', 'not-applicable', 'not-yet-known'] as const
const oneOf = <T extends string>(of: readonly T[], word: string | undefined): T | null =>
  of.find((one) => one === word) ?? null
const numberOf = (word: string | undefined) => (word === undefined || word === '' ? null : Number(word))

function figureLine(key: string, said: Said, was: FigureLine | undefined): FigureLine | null {
  if (Object.values(said).every((word) => word === '')) return null
  const numerator = numberOf(said.numerator)
  // Whoever gives a value and no status means it as final; whoever gives a reason leaves a status behind.
  const status = numerator === null ? null : (oneOf(statuses, said.status) ?? 'A')
  return {
    ...{ key, mode: was?.mode ?? 'typed', status, numerator, denominator: numberOf(said.denominator) },
    absence: oneOf(absences, said.absence),
    ...{ comment: said.comment ?? '', explanation: said.explanation ?? '' },
  }
}

function moneyLine(name: string, said: Said): MoneyLine | null {
  const [key = '', source = ''] = name.split(':')
  const { amount = '' } = said
  const absence = oneOf(absences, said.absence)
  return amount === '' && absence === null ? null : { key, source, amount: amount === '' ? null : amount, absence }
}

function obstacleLine(key: string, said: Said, was: ObstacleLine | undefined): ObstacleLine | null {
  const { theme = '', text = '', proposal = '' } = said
  if (text === '' && proposal === '') return null
  return { origins: [], obstacleId: null, ...was, key, theme, text, proposal }
}
