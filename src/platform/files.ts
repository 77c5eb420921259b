import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Context } from './context.ts'
import { notFound, Problem, unavailable } from './errors.ts'
import type { StoredFile } from './model.ts'
import { newId } from './values.ts'

/** The record a file lies under and the agency it belongs to. */
export type FileRecord = { kind: string; id: string; agencyId: string }

/** A place for bytes outside the database, by their SHA-256; written whole or not at all. */
export type FileStore = {
  write(bytes: Uint8Array): Promise<string>
  read(sha256: string): Promise<Buffer>
  /** Takes bytes in as they come, never all in memory. @throws Problem tooLarge where they are more than `mostBytes` */
  receive(chunks: AsyncIterable<Uint8Array>, mostBytes: number): Promise<ReceivedFile>
  /** The bytes from `start` on, piece by piece. */
  open(sha256: string, start: number): Promise<Readable>
}

/** Bytes that lie in the store and under no record yet. */
export type ReceivedFile = { sha256: string; size: number }

/** Where the bytes of this SHA-256 lie below the store's directory. */
export function placeOfFile(directory: string, sha256: string): string {
  return path.join(directory, sha256.slice(0, 2), sha256)
}

export function openFileStore(directory: string): FileStore {
  const placeOf = (sha256: string) => placeOfFile(directory, sha256)
  return {
    async write(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const place = placeOf(sha256)
      if (await isWhole(place, sha256)) return sha256
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
      const draft = `${place}.${randomUUID()}`
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, place)
      await syncDirectory(path.dirname(place))
      return sha256
    },
    async read(sha256) {
      const bytes = await readFile(placeOf(sha256)).catch((cause: unknown) => {
        throw unavailable('platform.file-missing', {}, cause)
      })
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw unavailable('platform.file-damaged')
      return bytes
    },
    receive: (chunks, mostBytes) => receive(directory, chunks, mostBytes),
    async open(sha256, start) {
      const place = placeOf(sha256)
      await stat(place).catch((cause: unknown) => {
        throw unavailable('platform.file-missing', {}, cause)
      })
      return createReadStream(place, { start, highWaterMark: 48 * 1024 })
    },
  }
}

const draftName = 'receiving.'
/** Whoever sends brings something every minute: a draft that is idle longer is nobody's. */
const idleMs = 600_000

/**
 * Takes away what was being received when the program was stopped. Drafts that are written to are left: another program
 * may be receiving into the same store.
 * @returns how many
 */
export async function sweepReceived(directory: string): Promise<number> {
  const names = await readdir(directory).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return []
    throw fault
  })
  let swept = 0
  for (const name of names.filter((one) => one.startsWith(draftName))) {
    const draft = path.join(directory, name)
    const written = await stat(draft).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return undefined // received meanwhile
      throw fault
    })
    if (written === undefined || Date.now() - written.mtimeMs < idleMs) continue
    await rm(draft, { force: true })
    swept++
  }
  return swept
}

/** Bytes come to a draft and get their name when the last is on disk; what is broken off leaves nothing. */
async function receive(directory: string, chunks: AsyncIterable<Uint8Array>, mostBytes: number): Promise<ReceivedFile> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const draft = path.join(directory, `${draftName}${randomUUID()}`)
  const file = await open(draft, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength
      if (size > mostBytes) throw new Problem('invalid', 'platform.too-large')
      hash.update(chunk)
      await file.writeFile(chunk) // goes on until all of it is written, unlike write
    }
    await file.sync()
    await file.close()
    const sha256 = hash.digest('hex')
    const place = placeOfFile(directory, sha256)
    if (await isWhole(place, sha256)) {
      await rm(draft)
      return { sha256, size }
    }
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
    await rename(draft, place)
    await syncDirectory(path.dirname(place))
    return { sha256, size }
  } catch (fault) {
    await file.close().catch(() => undefined) // closed already
    await rm(draft, { force: true })
    throw fault
  }
}

/** Whether the bytes lie there already, undamaged: what was damaged is written anew by whoever has it. */
async function isWhole(place: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  return pipeline(createReadStream(place), hash).then(
    () => hash.digest('hex') === sha256,
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return false
      throw fault
    },
  )
}

/** Puts a new name on the disk itself: without it a loss of power may take the file that a committed row names. */
async function syncDirectory(directory: string): Promise<void> {
  const opened = await open(directory, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

/** Keeps bytes under a record. The bytes are on disk before the row commits; a row never lacks its bytes. */
export async function storeFile(
  ctx: Context,
  files: FileStore,
  under: FileRecord,
  file: { name: string; mediaType: string; bytes: Uint8Array },
): Promise<StoredFile> {
  const sha256 = await files.write(file.bytes)
  return keepFile(ctx, under, { ...file, sha256, size: file.bytes.byteLength })
}

/** Keeps bytes that were received under a record. */
export async function keepFile(
  ctx: Context,
  under: FileRecord,
  file: ReceivedFile & { name: string; mediaType: string },
): Promise<StoredFile> {
  const stored = {
    id: newId(),
    name: safeName(file.name),
    mediaType: file.mediaType,
    size: file.size,
    sha256: file.sha256,
    storedAt: ctx.now,
  }
  await ctx.db
    .insertInto('platform.storedFile')
    .values({
      ...stored,
      recordKind: under.kind,
      recordId: under.id,
      agencyId: under.agencyId,
      personId: ctx.actor.personId,
    })
    .execute()
  return stored
}

const columns = ['id', 'name', 'mediaType', 'size', 'sha256', 'storedAt'] as const

export async function listFiles(
  ctx: Context,
  kind: string,
  recordIds: string[],
): Promise<(StoredFile & { recordId: string })[]> {
  if (recordIds.length === 0) return []
  return ctx.db
    .selectFrom('platform.storedFile')
    .select([...columns, 'recordId'])
    .where('recordKind', '=', kind)
    .where('recordId', 'in', recordIds)
    .orderBy('storedAt')
    .execute()
}

/** A file's bytes, only as a part of the record it lies under: both must match. @throws notFound */
export async function getFile(
  ctx: Context,
  files: FileStore,
  under: { kind: string; id: string },
  fileId: string,
): Promise<StoredFile & { bytes: Buffer }> {
  const row = await ctx.db
    .selectFrom('platform.storedFile')
    .select(columns)
    .where('id', '=', fileId)
    .where('recordKind', '=', under.kind)
    .where('recordId', '=', under.id)
    .executeTakeFirst()
  if (!row) throw notFound()
  return { ...row, bytes: await files.read(row.sha256) }
}

/**
 * Takes a file from under its record, where row security lets it go: its bytes are reached no more.
 * @returns what it was
 * @throws notFound
 */
export async function removeFile(
  ctx: Context,
  under: { kind: string; id: string },
  fileId: string,
): Promise<StoredFile> {
  const row = await ctx.db
    .deleteFrom('platform.storedFile')
    .where('id', '=', fileId)
    .where('recordKind', '=', under.kind)
    .where('recordId', '=', under.id)
    .returning(columns)
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** A file name that is only a name: no path, no control or direction characters, at most 200 characters. */
function safeName(name: string): string {
  const bare = name
    .normalize('NFC')
    .replace(/^.*[\\/]/u, '')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .trim()
  return bare.slice(0, 200).replace(/[\ud800-\udbff]$/u, '') || 'file'
}
