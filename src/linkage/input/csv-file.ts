import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { invalid } from '#platform'
import {
  chunkBytes,
  cutOneRow,
  endedByLine,
  mostBrokenLines,
  type CsvHead,
  type CsvOutcome,
  type StretchOutcome,
} from './csv.ts'

/**
 * Reads the heading row of a CSV file (comma, semicolon, tab or bar; quotation marks; UTF-8).
 * @throws invalid `linkage.file-empty`, `linkage.not-utf8`
 */
export function readHead(file: string): CsvHead {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const buffer = new Uint8Array(Math.min(size, chunkBytes) + 1)
    const got = readSync(descriptor, buffer, 0, buffer.length - 1, 0)
    const bytes = buffer.subarray(0, endedByLine(buffer, got))
    const end = bytes.indexOf(10)
    if (end < 0) throw invalid('linkage.file-empty')
    const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    if (isWide || !isUtf8(bytes.subarray(0, end))) throw invalid('linkage.not-utf8', { line: 1 })
    const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    const line = bytes.subarray(from, end)
    const counts = [59, 9, 44, 124].map((sign) => ({ sign, count: line.filter((byte) => byte === sign).length }))
    const delimiter = counts.reduce((best, one) => (one.count > best.count ? one : best)).sign
    const row = cutOneRow(bytes, from, delimiter)
    if (row === null) throw invalid('linkage.file-empty')
    return { headings: row.words, delimiter, from: row.next, line: row.lines, size }
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Puts together what was read of a file's stretches.
 * @throws invalid `linkage.file-empty`, `linkage.not-utf8`, `linkage.mostly-broken`
 */
export function joinOutcomes(head: CsvHead, stretches: readonly StretchOutcome[]): CsvOutcome {
  const outcome: CsvOutcome = { rows: 0, broken: 0, brokenLines: [] }
  let { line } = head
  for (const one of stretches) {
    if (one.notUtf8 !== null) throw invalid('linkage.not-utf8', { line: line + one.notUtf8 + 1 })
    outcome.rows += one.rows
    outcome.broken += one.broken
    for (const broken of one.brokenLines)
      if (outcome.brokenLines.length < mostBrokenLines) outcome.brokenLines.push(line + broken + 1)
    line += one.lines
  }
  if (outcome.rows + outcome.broken === 0) throw invalid('linkage.file-empty')
  if (outcome.broken > outcome.rows)
    throw invalid('linkage.mostly-broken', { broken: outcome.broken, line: outcome.brokenLines[0] ?? 0 })
  return outcome
}
