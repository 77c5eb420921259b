import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { changeUrl, withConnection } from '../../src/platform/database/connect.ts'
import { checksumOf, migrate, readMigrations } from '../../src/platform/database/migrate.ts'
import { closeServerFunctions, ensureAppGroup, ensureLogin } from '../../src/platform/database/roles.ts'

/** What test files need to make databases of their own; handed to them through `inject`. */
export type TestServer = {
  /** A role that may create databases, on the database `postgres`. */
  adminUrl: string
  /** The migrated database that is cloned. */
  template: string
  owner: { name: string; password: string }
  app: { name: string; password: string }
}

const root = join(import.meta.dirname, '..', '..')

/** Home of the server kept for test runs of this checkout and account: short, outside the checkout. */
export function testHome(): string {
  const name = createHash('sha256').update(`${process.getuid?.()} ${root}`).digest('hex').slice(0, 12)
  const home = join(tmpdir(), `mangnon-test-${name}`)
  mkdirSync(home, { recursive: true, mode: 0o711 })
  chmodSync(home, 0o711)
  return home
}

/** Makes roles and the migrated template on a server, once for each state of the migrations. */
export async function prepareTestServer(adminUrl: string): Promise<TestServer> {
  const migrations = readMigrations(join(root, 'db', 'migrations'))
  const template = `template_${checksumOf(migrations).slice(0, 16)}`
  const owner = { name: 'mangnon_test_owner', password: 'test-owner' }
  const app = { name: 'mangnon_test_login', password: 'test-app' }
  await withConnection(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(4321)') // two runs on one server take turns
    await ensureAppGroup(client)
    await ensureLogin(client, owner.name, owner.password, { memberOfApp: false })
    await ensureLogin(client, app.name, app.password, { memberOfApp: true })
    await dropOldDatabases(client, template)
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount === 0) {
      const unfinished = `${template}_new`
      await client.query(`drop database if exists ${unfinished} with (force)`)
      await client.query(`create database ${unfinished} owner ${owner.name}`)
      const url = changeUrl(adminUrl, { database: unfinished, user: owner.name, password: owner.password })
      await migrate(url, migrations)
      await withConnection(changeUrl(adminUrl, { database: unfinished }), closeServerFunctions)
      await client.query(`alter database ${unfinished} rename to ${template}`)
    }
    await client.query('select pg_advisory_unlock(4321)')
  })
  return { adminUrl, template, owner, app }
}

/** Removes templates of other states of the migrations, and clones that a killed run left. */
async function dropOldDatabases(client: pg.Client, template: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database d
     where (datname like 'template\\_%' and datname not in ('template0', 'template1', $1) or datname like 'clone\\_%')
       and not exists (select from pg_stat_activity a where a.datid = d.oid)
       and coalesce((pg_stat_file('base/' || d.oid || '/PG_VERSION', true)).modification < now() - interval '1 hour', true)`,
    [template],
  )
  for (const { name } of rows) await client.query(`drop database if exists ${client.escapeIdentifier(name)}`)
}
