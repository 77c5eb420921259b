import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { withConnection } from '../database/connect.ts'
import { placeOfFile } from '../files.ts'
import { columnList, listHidden, listSequences, listTables, quote, sameLetters, sumOf, type Table } from './content.ts'
import { entryOf, keptOfHome, layout, type Manifest, type Seal } from './manifest.ts'
import { seal } from './seal.ts'
import { tarEnd, tarHeader, tarPadding } from './tar.ts'
import { UnusableBackup } from './unusable.ts'

/** What is backed up: the database as its owner sees it, and the data directory beside it. */
export type Source = { ownerUrl: string; home: string; country: string; version: string; now: Date }
export type Made = { path: string; bytes: number; manifest: Manifest; seal: Seal }

/** Rows are laid in entries of about this size, so that no more than one is held in memory. */
const pieceBytes = 4 * 1024 * 1024

/**
 * Writes a backup of database and files, of one moment, while the server runs. The file appears whole or not at all, and
 * only its owner can read it.
 *
 * @param passphrase encrypts it; undefined = not encrypted
 */
export async function writeBackup(source: Source, file: string, passphrase: string | undefined): Promise<Made> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.part`
  await rm(draft, { force: true })
  try {
    const told = await withConnection(source.ownerUrl, async (client) => {
      await client.query('begin isolation level repeatable read')
      const archive = openArchive(client, source)
      const written = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
      const zip = createGzip({ level: 5 })
      if (passphrase === undefined) await pipeline(archive.bytes, zip, written)
      else await pipeline(archive.bytes, zip, (zipped: AsyncIterable<Buffer>) => seal(zipped, passphrase), written)
      await client.query('rollback')
      return archive.told()
    })
    await chmod(draft, 0o600)
    await rename(draft, file)
    await syncDirectory(path.dirname(file))
    return { path: file, bytes: (await stat(file)).size, ...told }
  } finally {
    await rm(draft, { force: true })
  }
}

type Archive = { bytes: () => AsyncGenerator<Buffer>; told: () => { manifest: Manifest; seal: Seal } }

function openArchive(client: pg.Client, source: Source): Archive {
  const hash = createHash('sha256')
  const mtime = Math.floor(source.now.getTime() / 1000)
  let manifest: Manifest | undefined
  const end: Seal = { sha256: '', rows: 0, files: 0, gaps: [] }
  const whole = (name: string, body: Buffer) =>
    Buffer.concat([tarHeader(name, body.length, mtime), body, tarPadding(body.length)])
  async function* content(): AsyncGenerator<Buffer> {
    const { made, tables } = await describe(client, source)
    manifest = made
    yield whole(entryOf.manifest, Buffer.from(JSON.stringify(made, null, 1)))
    for (const table of tables)
      for await (const { piece, at } of rowsOf(client, table)) {
        end.rows += count(piece)
        yield whole(entryOf.rows(table, at), piece)
      }
    for (const name of keptOfHome) {
      const kept = await readFile(path.join(source.home, name)).catch(missing)
      if (kept !== undefined) yield whole(entryOf.home(name), kept)
    }
    for await (const sha256 of namesOfFiles(client)) yield* storedFile(source, sha256, { mtime, end })
  }
  return {
    async *bytes() {
      for await (const piece of content()) {
        hash.update(piece)
        yield piece
      }
      end.sha256 = hash.digest('hex')
      yield Buffer.concat([whole(entryOf.seal, Buffer.from(JSON.stringify(end))), tarEnd])
    },
    told() {
      if (manifest === undefined) throw new Error('the backup was not written')
      return { manifest, seal: end }
    },
  }
}

/** Takes the snapshot, keeps the tables from being altered, and counts. Nothing of it outlives the transaction. */
async function describe(client: pg.Client, source: Source): Promise<{ made: Manifest; tables: Table[] }> {
  await client.query(sameLetters)
  await client.query(`select set_config('mangnon.everywhere', 'yes', true)`)
  const tables = await listTables(client)
  if (!tables.some((table) => table.schema === 'platform' && table.name === 'migration'))
    throw new UnusableBackup('nothing-there')
  const names = tables.map((table) => quote(client, table))
  await client.query(`lock table ${names.join(', ')} in access share mode`)
  // Only where row security would hide rows from the owner too; rolled back with the transaction, never committed.
  for (const table of await listHidden(client))
    await client.query(`alter table ${quote(client, table)} no force row level security`)
  const { rows: servers } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::integer as version`,
  )
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>(
    'select number, name, checksum from platform.migration order by number',
  )
  const summed: Manifest['tables'] = []
  for (const table of tables) summed.push({ ...table, ...(await sumOf(client, table)) })
  const made: Manifest = {
    layout,
    version: source.version,
    madeAt: source.now.toISOString(),
    country: source.country,
    database: servers[0]?.version ?? 0,
    migrations,
    tables: summed,
    sequences: await listSequences(client),
  }
  return { made, tables }
}

/** The rows of a table as COPY writes them, cut at ends of rows. */
async function* rowsOf(client: pg.Client, table: Table): AsyncGenerator<{ piece: Buffer; at: number }> {
  const rows = client.query(copyTo(`copy (select ${columnList(client, table)} from ${quote(client, table)}) to stdout`))
  let held: Buffer[] = []
  let length = 0
  let at = 0
  for await (const piece of rows as AsyncIterable<Buffer>) {
    held.push(piece)
    length += piece.length
    if (length < pieceBytes) continue
    const all = Buffer.concat(held)
    const end = all.lastIndexOf(0x0a) + 1
    if (end > 0) yield { piece: all.subarray(0, end), at: at++ }
    held = [all.subarray(end)]
    length = all.length - end
  }
  if (length > 0) yield { piece: Buffer.concat(held), at }
}

/** How many rows: COPY writes one line feed for each, and none within one. */
export function count(rows: Buffer): number {
  let lines = 0
  for (let at = rows.indexOf(0x0a); at !== -1; at = rows.indexOf(0x0a, at + 1)) lines++
  return lines
}

async function* namesOfFiles(client: pg.Client): AsyncGenerator<string> {
  const there = await client.query(`select to_regclass('platform.stored_file') is not null as there`)
  if (there.rows[0]?.there !== true) return
  const lines = client.query(copyTo('copy (select distinct sha256 from platform.stored_file order by 1) to stdout'))
  let rest = ''
  for await (const piece of lines as AsyncIterable<Buffer>) {
    const names = (rest + piece.toString('utf8')).split('\n')
    rest = names.pop() ?? ''
    yield* names
  }
}

/** One file of the store, checked while it is read; a gap where it is missing, or not what its name says. */
async function* storedFile(
  source: Source,
  sha256: string,
  { mtime, end }: { mtime: number; end: Seal },
): AsyncGenerator<Buffer> {
  const place = placeOfFile(path.join(source.home, 'files'), sha256)
  const size = (await stat(place).catch(missing))?.size
  if (size === undefined || (await hashOf(place)) !== sha256) {
    end.gaps.push(sha256)
    return
  }
  end.files++
  yield tarHeader(entryOf.file(sha256), size, mtime)
  for await (const piece of createReadStream(place) as AsyncIterable<Buffer>) yield piece
  yield tarPadding(size)
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) hash.update(piece)
  return hash.digest('hex')
}

function missing(fault: NodeJS.ErrnoException): undefined {
  if (fault.code !== 'ENOENT') throw fault
}

async function syncDirectory(directory: string): Promise<void> {
  const opened = await open(directory, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
