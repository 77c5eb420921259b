import { findMechanism, isStateName, stateOfCode } from '../lists/lists.ts'
import type { OwnState, RecommendationKind } from '../model.ts'
import { cleanText } from './clean-text.ts'
import { numberOf } from './paragraphs.ts'
import { completeRecord, isUnclearPosition, positionOf, termsOf, type Note, type ReadOutcome } from './record.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Longer than any paragraph of the UN. */
const longestText = 100_000

/**
 * One element of the Index's JSON export, with its quirks: a leading "- ", two names of one Committee, no State where the
 * symbol has one, markup, a type that is blank or an id.
 *
 * @param own how the UN calls the State of this instance
 * @param language of the file, as its name says
 * @source interop-formats.md 5.1
 */
export function readUhriRecord(bytes: Buffer, own: OwnState, language: string): ReadOutcome {
  const none = (code: string, excerpt: string): ReadOutcome => ({
    record: null,
    notes: [{ code: `recommendations.record-${code}`, params: {}, isRefused: true }],
    unknown: [],
    excerpt: excerpt.slice(0, 200),
  })
  const source = bytes.toString('utf8')
  const fields = parsed(source)
  if (fields === undefined) return none('unreadable', source)
  const externalId = textOf(fields.AnnotationId).toLowerCase()
  const came = textOf(fields.Text)
  const { paragraph, text } = numberOf(cleanText(came))
  if (!uuid.test(externalId)) return none('without-key', text)
  if (text === '') return none('without-text', externalId)
  if (text.length > longestText) return none('too-long', text)
  const notes: Note[] = []
  const note = (code: string, params: Note['params']) =>
    notes.push({ code: `recommendations.record-${code}`, params, isRefused: false })
  if (came.includes('\ufffd')) note('broken-letters', {})
  const symbol = textOf(fields.Symbol) || null
  const body = unlisted(textOf(fields.Body))
  const mechanism = findMechanism(body, symbol)
  if (mechanism === undefined) note('unknown-body', { body: body.slice(0, 200) })
  const states = statesOf(listOf(fields.Countries), symbol, own, note)
  const publishedOn = dateOf(textOf(fields.PublicationDate))
  const position = unlisted(listOf(fields.UprPositions)[0] ?? '')
  if (isUnclearPosition(position)) note('position-unclear', { value: position.slice(0, 200) })
  const unknown: string[] = []
  const record = completeRecord({
    externalId,
    document: {
      mechanism: mechanism ?? 'other',
      symbol,
      externalId: textOf(fields.DocumentId).toLowerCase() || null,
      title: null,
      publishedOn,
      cycle: cycleOf(textOf(fields.UprCycle), symbol),
      session: listOf(fields.UprSession)[0] ?? null,
      states,
      isOwn: states.some((state) => own.names.includes(state)),
    },
    kind: kindOf(unlisted(textOf(fields.AnnotationType)), text),
    language,
    paragraph,
    text,
    rawText: /[<&]/.test(came) ? came.slice(0, 2 * longestText) : null,
    position: positionOf(position),
    recommendingStates: listOf(fields.UprRecommendingCountry).map(unlisted),
    suggested: termsOf(
      [
        ...listOf(fields.Themes).map((label) => ['theme', unlisted(label)] as const),
        ...listOf(fields.AffectedPersons).map((label) => ['group', unlisted(label)] as const),
        ...listOf(fields.Sdgs).map((label) => ['sdg', unlisted(label)] as const),
      ],
      unknown,
    ),
    watermark: instantOf(textOf(fields.PublicationDateOnUhri)),
  })
  return { record, notes, unknown, excerpt: notes.length > 0 ? text.slice(0, 200) : null }
}

function parsed(source: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(source)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}

/** Signs no database column holds are left out. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().trim() : ''
}

/** A list, or one value that stands for a list of it. */
function listOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value]
  return items.map(textOf).filter((item) => item !== '')
}

function unlisted(label: string): string {
  return label.replace(/^[-–•]\s*/u, '').trim()
}

/** Three letters stand for a State's name in some records; in some only the symbol has it. */
function statesOf(
  given: readonly string[],
  symbol: string | null,
  own: OwnState,
  note: (code: string, params: Note['params']) => void,
): string[] {
  const nameOf = (code: string) => (code === own.code ? own.names[0] : stateOfCode(code))
  const states = [...new Set(given.map(unlisted).map((name) => nameOf(name) ?? name))]
  const unknown = states.filter((state) => !own.names.includes(state) && !isStateName(state))
  if (unknown.length > 0) note('unknown-state', { state: unknown.join(', ').slice(0, 200) })
  if (states.length > 0) return states
  const found = symbol?.split('/').flatMap((part) => nameOf(part) ?? [])[0]
  if (found === undefined) {
    note('without-state', { symbol: symbol ?? '' })
    return []
  }
  note('state-from-symbol', { state: found, symbol: symbol ?? '' })
  return [found]
}

const asks =
  /\b(?:recommend|urge|encourage|invite|call(?:s|ed)? (?:up)?on|request|should|recommande|engage|invite|devrait)/iu

/** A blank type, or an id in its place: the words tell. */
function kindOf(label: string, text: string): RecommendationKind {
  if (/recommend/i.test(label)) return 'recommendation'
  if (/concern|observation|preoccup|préoccup/i.test(label)) return 'observation'
  if (label === '' || uuid.test(label)) return asks.test(text) ? 'recommendation' : 'other'
  return 'other'
}

/** Cycles as words, in the languages the Index prints. */
const ordinals = [/\b(?:first|premier|première)\b/iu, /\b(?:second|deuxième)\b/iu, /\b(?:third|troisième)\b/iu, /\b(?:fourth|quatrième)\b/iu, /\b(?:fifth|cinquième)\b/iu] // prettier-ignore

/** "3rd cycle", "Third" are 3; treaty bodies number their reports in the symbol: CO/5-6. */
function cycleOf(printed: string, symbol: string | null): string | null {
  const number = /\d+/.exec(printed)?.[0]
  if (number !== undefined) return number
  const ordinal = printed === '' ? -1 : ordinals.findIndex((word) => word.test(printed))
  if (ordinal >= 0) return String(ordinal + 1)
  return /\/(?:CO|CONCOBS|Q|QPR)\/(?<cycle>\d+(?:-\d+)?)/i.exec(symbol ?? '')?.groups?.cycle ?? null
}

function dateOf(text: string): string | null {
  const day = /^(?<day>\d{4}-\d{2}-\d{2})/.exec(text)?.groups?.day
  return day !== undefined && day >= '1945-01-01' && !Number.isNaN(Date.parse(day)) ? day : null
}

function instantOf(text: string): string | null {
  const at = text === '' ? NaN : Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
