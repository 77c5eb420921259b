import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { invalid } from '#platform'

/** Receives one row: the cells lie in `bytes` from `starts[i]` to `ends[i]`. The memory is used again for the next row. */
export type TakeRow = (bytes: Uint8Array, starts: Int32Array, ends: Int32Array, count: number) => void

/** What was read, and what could not be. `brokenLines` are the first few by line number. */
export type CsvOutcome = { rows: number; broken: number; brokenLines: number[] }

type Options = {
  /** Called once with the words of the first row; the rows go to what it returns. */
  begin: (headings: string[]) => TakeRow
  progress?: (readBytes: number, totalBytes: number) => void
}

const chunkBytes = 4 << 20
/** A quoted cell longer than this is a stray quotation mark, not a cell. */
const longestCell = 1 << 17
const mostColumns = 1024

/**
 * Reads a CSV file (comma, semicolon, tab or bar; quotation marks; UTF-8) in one pass of bounded memory. A row with another
 * number of cells than the heading is broken: it is counted and left out, the rest is read.
 * @throws invalid `linkage.file-empty`, `linkage.not-utf8`, `linkage.mostly-broken`
 */
export function readCsv(file: string, { begin, progress }: Options): CsvOutcome {
  const descriptor = openSync(file, 'r')
  try {
    const size = fstatSync(descriptor).size
    const state = newState(begin)
    let buffer = new Uint8Array(chunkBytes + longestCell * 2)
    let kept = 0
    for (let read = 0; ;) {
      if (buffer.length - kept < chunkBytes) buffer = enlarged(buffer, kept)
      const got = readSync(descriptor, buffer, kept, chunkBytes, null)
      read += got
      const isLast = got === 0
      const end = isLast ? endedByLine(buffer, kept) : kept + got
      const used = takeRows(state, buffer.subarray(0, end), isLast)
      if (isLast) break
      buffer.copyWithin(0, used, end)
      kept = end - used
      progress?.(read, size)
    }
    return outcomeOf(state)
  } finally {
    closeSync(descriptor)
  }
}

function enlarged(buffer: Uint8Array<ArrayBuffer>, kept: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(buffer.length * 2, kept + chunkBytes))
  larger.set(buffer.subarray(0, kept))
  return larger
}

/** A last row without a line end gets one. */
function endedByLine(buffer: Uint8Array, end: number): number {
  if (end === 0 || buffer[end - 1] === 10) return end
  buffer[end] = 10
  return end + 1
}

type State = {
  begin: (headings: string[]) => TakeRow
  take: TakeRow | null
  delimiter: number
  columns: number
  line: number
  outcome: CsvOutcome
  starts: Int32Array
  ends: Int32Array
}

function newState(begin: State['begin']): State {
  return {
    begin,
    take: null,
    delimiter: 44,
    columns: 0,
    line: 1,
    outcome: { rows: 0, broken: 0, brokenLines: [] },
    starts: new Int32Array(mostColumns),
    ends: new Int32Array(mostColumns),
  }
}

function outcomeOf({ take, outcome }: State): CsvOutcome {
  if (take === null || outcome.rows + outcome.broken === 0) throw invalid('linkage.file-empty')
  if (outcome.broken > outcome.rows)
    throw invalid('linkage.mostly-broken', { broken: outcome.broken, line: outcome.brokenLines[0] ?? 0 })
  return outcome
}

/** Takes the whole rows of a buffer; returns how many bytes they were. */
function takeRows(state: State, bytes: Uint8Array, isLast: boolean): number {
  let at = 0
  if (state.take === null) {
    at = takeHeadings(state, bytes)
    if (at === 0) {
      if (isLast && bytes.length > 0) throw invalid('linkage.file-empty')
      return 0
    }
  }
  if (!isUtf8(bytes.subarray(at, bytes.lastIndexOf(10) + 1))) throw invalid('linkage.not-utf8', { line: state.line })
  for (;;) {
    const next = scanRow(state, bytes, at, isLast)
    if (next < 0) return at
    at = next
  }
}

function takeHeadings(state: State, bytes: Uint8Array): number {
  const end = bytes.indexOf(10)
  if (end < 0) return 0
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw invalid('linkage.not-utf8', { line: 1 })
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  if (!isUtf8(bytes.subarray(0, end))) throw invalid('linkage.not-utf8', { line: 1 })
  const line = bytes.subarray(from, end)
  const counts = [59, 9, 44, 124].map((sign) => ({ sign, count: line.filter((byte) => byte === sign).length }))
  state.delimiter = counts.reduce((best, one) => (one.count > best.count ? one : best)).sign
  const next = cutRow(state, bytes, from)
  if (next < 0) return 0
  const decoder = new TextDecoder()
  const words = Array.from({ length: cells }, (_none, index) =>
    decoder.decode(bytes.subarray(state.starts[index], state.ends[index])).trim(),
  )
  state.columns = words.length
  state.take = state.begin(words)
  return next
}

let cells = 0

/** Hands one row on; returns where the next begins, -1 where the row does not end within the buffer. */
function scanRow(state: State, bytes: Uint8Array, from: number, isLast: boolean): number {
  if (from >= bytes.length) return -1
  const line = state.line
  let next = cutRow(state, bytes, from)
  const isStray = next === -2 || (next === -1 && isLast)
  if (next === -1 && !isLast) return -1
  if (isStray) {
    const end = bytes.indexOf(10, from)
    next = end < 0 ? bytes.length : end + 1
    state.line = line + 1
  }
  if (!isStray && cells === 1 && state.ends[0] === state.starts[0]) return next
  if (isStray || cells !== state.columns) {
    state.outcome.broken++
    if (state.outcome.brokenLines.length < 20) state.outcome.brokenLines.push(line)
  } else {
    state.outcome.rows++
    state.take?.(bytes, state.starts, state.ends, cells)
  }
  return next
}

/**
 * Finds the cells of one row, blanks at their ends left out.
 * @returns where the next row begins; -1: the row is not whole, -2: a quotation mark never ends
 */
function cutRow(state: State, bytes: Uint8Array, from: number): number {
  const { starts, ends, delimiter } = state
  const length = bytes.length
  let at = from
  let count = 0
  doubled.length = 0
  for (;;) {
    while (at < length && bytes[at] === 32) at++
    let start = at
    let end: number
    if (bytes[at] === 34) {
      const closing = unquote(state, bytes, at + 1)
      if (closing < 0) return closing
      start = quoted.start
      end = quoted.end
      if (quoted.isDoubled) doubled.push(count)
      at = closing
      while (at < length && bytes[at] !== delimiter && bytes[at] !== 10) at++
    } else {
      while (at < length && bytes[at] !== delimiter && bytes[at] !== 10) at++
      end = at
    }
    if (at >= length) return -1
    if (bytes[at] === 10 && end > start && bytes[end - 1] === 13) end--
    while (end > start && bytes[end - 1] === 32) end--
    if (count < mostColumns) {
      starts[count] = start
      ends[count++] = end
    }
    at++
    if (bytes[at - 1] === 10) break
  }
  for (const cell of doubled) if (cell < count) ends[cell] = drawTogether(bytes, starts[cell] ?? 0, ends[cell] ?? 0)
  state.line++
  cells = count
  return at
}

const doubled: number[] = []

const quoted = { start: 0, end: 0, isDoubled: false }

/** Finds the end of a quoted cell; returns where to read on. Nothing is changed before the row is known to be whole. */
function unquote(state: State, bytes: Uint8Array, from: number): number {
  let at = from
  quoted.isDoubled = false
  for (;;) {
    const mark = bytes.indexOf(34, at)
    if (mark < 0) return bytes.length - from > longestCell ? -2 : -1
    if (mark - from > longestCell) return -2
    if (bytes[mark + 1] !== 34) {
      if (mark + 1 >= bytes.length) return -1
      quoted.start = from
      quoted.end = mark
      for (let line = from; line < mark; line++) if (bytes[line] === 10) state.line++
      return mark + 1
    }
    quoted.isDoubled = true
    at = mark + 2
  }
}

/** Doubled marks of a cell become one, in place; returns where the cell then ends. */
function drawTogether(bytes: Uint8Array, from: number, end: number): number {
  let to = from
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0
    bytes[to++] = byte
    if (byte === 34) at++
  }
  return to
}
