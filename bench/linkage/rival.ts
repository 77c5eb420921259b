import { createRequire } from 'node:module'
import path from 'node:path'

/** A table of DuckDB's answer: one array a row. */
export type Ask = (sql: string) => Promise<unknown[][]>

type Connection = { runAndReadAll: (sql: string) => Promise<{ getRows: () => unknown[][] }> }
type DuckDb = {
  DuckDBInstance: {
    create: (file: string, settings: Record<string, string>) => Promise<{ connect: () => Promise<Connection> }>
  }
}

/** Opens DuckDB in memory, or says how to get it: it is no dependency of the product. */
export async function openRival(threads: number): Promise<Ask> {
  const folder = path.join(import.meta.dirname, '..', 'rivals')
  let duckdb: DuckDb
  try {
    duckdb = createRequire(path.join(folder, 'package.json'))('@duckdb/node-api') as DuckDb
  } catch (cause) {
    throw new Error('DuckDB is not installed: npm install --prefix bench/rivals --ignore-scripts', { cause })
  }
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: String(threads) })
  const connection = await instance.connect()
  return async (sql) => (await connection.runAndReadAll(sql)).getRows()
}
