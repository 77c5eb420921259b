import type { OriginalBlock, SourcePlace } from '../../model.ts'

/** Finds where a value of the header stands in the original. */
export type Finder = {
  place(words: string | null): SourcePlace | null
  /** The last place: what closes a document (who signs, to whom it goes). */
  lastPlace(words: string | null): SourcePlace | null
  placeOfDate(date: string | null): SourcePlace | null
}

export function openFinder(original: readonly OriginalBlock[]): Finder {
  const blocks = original.map((block) => ({ block, bare: bareWords(block.text) }))
  const backwards = [...blocks].reverse()
  const find = (among: typeof blocks, words: string | null) => {
    const bare = bareWords(words ?? '')
    if (bare === '') return null
    // A title may be broken over paragraphs: its first words find the place where it begins.
    const opening = bare.split(' ').slice(0, 6).join(' ')
    const found = among.find((each) => each.bare.includes(bare)) ?? among.find((each) => each.bare.includes(opening))
    return found ? placeOf(found.block) : null
  }
  return {
    place: (words) => find(blocks, words),
    lastPlace: (words) => find(backwards, words),
    placeOfDate(date) {
      const [year = '', month = '', day = ''] = (date ?? '').split('-').map((part) => String(Number(part)))
      if (day === '') return null
      const printed = new RegExp(`(?:^|\\D)0?${day}\\D{1,12}0?${month}\\D{1,12}${year}(?:\\D|$)`)
      const found = blocks.find(({ block }) => printed.test(block.text))
      return found ? placeOf(found.block) : null
    },
  }
}

function placeOf(block: OriginalBlock): SourcePlace {
  return { line: block.line, page: block.page, table: block.table, row: block.row }
}

/** Words for comparing: lower case, NFC, letters and digits only, one space between. */
function bareWords(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether a printed heading, with or without its numbering, is these words. */
export function sameWords(printed: string, words: string): boolean {
  const [whole, wanted] = [bareWords(printed), bareWords(words)]
  return whole === wanted || (whole.endsWith(wanted) && whole.length - wanted.length < 12)
}
