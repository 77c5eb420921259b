import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout } from './layout.ts'
import type { HeadingLevel, OfficialDocument } from './model.ts'
import { roman } from '../roman.ts'

/** A count or document number as official text writes it: `5` → `05` below the layout's limit, thousands grouped. Null is a blank. */
export function countInWords(count: number | null, layout: OfficialLayout): string {
  if (count === null) return layout.words.blank
  if (count > 0 && count < layout.paddedBelow) return `0${count}`
  return figure(count, layout)
}

/** A count in a table: never padded; null is a blank. */
export function figure(count: number | null, layout: OfficialLayout): string {
  return count === null ? layout.words.blank : new Intl.NumberFormat(layout.locale).format(count)
}

/** The number as printed in the letterhead and in references: one digit gets its zero, anything else stays as given. */
export function printedNumber(number: string, layout: OfficialLayout): string {
  return /^[1-9]$/.test(number) && Number(number) < layout.paddedBelow ? `0${number}` : number
}

/** `2026-02-05` → `ngày 05 tháng 02 năm 2026` in the layout's words; what is not known is a blank. */
export function dateInWords(date: string | null, layout: OfficialLayout): string {
  const [year, month, day] = (date ?? '').split('-')
  const { blank } = layout.words
  return fill(layout.words.date, {
    year: year || blank,
    month: month === undefined ? blank : printedMonth(Number(month), layout),
    day: day ?? blank,
  })
}

function printedMonth(month: number, layout: OfficialLayout): string {
  return layout.paddedMonths.includes(month) ? `0${month}` : String(month)
}

/** How another text cites the document: kind, number, date, agency. */
export function referenceTo(
  document: Pick<OfficialDocument, 'kind' | 'number' | 'codeSuffix' | 'date' | 'letterhead'>,
  layout: OfficialLayout,
): string {
  const { words } = layout
  return fill(words.documentReference, {
    kind: document.kind?.name ?? words.letter,
    number: `${document.number === null ? words.blank : printedNumber(document.number, layout)}/${document.codeSuffix}`,
    date: dateInWords(document.date, layout),
    agency: document.letterhead.agency,
  })
}

/** Ends a line with one mark, whatever mark it had. */
export function endedWith(text: string, mark: string): string {
  return text.replace(/(\s|\.\/\.|[.;,:])+$/u, '') + mark
}

/** A legal basis as its line is printed; `isLast` decides the mark at its end. */
export function printedBasis(basis: string, isLast: boolean, layout: OfficialLayout): string {
  const { basis: opening, basisOpenings } = layout.words
  const opens = basisOpenings.some((word) => capitalsOf(basis, layout).startsWith(capitalsOf(word, layout)))
  return endedWith(opens ? basis : fill(opening, { basis }), isLast ? '.' : ';')
}

/** The n-th letter of the layout's list; after the last the list begins again with doubled letters. */
function letterOf(value: number, layout: OfficialLayout): string {
  const round = Math.floor((value - 1) / layout.letters.length)
  return (layout.letters[(value - 1) % layout.letters.length] ?? '').repeat(round + 1)
}

/** Numbers headings as they come; each level begins anew inside a wider one, unless the layout lets it run on. */
export function headingNumberer(layout: OfficialLayout): (level: HeadingLevel) => string {
  const levels: HeadingLevel[] = ['part', 'chapter', 'section', 'article', 'clause', 'subclause', 'point']
  const counts = new Map<HeadingLevel, number>()
  return function next(level) {
    const depth = levels.indexOf(level)
    for (const narrower of levels.slice(depth + 1)) if (!layout.headings[narrower].runsOn) counts.delete(narrower)
    const count = (counts.get(level) ?? 0) + 1
    counts.set(level, count)
    const parent = levels.slice(0, depth).findLast((wider) => counts.has(wider))
    return fill(layout.headings[level].label, {
      n: numeral(count, layout.headings[level].numerals, layout),
      parent: parent === undefined ? '' : numeral(counts.get(parent) ?? 0, layout.headings[parent].numerals, layout),
    })
  }
}

function numeral(count: number, numerals: 'roman' | 'arabic' | 'letter', layout: OfficialLayout): string {
  if (numerals === 'roman') return roman(count)
  return numerals === 'letter' ? letterOf(count, layout) : String(count)
}
