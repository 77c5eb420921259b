import { inflateRawSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { invalid } from '#platform'

/** Most rows a list may have: the greatest reform so far had some 11,000. */
const mostRows = 20_000
/** Most that an .xlsx may unpack to. */
const mostBytes = 40_000_000

/**
 * Reads the first sheet of an .xlsx, or a .csv in UTF-8 (commas, semicolons or tabs), as rows of text.
 *
 * @throws invalid `agencies.reform-file-unreadable`, `agencies.reform-file-too-long`
 */
export async function readTableFile(bytes: Uint8Array): Promise<string[][]> {
  const rows = bytes[0] === 0x50 && bytes[1] === 0x4b ? await readSheet(bytes) : readText(bytes)
  if (rows.length > mostRows) throw invalid('agencies.reform-file-too-long', { rows: mostRows })
  return rows
}

function unreadable(cause?: unknown): never {
  throw Object.assign(invalid('agencies.reform-file-unreadable'), { cause })
}

function readText(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8').decode(bytes)
  if (text.includes('\u0000') || text.includes('\ufffd')) return unreadable()
  const head = text.slice(0, text.indexOf('\n') + 1 || undefined)
  const [delimiter = ','] = [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)
  try {
    return parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true })
  } catch (fault) {
    return unreadable(fault)
  }
}

async function readSheet(bytes: Uint8Array): Promise<string[][]> {
  if (unpackedSize(bytes) > mostBytes) return unreadable()
  // Four hundred modules that a server begins faster without.
  const { Workbook } = await import('@cj-tech-master/excelts')
  const book = new Workbook()
  try {
    await book.xlsx.load(bytes)
  } catch (fault) {
    return unreadable(fault)
  }
  const [sheet] = book.worksheets
  if (sheet === undefined || sheet.rowCount > mostRows + 1) return unreadable()
  const rows: string[][] = []
  sheet.eachRow((row) => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      cells[column - 1] = cell.text
    })
    rows.push(Array.from(cells, (cell) => cell ?? ''))
  })
  return rows
}

/** What an archive really unpacks to; declared sizes are not believed. More than allowed counts as endless. */
function unpackedSize(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let total = 0
  for (let at = 0; at + 46 <= bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    const packed = view.getUint32(at + 20, true)
    const local = view.getUint32(at + 42, true)
    if (local + 30 > bytes.length) return Number.POSITIVE_INFINITY
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const part = bytes.subarray(start, start + packed)
    if (view.getUint16(at + 10, true) === 0) total += part.length
    else
      try {
        total += inflateRawSync(part, { maxOutputLength: mostBytes }).length
      } catch (fault) {
        if (fault instanceof Error) return Number.POSITIVE_INFINITY
        throw fault
      }
    if (total > mostBytes) return total
  }
  return total
}
