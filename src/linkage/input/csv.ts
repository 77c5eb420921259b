import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { markAfter, newMarks, seekMarks, type Marks } from './marks.ts'

/** Receives one row: the cells lie in `bytes` from `starts[i]` to `ends[i]`. The memory is used again for the next row. */
export type TakeRow = (bytes: Uint8Array, starts: Int32Array, ends: Int32Array, count: number) => void

/** What was read, and what could not be. `brokenLines` are the first few by line number. */
export type CsvOutcome = { rows: number; broken: number; brokenLines: number[] }

/** The heading row of a file, and where the rows begin. */
export type CsvHead = { headings: string[]; delimiter: number; from: number; line: number; size: number }

/** Bytes of a file: rows that begin from `from` up to `to`. Where a row begins is known only `isExact`; else after a line end. */
export type CsvStretch = { from: number; to: number; isExact: boolean; delimiter: number; columns: number }

/** What was read of a stretch: rows that begin from `start` up to `end`, where the next row begins. Lines count from 0. */
export type StretchOutcome = CsvOutcome & { start: number; end: number; lines: number; notUtf8: number | null }

/** Bytes read at a time. */
export const chunkBytes = 4 << 20
/** A quoted cell longer than this is a stray quotation mark, not a cell. */
const longestCell = 1 << 17
const mostColumns = 1024
/** Of broken rows so many lines are told. */
export const mostBrokenLines = 20

/**
 * Reads the rows of a stretch in one pass of bounded memory. A row with another number of cells than the heading is broken:
 * it is counted and left out, the rest is read.
 */
export function readStretch(
  file: string,
  stretch: CsvStretch,
  take: TakeRow,
  progress?: (readBytes: number) => void,
): StretchOutcome {
  const descriptor = openSync(file, 'r')
  try {
    const state = newState(stretch.delimiter, take)
    state.columns = stretch.columns
    let buffer = new Uint8Array(chunkBytes + longestCell * 2)
    let position = stretch.isExact ? stretch.from : lineAfter(descriptor, stretch.from, buffer)
    const start = position
    let kept = 0
    for (let isLast = false; !isLast && position < stretch.to;) {
      if (buffer.length - kept < chunkBytes) buffer = enlarged(buffer, kept)
      const got = readSync(descriptor, buffer, kept, chunkBytes, position + kept)
      isLast = got === 0
      const end = isLast ? endedByLine(buffer, kept) : kept + got
      const used = takeRows(state, buffer.subarray(0, end), stretch.to - position, isLast)
      position += Math.min(used, isLast ? kept : used)
      if (state.notUtf8 !== null) break
      buffer.copyWithin(0, used, end)
      kept = end - used
      progress?.(position - start)
    }
    return { ...state.outcome, start, end: position, lines: state.line, notUtf8: state.notUtf8 }
  } finally {
    closeSync(descriptor)
  }
}

/** Where the first line after `from` begins, or the file's end. */
function lineAfter(descriptor: number, from: number, buffer: Uint8Array): number {
  for (let position = from - 1; ;) {
    const got = readSync(descriptor, buffer, 0, chunkBytes, position)
    if (got === 0) return position
    const end = buffer.subarray(0, got).indexOf(10)
    if (end >= 0) return position + end + 1
    position += got
  }
}

function enlarged(buffer: Uint8Array<ArrayBuffer>, kept: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(buffer.length * 2, kept + chunkBytes))
  larger.set(buffer.subarray(0, kept))
  return larger
}

/** A last row without a line end gets one. */
export function endedByLine(buffer: Uint8Array, end: number): number {
  if (end === 0 || buffer[end - 1] === 10) return end
  buffer[end] = 10
  return end + 1
}

type State = {
  take: TakeRow | null
  marks: Marks
  /** Where the row after the last one begins: marks are known from there. */
  next: number
  columns: number
  line: number
  outcome: CsvOutcome
  notUtf8: number | null
  starts: Int32Array
  ends: Int32Array
}

function newState(delimiter: number, take: TakeRow | null): State {
  return {
    take,
    marks: newMarks(delimiter),
    next: -1,
    columns: 0,
    line: 0,
    outcome: { rows: 0, broken: 0, brokenLines: [] },
    notUtf8: null,
    starts: new Int32Array(mostColumns),
    ends: new Int32Array(mostColumns),
  }
}

/** Takes the whole rows of a buffer that begin before `until`; returns how many bytes they were. */
function takeRows(state: State, bytes: Uint8Array, until: number, isLast: boolean): number {
  if (!isUtf8(bytes.subarray(0, bytes.lastIndexOf(10) + 1))) {
    state.notUtf8 = state.line
    return 0
  }
  let at = 0
  state.next = -1
  while (at < until) {
    const next = scanRow(state, bytes, at, isLast)
    if (next < 0) break
    at = next
  }
  return at
}

/** Cuts the row that begins at `from`; null where it does not end within the bytes. */
export function cutOneRow(
  bytes: Uint8Array,
  from: number,
  delimiter: number,
): { words: string[]; next: number; lines: number } | null {
  const state = newState(delimiter, null)
  const next = cutRow(state, bytes, from)
  if (next < 0) return null
  const decoder = new TextDecoder()
  const words = Array.from({ length: cells }, (_none, index) =>
    decoder.decode(bytes.subarray(state.starts[index], state.ends[index])).trim(),
  )
  return { words, next, lines: state.line }
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
    if (state.outcome.brokenLines.length < mostBrokenLines) state.outcome.brokenLines.push(line)
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
  const { starts, ends, marks } = state
  const { places } = marks
  if (state.next !== from) seekMarks(marks, from)
  let at = from
  let count = 0
  doubled.length = 0
  for (;;) {
    while (bytes[at] === 32) at++
    let start = at
    let end = -1
    if (bytes[at] === 34) {
      const closing = unquote(state, bytes, at + 1)
      if (closing < 0) return closing
      start = quoted.start
      end = quoted.end
      if (quoted.isDoubled) doubled.push(count)
      at = closing
    }
    let mark: number
    do mark = marks.next < marks.count ? (places[marks.next++] ?? 0) : markAfter(marks, bytes)
    while (mark < at)
    if (mark >= bytes.length) return -1
    at = mark
    if (end < 0) end = at
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
  state.next = at
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
