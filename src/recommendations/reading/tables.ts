import { cellAddress, invalid, type Catalogue, type SheetRow } from '#platform'
import { Language, type PlainDate } from '#platform/model'
import { foldName } from '#territory/model'
import { findMechanism, isStateName } from '../lists/lists.ts'
import type { ImportSource, OwnState, TermScheme } from '../model.ts'
import { numberOf } from './paragraphs.ts'
import {
  completeRecord,
  hashOf,
  isUnclearPosition,
  oneLine,
  positionOf,
  termsOf,
  type Note,
  type ReadDocument,
  type ReadOutcome,
} from './record.ts'

/** What a person says of a whole table when bringing it in; null: the table says it, or nobody. */
export type TableOf = {
  own: OwnState
  language: string
  mechanism: string | null
  symbol: string | null
  cycle: string | null
  publishedOn: PlainDate | null
}
export type TableRow = Pick<SheetRow, 'number' | 'odd'> & { cells: readonly string[] }

/** The columns of our own table: the same out and in. */
export const sheetColumns = [
  'key',
  'mechanism',
  'symbol',
  'published',
  'cycle',
  'session',
  'states',
  'paragraph',
  'part',
  'kind',
  'language',
  'text',
  'position',
  'response',
  'recommending',
  'clusters',
  'articles',
  'themes',
  'groups',
  'sdgs',
] as const
export type SheetColumn = (typeof sheetColumns)[number]

/** Columns without which a table is none of ours. */
const needed = ['mechanism', 'text'] as const

/** The second row of its templates says what belongs into each column. */
export function isHints(cells: readonly string[], layout: Layout): boolean {
  return layout.isImpact && /^(?:required|optional)\b/i.test(cells[layout.columns.get('key') ?? -1] ?? '')
}

/** Several values in one cell; labels have commas, so they are parted by a bar. */
const parting = ' | '

/** How IMPACT OSS names its columns: `Label [database:attribute]`, or the attribute alone. @source interop-formats.md 5.2 */
const impactColumns: Readonly<Record<string, SheetColumn | 'description'>> = {
  reference: 'key',
  title: 'text',
  description: 'description',
  response: 'response',
  support_level: 'position',
  'category-short-title': 'themes',
  'category-reference': 'themes',
}

/** `unknown`: heads, as written, of columns that are not read. */
export type Layout = { columns: Map<SheetColumn | 'description', number>; isImpact: boolean; unknown: string[] }

/**
 * Which column of a table holds what.
 * @throws invalid `recommendations.head-missing`
 */
export function layoutOf(head: readonly string[], source: ImportSource, say: Catalogue): Layout {
  const isImpact = source === 'impact-oss'
  const columns = new Map<SheetColumn | 'description', number>()
  const unknown: string[] = []
  for (const [at, written] of head.entries()) {
    const words = written.replace(/\s+/gu, ' ').trim()
    const column = isImpact ? impactColumns[attributeOf(words)] : sheetColumn(words, say)
    if (column !== undefined && !columns.has(column)) columns.set(column, at)
    else if (words !== '') unknown.push(words)
  }
  const missing = (isImpact ? (['key', 'text'] as const) : needed).find((column) => !columns.has(column))
  if (missing !== undefined)
    throw invalid('recommendations.head-missing', { head: isImpact ? `impact-${missing}` : missing })
  return { columns, isImpact, unknown }
}

function attributeOf(head: string): string {
  const name = /\[(?:database|rel):(?<name>[^\]|]+)(?:\|[^\]]+)?\]\s*$/u.exec(head)?.groups?.name
  return (name ?? head).trim().toLowerCase()
}

function sheetColumn(head: string, say: Catalogue): SheetColumn | undefined {
  const key = foldName(head)
  return sheetColumns.find((column) =>
    [
      ...[column, ...earlierHeads(say, column)],
      ...Language.options.map((language) => say(language, `recommendations.column-${column}`)),
    ].some((name) => foldName(name) === key),
  )
}

/** Columns that earlier versions called otherwise: their tables still come in. */
const calledOtherwise: readonly SheetColumn[] = ['symbol', 'clusters', 'groups']

function earlierHeads(say: Catalogue, column: SheetColumn): string[] {
  if (!calledOtherwise.includes(column)) return []
  return Language.options.map((language) => say(language, `recommendations.column-earlier-${column}`))
}

const kinds = [
  ['recommendation', /^(?:recommendation|khuyen nghi|recommandation)/],
  ['observation', /^(?:observation|nhan xet|quan ngai|concern)/],
  ['other', /^(?:other|khac|autre)/],
] as const

/** Columns whose line breaks are part of what they say. */
const inLines = ['text', 'description', 'response'] as const
/** Columns that tell one row from another. */
const tellingRows = ['key', 'paragraph', 'text'] as const

/** What spreadsheets write where a formula failed. */
const failure = /^#(?:DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)$/

/** As a paragraph's letters name a part: `b`, `b.ii`. */
const partSign = /^[a-z0-9]{1,4}(?:\.[a-z0-9]{1,5})?$/u

const keyed = /^(?<source>uhri|ohchr-matrix|impact-oss|sheet):(?<key>.+)$/u

/** One row as a record; what is wrong is told with the cell's address. */
export function recordOfTableRow({ number, cells, odd = [] }: TableRow, layout: Layout, of: TableOf): ReadOutcome {
  const cell = (column: SheetColumn | 'description') => {
    const words = cells[layout.columns.get(column) ?? -1]?.trim() ?? ''
    return (inLines as readonly string[]).includes(column) ? words : oneLine(words)
  }
  const several = (column: SheetColumn) =>
    cell(column)
      .split(layout.isImpact ? ',' : '|')
      .map((one) => one.trim())
      .filter((one) => one !== '')
  const notes: Note[] = []
  const note = (column: SheetColumn, code: string, isRefused: boolean) =>
    notes.push({
      code: `recommendations.record-${code}`,
      params: { cell: cellAddress(layout.columns.get(column) ?? 0, number), value: cell(column).slice(0, 200) },
      isRefused,
    })
  for (const [column, at] of layout.columns) {
    // A spreadsheet wrote its failure where words or a number were to stand.
    if (column !== 'description' && failure.test(cell(column))) note(column, 'failed-formula', true)
    const what = odd.find((one) => one.column === at)?.what
    if (what === undefined || column === 'description') continue
    // A cell that is one with its neighbour has that one's words: no key, no number and no text of this row.
    note(column, `${what}-cell`, what === 'merged' && (tellingRows as readonly string[]).includes(column))
  }
  const mechanism = layout.isImpact
    ? (of.mechanism ?? undefined)
    : findMechanism(cell('mechanism'), cell('symbol') || null)
  const isNoted = layout.isImpact && cell('description') !== ''
  const numbered = layout.isImpact
    ? { paragraph: cell('key'), text: cell('text') }
    : numberedOf(cell('paragraph'), cell('text'))
  const published = dateOf(cell('published'))
  const kind =
    cell('kind') === '' ? 'recommendation' : kinds.find(([, pattern]) => pattern.test(foldName(cell('kind'))))?.[0]
  if (numbered.text === '') note('text', 'without-text', true)
  if (mechanism === undefined) note('mechanism', 'no-such-mechanism', true)
  if (published === undefined) note('published', 'no-date', true)
  if (kind === undefined) note('kind', 'no-such-kind', true)
  const part = cell('part')
  const isPart = partSign.test(part)
  if (part !== '' && !isPart) note('part', 'no-such-part', true)
  const excerpt = numbered.text.slice(0, 200)
  const isRefused = notes.some((one) => one.isRefused)
  if (isRefused || mechanism === undefined || published === undefined || kind === undefined)
    return { record: null, notes, unknown: [], excerpt }
  const symbol = cell('symbol') || of.symbol
  const states =
    layout.isImpact || several('states').length === 0 ? [of.own.names[0] ?? of.own.code] : several('states')
  if (isUnclearPosition(cell('position')) && !(layout.isImpact && /^[01]$/.test(cell('position'))))
    note('position', 'position-unclear', false)
  if (states.some((state) => !of.own.names.includes(state) && !isStateName(state)))
    note('states', 'no-such-state', false)
  const given = keyed.exec(cell('key'))?.groups
  const document = { mechanism, symbol, publishedOn: published ?? of.publishedOn, cycle: cell('cycle') || of.cycle }
  const unknown: string[] = []
  const labels = (column: SheetColumn, scheme: TermScheme) => several(column).map((label) => [scheme, label] as const)
  const record = completeRecord({
    externalId:
      given?.key ?? ((!layout.isImpact && cell('key')) || madeKey(document, { ...numbered, states }, layout.isImpact)),
    ...(given?.source === undefined ? {} : { source: given.source as ImportSource }),
    ...(isPart ? { part } : {}),
    ...(cell('response') === '' ? {} : { response: cell('response') }),
    document: {
      ...{ ...document, externalId: null, title: null, session: cell('session') || null, states },
      isOwn: states.some((state) => of.own.names.includes(state)),
    },
    kind,
    language: /^[a-z]{2}$/.test(cell('language')) ? cell('language') : of.language,
    paragraph: numbered.paragraph,
    text: isNoted ? `${numbered.text}\n${cell('description')}` : numbered.text,
    rawText: null,
    position: layout.isImpact ? impactPosition(cell('position')) : positionOf(cell('position')),
    recommendingStates: several('recommending'),
    suggested: termsOf(
      [
        ...labels('clusters', 'cluster'),
        ...labels('articles', 'article'),
        ...labels('themes', 'theme'),
        ...labels('groups', 'group'),
        ...labels('sdgs', 'sdg'),
      ],
      unknown,
    ),
    watermark: null,
  })
  return { record, notes, unknown, excerpt: notes.length > 0 ? excerpt : null }
}

/**
 * The key of a row that brings none of its own: its document and the number in it. Where either is not named, the words
 * themselves tell rows apart.
 * @param isReference the number is the one by which another system tells its rows
 */
function madeKey(
  document: Pick<ReadDocument, 'mechanism' | 'symbol' | 'publishedOn' | 'cycle'>,
  row: { paragraph: string | null; text: string; states: readonly string[] },
  isReference: boolean,
): string {
  const named = document.symbol ?? document.publishedOn ?? document.cycle
  const words = hashOf(JSON.stringify([oneLine(row.text), row.states])).slice(0, 16)
  const number =
    row.paragraph === null || (named === null && !isReference) ? `${row.paragraph ?? ''}~${words}` : row.paragraph
  return `${document.mechanism} ${named ?? ''}#${number}`
}

function numberedOf(paragraph: string, text: string): { paragraph: string | null; text: string } {
  return paragraph === '' ? numberOf(text) : { paragraph, text }
}

/** Null: none is given; undefined: what is given is no date. */
function dateOf(words: string): PlainDate | null | undefined {
  if (words === '') return null
  const iso = /^(?<day>\d{4}-\d{2}-\d{2})/.exec(words)?.groups?.day
  const local = /^(?<d>\d{1,2})[/.-](?<m>\d{1,2})[/.-](?<y>\d{4})$/.exec(words)?.groups
  const day = iso ?? (local === undefined ? '' : `${local.y}-${local.m?.padStart(2, '0')}-${local.d?.padStart(2, '0')}`)
  const at = new Date(`${day}T00:00:00Z`)
  return day !== '' && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined
}

function impactPosition(level: string): ReturnType<typeof positionOf> {
  return level === '1' ? 'supported' : level === '0' ? 'noted' : positionOf(level)
}

/** Values as one cell holds them. */
export function joined(values: readonly string[]): string {
  return values.join(parting)
}
