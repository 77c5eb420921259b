import type pg from 'pg'

/** A table of ours and its columns in their order, without generated ones. */
export type Table = { schema: string; name: string; columns: string[] }
export type Sequence = { name: string; value: string | null }
/** What is in a table, independent of the order of its rows: equal rows give equal sums on every server. */
export type Sum = { rows: number; sum: string }

export const ours = `n.nspname not in ('information_schema', 'public') and n.nspname !~ '^pg_'`

export function quote(client: pg.Client, table: Table): string {
  return `${client.escapeIdentifier(table.schema)}.${client.escapeIdentifier(table.name)}`
}

export function columnList(client: pg.Client, table: Table): string {
  return table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
}

export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select n.nspname as schema, c.relname as name,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and c.relkind in ('r', 'p') and not c.relispartition
     order by n.nspname collate "C", c.relname collate "C"`,
  )
  return rows
}

export async function listSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
     from pg_sequences where schemaname not in ('information_schema', 'public') and schemaname !~ '^pg_' order by 1`,
  )
  return rows
}

/** The first 60 bits of SHA-256 of each row, added up: as exact as counting, and the same from PostgreSQL 15 to 18. */
export async function sumOf(client: pg.Client, table: Table): Promise<Sum> {
  const { rows } = await client.query<Sum>(
    `select count(*) as rows, coalesce(sum(('x' || left(encode(sha256(convert_to(row(${columnList(client, table)})::text, 'UTF8')), 'hex'), 15))
       ::bit(60)::bigint::numeric), 0)::text as sum from ${quote(client, table)}`,
  )
  const sum = rows[0]
  if (sum === undefined) throw new Error('a count gave no row')
  return sum
}

/** Settings under which every server writes a value in the same letters. */
export const sameLetters = `set local datestyle = iso; set local timezone = 'UTC'; set local intervalstyle = postgres;
  set local extra_float_digits = 1; set local bytea_output = hex; set local search_path = pg_catalog;
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '20s'`

/**
 * Tables that row security would not show whole to this role, though it acts for the whole country: no permissive policy
 * of reading is true for every row alike. To be called within a transaction that acts everywhere.
 */
export async function listHidden(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { restricted: boolean; policies: string[] }>(
    `select n.nspname as schema, c.relname as name, '{}'::text[] as columns,
       exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd in ('r', '*')) as restricted,
       array(select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = c.oid and p.polpermissive
         and p.polcmd in ('r', '*') and p.polroles = '{0}') as policies
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and c.relkind in ('r', 'p') and row_security_active(c.oid)`,
  )
  const hidden: Table[] = []
  for (const { restricted, policies, ...table } of rows)
    if (restricted || !(await someHolds(client, policies))) hidden.push(table)
  return hidden
}

async function someHolds(client: pg.Client, policies: readonly string[]): Promise<boolean> {
  for (const policy of policies) if (await holdsForAll(client, policy)) return true
  return false
}

/** Whether a policy's condition is true whatever the row: it begins with one that is, or names no column and is true. */
async function holdsForAll(client: pg.Client, condition: string): Promise<boolean> {
  // Both are true of one who acts everywhere.
  if (
    /^\((?:platform\.everywhere\(\)|\( SELECT platform\.(everywhere|sees_all)\(\) AS \1\)) OR [^]*\)$/.test(condition)
  )
    return true
  await client.query('savepoint before_condition')
  try {
    const { rows } = await client.query<{ holds: boolean }>(`select (${condition}) as holds`)
    return rows[0]?.holds === true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== '42703' && code !== '42P01') throw error // it names a column, so it depends on the row
    return false
  } finally {
    await client.query('rollback to savepoint before_condition')
  }
}
