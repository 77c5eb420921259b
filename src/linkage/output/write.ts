import { accessSync, closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { invalid } from '#platform'

/**
 * Writes a file whole or not at all: beside its place first, then moved into it. What is interrupted leaves nothing that
 * could pass for a result.
 * @throws invalid `linkage.not-written` (disk full, no such folder, no right to write)
 */
export function writeWhole(file: string, pieces: Iterable<string>): void {
  const beside = `${file}.${process.pid}.part`
  const forget = () => rmSync(beside, { force: true })
  const interrupted = () => {
    forget()
    process.exit(130)
  }
  // Before others who would end the program: what is beside must be gone by then.
  process.prependOnceListener('SIGINT', interrupted)
  process.prependOnceListener('SIGTERM', interrupted)
  try {
    const descriptor = openSync(beside, 'w')
    try {
      for (const piece of batched(pieces)) writeAll(descriptor, piece)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, file)
  } catch (cause) {
    forget()
    throw notWritten(file, cause)
  } finally {
    process.removeListener('SIGINT', interrupted)
    process.removeListener('SIGTERM', interrupted)
  }
}

/** A disk nearly full takes a part of what is written and says so only the next time. */
function writeAll(descriptor: number, piece: Uint8Array): void {
  for (let at = 0; at < piece.length;) at += writeSync(descriptor, piece, at)
}

/**
 * Refuses a place that cannot be written to before any work is done.
 * @throws invalid `linkage.not-written`
 */
export function refuseUnwritable(file: string): void {
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK)
  } catch (cause) {
    throw notWritten(file, cause)
  }
}

/** @returns invalid `linkage.not-written` */
export function notWritten(file: string, cause: unknown): Error {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return invalid('linkage.not-written', { file, reason })
}

function* batched(pieces: Iterable<string>): Iterable<Buffer> {
  let batch = ''
  for (const piece of pieces) {
    batch += piece
    if (batch.length < 1 << 20) continue
    yield Buffer.from(batch)
    batch = ''
  }
  yield Buffer.from(batch)
}

/** A cell of CSV, in quotation marks where it needs them. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
