import type { ReadingWarning } from '../model.ts'
import { cellText, placeOf, type Block, type Paragraph } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'

/** What stands above the body, and where the body begins. */
export interface Header {
  kind: string | null
  number: string | null
  issuer: string | null
  place: string | null
  date: string | null
  title: string | null
  basis: string[]
  /** The enacting words, without the bases named before them. */
  preamble: string[]
  /** Index of the first block after the letterhead, title and bases. */
  bodyStart: number
}

/** A finding that a person must look at, before its words are known. */
export type Finding = Omit<ReadingWarning, 'message'>

/**
 * Reads letterhead, number, place and date, type, title and bases.
 *
 * A blank number or day is `null` with a warning; a text without letterhead and type is a text about a document.
 *
 * @source Decree 30/2020/NĐ-CP, annex I (order of the boxes); the words come from the grammar
 */
export function readHeader(blocks: readonly Block[], grammar: DocumentGrammar, findings: Finding[]): Header {
  const head = blocks.slice(0, 16)
  const parts = head.flatMap(partsOf)
  const numbered = findNumber(parts, grammar, findings)
  const dated = findDate(parts, grammar, findings)
  const typed = findType(blocks, grammar)
  const issuer = findIssuer(parts, grammar, numbered.part)
  const isDocument = numbered.seen || typed.at >= 0
  if (!isDocument) findings.push({ code: 'no-letterhead', params: {}, source: null })
  else {
    if (!numbered.seen) findings.push({ code: 'number-missing', params: {}, source: null })
    if (!dated.seen) findings.push({ code: 'date-missing', params: {}, source: null })
    if (!issuer) findings.push({ code: 'issuer-missing', params: {}, source: null })
    if (!typed.code && !numbered.code) findings.push({ code: 'kind-missing', params: {}, source: null })
  }
  const { title, next } = typed.at >= 0 ? readTitle(blocks, typed.at + 1, grammar) : { title: null, next: 0 }
  const preamble = isDocument ? readPreamble(blocks, next, grammar) : { basis: [], enacting: [], next: 0 }
  return {
    kind: typed.code ?? numbered.code,
    number: numbered.number,
    issuer: isDocument ? issuer : null,
    place: dated.place,
    date: dated.date,
    title,
    basis: preamble.basis,
    preamble: preamble.enacting,
    bodyStart: Math.max(preamble.next, next),
  }
}

/** A letterhead cell or a paragraph: the words and where they stand. */
interface Part {
  text: string
  paragraph: Paragraph
  column: number | null
}

function partsOf(block: Block): Part[] {
  if (block.kind === 'paragraph') return [{ text: block.text, paragraph: block, column: null }]
  return block.rows.flatMap((row) =>
    row.cells.flatMap((cell) => {
      const first = cell.paragraphs[0]
      // Word keeps the lines of a letterhead cell as paragraphs of their own, a crawl joins them.
      const lines = cell.paragraphs.map((paragraph) => ({ text: paragraph.text, paragraph, column: cell.column }))
      return first
        ? [...(lines.length > 1 ? lines : []), { text: cellText(cell), paragraph: first, column: cell.column }]
        : []
    }),
  )
}

interface FoundNumber {
  seen: boolean
  number: string | null
  code: string | null
  part: Part | null
}

function findNumber(parts: readonly Part[], grammar: DocumentGrammar, findings: Finding[]): FoundNumber {
  for (const part of parts) {
    const match = grammar.letterhead.number.exec(part.text)
    if (!match?.groups) continue
    const symbol = (match.groups.symbol ?? '').replace(/\s/g, '')
    const digits = (match.groups.number ?? '').replace(/[….]+/g, '')
    const code = grammar.symbol.exec(symbol)?.groups?.code ?? null
    if (!/\d/.test(digits)) {
      findings.push({ code: 'number-blank', params: { printed: match[0].trim() }, source: placeOf(part.paragraph) })
      return { seen: true, number: null, code, part }
    }
    return { seen: true, number: `${digits}/${symbol}`, code, part }
  }
  return { seen: false, number: null, code: null, part: null }
}

function findDate(
  parts: readonly Part[],
  grammar: DocumentGrammar,
  findings: Finding[],
): { seen: boolean; place: string | null; date: string | null } {
  for (const part of parts) {
    const words = part.text.replace(grammar.letterhead.number, '')
    const groups = words.length < 260 ? grammar.letterhead.placeDate.exec(words)?.groups : undefined
    if (!groups) continue
    const [day, month] = [groups.day ?? '', groups.month ?? ''].map((digits) => digits.padStart(2, '0'))
    const date = `${groups.year}-${month}-${day}`
    const isWhole = groups.day !== '' && groups.month !== '' && !Number.isNaN(Date.parse(date))
    if (!isWhole) findings.push({ code: 'date-blank', params: { printed: part.text }, source: placeOf(part.paragraph) })
    const place = (groups.place ?? '')
      .replace(grammar.letterhead.motto, '')
      .replace(/^[\s-]+/, '')
      .trim()
    return { seen: true, place: place === '' ? null : place, date: isWhole ? date : null }
  }
  return { seen: false, place: null, date: null }
}

/** The issuer is the capital-letter name left of, or above, the name of the State. */
function findIssuer(parts: readonly Part[], grammar: DocumentGrammar, numbered: Part | null): string | null {
  const nation = parts.findIndex((part) => grammar.letterhead.nation.test(part.text))
  const until = nation >= 0 ? nation + 1 : numbered ? parts.indexOf(numbered) : 0
  const lines = parts
    .slice(0, until)
    .filter((part) => part.column === null || part.column === 0)
    .map((part) => (part.text.split(grammar.letterhead.nation)[0] ?? '').trim())
    .filter((text) => text !== '' && isCapitals(text) && !grammar.letterhead.motto.test(text))
  lines.push(...besideMotto(parts, until, numbered, grammar))
  const named = lines.filter((text, index) => {
    const isPart = (other: string, at: number): boolean =>
      at !== index && other.includes(text) && (other !== text || at < index)
    return !lines.some(isPart)
  })
  return named.length > 0 ? named.join(' ') : null
}

/** Letterheads set side by side without a table: the second line of the issuer stands before the motto. */
function besideMotto(parts: readonly Part[], from: number, numbered: Part | null, grammar: DocumentGrammar): string[] {
  const to = numbered ? parts.indexOf(numbered) : from
  return parts.slice(from, Math.max(from, to)).flatMap((part) => {
    const match = part.column === null ? grammar.letterhead.motto.exec(part.text) : null
    const before = match ? part.text.slice(0, match.index).trim() : ''
    return before !== '' && isCapitals(before) ? [before] : []
  })
}

function isCapitals(text: string): boolean {
  return text === text.toUpperCase() && /\p{Lu}{2}/u.test(text)
}

function findType(blocks: readonly Block[], grammar: DocumentGrammar): { code: string | null; at: number } {
  const limit = Math.min(blocks.length, 20)
  for (let at = 0; at < limit; at += 1) {
    const block = blocks[at]
    if (block?.kind !== 'paragraph') continue
    const type = grammar.types.find(({ title }) => title.test(block.text))
    if (type) return { code: type.code, at }
  }
  return { code: null, at: -1 }
}

/** The title: the first paragraph, and those in capitals that go on with a title in capitals. */
function readTitle(
  blocks: readonly Block[],
  from: number,
  grammar: DocumentGrammar,
): { title: string | null; next: number } {
  const lines: string[] = []
  let at = from
  for (; at < blocks.length; at += 1) {
    const block = blocks[at]
    if (block?.kind !== 'paragraph') break
    const isMore = lines.length === 0 || (isCapitals(block.text) && isCapitals(lines[0] ?? ''))
    const isBody = grammar.markers.some(({ pattern }) => pattern.test(block.text))
    const isAuthority = lines.length > 0 && grammar.letterhead.authority.test(block.text)
    if (!isMore || isBody || isAuthority) break
    lines.push(block.text)
  }
  return { title: lines.length > 0 ? lines.join(' ') : null, next: at }
}

/** Bases: every instrument named between the title and the enacting words. */
function readPreamble(
  blocks: readonly Block[],
  from: number,
  grammar: DocumentGrammar,
): { basis: string[]; enacting: string[]; next: number } {
  const enacting: string[] = []
  const named: string[] = []
  let at = from
  for (; at < blocks.length; at += 1) {
    const block = blocks[at]
    if (block?.kind !== 'paragraph') break
    if (grammar.letterhead.authority.test(block.text) && isCapitals(block.text)) continue
    if (grammar.markers.some(({ pattern }) => pattern.test(block.text))) break
    const isBasis = grammar.preamble.start.test(block.text)
    if (isBasis) named.push(block.text)
    else if (!grammar.preamble.enacting.test(block.text)) break
    enacting.push(...enactingOf(block.text, isBasis, grammar))
  }
  const isOnly = named.length === 1
  return { basis: named.flatMap((text) => instrumentsOf(text, isOnly, grammar)), enacting, next: at }
}

/** What a paragraph says after its bases: the issuer, and what it issues. */
function enactingOf(text: string, isBasis: boolean, grammar: DocumentGrammar): string[] {
  if (!isBasis) return [text]
  const found = grammar.preamble.enacting.exec(text)
  if (found === null || found.index === 0) return []
  const words = grammar.preamble.proposal.test(text) ? text : text.slice(found.index).replace(/^[;,.\s]+/u, '')
  return [`${words.charAt(0).toUpperCase()}${words.slice(1)}`]
}

/** Instruments named in one paragraph: parted by semicolons, or by "and" where the whole preamble is one sentence. */
function instrumentsOf(text: string, isOnly: boolean, grammar: DocumentGrammar): string[] {
  const enacting = grammar.preamble.enacting.exec(text)
  const isEnacting = enacting !== null && enacting.index > 0
  if (isEnacting && grammar.preamble.proposal.test(text)) return []
  const named = (isEnacting ? text.slice(0, enacting.index) : text).split(/\s*;\s*/u)
  const parts = isOnly && named.length === 1 ? (named[0] ?? '').split(grammar.preamble.together) : named
  return parts.map((basis) => basis.replace(/[;,.\s]+$/u, '').trim()).filter((basis) => basis.length > 12)
}
