import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { withConnection } from './connect.ts'

/** One numbered SQL file. `checksum` is over the text with Unix line ends. */
export type Migration = { number: number; name: string; sql: string; checksum: string; breaking: boolean }

/** The migrations and the database do not fit together; the message says which file and how. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

const fileName = /^(\d{4})-([a-z0-9-]+)\.sql$/

/** Reads a directory of migrations in the order of their numbers; a number used twice is an error. */
export function readMigrations(directory: string): Migration[] {
  const migrations = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readMigration(directory, name))
  for (const [index, migration] of migrations.entries())
    if (migration.number === migrations[index + 1]?.number)
      throw new MigrationError(`Two migrations have the number of ${migration.name}`)
  return migrations
}

/** A digest over all migrations: changes when any does. */
export function checksumOf(migrations: readonly Migration[]): string {
  const text = migrations.map((migration) => `${migration.name} ${migration.checksum}`).join('\n')
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Brings a database up to date. Each file runs in one transaction with the record that it ran, so a kill at any moment
 * leaves whole steps only and the next start goes on. Two at once take turns on a lock row.
 *
 * @param url connection of the role that owns the database
 * @returns the files applied now, in order
 * @throws MigrationError when an applied file was changed, or the database is newer than this program
 */
export async function migrate(
  url: string,
  migrations: readonly Migration[],
  onApplied?: (migration: Migration) => void,
): Promise<Migration[]> {
  return withConnection(url, async (client) => {
    await prepareRecords(client)
    const applied: Migration[] = []
    for (;;) {
      const next = await applyNext(client, migrations)
      if (next === undefined) return applied
      applied.push(next)
      onApplied?.(next)
    }
  })
}

/** Applies all of them to an empty database within the transaction the connection has open: all or nothing. */
export async function migrateWithin(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query(records)
  for (const migration of migrations) await apply(client, migration)
}

/** The files not yet applied. @throws MigrationError as `migrate` */
export async function pendingMigrations(url: string, migrations: readonly Migration[]): Promise<Migration[]> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('platform.migration') is not null as there`,
    )
    return rows[0]?.there === true ? findPending(client, migrations) : [...migrations]
  })
}

function readMigration(directory: string, name: string): Migration {
  const number = fileName.exec(name)?.[1]
  if (number === undefined) throw new MigrationError(`${name} is not named like 0042-plans-add-task-outcome.sql`)
  const sql = readFileSync(join(directory, name), 'utf8').replaceAll('\r\n', '\n')
  const checksum = createHash('sha256').update(sql).digest('hex')
  return { number: Number(number), name, sql, checksum, breaking: /^--! breaking\b/.test(sql) }
}

async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<Migration | undefined> {
  await client.query('begin')
  try {
    await client.query('select 1 from platform.migration_lock where id = 1 for update')
    const next = (await findPending(client, migrations))[0]
    if (next !== undefined) await apply(client, next)
    await client.query('commit')
    return next
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection may be gone: then the server rolls back
    throw error
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new MigrationError(`${migration.name}: ${why}`, { cause })
  }
  await client.query('insert into platform.migration (number, name, checksum) values ($1, $2, $3)', [
    migration.number,
    migration.name,
    migration.checksum,
  ])
}

async function findPending(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
    'select number, name, checksum from platform.migration order by number',
  )
  const byNumber = new Map(migrations.map((migration) => [migration.number, migration]))
  for (const row of rows) {
    const file = byNumber.get(row.number)
    if (file === undefined) throw new MigrationError(`The database is newer than this program: it has had ${row.name}`)
    if (file.checksum !== row.checksum || file.name !== row.name)
      throw new MigrationError(`${row.name} was changed after it was applied to this database`)
  }
  const last = rows.at(-1)?.number ?? 0
  const done = new Set(rows.map((row) => row.number))
  const pending = migrations.filter((migration) => !done.has(migration.number))
  const late = pending.find((migration) => migration.number < last)
  if (late !== undefined) throw new MigrationError(`${late.name} comes before ${rows.at(-1)?.name}, which is applied`)
  return pending
}

/** The tables of the record itself; several servers may start at the same moment, hence the retries. */
async function prepareRecords(client: pg.Client): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(records)
      return
    } catch (error) {
      if (attempt === 20 || !isRace(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt))
    }
  }
}

/** unique_violation, duplicate_schema, duplicate_table, tuple concurrently updated */
function isRace(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === '23505' || code === '42P06' || code === '42P07' || code === 'XX000'
}

const records = `
set client_min_messages = warning;
create schema if not exists platform;
create table if not exists platform.migration (
  number integer primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now()
);
create table if not exists platform.migration_lock (id integer primary key check (id = 1));
insert into platform.migration_lock values (1) on conflict do nothing;
comment on table platform.migration is 'One row for each migration applied, with the checksum of its file.';
comment on table platform.migration_lock is 'One row; whoever migrates holds its lock.';
`
