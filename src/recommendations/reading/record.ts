import { hash } from 'node:crypto'
import type { PlainDate } from '#platform/model'
import { findTerm } from '../lists/lists.ts'
import type { ImportSource, PrintedPosition, RecommendationKind, TermScheme, Weight } from '../model.ts'
import { sortKey } from './paragraphs.ts'

/** The document a record stands in, as its file names it. */
export type ReadDocument = {
  mechanism: string
  symbol: string | null
  externalId: string | null
  title: string | null
  publishedOn: PlainDate | null
  cycle: string | null
  session: string | null
  states: string[]
  isOwn: boolean
}

/** One recommendation as a file has it, cleaned. `externalId` is the key by which the same file's next issue has it again. */
export type ReadRecord = {
  externalId: string
  /** A part of the paragraph that has this key. */
  part?: string
  /** Under which source the key stands, where that is not the file's own. */
  source?: ImportSource
  /** Told by this source of what is here from another: what that one said last is still told by its own hash. */
  ofSource?: ImportSource
  document: ReadDocument
  kind: RecommendationKind
  language: string
  paragraph: string | null
  sortKey: string
  text: string
  rawText: string | null
  textHash: string
  recordHash: string
  weight: Weight | null
  isUrgent: boolean
  position: PrintedPosition | null
  /** The State's answer as the file prints it. */
  response?: string
  recommendingStates: string[]
  suggested: number[]
  watermark: string | null
}

/** Something about a record that a person should see; `isRefused`: it was not taken in. */
export type Note = { code: string; params: Record<string, string | number>; isRefused: boolean }

/** What reading one record gave: the record unless it was refused, what was remarkable, labels nobody knows. */
export type ReadOutcome = { record: ReadRecord | null; notes: Note[]; unknown: string[]; excerpt: string | null }

type Parts = Omit<ReadRecord, 'sortKey' | 'textHash' | 'recordHash' | 'weight' | 'isUrgent'> & { isUrgent?: boolean }

/** Completes a record: its place in the order, how strongly it asks, and the hashes that tell a changed one from the same. */
export function completeRecord(parts: Parts): ReadRecord {
  const { document } = parts
  const words = oneLine(parts.text)
  return {
    ...parts,
    sortKey: sortKey(parts.paragraph, parts.part ?? null),
    textHash: hashOf(words),
    recordHash: recordHashOf({ ...parts, ...document }),
    weight: weightOf(words),
    isUrgent: parts.isUrgent ?? isUrgentText(words),
  }
}

type Hashed = Pick<
  ReadRecord,
  'text' | 'paragraph' | 'kind' | 'language' | 'position' | 'recommendingStates' | 'suggested'
> &
  Pick<ReadDocument, 'symbol' | 'publishedOn' | 'cycle'> & { response?: string | null }

/** What tells a changed record from the same. An answer is part of it only where there is one. */
export function recordHashOf(of: Hashed): string {
  const { paragraph, kind, language, position, symbol, publishedOn, cycle, response } = of
  return hashOf(
    JSON.stringify([
      ...[hashOf(oneLine(of.text)), paragraph, kind, language, position, symbol, publishedOn, cycle],
      ...[of.recommendingStates.join('|'), of.suggested.join(',')],
      ...(response ? [oneLine(response)] : []),
    ]),
  )
}

/** Half of a SHA-256, in hexadecimal. */
export function hashOf(words: string): string {
  return hash('sha256', words, 'hex').slice(0, 32)
}

/** More than any record is worth: one with broken letters never wins over a whole one. */
const brokenLoss = 10_000_000

/** Of two records with one key the one that says more is kept; whole letters before all. */
export function richness(record: Pick<ReadRecord, 'text' | 'suggested'>): number {
  const worth = record.text.length + 40 * record.suggested.length
  return record.text.includes('\ufffd') ? worth - brokenLoss : worth
}

/** Words as one line: a line break more or less does not make another text. */
export function oneLine(text: string): string {
  return /[\t\n\r]| {2}/.test(text) ? text.replace(/\s+/gu, ' ').trim() : text
}

const verbs: Readonly<Record<string, Weight>> = {
  reiterates: 'reiterates',
  rappelle: 'reiterates',
  'nhắc lại': 'reiterates',
  urges: 'urges',
  'demande instamment': 'urges',
  'engage vivement': 'urges',
  'thúc giục': 'urges',
  recommends: 'recommends',
  recommande: 'recommends',
  'khuyến nghị': 'recommends',
  encourages: 'encourages',
  encourage: 'encourages',
  'khuyến khích': 'encourages',
  invites: 'invites',
  invite: 'invites',
  'đề nghị': 'invites',
}
const weighing = new RegExp(`(?<![\\p{L}])(?:${Object.keys(verbs).join('|')})(?![\\p{L}])`, 'iu')

/** The first of the verbs that weigh, in the head of a text. @source domain.md 2.1 */
export function weightOf(text: string): Weight | null {
  const verb = weighing.exec(text.slice(0, 600))?.[0]
  return verb === undefined ? null : (verbs[verb.toLowerCase()] ?? null)
}

const urgent = /urgen|khẩn cấp/i
const urgentWords = /(?<!\p{L})(?:urgent|urgently|urgentes?|urgence|khẩn cấp)(?!\p{L})/iu

function isUrgentText(text: string): boolean {
  return urgent.test(text) && urgentWords.test(text)
}

/** The numbers of terms that labels name, in order and once each; what nobody knows goes to `unknown`. */
export function termsOf(labels: readonly (readonly [TermScheme, string])[], unknown: string[]): number[] {
  const numbers = new Set<number>()
  for (const [scheme, label] of labels) {
    if (label.trim() === '') continue
    const number = findTerm(scheme, label)
    if (number === undefined) unknown.push(`${scheme}: ${label.trim().slice(0, 200)}`)
    else numbers.add(number)
  }
  return [...numbers].sort((a, b) => a - b)
}

const negation = /n['’]t(?!\p{L})|(?<!\p{L})(?:không|chưa|not|cannot|n['’]\p{L}+|ne|pas)(?!\p{L})/u
const refusal = /(?<!\p{L})(?:reject|refus|rejet|từ chối|bác bỏ)/u
const noting = /(?<!\p{L})(?:noted|notée?s?|(?:pris|prend|prendre) note|takes? note|ghi nhận)(?!\p{L})/u
const partly = /part(?:ly|ially|iellement)|(?<!\p{L})(?:in part|en partie|một phần)(?!\p{L})/u
const support = /support|accept|(?<!\p{L})(?:appu|souten)|chấp thuận|ủng hộ|chấp nhận|nhất trí|đồng ý/u

/**
 * What a position's label means. What denies support stands before what affirms it: "does not enjoy support" is noted. Words that
 * say two things or none of these are `other`.
 */
export function positionOf(label: string): PrintedPosition | null {
  const words = label.normalize('NFC').trim().toLowerCase()
  if (words === '') return null
  const [isDenied, isPartly, isNoted, isSupported] = [negation, partly, noting, support].map((sign) => sign.test(words))
  if (refusal.test(words)) return isPartly ? 'other' : 'noted'
  if (isDenied) return isSupported && !isPartly ? 'noted' : 'other'
  if (isPartly) return 'partly'
  if (isNoted) return isSupported ? 'other' : 'noted'
  return isSupported ? 'supported' : 'other'
}

/** Whether a label that stands there says no position: a person should look at it. */
export function isUnclearPosition(label: string): boolean {
  return positionOf(label) === 'other' && !/^(?:other|khác|autre)$/iu.test(label.normalize('NFC').trim())
}
