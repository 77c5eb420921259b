import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { unzipSync } from 'fflate'
import { invalid, type Visit } from '#platform'

/** As much as one payload may come to, unpacked; and how much of one is held in memory. */
const payloadLimits = { bytes: 400 * 1024 * 1024, heldBytes: 16 * 1024 * 1024, zipBytes: 16 * 1024 * 1024 }

/** A payload that lies still and may be read more than once. */
export type Payload = { open: () => Readable; size: number; close: () => Promise<void> }

/**
 * Takes a payload in, unpacked where it is packed: small ones in memory, larger ones on disk until `close`.
 * @throws invalid `platform.too-large`, `platform.unreadable-request`
 */
export async function takePayload(visit: Pick<Visit, 'body' | 'encoding' | 'contentType'>): Promise<Payload> {
  const isGzip = /gzip/i.test(visit.encoding) || /application\/(x-)?gzip/i.test(visit.contentType)
  const isZip = /application\/zip/i.test(visit.contentType)
  const came = visit.body()
  const bytes: AsyncIterable<Uint8Array> = isGzip ? came.pipe(unpacking(came)) : isZip ? unzipped(came) : came
  return holdBytes(bytes)
}

function unpacking(from: Readable) {
  const gunzip = createGunzip()
  from.on('error', (fault) => gunzip.destroy(fault))
  return gunzip
}

async function* unzipped(came: Readable): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of came) {
    size += (chunk as Uint8Array).byteLength
    if (size > payloadLimits.zipBytes) throw invalid('platform.too-large')
    parts.push(chunk as Uint8Array)
  }
  let files: Record<string, Uint8Array>
  try {
    let seen = 0
    files = unzipSync(Buffer.concat(parts), {
      filter: ({ originalSize }) => {
        if (originalSize > payloadLimits.bytes / 8) throw invalid('platform.too-large')
        return ++seen === 1
      },
    })
  } catch (fault) {
    throw fault instanceof Error && fault.name === 'Problem' ? fault : invalid('platform.unreadable-request')
  }
  const [only] = Object.values(files)
  if (only === undefined) throw invalid('platform.unreadable-request')
  yield only
}

async function holdBytes(bytes: AsyncIterable<Uint8Array>): Promise<Payload> {
  const held: Uint8Array[] = []
  let size = 0
  const place = path.join(tmpdir(), `mangnon-exchange-${randomUUID()}`)
  let isOnDisk = false
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    yield* held.splice(0)
    for await (const chunk of counting) yield chunk
  }
  const counting = (async function* () {
    try {
      for await (const chunk of bytes) {
        size += chunk.byteLength
        if (size > payloadLimits.bytes) throw invalid('platform.too-large')
        yield chunk
      }
    } catch (fault) {
      throw fault instanceof Error && 'code' in fault && String(fault.code).startsWith('Z_')
        ? invalid('platform.unreadable-request')
        : fault
    }
  })()
  for (let next = await counting.next(); next.done !== true; next = await counting.next()) {
    held.push(next.value)
    if (size <= payloadLimits.heldBytes) continue
    isOnDisk = true
    await pipeline(Readable.from(counted()), createWriteStream(place, { flags: 'wx', mode: 0o600 })).catch(
      async (fault: unknown) => {
        await rm(place, { force: true })
        throw fault
      },
    )
    break
  }
  if (isOnDisk)
    return {
      size,
      open: () => createReadStream(place, { highWaterMark: 256 * 1024 }),
      close: () => rm(place, { force: true }),
    }
  const whole = Buffer.concat(held)
  return { size, open: () => Readable.from(pieces(whole)), close: () => Promise.resolve() }
}

function* pieces(whole: Buffer): Generator<Buffer> {
  const step = 256 * 1024
  for (let at = 0; at < whole.length; at += step) yield whole.subarray(at, at + step)
}
