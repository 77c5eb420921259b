import { CamelCasePlugin, Kysely, PostgresDialect, sql, type DatabaseConnection, type Dialect } from 'kysely'
import pg from 'pg'
import type { Database } from '../../../src/platform/database/database.ts'
import { typeParsers } from '../../../src/platform/database/values.ts'

/** A database on which every transaction of the product can be undone: each is a savepoint within one that never commits. */
export type DryDatabase = {
  db: Kysely<Database>
  /** Undoes what was done since the last call, or since it was opened. */
  undo: () => Promise<void>
  close: () => Promise<void>
}

/** Opens one connection. Requests must come one after the other. */
export async function openDry(url: string): Promise<DryDatabase> {
  const client = new pg.Client({
    connectionString: url,
    options: '-c timezone=UTC -c datestyle=ISO',
    types: typeParsers,
  })
  await client.connect()
  await client.query('begin')
  await client.query('savepoint base')
  const pool = {
    connect: () => Promise.resolve({ query: client.query.bind(client), release: () => undefined }),
    end: () => Promise.resolve(),
  }
  const db = new Kysely<Database>({
    dialect: inSavepoints(new PostgresDialect({ pool: pool as never })),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return {
    db,
    async undo() {
      await client.query('rollback to savepoint base')
      // what the product set for its own transaction would otherwise last as long as ours
      await client.query(
        "select set_config(name, '', true) from unnest(array['mangnon.person', 'mangnon.viewers', 'mangnon.agency', 'mangnon.everywhere']) name",
      )
    },
    close: () => client.end(),
  }
}

/** The dialect with savepoints for transactions. */
function inSavepoints(dialect: PostgresDialect): Dialect {
  const execute = (connection: DatabaseConnection, text: ReturnType<typeof sql>) =>
    connection.executeQuery(text.compile(bare)).then(() => undefined)
  const bare = new Kysely<Database>({ dialect })
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver() {
      const driver = dialect.createDriver()
      return {
        init: () => driver.init(),
        acquireConnection: () => driver.acquireConnection(),
        beginTransaction: (connection) => execute(connection, sql`savepoint request`),
        commitTransaction: (connection) => execute(connection, sql`release savepoint request`),
        rollbackTransaction: async (connection) => {
          await execute(connection, sql`rollback to savepoint request`)
          await execute(connection, sql`release savepoint request`)
        },
        releaseConnection: (connection) => driver.releaseConnection(connection as never),
        destroy: () => Promise.resolve(),
      }
    },
  }
}
