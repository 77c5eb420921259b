import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { invalid } from '../errors.ts'
import { csvRow, delimiterOf, type SheetLimits, type SheetRow } from './read.ts'

/** So many bytes hold the first line of any table of ours. */
const mostHeadBytes = 64 * 1024

/**
 * Reads a .csv row by row as `readSheet` does, holding a few rows at a time however long the file is. Rows without a word are
 * left out. What comes is torn down when the reader stops.
 * @throws invalid `platform.sheet-unreadable` where it is no UTF-8 or quotes do not close, `platform.sheet-too-large`
 */
export async function* streamCsv(bytes: Readable, limits: SheetLimits): AsyncGenerator<SheetRow> {
  try {
    yield* rowsOf(textOf(bytes), limits)
  } finally {
    bytes.destroy()
  }
}

async function* rowsOf(text: AsyncGenerator<string>, limits: SheetLimits): AsyncGenerator<SheetRow> {
  let head = ''
  for (let next = await text.next(); next.done !== true; next = await text.next()) {
    head += next.value
    if (/[\r\n]/.test(head) || head.length > mostHeadBytes) break
  }
  const parser = parse({
    ...{ delimiter: delimiterOf(head), relax_column_count: true, max_record_size: 100_000, bom: true },
  })
  const fed = feed(parser, head, text)
  let number = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number++
      if (number > limits.rows) throw invalid('platform.sheet-too-large', { most: limits.rows })
      const row = csvRow(record, number, limits)
      if (row.cells.some((cell) => cell !== '')) yield row
    }
    await fed
  } catch (fault) {
    throw fault instanceof CsvError ? invalid('platform.sheet-unreadable') : fault
  } finally {
    parser.destroy()
    await fed.catch(() => undefined) // what went wrong is told by the parser
  }
}

/** Hands the text on as fast as it is read. */
async function feed(parser: ReturnType<typeof parse>, head: string, text: AsyncGenerator<string>): Promise<void> {
  try {
    if (head !== '') await put(parser, head)
    for await (const piece of text) {
      if (parser.destroyed) return
      await put(parser, piece)
    }
    parser.end()
  } catch (fault) {
    parser.destroy(fault instanceof Error ? fault : new Error('unreadable'))
    throw fault
  }
}

function put(parser: ReturnType<typeof parse>, piece: string): Promise<void> | undefined {
  if (parser.write(piece)) return undefined
  return new Promise((resolve) => {
    const goOn = () => {
      parser.off('drain', goOn)
      parser.off('close', goOn)
      resolve()
    }
    parser.on('drain', goOn)
    parser.on('close', goOn)
  })
}

async function* textOf(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch (fault) {
      throw fault instanceof TypeError ? invalid('platform.sheet-unreadable') : fault
    }
  }
  for await (const chunk of bytes) yield decode(chunk as Uint8Array)
  yield decode()
}
