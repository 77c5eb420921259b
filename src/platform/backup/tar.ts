import { createHash, type Hash } from 'node:crypto'
import { UnusableBackup } from './unusable.ts'

const block = 512

/** One entry of a POSIX tar (ustar): what `tar` itself reads and writes. Names have at most 99 bytes. */
export function tarHeader(name: string, size: number, mtimeSeconds: number): Buffer {
  const header = Buffer.alloc(block)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  if (Buffer.byteLength(name) > 99 || size >= 8 ** 11) throw new Error(`${name} does not fit into a tar`)
  header.write(name, 0)
  header.write(octal(0o600, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(mtimeSeconds, 12), 136)
  header.write('        0', 148) // the checksum is counted over spaces; 0 = a regular file
  header.write('ustar\x0000', 257)
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return header
}

/** What follows a body of this size up to the next whole block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block)
}

export const tarEnd: Buffer = Buffer.alloc(2 * block)

export type Entry = {
  name: string
  size: number
  /** SHA-256 of every byte of the archive before this entry. */
  before: string
  /** To be read to its end before the next entry. */
  body: () => AsyncGenerator<Buffer>
}

/** Reads a tar as a stream, entry by entry. @throws UnusableBackup where it is cut off or not one */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  const bytes = openBytes(source)
  for (;;) {
    const before = bytes.hash.copy().digest('hex')
    const header = await bytes.take(block)
    if (header.every((byte) => byte === 0)) return
    const { name, size } = parseHeader(header)
    let left = size
    const body = async function* (): AsyncGenerator<Buffer> {
      while (left > 0) {
        const piece = await bytes.upTo(Math.min(left, 1024 * 1024))
        left -= piece.length
        yield piece
      }
    }
    yield { name, size, before, body }
    for await (const piece of body()) void piece // what the reader left
    await bytes.take(tarPadding(size).length)
  }
}

function parseHeader(header: Buffer): { name: string; size: number } {
  const text = (from: number, to: number) =>
    header
      .toString('utf8', from, to)
      .replace(/\0[^]*$/, '')
      .trim()
  const counted = Buffer.from(header)
    .fill(' ', 148, 156)
    .reduce((sum, byte) => sum + byte, 0)
  if (Number.parseInt(text(148, 156), 8) !== counted) throw new UnusableBackup('damaged')
  return { name: text(0, 100), size: Number.parseInt(text(124, 136), 8) }
}

type Bytes = { hash: Hash; take: (size: number) => Promise<Buffer>; upTo: (size: number) => Promise<Buffer> }

/** Bytes of a stream as many as one asks for, all of them hashed in passing. */
function openBytes(source: AsyncIterable<Buffer>): Bytes {
  const stream = source[Symbol.asyncIterator]()
  const hash = createHash('sha256')
  let held: Buffer = Buffer.alloc(0)
  /** At least one byte and at most so many. */
  const upTo = async (size: number): Promise<Buffer> => {
    while (held.length === 0) {
      const next = await stream.next()
      if (next.done === true) throw new UnusableBackup('truncated')
      held = next.value
    }
    const piece = held.subarray(0, size)
    held = held.subarray(piece.length)
    hash.update(piece)
    return piece
  }
  const take = async (size: number): Promise<Buffer> => {
    const pieces: Buffer[] = []
    for (let got = 0; got < size;) {
      const piece = await upTo(size - got)
      pieces.push(piece)
      got += piece.length
    }
    return Buffer.concat(pieces)
  }
  return { hash, take, upTo }
}
