import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { withConnection } from '../database/connect.ts'
import { migrateWithin, type Migration } from '../database/migrate.ts'
import { placeOfFile } from '../files.ts'
import { newId } from '../values.ts'
import {
  columnList,
  listHidden,
  listSequences,
  listTables,
  ours,
  quote,
  sameLetters,
  sumOf,
  type Table,
} from './content.ts'
import { keptOfHome, type Manifest, type Seal } from './manifest.ts'
import { readBackup } from './read.ts'
import { UnusableBackup } from './unusable.ts'

export type Target = {
  ownerUrl: string
  appUrl: string
  home: string
  country: string
  /** All migrations this program knows. */
  migrations: readonly Migration[]
  now: Date
  /** What else changes before the restored state is opened, in the same transaction: whoever was signed in is not any more. */
  afterLoading: (client: pg.Client) => Promise<void>
}

/**
 * Puts an instance back to what an archive holds. The archive is read whole and verified before anything is touched;
 * then all of the database happens in one transaction: schemas dropped, made anew by our own migrations up to the
 * backup's, loaded, compared table by table. A fault or a kill at any moment leaves the database as it was.
 *
 * No statement of the archive is run: tables and columns must be those the migrations make.
 *
 * @param replace whether an instance that holds data may be replaced
 * @throws UnusableBackup
 */
export async function restoreBackup(
  target: Target,
  archive: { file: string; passphrase: string | undefined },
  replace: boolean,
): Promise<{ manifest: Manifest; seal: Seal }> {
  const { file, passphrase } = archive
  const { manifest } = await readBackup(file, passphrase)
  const migrations = migrationsOf(manifest, target)
  const laid: string[] = []
  try {
    return await withConnection(target.ownerUrl, async (client) => {
      await client.query('begin')
      await client.query(sameLetters)
      await refuseOthers(client, target)
      if (!replace && (await holdsData(client))) throw new UnusableBackup('holds-data')
      const closed = await beginAnew(client, migrations, manifest)
      const files = path.join(target.home, 'files')
      const read = await readBackup(file, passphrase, {
        rows: (table, bytes) => loadRows(client, table, bytes),
        file: (sha256, body) => layFile(placeOfFile(files, sha256), body, laid),
        home: (name, bytes) => layKept(target.home, name, bytes),
      })
      await setSequences(client, manifest)
      await compare(client, manifest)
      await target.afterLoading(client)
      await tellAudit(client, target, manifest)
      for (const statement of closed) await client.query(statement)
      await proveKeys(client)
      await client.query('commit')
      return read
    })
  } catch (fault) {
    for (const place of laid) await rm(place, { force: true })
    throw fault
  }
}

/** The migrations the backup had, from this program's files. */
function migrationsOf(manifest: Manifest, target: Target): Migration[] {
  if (manifest.country !== target.country)
    throw new UnusableBackup('other-country', `${manifest.country} ≠ ${target.country}`)
  const known = new Map(target.migrations.map((migration) => [migration.number, migration]))
  return manifest.migrations.map((had) => {
    const migration = known.get(had.number)
    if (migration?.checksum !== had.checksum) throw new UnusableBackup('newer', `${had.name} (${manifest.version})`)
    return migration
  })
}

/** Nobody else may be connected as one of the product's two roles: what they hold in memory would be of another state. */
async function refuseOthers(client: pg.Client, target: Target): Promise<void> {
  const app = await withConnection(target.appUrl, async (other) => {
    const { rows } = await other.query<{ name: string }>('select current_user::text as name')
    return rows[0]?.name
  })
  for (let tries = 0; tries < 20; tries++) {
    const { rowCount } = await client.query(
      `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename in (current_user, $1)`,
      [app],
    )
    if (rowCount === 0) return
    await sleep(100) // one that just ended is still counted for a moment
    await client.query('select pg_stat_clear_snapshot()')
  }
  throw new UnusableBackup('still-running')
}

/** Whether any table holds a row, beside the record of migrations. Leaves nothing behind but locks of the transaction. */
async function holdsData(client: pg.Client): Promise<boolean> {
  await client.query(`select set_config('mangnon.everywhere', 'yes', true)`)
  for (const table of await listHidden(client))
    await client.query(`alter table ${quote(client, table)} no force row level security`)
  const kept = new Set(['migration', 'migration_lock'])
  for (const table of await listTables(client)) {
    if (table.schema === 'platform' && kept.has(table.name)) continue
    const { rowCount } = await client.query(`select 1 from ${quote(client, table)} limit 1`)
    if (rowCount === 1) return true
  }
  return false
}

/** The same, asked of a database as it stands. */
export async function isUsed(ownerUrl: string): Promise<boolean> {
  return withConnection(ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(sameLetters)
    const holds = await holdsData(client)
    await client.query('rollback')
    return holds
  })
}

/** Drops what there is, makes the tables of the backup's version, and opens them for loading. @returns the statements that close them again */
async function beginAnew(client: pg.Client, migrations: Migration[], manifest: Manifest): Promise<string[]> {
  const { rows: schemas } = await client.query<{ name: string }>(
    `select n.nspname as name from pg_namespace n where ${ours}`,
  )
  for (const { name } of schemas) await client.query(`drop schema ${client.escapeIdentifier(name)} cascade`)
  await client.query('reset search_path')
  await migrateWithin(client, migrations)
  await client.query(sameLetters)
  const tables = await listTables(client)
  const shape = (list: readonly Table[]) =>
    JSON.stringify(list.map((table) => [table.schema, table.name, table.columns]))
  if (shape(tables) !== shape(manifest.tables)) throw new UnusableBackup('newer', manifest.version)
  const closing = [...(await liftKeys(client)), ...(await liftWalls(client)), ...(await liftTriggers(client))]
  if (tables.length > 0) await client.query(`truncate ${tables.map((table) => quote(client, table)).join(', ')}`)
  return closing
}

/** Foreign keys are taken off and laid again over the loaded rows: the order of tables does not matter, and each is checked. */
async function liftKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ at: string; name: string; definition: string }>(
    `select conrelid::regclass::text as at, quote_ident(conname) as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${ours} and contype = 'f' and conparentid = 0`,
  )
  for (const key of rows) await client.query(`alter table ${key.at} drop constraint ${key.name}`)
  return rows.map((key) => `alter table ${key.at} add constraint ${key.name} ${key.definition}`)
}

/** What is proven by statements instead of by foreign keys is proven of all that was loaded, where the backup's version has such proofs. */
async function proveKeys(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select p.oid::regproc::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and p.proname = 'prove_keys'`,
  )
  for (const { name } of rows) await client.query(`select ${name}()`)
}

async function liftWalls(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ at: string }>(
    `select c.oid::regclass::text as at from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and c.relforcerowsecurity`,
  )
  for (const { at } of rows) await client.query(`alter table ${at} no force row level security`)
  return rows.map(({ at }) => `alter table ${at} force row level security`)
}

async function liftTriggers(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ at: string }>(
    `select distinct tgrelid::regclass::text as at from pg_trigger t join pg_class c on c.oid = t.tgrelid
     join pg_namespace n on n.oid = c.relnamespace where ${ours} and not t.tgisinternal`,
  )
  for (const { at } of rows) await client.query(`alter table ${at} disable trigger user`)
  return rows.map(({ at }) => `alter table ${at} enable trigger user`)
}

async function loadRows(client: pg.Client, table: Table, bytes: Buffer): Promise<void> {
  const into = client.query(copyFrom(`copy ${quote(client, table)} (${columnList(client, table)}) from stdin`))
  await pipeline(Readable.from([bytes]), into)
}

/** Bytes on the disk before the rows that name them; what lies there already under its hash stays. */
async function layFile(place: string, body: AsyncIterable<Buffer>, laid: string[]): Promise<void> {
  const isThere = await stat(place).then(
    () => true,
    () => false,
  )
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  const draft = `${place}.${randomUUID()}`
  const opened = await open(draft, 'wx', 0o600)
  try {
    for await (const piece of body) await opened.writeFile(piece)
    await opened.sync()
  } finally {
    await opened.close()
  }
  await rename(draft, place)
  if (!isThere) laid.push(place)
}

async function layKept(home: string, name: string, bytes: Buffer): Promise<void> {
  if (keptOfHome.includes(name)) await writeFile(path.join(home, name), bytes, { mode: 0o600 })
}

async function setSequences(client: pg.Client, manifest: Manifest): Promise<void> {
  const known = new Set((await listSequences(client)).map((sequence) => sequence.name))
  for (const { name, value } of manifest.sequences) {
    if (!known.has(name)) throw new UnusableBackup('damaged', name)
    if (value !== null) await client.query('select setval($1::regclass, $2::bigint)', [name, value])
  }
}

/** Counts and sums of every loaded table, asked of this database, against what the other one said of its own. */
async function compare(client: pg.Client, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) {
    const found = await sumOf(client, table)
    if (found.rows !== table.rows || found.sum !== table.sum)
      throw new UnusableBackup('not-equal', `${table.schema}.${table.name}: ${found.rows} ≠ ${table.rows}`)
  }
}

async function tellAudit(client: pg.Client, target: Target, manifest: Manifest): Promise<void> {
  const params = { madeAt: manifest.madeAt, version: manifest.version }
  await client.query(
    `insert into platform.audit_entry (id, at, action, outcome, params, request_id) values ($1, $2, 'platform.restored', 'done', $3, 'restore')`,
    [newId(), target.now.toISOString(), JSON.stringify(params)],
  )
}
