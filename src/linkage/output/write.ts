import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { invalid } from '#platform'

/**
 * Writes a file whole or not at all: beside its place first, then moved into it. What is interrupted leaves nothing that
 * could pass for a result.
 * @throws invalid `linkage.not-written` (disk full, no such folder, no right to write)
 */
export async function writeWhole(file: string, pieces: Iterable<string>): Promise<void> {
  const beside = besideOf(file)
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
      for (const piece of batched(pieces)) {
        writeAll(descriptor, piece)
        // So that who interrupts is heard.
        await setImmediate()
      }
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
 * Refuses places for results that cannot be written to, before any work is done: also those that are given twice, and files
 * that are to be read, which a result would destroy.
 * @throws invalid `linkage.not-written`, `linkage.same-file`
 */
export function refusePlaces(outputs: readonly (string | undefined)[], inputs: readonly (string | undefined)[]): void {
  const taken = new Set(inputs.flatMap((file) => (file === undefined ? [] : [placeOf(file)])))
  for (const file of outputs) {
    if (file === undefined) continue
    refuseUnwritable(file)
    const place = placeOf(file)
    if (taken.has(place)) throw invalid('linkage.same-file', { file })
    taken.add(place)
  }
}

/** One name for a file by whatever path it is called, whether it is there already or not. */
function placeOf(file: string): string {
  const resolved = path.resolve(file)
  if (existsSync(resolved)) return realpathSync(resolved)
  const folder = path.dirname(resolved)
  return existsSync(folder) ? path.join(realpathSync(folder), path.basename(resolved)) : resolved
}

/** Rights alone do not tell whether something can be written (a disk mounted to be read only): so it is tried. Folders and devices would be replaced. */
function refuseUnwritable(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() === false) throw notWritten(file, found.isDirectory() ? 'EISDIR' : 'ENOTSUP')
  const beside = besideOf(file)
  try {
    closeSync(openSync(beside, 'w'))
    rmSync(beside)
  } catch (cause) {
    throw notWritten(file, cause)
  }
}

/** Where a result is written before it is whole. */
function besideOf(file: string): string {
  return `${file}.${process.pid}.part`
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
