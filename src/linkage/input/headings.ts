import type { HeadingWords, LinkageKnowledge } from '../knowledge.ts'
import type { ColumnConfig } from '../model.ts'

/** Letters and digits without marks, single blanks between: the form in which headings and cells are compared. */
export function foldText(text: string, knowledge: LinkageKnowledge): string {
  return knowledge
    .fold(text.normalize('NFC').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * What each column holds: as configured, else as its heading says, else `ignored`. Of several columns that would be the
 * record's id only the first is.
 */
export function recogniseColumns(
  headings: readonly string[],
  configured: readonly ColumnConfig[],
  knowledge: LinkageKnowledge,
): ColumnConfig[] {
  const byHeading = new Map(configured.map((column) => [foldText(column.heading, knowledge), column]))
  let hasId = configured.some((column) => column.kind === 'id')
  const columns = headings.map((heading): ColumnConfig => {
    const folded = foldText(heading, knowledge)
    const given = byHeading.get(folded)
    if (given) return { ...given, heading }
    const found = wordsOf(folded, knowledge.headings)
    if (!found || (found.kind === 'id' && hasId)) return { heading, kind: 'ignored', of: 'self', part: 'full' }
    if (found.kind === 'id') hasId = true
    return { heading, kind: found.kind, of: found.of ?? 'self', part: found.part ?? 'full' }
  })
  return columns.map((column) => (isGivenBesideFamily(column, columns) ? { ...column, part: 'given' } : column))
}

/** "Name" beside a column of family names alone is the given name. */
function isGivenBesideFamily({ kind, of, part }: ColumnConfig, columns: readonly ColumnConfig[]): boolean {
  const has = (wanted: ColumnConfig['part']) =>
    columns.some((column) => column.kind === 'name' && column.of === of && column.part === wanted)
  return kind === 'name' && part === 'full' && has('family') && !has('given')
}

/** The entry of which all words stand in the heading in this order; of several the one with the most letters. */
function wordsOf(folded: string, entries: readonly HeadingWords[]): HeadingWords | undefined {
  const padded = ` ${folded} `
  let best: HeadingWords | undefined
  let bestLength = 0
  for (const entry of entries) {
    for (const words of entry.words) {
      const isExact = words.startsWith('=')
      const fits = isExact
        ? folded === words.slice(1)
        : padded.includes(` ${words} `) || isWrittenTogether(folded, words)
      const length = isExact ? 1000 : words.length
      if (fits && length > bestLength) {
        best = entry
        bestLength = length
      }
    }
  }
  return best
}

/** A heading in one word, as exports write it (hotenme, motherfullname), holds the words without their blanks. */
function isWrittenTogether(folded: string, words: string): boolean {
  return words.includes(' ') && folded.replaceAll(' ', '') === words.replaceAll(' ', '')
}
