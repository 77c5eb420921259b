import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import path from 'node:path'
import type pg from 'pg'
import type { Config } from '../config.ts'
import { withConnection } from '../database/connect.ts'
import type { Connections } from '../database/database.ts'
import { readCatalogue } from '../database/generate/catalogue.ts'
import { schemaText } from '../database/generate/schema-text.ts'
import { MigrationError, pendingMigrations, readMigrations } from '../database/migrate.ts'
import { placeOfFile } from '../files.ts'
import { readFacts } from '../start/facts.ts'
import { migrationsDirectory } from '../start/instance.ts'
import { refusals, unsafeSettings } from '../start/unsafe-settings.ts'
import { finding, type Finding } from './finding.ts'
import { firstLine } from './place.ts'

/** How many stored files are read and hashed. */
const sampled = 200

/** Everything that is asked of the database, in the order in which one fault explains the next. */
export async function checkDatabase(config: Config, connections: Connections, now: Date): Promise<Finding[]> {
  const safety = await checkSafety(config, connections)
  const migrations = await checkMigrations(connections.ownerUrl)
  if (migrations.state === 'fault' || migrations.code.endsWith('migrations-none')) return [...safety, migrations]
  const isCurrent = migrations.state === 'ok'
  return [
    ...safety,
    migrations,
    ...(isCurrent ? [await checkSchema(connections.ownerUrl)] : []),
    await asOwner(connections.ownerUrl, (client) => checkFiles(client, path.join(config.home, 'files'))),
    ...(await asOwner(connections.ownerUrl, (client) => checkJobs(client, now))),
  ]
}

/** Versions, roles, durability, clock: what a start refuses is a fault, what it would refuse in production a warning. */
async function checkSafety(config: Config, connections: Connections): Promise<Finding[]> {
  const read = await readFacts(connections, config.home)
  const facts = { ...read, demonstrationAccounts: 0 } // counted by the start itself
  const refused = new Set(refusals(config, facts))
  const version = Math.floor(facts.databaseVersion / 10_000)
  const skew = Math.abs(facts.clockSkewMs)
  return [
    finding('database', 'ok', 'database-ok', { version, place: connections.place }),
    ...unsafeSettings(config, facts).map((code): Finding => ({
      check: 'safety',
      state: refused.has(code) ? 'fault' : 'warning',
      code: `platform.unsafe-${code}`,
      params: {},
    })),
    finding('clock', skew > 5_000 ? 'warning' : 'ok', skew > 5_000 ? 'clock-off' : 'clock-ok', { ms: skew }),
  ]
}

async function checkMigrations(ownerUrl: string): Promise<Finding> {
  const migrations = readMigrations(migrationsDirectory)
  try {
    const pending = await pendingMigrations(ownerUrl, migrations)
    if (pending.length === migrations.length) return finding('migrations', 'warning', 'migrations-none')
    const params = { count: pending.length, last: migrations.at(-1)?.name ?? '' }
    return pending.length === 0
      ? finding('migrations', 'ok', 'migrations-ok', params)
      : finding('migrations', 'warning', 'migrations-pending', params)
  } catch (fault) {
    if (!(fault instanceof MigrationError)) throw fault
    return finding('migrations', 'fault', 'migrations-wrong', { detail: fault.message })
  }
}

/** Tables, policies, grants as the program's own description has them: a wall taken down by hand is seen here. */
async function checkSchema(ownerUrl: string): Promise<Finding> {
  const expected = readFileSync(path.join(migrationsDirectory, '..', 'schema.sql'), 'utf8').split('\n')
  const found = schemaText(await readCatalogue(ownerUrl)).split('\n')
  if (expected.join('\n') === found.join('\n')) return finding('schema', 'ok', 'schema-ok')
  const at = expected.findIndex((line, index) => line !== found[index])
  return finding('schema', 'fault', 'schema-differs', { line: (found[at] ?? expected[at] ?? '').trim().slice(0, 120) })
}

/** A sample of the stored files: each must be there and be what its name says. */
async function checkFiles(client: pg.Client, folder: string): Promise<Finding> {
  const { rows } = await client.query<{ sha256: string }>(
    `select sha256 from (select distinct sha256 from platform.stored_file) s order by random() limit $1`,
    [sampled],
  )
  const faulty: string[] = []
  for (const { sha256 } of rows) {
    const bytes = await readFile(placeOfFile(folder, sha256)).catch(() => undefined)
    if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256) faulty.push(sha256)
  }
  const params = { checked: rows.length, faulty: faulty.length, example: faulty[0] ?? '' }
  return finding('files', faulty.length > 0 ? 'fault' : 'ok', faulty.length > 0 ? 'files-faulty' : 'files-ok', params)
}

async function checkJobs(client: pg.Client, now: Date): Promise<Finding[]> {
  const { rows } = await client.query<{ waiting: number; stuck: number; failed: number }>(
    `select count(*) filter (where state in ('queued', 'running')) as waiting,
       count(*) filter (where (state = 'queued' and created_at < $1::timestamptz - interval '15 minutes')
         or (state = 'running' and heartbeat_at < $1::timestamptz - interval '5 minutes')) as stuck,
       count(*) filter (where state = 'failed' and finished_at > $1::timestamptz - interval '1 day') as failed
     from platform.job`,
    [now.toISOString()],
  )
  const { waiting = 0, stuck = 0, failed = 0 } = rows[0] ?? {}
  return [
    finding('jobs', stuck > 0 ? 'fault' : 'ok', stuck > 0 ? 'jobs-stuck' : 'jobs-ok', { waiting, count: stuck }),
    ...(failed > 0 ? [finding('jobs', 'warning', 'jobs-failed', { count: failed })] : []),
  ]
}

async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withConnection(ownerUrl, async (client) => {
    await client.query('begin read only')
    await client.query(`select set_config('mangnon.everywhere', 'yes', true)`)
    const result = await work(client)
    await client.query('rollback')
    return result
  })
}

/** A database that does not open, in one line. */
export function unreachable(fault: unknown, explained: string | undefined): Finding {
  return finding('database', 'fault', 'database-unreachable', { detail: explained ?? firstLine(fault) })
}
