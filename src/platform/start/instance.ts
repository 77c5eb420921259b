import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { backUpBeforeMigrating } from '../backup/automatic.ts'
import type { Config } from '../config.ts'
import { openDatabase, withConnection } from '../database/connect.ts'
import type { Connections, Database } from '../database/database.ts'
import { openEmbedded } from '../database/embedded.ts'
import { openExternal } from '../database/external.ts'
import { migrate, readMigrations } from '../database/migrate.ts'
import { readFacts } from './facts.ts'
import { refusals } from './unsafe-settings.ts'

/** A database that is open, safe and up to date. */
export type Instance = {
  config: Config
  /** As the application's role: for everything. */
  db: Kysely<Database>
  /** As the role that owns the tables: for loading reference data. */
  ownerDb: Kysely<Database>
  connections: Connections
  /** Names of the migrations applied by this start. */
  applied: string[]
  /** Where the state before them was backed up; undefined when there was nothing to lose, or the operator turned it off. */
  backup: string | undefined
  /** Closes the pools, and the embedded server when this process answers for it. */
  close: () => Promise<void>
}

/** The settings or the place are not safe; codes as `unsafeSettings` gives them, words under `platform.unsafe-<code>`. */
export class UnsafeSettings extends Error {
  readonly codes: readonly string[]

  constructor(codes: readonly string[]) {
    super(`Unsafe settings: ${codes.join(', ')}`)
    this.name = 'UnsafeSettings'
    this.codes = codes
  }
}

export type OpenInstance = {
  /** A command beside a running product: uses its embedded server. */
  besideRunning?: boolean
  onConnectionLost?: (error: Error) => void
}

export const migrationsDirectory = join(import.meta.dirname, '..', '..', '..', 'db', 'migrations')

/**
 * Opens the configured database: embedded or external, refused when unsafe, migrated.
 *
 * @throws HomeInUse, UnsupportedPlatform, UnusableDatabase, UnsafeSettings, MigrationError
 */
export async function openInstance(config: Config, options: OpenInstance = {}): Promise<Instance> {
  const connections = await openConnections(config, options.besideRunning === true)
  try {
    const facts = await readFacts(connections, config.home)
    const accounts = await countDemonstrationAccounts(connections.ownerUrl)
    const codes = refusals(config, { ...facts, demonstrationAccounts: accounts })
    if (codes.length > 0) throw new UnsafeSettings(codes)
    const migrations = readMigrations(migrationsDirectory)
    const backup = await backUpBeforeMigrating(config, connections, migrations)
    const applied = await migrate(connections.ownerUrl, migrations)
    return { ...openPools(config, connections, options), applied: applied.map((migration) => migration.name), backup }
  } catch (error) {
    await connections.stop()
    throw error
  }
}

/** False when opening would first make the embedded database. */
export function hasDatabase({ databaseUrl, home }: Config): boolean {
  return databaseUrl !== undefined || existsSync(join(home, 'pgdata', 'PG_VERSION'))
}

/** Opens the configured database, embedded or external, as it is. @throws HomeInUse, UnsupportedPlatform, UnusableDatabase */
export async function openConnections(config: Config, besideRunning: boolean): Promise<Connections> {
  const { databaseUrl, appDatabaseUrl, home } = config
  if (databaseUrl === undefined) return openEmbedded({ home, besideRunning })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  return openExternal({ home, databaseUrl, appDatabaseUrl })
}

function openPools(
  config: Config,
  connections: Connections,
  options: OpenInstance,
): Omit<Instance, 'applied' | 'backup'> {
  const { statementTimeoutMs } = config
  const { onConnectionLost } = options
  const db = openDatabase(connections.appUrl, { pool: config.databasePool, statementTimeoutMs, onConnectionLost })
  const ownerDb = openDatabase(connections.ownerUrl, { pool: 2, statementTimeoutMs: 600_000, onConnectionLost })
  return {
    config,
    db,
    ownerDb,
    connections,
    close: async () => {
      await Promise.all([db.destroy(), ownerDb.destroy()])
      await connections.stop()
    },
  }
}

/** Read before migrating, so the table may not be there yet. */
async function countDemonstrationAccounts(ownerUrl: string): Promise<number> {
  return withConnection(ownerUrl, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('access.person') is not null as there`)
    if (rows[0]?.there !== true) return 0
    await client.query('begin read only')
    await client.query(`select set_config('mangnon.everywhere', 'yes', true)`)
    const found = await client.query<{ count: number }>('select count(*) from access.person where is_demonstration')
    await client.query('rollback')
    return found.rows[0]?.count ?? 0
  })
}
