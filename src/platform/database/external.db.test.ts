import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root, scratchDirectory } from '../../../test/kit/children.ts'
import { anEmptyDatabase } from '../../../test/kit/database.ts'
import { readConfig } from '../config.ts'
import { openInstance, UnsafeSettings } from '../start/instance.ts'
import { changeUrl, databaseOf, withConnection } from './connect.ts'
import { openExternal, UnusableDatabase } from './external.ts'
import { migrate, readMigrations } from './migrate.ts'

const scratch = scratchDirectory()
const home = scratch.path
let db: Awaited<ReturnType<typeof anEmptyDatabase>>
const made: string[] = []

/** A login role with these attributes that owns the test's database when asked. */
async function aRole(attributes: string, options: { owns?: boolean; givesGroup?: boolean } = {}): Promise<string> {
  const name = `r_${randomBytes(6).toString('hex')}`
  made.push(name)
  await withConnection(db.adminUrl, async (client) => {
    await client.query(`create role ${name} login password 'role' ${attributes}`)
    if (options.givesGroup === true) await client.query(`grant mangnon_app to ${name} with admin option`)
    if (options.owns === true) await client.query(`alter database ${databaseOf(db.adminUrl)} owner to ${name}`)
  })
  return changeUrl(db.adminUrl, { user: name, password: 'role' })
}

beforeEach(async () => {
  db = await anEmptyDatabase()
  made.push(`${databaseOf(db.adminUrl)}_login`)
})
afterEach(async () => {
  const { adminUrl } = db
  await db.drop()
  const elsewhere = changeUrl(adminUrl, { database: 'postgres' })
  await withConnection(elsewhere, async (client) => {
    for (const role of made.splice(0)) await client.query(`drop role if exists ${role}`)
  })
})
afterAll(() => scratch.remove())

describe('a server of the operator', () => {
  test('an owner who may create roles gets an application role that owns nothing, the same one at every start', async () => {
    const databaseUrl = await aRole('createrole', { owns: true, givesGroup: true })
    const first = await openExternal({ home, databaseUrl, appDatabaseUrl: undefined })
    await migrate(first.ownerUrl, readMigrations(path.join(root, 'db', 'migrations')))
    const second = await openExternal({ home, databaseUrl, appDatabaseUrl: undefined })
    expect(second.appUrl).toBe(first.appUrl)
    const { rows } = await withConnection(second.appUrl, (client) =>
      client.query(`select current_user::text as name, has_schema_privilege('platform', 'create') as creates,
        has_table_privilege('platform.migration', 'select') as reads, has_table_privilege('platform.migration', 'delete') as deletes`),
    )
    expect(rows).toEqual([{ name: `${databaseOf(databaseUrl)}_login`, creates: false, reads: true, deletes: false }])
    expect(second.place).not.toMatch(/role|@/)
    expect(readFileSync(path.join(home, 'secrets.json'), 'utf8')).toContain(databaseOf(databaseUrl))
  })

  test('nobody but the owner and the application may connect afterwards', async () => {
    const databaseUrl = await aRole('createrole', { owns: true, givesGroup: true })
    await openExternal({ home, databaseUrl, appDatabaseUrl: undefined })
    const stranger = await aRole('')
    await expect(withConnection(stranger, (client) => client.query('select 1'))).rejects.toThrow('permission denied')
  })

  test('an owner who may not create roles is told which setting is missing', async () => {
    const databaseUrl = await aRole('', { owns: true })
    const open = openExternal({ home, databaseUrl, appDatabaseUrl: undefined })
    await expect(open).rejects.toThrow(UnusableDatabase)
    await expect(open).rejects.toThrow('MANGNON_APP_DATABASE_URL')
  })

  test('an owner who may create roles, but not give the group of another, is told what to grant', async () => {
    const databaseUrl = await aRole('createrole', { owns: true })
    const opened = await openExternal({ home, databaseUrl, appDatabaseUrl: undefined }).catch((error: unknown) => error)
    const version = await withConnection(databaseUrl, (client) =>
      client.query<{ n: number }>(`select current_setting('server_version_num')::int8 as n`),
    )
    if ((version.rows[0]?.n ?? 0) >= 160_000) expect(String(opened)).toContain('grant mangnon_app to')
    else expect(opened).toMatchObject({ embedded: false })
  })

  test('an application role prepared by the administrator is used as it is', async () => {
    const databaseUrl = await aRole('', { owns: true })
    const appDatabaseUrl = await aRole('in role mangnon_app')
    const { appUrl } = await openExternal({ home, databaseUrl, appDatabaseUrl })
    expect(appUrl).toBe(appDatabaseUrl)
  })

  test.each([
    ['superuser', 'superuser'],
    ['bypassrls', 'bypassrls in role mangnon_app'],
    ['createrole', 'createrole in role mangnon_app'],
    ['no member', ''],
  ])('an application role is refused: %s', async (why, attributes) => {
    const databaseUrl = await aRole('', { owns: true })
    await expect(openExternal({ home, databaseUrl, appDatabaseUrl: await aRole(attributes) })).rejects.toThrow(why)
  })

  test('the owner itself is refused as application role', async () => {
    const databaseUrl = await aRole('in role mangnon_app', { owns: true })
    await expect(openExternal({ home, databaseUrl, appDatabaseUrl: databaseUrl })).rejects.toThrow(
      'owner of a database',
    )
  })

  test('two addresses that lead to different databases are refused', async () => {
    const databaseUrl = await aRole('', { owns: true })
    const app = await aRole('in role mangnon_app')
    const elsewhere = changeUrl(app, { database: 'postgres' })
    await expect(openExternal({ home, databaseUrl, appDatabaseUrl: elsewhere })).rejects.toThrow(
      'two different databases',
    )
  })

  test('a server that would lose acknowledged data is refused, and nothing is written to it', async () => {
    const databaseUrl = await aRole('createrole', { owns: true, givesGroup: true }) // the servers of the tests run without fsync
    const open = openInstance(readConfig({ DATABASE_URL: databaseUrl, MANGNON_HOME: home }))
    await expect(open).rejects.toThrow(UnsafeSettings)
    await expect(open).rejects.toThrow('fsync-off, synchronous-commit-off, full-page-writes-off')
    const { rows } = await withConnection(databaseUrl, (client) =>
      client.query(
        `select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = 'platform'`,
      ),
    )
    expect(rows).toEqual([{ count: 0 }])
  })
})
