import { openSource, UnreadableDocument } from '#documents'
import { invalid } from '#platform'
import { foldName } from '#territory/model'
import { numberOf } from './paragraphs.ts'
import { completeRecord, isUnclearPosition, positionOf, termsOf, type Note, type ReadOutcome } from './record.ts'
import type { TableOf } from './tables.ts'

/** One row of a list of recommendations as the UN human rights office sends it, in its own words. */
export type MatrixRow = {
  /** Its place among the rows of all tables, from 1. */
  row: number
  /** No head says which of its cells is what: `text` is all its words. */
  isHeadless: boolean
  number: string | null
  text: string
  position: string
  sourceOfPosition: string | null
  listedUnder: string | null
  themes: string[]
  persons: string[]
  goals: string[]
}

const heads = {
  text: /^(?:recommendation|khuyen nghi)/,
  position: /^(?:position|quan diem)/,
  terms: /(?:themes|chu de)/,
}

/**
 * Reads the table of a "thematic list of recommendations" (.docx): merged rows name the theme, cells hold lists.
 * @throws invalid `documents.unreadable.…`, `recommendations.no-matrix`
 * @source the office's list on a State's review (reference/un)
 */
export async function readMatrix(bytes: Uint8Array, fileName: string): Promise<MatrixRow[]> {
  const { blocks } = await openSource(bytes, fileName, { legacy: [], frequentWords: [] }).catch((fault: unknown) => {
    if (fault instanceof UnreadableDocument) throw invalid(fault.code, fault.params)
    throw fault
  })
  const rows: MatrixRow[] = []
  let found = false
  let [at, listedUnder]: [number, string | null] = [0, null]
  let columns: Columns | undefined
  for (const block of blocks) {
    if (block.kind !== 'table') continue
    const own = headOf(block.rows)
    // A table goes on behind a page's heading without a head of its own.
    if (own !== undefined) columns = undefined
    for (const { cells } of block.rows) {
      at += 1
      const paragraphs = (column: number) =>
        cells
          .find((cell) => cell.column === column)
          ?.paragraphs.map(({ text }) => text.trim())
          .filter((text) => text !== '') ?? []
      columns ??= columnsOf(headsOf(cells))
      if (columns === undefined) {
        const words = cells.map(({ column }) => paragraphs(column).join(' ')).filter((text) => text !== '')
        if (words.length > 1) rows.push(headless(at, words.join(' | ')))
        continue
      }
      found = true
      if (columnsOfRow(cells, columns) || cells.every(({ column }) => paragraphs(column).length === 0)) continue
      const theme =
        cells.length === 1 ? /^theme\s*:\s*(?<theme>.+)$/iu.exec(paragraphs(0).join(' '))?.groups?.theme : undefined
      if (theme !== undefined) listedUnder = theme
      else
        rows.push({
          row: at,
          isHeadless: false,
          listedUnder,
          ...wordsOf(paragraphs(columns.text)),
          position: paragraphs(columns.position).join(' '),
          ...listsOf(paragraphs(columns.terms)),
        })
    }
  }
  if (!found) throw invalid('recommendations.no-matrix')
  return rows
}

type Head = { column: number; text: string }
type Columns = { text: number; position: number; terms: number }
type Cell = { column: number; paragraphs: readonly { text: string }[] }

function headsOf(cells: readonly Cell[]): Head[] {
  return cells.map(({ column, paragraphs }) => ({
    column,
    text: foldName(paragraphs.map(({ text }) => text).join(' ')),
  }))
}

function headOf(rows: readonly { cells: readonly Cell[] }[]): Columns | undefined {
  for (const { cells } of rows) {
    const columns = columnsOf(headsOf(cells))
    if (columns !== undefined) return columns
  }
  return undefined
}

/** A row of a table before which no head was met: told, and not taken in. */
function headless(row: number, text: string): MatrixRow {
  const nothing = { number: null, position: '', sourceOfPosition: null, listedUnder: null }
  return { row, isHeadless: true, text, ...nothing, themes: [], persons: [], goals: [] }
}

function columnsOf(cells: readonly Head[]): Columns | undefined {
  const column = (pattern: RegExp) => cells.find(({ text }) => pattern.test(text))?.column
  const [text, position, terms] = [column(heads.text), column(heads.position), column(heads.terms)]
  return text === undefined || position === undefined || terms === undefined ? undefined : { text, position, terms }
}

/** Heads are printed anew on each page of some lists. */
function columnsOfRow(
  cells: readonly { column: number; paragraphs: readonly { text: string }[] }[],
  columns: { text: number; position: number },
): boolean {
  const words = (column: number) =>
    foldName(
      cells
        .find((cell) => cell.column === column)
        ?.paragraphs.map(({ text }) => text)
        .join(' ') ?? '',
    )
  return (
    words(columns.position) === 'position' ||
    (heads.position.test(words(columns.position)) && heads.text.test(words(columns.text)))
  )
}

function wordsOf(paragraphs: readonly string[]): Pick<MatrixRow, 'number' | 'text' | 'sourceOfPosition'> {
  const source = paragraphs.findIndex((text) => /^source of position\s*:/iu.test(text))
  const words = source < 0 ? paragraphs : paragraphs.slice(0, source)
  const { paragraph, text } = numberOf(words.join(' '))
  return {
    number: paragraph,
    text,
    sourceOfPosition: source < 0 ? null : (paragraphs[source] ?? '').replace(/^[^:]*:\s*/u, '').trim(),
  }
}

/** Themes first, then goals and persons under their own heads; each with a dash before it. */
function listsOf(paragraphs: readonly string[]): Pick<MatrixRow, 'themes' | 'persons' | 'goals'> {
  const lists = { themes: [] as string[], persons: [] as string[], goals: [] as string[] }
  let list = lists.themes
  for (const words of paragraphs) {
    if (/^SDGs?\s*:/iu.test(words)) list = lists.goals
    else if (/^affected persons\s*:/iu.test(words)) list = lists.persons
    else list.push(words.replace(/^[-–•]\s*/u, '').trim())
  }
  return lists
}

/** The States that recommend: in brackets at the end of each clause, one or several; numbers of conventions are none. */
export function recommendingStates(text: string): string[] {
  const states = new Set<string>()
  for (const { groups } of text.matchAll(/(?<run>(?:\((?:[^()]|\([^()]*\))+\)\s*)+)(?=[;.,]|$)/gu))
    for (const { groups: one } of (groups?.run ?? '').matchAll(/\((?<state>(?:[^()]|\([^()]*\))+)\)/gu)) {
      const name = one?.state?.trim() ?? ''
      if (/^\p{Lu}/u.test(name) && !/\d/.test(name)) states.add(name)
    }
  return [...states]
}

/** A row as a record. The document is the one its position's source names, without the mark of an addition. */
export function recordOfRow(row: MatrixRow, of: TableOf): ReadOutcome {
  const refused = (code: string): ReadOutcome => ({
    record: null,
    notes: [{ code: `recommendations.record-${code}`, params: {}, isRefused: true }],
    unknown: [],
    excerpt: row.text.slice(0, 200),
  })
  if (row.isHeadless) return refused('without-head')
  if (row.text === '') return refused('without-text')
  if (row.number === null) return refused('without-number')
  const symbol =
    of.symbol ??
    row.sourceOfPosition
      ?.split(/\s+-\s+/)[0]
      ?.replace(/\/Add\.\d+$/iu, '')
      .trim() ??
    null
  const unknown: string[] = []
  const notes: Note[] = []
  if (symbol === null || symbol === '')
    notes.push({ code: 'recommendations.record-without-symbol', params: {}, isRefused: false })
  if (isUnclearPosition(row.position)) {
    const params = { value: row.position.slice(0, 200) }
    notes.push({ code: 'recommendations.record-position-unclear', params, isRefused: false })
  }
  const record = completeRecord({
    externalId: `${symbol ?? ''}#${row.number}`,
    document: {
      ...{
        mechanism: of.mechanism ?? 'upr',
        symbol,
        externalId: null,
        title: null,
        publishedOn: of.publishedOn,
        cycle: of.cycle,
      },
      ...{ session: null, states: [of.own.names[0] ?? of.own.code], isOwn: true },
    },
    kind: 'recommendation',
    language: of.language,
    paragraph: row.number,
    text: row.text,
    rawText: null,
    position: positionOf(row.position),
    recommendingStates: recommendingStates(row.text),
    suggested: termsOf(
      [
        ...row.themes.map((label) => ['theme', label] as const),
        ...row.persons.map((label) => ['group', label] as const),
        ...row.goals.map((label) => ['sdg', label] as const),
      ],
      unknown,
    ),
    watermark: null,
  })
  return { record, notes, unknown, excerpt: notes.length > 0 ? row.text.slice(0, 200) : null }
}
