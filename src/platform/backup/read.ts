import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { entryOf, Manifest, Seal } from './manifest.ts'
import { isSealed, unseal } from './seal.ts'
import { readTar, type Entry } from './tar.ts'
import { UnusableBackup } from './unusable.ts'
import { count } from './write.ts'

/** What to do with the parts of an archive as they come. Each body must be read to its end, or not at all. */
export type Visitor = {
  manifest?: (manifest: Manifest) => Promise<void>
  rows?: (table: Manifest['tables'][number], bytes: Buffer) => Promise<void>
  file?: (sha256: string, body: AsyncIterable<Buffer>) => Promise<void>
  home?: (name: string, bytes: Buffer) => Promise<void>
}

/**
 * Reads an archive from its first to its last byte, checks every hash and count on the way, and hands the parts to the
 * visitor. Whoever must not act on half an archive reads it twice.
 *
 * @throws UnusableBackup
 */
export async function readBackup(
  file: string,
  passphrase: string | undefined,
  visitor: Visitor = {},
): Promise<{ manifest: Manifest; seal: Seal }> {
  const tar = readTar(await openTar(file, passphrase))
  const first = await tar.next()
  if (first.done === true || first.value.name !== entryOf.manifest) throw new UnusableBackup('not-a-backup')
  const manifest = parse(Manifest, await whole(first.value))
  await visitor.manifest?.(manifest)
  const seen = { rows: new Map<string, number>(), files: 0 }
  for (;;) {
    const { done, value: entry } = await tar.next()
    if (done === true) throw new UnusableBackup('truncated')
    if (entry.name !== entryOf.seal) {
      await visit(entry, manifest, { visitor, seen })
      continue
    }
    const seal = parse(Seal, await whole(entry))
    const rows = [...seen.rows.values()].reduce((sum, one) => sum + one, 0)
    if (seal.sha256 !== entry.before || seal.files !== seen.files || seal.rows !== rows)
      throw new UnusableBackup('damaged')
    for (const table of manifest.tables)
      if ((seen.rows.get(`${table.schema}.${table.name}`) ?? 0) !== table.rows) throw new UnusableBackup('damaged')
    if ((await tar.next()).done !== true) throw new UnusableBackup('damaged')
    return { manifest, seal }
  }
}

type Seen = { rows: Map<string, number>; files: number }

async function visit(entry: Entry, manifest: Manifest, { visitor, seen }: { visitor: Visitor; seen: Seen }) {
  const [top = '', name = ''] = entry.name.split('/')
  if (top === 'tables') {
    const table = manifest.tables.find((one) => `${one.schema}.${one.name}` === name)
    if (table === undefined) throw new UnusableBackup('damaged')
    const bytes = await whole(entry)
    seen.rows.set(name, (seen.rows.get(name) ?? 0) + count(bytes))
    await visitor.rows?.(table, bytes)
  } else if (top === 'files') {
    seen.files++
    const hash = createHash('sha256')
    const passing = async function* () {
      for await (const piece of entry.body()) {
        hash.update(piece)
        yield piece
      }
    }
    if (visitor.file === undefined) for await (const piece of passing()) void piece
    else await visitor.file(name, passing())
    if (hash.digest('hex') !== name) throw new UnusableBackup('damaged')
  } else if (top === 'home') await visitor.home?.(name, await whole(entry))
  else throw new UnusableBackup('damaged')
}

async function openTar(file: string, passphrase: string | undefined): Promise<AsyncIterable<Buffer>> {
  const opened = await open(file, 'r')
  const { buffer } = await opened.read(Buffer.alloc(64), 0, 64, 0)
  await opened.close()
  const stream = createReadStream(file) as AsyncIterable<Buffer>
  if (isSealed(buffer)) {
    if (passphrase === undefined) throw new UnusableBackup('passphrase-needed')
    return gunzip(unseal(stream, passphrase))
  }
  if (buffer.readUInt16BE(0) !== 0x1f8b) throw new UnusableBackup('not-a-backup')
  return gunzip(stream)
}

async function* gunzip(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const from = Readable.from(source)
  const unzipped = createGunzip()
  from.once('error', (fault) => unzipped.destroy(fault))
  try {
    yield* from.pipe(unzipped) as AsyncIterable<Buffer>
  } catch (fault) {
    throw explained(fault)
  } finally {
    from.destroy()
  }
}

async function whole(entry: Entry): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of entry.body()) pieces.push(piece)
  return Buffer.concat(pieces)
}

function parse<Kind extends z.ZodType>(kind: Kind, bytes: Buffer): z.infer<Kind> {
  try {
    return kind.parse(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    throw new UnusableBackup('not-a-backup', '', { cause })
  }
}

/** What zlib says of damaged bytes, in our words. */
function explained(fault: unknown): unknown {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  if (code === 'Z_BUF_ERROR') return new UnusableBackup('truncated', '', { cause: fault })
  return code.startsWith('Z_') ? new UnusableBackup('damaged', '', { cause: fault }) : fault
}
