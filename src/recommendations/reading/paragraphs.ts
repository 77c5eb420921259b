/** A number printed before a text, and the text behind it. */
export type Numbered = { paragraph: string | null; text: string }

const printed = [
  /^recommendation no\.?\s*(?<item>\d+)?\s*,?\s*para\.?\s*(?<paragraph>\d+)\s*:\s*(?<within>\d+)?[.:)]?\s*/iu,
  /^para(?:graph|\.)?\s*(?<paragraph>\d+(?:\.\d+)*)\s*[.:)–-]?\s*/iu,
  /^(?<paragraph>\d{1,3}(?:\.\d{1,3})+)\.?(?=\s*[\p{Lu}“"(])\s*/u,
  /^(?<paragraph>\d{1,3})\s*[.)](?!\d)\s*/u,
]

/**
 * The paragraph's number at the head of a text: "4.The Committee…", "140.10 Ratify…", "Para. 12". A bare number is part of the
 * words: "12 States recommend". Numbers are words themselves: 140.10 is not 140.1.
 */
export function numberOf(text: string): Numbered {
  for (const pattern of printed) {
    const match = pattern.exec(text)
    const { paragraph, within } = match?.groups ?? {}
    if (!match || paragraph === undefined) continue
    const rest = text.slice(match[0].length)
    if (rest === '') continue
    return { paragraph: within === undefined ? paragraph : `${paragraph}.${within}`, text: rest }
  }
  return { paragraph: null, text }
}

/** Sorts 140.9 before 140.10 before 141, parts after their whole. */
export function sortKey(paragraph: string | null, part: string | null): string {
  const numbers = (paragraph ?? '').match(/\d+/g) ?? []
  const key = numbers.map((number) => number.padStart(5, '0')).join('.')
  return `${key || '~'} ${(part ?? '')
    .split('.')
    .map((one, level) => (level === 0 ? one.padStart(2, '!') : roman(one)))
    .join('.')}`.trimEnd()
}

function roman(sign: string): string {
  const at = romans.indexOf(sign)
  return at < 0 ? sign : String(at).padStart(2, '0')
}

/** One actionable part of a paragraph: "b" or "b.ii", its own words. */
export type Part = { part: string; text: string }

const letters = [...'abcdefghijklmnopqrstuvwxyz']
const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']

/**
 * Proposes the parts of a paragraph by its printed letters (a) (b) … and, within one, (i) (ii) …: `lead` is what stands
 * before the first and belongs to each. Letters must follow each other from (a) on; those of references ("article 24 (a)",
 * "para. 30 (b)") are none. Fewer than two letters: no parts.
 *
 * @source the grammar of concluding observations (domain.md 2.1)
 */
export function partsOf(text: string): { lead: string; parts: Part[] } {
  const marks = marksOf(text, letters)
  if (marks.length < 2) return { lead: text, parts: [] }
  const parts = pieces(text, marks).flatMap(({ sign, words }): Part[] => {
    const inner = marksOf(words, romans)
    if (inner.length < 2) return [{ part: sign, text: words }]
    const lead = words.slice(0, inner[0]?.at).trim()
    return pieces(words, inner).map((one) => ({
      part: `${sign}.${one.sign}`,
      text: lead === '' ? one.words : `${lead} ${one.words}`,
    }))
  })
  return { lead: text.slice(0, marks[0]?.at).trim(), parts }
}

type Mark = { sign: string; at: number; end: number }

/** Signs in brackets that follow each other from the first of a row on. */
function marksOf(text: string, row: readonly string[]): Mark[] {
  const marks: Mark[] = []
  for (const match of text.matchAll(/\((?<sign>[a-z]{1,4})\)\s*/gu)) {
    const sign = match.groups?.sign ?? ''
    if (sign !== row[marks.length] || isReference(text.slice(Math.max(0, match.index - longestProvision), match.index)))
      continue
    marks.push({ sign, at: match.index, end: match.index + match[0].length })
  }
  return marks
}

/** As far back as one looks for the name of a provision. */
const longestProvision = 40

/** Whether what stands before a bracket names a provision. */
function isReference(before: string): boolean {
  return /(?:\d|\)|(?:articles?|arts?\.|paras?\.|paragraphs?|subparagraphs?|sect?\.|sections?|điểm|khoản|alinéas?)\s*)\s?$/iu.test(
    before,
  )
}

function pieces(text: string, marks: readonly Mark[]): { sign: string; words: string }[] {
  return marks.map(({ sign, end }, index) => ({
    sign,
    words: text
      .slice(end, marks[index + 1]?.at)
      .replace(/(?<=[;,\s])(?:and|et|và)\s*$/u, '')
      .replace(/[;,]?\s*$/u, '')
      .trim(),
  }))
}
