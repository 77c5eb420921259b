import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inject } from 'vitest'
import { variantOfRun } from '../graveyard/spoil.ts'
import { changeUrl, openDatabase, withConnection } from '../../src/platform/database/connect.ts'
import type { Database } from '../../src/platform/database/database.ts'

export type TestDatabase = {
  /** As the product connects: owns nothing, row security applies. */
  app: Kysely<Database>
  /** The role that owns the tables, to prepare what the product itself may not. Row security applies where forced. */
  owner: Kysely<Database>
  appUrl: string
  ownerUrl: string
  drop: () => Promise<void>
}

/** A migrated, empty database of its own for one test file: `const db = await aDatabase()`, `afterAll(() => db.drop())`. */
export async function aDatabase(): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `clone_${randomBytes(8).toString('hex')}`
  await withConnection(server.adminUrl, async (client) => {
    await client.query(
      `create database ${name} template ${server.template} owner ${server.owner.name} strategy file_copy`,
    )
  })
  const at = (role: { name: string; password: string }) =>
    changeUrl(server.adminUrl, { database: name, user: role.name, password: role.password })
  const appUrl = at(server.app)
  const ownerUrl = at(server.owner)
  const spoiling = variantOfRun()?.sql
  if (spoiling !== undefined) await withConnection(ownerUrl, (client) => client.query(spoiling))
  const app = openDatabase(appUrl, { pool: 5 })
  const owner = openDatabase(ownerUrl, { pool: 3 })
  return {
    app,
    owner,
    appUrl,
    ownerUrl,
    drop: async () => {
      await Promise.all([app.destroy(), owner.destroy()])
      await withConnection(server.adminUrl, (client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

/** An empty database, owned by the owner's role: for tests of migrations and of the start. */
export async function anEmptyDatabase(): Promise<{
  ownerUrl: string
  appUrl: string
  adminUrl: string
  drop: () => Promise<void>
}> {
  const server = inject('testServer')
  const name = `clone_${randomBytes(8).toString('hex')}`
  await withConnection(server.adminUrl, (client) => client.query(`create database ${name} owner ${server.owner.name}`))
  const at = (role: { name: string; password: string }) =>
    changeUrl(server.adminUrl, { database: name, user: role.name, password: role.password })
  return {
    ownerUrl: at(server.owner),
    appUrl: at(server.app),
    adminUrl: changeUrl(server.adminUrl, { database: name }),
    drop: async () => {
      await withConnection(server.adminUrl, (client) => client.query(`drop database ${name} with (force)`))
    },
  }
}
