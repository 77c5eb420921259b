import { inflateRawSync } from 'node:zlib'
import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'

/** One file of an archive as its directory tells it. */
interface Entry {
  name: string
  method: number
  packed: number
  offset: number
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50

/**
 * Opens a zip archive and gives its parts one by one. Only asked parts are unpacked, each bounded by what really comes
 * out (declared sizes are not believed), and all of them together.
 *
 * @throws UnreadableDocument `too-large`, `damaged-archive`, `archive-too-large`
 */
export function openArchive(bytes: Uint8Array): { names: string[]; part: (name: string) => string | null } {
  if (bytes.length > limits.archiveBytes) {
    throw new UnreadableDocument('too-large', { bytes: bytes.length, limit: limits.archiveBytes })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = directoryOf(bytes, view)
  let left: number = limits.partBytes
  return {
    names: [...entries.keys()],
    part: (name) => {
      const entry = entries.get(name)
      if (!entry) return null
      const data = unpack(bytes, view, entry, left)
      left -= data.length
      return new TextDecoder(encodingOf(data)).decode(data)
    },
  }
}

function encodingOf(data: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (data[0] === 0xff && data[1] === 0xfe) return 'utf-16le'
  return data[0] === 0xfe && data[1] === 0xff ? 'utf-16be' : 'utf-8'
}

function directoryOf(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = endOfDirectory(bytes, view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const entries = new Map<string, Entry>()
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature)
      throw new UnreadableDocument('damaged-archive')
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    entries.set(name, {
      name,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The directory's end record stands in the last 64 KiB, before a comment. */
function endOfDirectory(bytes: Uint8Array, view: DataView): number {
  const lowest = Math.max(0, bytes.length - 65_557)
  for (let at = bytes.length - 22; at >= lowest; at -= 1) if (view.getUint32(at, true) === endSignature) return at
  throw new UnreadableDocument('damaged-archive')
}

function unpack(bytes: Uint8Array, view: DataView, entry: Entry, allowed: number): Uint8Array {
  const { offset, packed, method } = entry
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localSignature)
    throw new UnreadableDocument('damaged-archive')
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packed > bytes.length) throw new UnreadableDocument('damaged-archive')
  const data = bytes.subarray(start, start + packed)
  if (method === 0) {
    if (data.length > allowed) throw new UnreadableDocument('archive-too-large', { limit: limits.partBytes })
    return data
  }
  if (method !== 8) throw new UnreadableDocument('damaged-archive')
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, allowed) })
  } catch (cause) {
    const isTooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    throw new UnreadableDocument(
      isTooLarge ? 'archive-too-large' : 'damaged-archive',
      isTooLarge ? { limit: limits.partBytes } : {},
      cause,
    )
  }
}
