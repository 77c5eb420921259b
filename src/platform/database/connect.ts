import { CamelCasePlugin, Kysely, PostgresDialect, type DatabaseConnection, type Dialect } from 'kysely'
import pg from 'pg'
import { PlanKeepingClient } from './plans-kept.ts'
import type { Database } from './tables.ts'
import { typeParsers } from './values.ts'

export type OpenDatabase = {
  /** Most connections kept; one request never needs more than one. */
  pool?: number
  statementTimeoutMs?: number
  /** Told when a connection breaks (the server went away), idle or in use; the pool opens a new one by itself. */
  onConnectionLost?: (error: Error) => void
}

/**
 * Opens a pool on one database. Rows come back with camelCase columns; dates, instants and money as text (`values.ts`).
 *
 * @param url `postgresql://user:password@host:port/database`; a Unix socket as `postgresql://user:password@/database?host=/dir`
 */
export function openDatabase(url: string, options: OpenDatabase = {}): Kysely<Database> {
  const statementTimeoutMs = options.statementTimeoutMs ?? 30_000
  const pool = new pg.Pool({
    Client: PlanKeepingClient,
    connectionString: url,
    max: options.pool ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 5_000,
    lock_timeout: Math.min(10_000, statementTimeoutMs),
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'mangnon',
    // Sets of half a million ids are looked up by hash in so much memory; with less the planner goes through them row by row.
    options:
      '-c timezone=UTC -c datestyle=ISO -c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c work_mem=32MB',
    types: typeParsers,
    pipeline: true,
  })
  const onLost = options.onConnectionLost ?? (() => undefined)
  // Each connection tells of its loss itself, also while it is in use: unheard, that event would end the process.
  pool.on('connect', (client) => client.on('error', onLost))
  pool.on('error', () => undefined) // said again by the pool for idle ones
  return new Kysely<Database>({
    dialect: beginningTogether(new PostgresDialect({ pool })),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

/**
 * Sends the beginning of a transaction together with its first statement: one way to the server and back less, for every request. Should it fail,
 * so does the commit.
 */
function beginningTogether(dialect: PostgresDialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => {
      const driver = dialect.createDriver()
      const begun = new WeakMap<DatabaseConnection, Promise<void>>()
      const begin = driver.beginTransaction.bind(driver)
      const commit = driver.commitTransaction.bind(driver)
      driver.beginTransaction = (connection, settings) => {
        const beginning = begin(connection, settings)
        beginning.catch(() => undefined) // told by the commit
        begun.set(connection, beginning)
        return Promise.resolve()
      }
      driver.commitTransaction = async (connection) => {
        await begun.get(connection)
        await commit(connection)
      }
      return driver
    },
  }
}

/** One plain connection, for statements that stand outside the tables: roles, databases, migrations. */
export async function withConnection<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'mangnon-start',
    options: '-c timezone=UTC -c datestyle=ISO',
    types: typeParsers,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The same server and rights, another database, role or password. */
export function changeUrl(url: string, change: { database?: string; user?: string; password?: string }): string {
  const [, scheme, user = '', password, place = '', database = '', query = ''] =
    /^(postgres(?:ql)?):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]*)(?:\/([^?]*))?(\?.*)?$/.exec(url) ?? []
  if (scheme === undefined) throw new Error('Not a PostgreSQL URL')
  const newUser = change.user === undefined ? user : encodeURIComponent(change.user)
  const newPassword = change.password === undefined ? password : encodeURIComponent(change.password)
  const newDatabase = change.database === undefined ? database : encodeURIComponent(change.database)
  return `${scheme}://${newUser}${newPassword === undefined ? '' : `:${newPassword}`}@${place}/${newDatabase}${query}`
}

/** URL of a database on a Unix socket. */
export function socketUrl(at: { directory: string; user: string; password: string; database: string }): string {
  return (
    `postgresql://${encodeURIComponent(at.user)}:${encodeURIComponent(at.password)}@/` +
    `${encodeURIComponent(at.database)}?host=${encodeURIComponent(at.directory)}`
  )
}

/** Name of the database a URL leads to. */
export function databaseOf(url: string): string {
  const name = /^[a-z]+:\/\/[^/?]*\/([^?]+)/.exec(url)?.[1]
  if (name === undefined) throw new Error('The database URL names no database')
  return decodeURIComponent(name)
}
