import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type Database } from '#platform'
import { bodyId, calmLand, layLand } from '../../test/kit/access-world.ts'
import { aDatabase, type TestDatabase } from '../../test/kit/database.ts'

/** Tables that everyone may read: what the State publishes about itself, and the product's own bookkeeping without persons or bodies. */
const open = new Set([
  'territory',
  'agencies',
  'platform.migration',
  'platform.migration_lock',
  'platform.setting',
  'platform.data_change',
  'platform.reach',
  'platform.whole_reach',
  'plans.programme',
  'recommendations.search_words', // words of public texts: a condition would keep their index from being used
  ...['dimension', 'dimension_value', 'indicator', 'measure', 'measure_period', 'measure_breakdown', 'rule'].map(
    (name) => `indicators.${name}`,
  ),
])

/** Tables the application has no right on at all; it calls the functions below. */
const apart = ['access.password', 'access.recovery_code', 'access.totp', 'plans.node_words', 'platform.rate_window']

/** The only functions that run as their owner, each on its own table of `apart` and nothing else (ADR 0003, addendum). */
const asOwner = [
  'platform.note_change',
  'indicators.note_lanes', // counts what was written, in a table the application may only read
  'plans.keep_words',
  'plans.nodes_saying',
  'plans.tasks_saying',
  'access.password_recipe',
  'access.is_password',
  'access.set_password',
  'access.has_totp',
  'access.begin_totp',
  'access.confirm_totp',
  'access.spend_totp',
  'access.drop_totp',
  'access.lay_recovery_codes',
  'access.spend_recovery_code',
  'access.recovery_codes_left',
  'platform.count_try',
  'platform.forget_tries',
  'platform.give_payload', // gives a job that runs the payload of those it takes over, for the product itself alone
]

/** What was told to everybody, what the UN published and the State says of it: every signed-in body may read it, none but its keeper write it. */
const publicTexts = [
  'indicators.recommendation_measure', // which measures tell of a public text
  'indicators.release',
  'indicators.released_cell',
  'reporting.round', // which period is reported on, and when
  ...[
    'assessment',
    'earlier_text',
    'likeness',
    'mechanism',
    'official_text',
    'recommendation',
    'source_document',
    'standpoint',
    'tag',
    'term',
    'wording',
  ].map((name) => `recommendations.${name}`),
]

const notOurs = sql`n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg\\_temp%'`

let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase()
  await layLand(database.owner, calmLand)
})
afterAll(() => database.drop())

type Table = { schema: string; name: string; isEnabled: boolean; isForced: boolean }

async function listTables(): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select n.nspname as schema, c.relname as name, c.relrowsecurity as is_enabled, c.relforcerowsecurity as is_forced
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${notOurs} order by 1, 2`.execute(
    database.owner,
  )
  return rows
}

const isOpen = (table: Table) => open.has(table.schema) || open.has(`${table.schema}.${table.name}`)

describe('the second wall stands', () => {
  test('every table is behind forced row security, but for those named as open', async () => {
    const tables = await listTables()
    expect(tables.length).toBeGreaterThan(25)
    expect(
      tables
        .filter((table) => !isOpen(table) && !(table.isEnabled && table.isForced))
        .map((table) => `${table.schema}.${table.name}`),
    ).toEqual([])
  })

  test('an open table names no person, and no body but as public reference', async () => {
    const { rows } = await sql<{ place: string }>`
      select n.nspname || '.' || c.relname || '.' || a.attname as place
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relrowsecurity and a.attnum > 0 and not a.attisdropped and ${notOurs}
        and (a.attname in ('person_id', 'owner_id') or (a.attname = 'agency_id' and n.nspname <> 'agencies' and c.relname <> 'reach'))`.execute(
      database.owner,
    )
    expect(rows).toEqual([])
  })

  test('the application owns nothing, bypasses nothing, and may create nothing', async () => {
    const { rows } = await sql<Record<string, boolean>>`
      select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as is_mighty,
        exists (select from pg_class where relowner = r.oid) or exists (select from pg_proc where proowner = r.oid) or exists (select from pg_namespace where nspowner = r.oid) as owns,
        exists (select from pg_namespace n where ${notOurs} and has_schema_privilege(r.oid, n.oid, 'create')) as creates,
        has_table_privilege(r.oid, 'platform.reach', 'insert') or has_table_privilege(r.oid, 'platform.reach', 'delete') or has_table_privilege(r.oid, 'platform.reach', 'update') as moves_reach,
        has_table_privilege(r.oid, 'platform.audit_entry', 'update') or has_table_privilege(r.oid, 'platform.audit_entry', 'delete') or has_table_privilege(r.oid, 'platform.audit_entry', 'truncate') as rewrites_audit
      from pg_roles r where rolname = current_user`.execute(database.app)
    expect(rows).toEqual([{ isMighty: false, owns: false, creates: false, movesReach: false, rewritesAudit: false }])
  })

  test('what lies apart is closed to the application, and is behind row security should it be granted one day', async () => {
    const { rows } = await sql<{ name: string; isClosed: boolean; isForced: boolean }>`
      select c.oid::regclass::text as name, c.relrowsecurity and c.relforcerowsecurity as is_forced,
        not exists (select from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p where has_table_privilege(current_user, c.oid, p))
          and not has_any_column_privilege(current_user, c.oid, 'select, insert, update, references') as is_closed
      from pg_class c where c.oid = any (${apart}::text[]::regclass[]) order by 1`.execute(database.app)
    expect(rows).toEqual(apart.map((name) => ({ name, isForced: true, isClosed: true })))
    await sql`insert into platform.rate_window values ('x', now(), 1)`.execute(database.owner)
    await sql`grant select on platform.rate_window to mangnon_app`.execute(database.owner)
    await database.app.transaction().execute(async (db) => {
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
      expect((await sql`table platform.rate_window`.execute(db)).rows).toEqual([])
    })
    await sql`revoke select on platform.rate_window from mangnon_app`.execute(database.owner)
  })

  test('no function runs as its owner but those named, no view reads as its owner, nothing is materialized', async () => {
    const { rows: functions } =
      await sql`select n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${notOurs}
        and n.nspname || '.' || p.proname <> all (${[...asOwner]}::text[])`.execute(database.owner)
    const { rows: views } = await sql`
      select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${notOurs} and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)))`.execute(
      database.owner,
    )
    expect({ functions, views }).toEqual({ functions: [], views: [] })
  })
})

describe('with a row in every table', () => {
  let tables: Table[] = []

  /** Fills each closed table with a row of an agency of the south; constraints are dropped first, in this database only. */
  beforeAll(async () => {
    tables = (await listTables()).filter((table) => !isOpen(table) && !apart.includes(`${table.schema}.${table.name}`))
    for (const table of tables) await dropChecks(database.owner, table)
    for (const table of tables) await insertAnyRow(database.owner, table)
  })

  /** How many rows each closed table shows under a context; only those that show any. */
  async function shown(context: Record<string, string>): Promise<Record<string, number>> {
    return database.app.transaction().execute(async (db) => {
      for (const [name, value] of Object.entries(context))
        await sql`select set_config(${`mangnon.${name}`}, ${value}, true)`.execute(db)
      const counts: Record<string, number> = {}
      for (const table of tables) {
        const { rows } = await sql<{
          count: number
        }>`select count(*) as count from ${sql.table(`${table.schema}.${table.name}`)}`.execute(db)
        if ((rows[0]?.count ?? 0) > 0) counts[`${table.schema}.${table.name}`] = rows[0]?.count ?? 0
      }
      return counts
    })
  }

  test('the rows are there: the product itself sees one in each table', async () => {
    const counts = await shown({ everywhere: 'yes', person: theirs })
    expect(Object.keys(counts).sort()).toEqual(tables.map((table) => `${table.schema}.${table.name}`).sort())
  })

  test('without a context nothing is shown', async () => {
    expect(await shown({})).toEqual({})
  })

  test('a context left empty by the one before shows nothing', async () => {
    expect(await shown({ person: '', viewers: '', agency: '', everywhere: '' })).toEqual({})
  })

  test('someone of another body and another territory is shown nothing but public texts', async () => {
    const foreign = {
      person: newId(),
      agency: bodyId('n1-committee'),
      viewers: `{${bodyId('n1-committee')},${bodyId('north-committee')}}`,
      everywhere: '',
    }
    expect(await shown(foreign)).toEqual(Object.fromEntries(publicTexts.map((name) => [name, 1])))
  })

  test('a context that only claims to see everywhere in other words is shown nothing', async () => {
    for (const everywhere of ['true', 'on', '1', 'YES', 'yes ']) expect(await shown({ everywhere })).toEqual({})
  })
})

/** The person every row of the test belongs to, and the one id of all records: so each row finds the one it hangs on. */
const theirs = newId()
const oneId = newId()

async function dropChecks(db: Kysely<Database>, table: Table): Promise<void> {
  const at = sql.table(`${table.schema}.${table.name}`)
  const { rows } = await sql<{ name: string }>`
    select conname as name from pg_constraint where conrelid = ${`${table.schema}.${table.name}`}::regclass and contype in ('f', 'c') order by contype desc`.execute(
    db,
  )
  for (const { name } of rows) await sql`alter table ${at} drop constraint ${sql.id(name)}`.execute(db)
  // Figures have keys that are proven by statements (ADR 0036).
  const { rows: proofs } = await sql<{ name: string }>`
    select tgname as name from pg_trigger where tgrelid = ${`${table.schema}.${table.name}`}::regclass and tgname like '%\\_proven'`.execute(
    db,
  )
  for (const { name } of proofs) await sql`drop trigger ${sql.id(name)} on ${at}`.execute(db)
}

/** One row with a value of each column's type; whatever names a body names one of the south. A trigger of a table before may have laid it already. */
async function insertAnyRow(db: Kysely<Database>, table: Table): Promise<void> {
  const at = sql.table(`${table.schema}.${table.name}`)
  const { rows: columns } = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, null) as type from pg_attribute
    where attrelid = ${`${table.schema}.${table.name}`}::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`.execute(
    db,
  )
  await sql`alter table ${at} disable row level security`.execute(db)
  await sql`insert into ${at} (${sql.join(columns.map((column) => sql.id(column.name)))}) values (${sql.join(columns.map((column) => sql`${anyValue(column)}::text::${sql.id(...typePath(column.type))}`))}) on conflict do nothing`.execute(
    db,
  )
  await sql`alter table ${at} enable row level security`.execute(db)
}

/** Arrays and types of two words by their inner names, so that they can be quoted. */
function typePath(type: string): [string] {
  const names: Record<string, string> = {
    'timestamp with time zone': 'timestamptz',
    'double precision': 'float8',
    integer: 'int4',
    bigint: 'int8',
    boolean: 'bool',
  }
  return [type.endsWith('[]') ? `_${names[type.slice(0, -2)] ?? type.slice(0, -2)}` : (names[type] ?? type)]
}

/** Drafts, so that nothing counts as issued downwards. */
function anyValue(column: { name: string; type: string }): string {
  if (column.type === 'uuid')
    return /person|_by$/.test(column.name)
      ? theirs
      : /agency|owner|issuer|addressed|body/.test(column.name)
        ? bodyId('s1-committee')
        : oneId
  if (column.type.endsWith('[]')) return '{}'
  switch (column.type) {
    case 'jsonb':
      return '{}'
    case 'boolean':
      return 'false'
    case 'date':
      return '2031-01-01'
    case 'timestamp with time zone':
      return '2031-01-01T00:00:00Z'
    case 'text':
      return column.name === 'state' ? 'draft' : 'chữ'
    default:
      return '1'
  }
}
