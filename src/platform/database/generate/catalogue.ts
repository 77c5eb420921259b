import type pg from 'pg'
import { withConnection } from '../connect.ts'

export type Column = {
  name: string
  /** As PostgreSQL prints it: `text`, `timestamp with time zone`, `uuid[]`. */
  type: string
  notNull: boolean
  default: string | null
  identity: 'always' | 'by default' | null
  generated: boolean
  comment: string | null
}

export type Policy = {
  name: string
  permissive: boolean
  command: string
  roles: string[]
  using: string | null
  check: string | null
}

export type Relation = {
  schema: string
  name: string
  kind: 'table' | 'view' | 'materialized view'
  columns: Column[]
  constraints: { name: string; definition: string }[]
  indexes: { name: string; definition: string }[]
  triggers: { name: string; definition: string }[]
  policies: Policy[]
  rowSecurity: 'off' | 'on' | 'forced'
  options: string[]
  definition: string | null
  /** What the application role may do, e.g. `insert`, `select`, `update (name)`. */
  grants: string[]
  comment: string | null
  partitionBy: string | null
}

export type Routine = {
  schema: string
  name: string
  arguments: string
  returns: string
  language: string
  volatility: string
  definer: boolean
  settings: string[]
  body: string
  granted: boolean
  comment: string | null
}

export type Catalogue = {
  schemas: { name: string; comment: string | null; usage: boolean }[]
  relations: Relation[]
  routines: Routine[]
}

const ours = `n.nspname not in ('information_schema', 'public') and n.nspname !~ '^pg_'`

/** Reads everything of ours that a migrated database holds, ordered by name; the same on PostgreSQL 15 and 18. */
export async function readCatalogue(url: string): Promise<Catalogue> {
  return withConnection(url, async (client) => {
    await client.query(`set search_path = pg_catalog`) // so that every name of ours is printed with its schema
    await refuseOwnTypes(client)
    return {
      schemas: await readSchemas(client),
      relations: await readRelations(client),
      routines: await readRoutines(client),
    }
  })
}

async function refuseOwnTypes(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || t.typname as name from pg_type t join pg_namespace n on n.oid = t.typnamespace
     where ${ours} and t.typtype in ('e', 'd', 'r', 'm')`,
  )
  if (rows.length > 0) throw new Error(`Types of our own are not described: ${rows.map((row) => row.name).join(', ')}`)
}

async function readSchemas(client: pg.Client): Promise<Catalogue['schemas']> {
  const { rows } = await client.query<Catalogue['schemas'][number]>(
    `select n.nspname as name, obj_description(n.oid, 'pg_namespace') as comment,
       has_schema_privilege('mangnon_app', n.oid, 'usage') as usage
     from pg_namespace n where ${ours} order by n.nspname collate "C"`,
  )
  return rows
}

type RelationRow = Omit<Relation, 'columns' | 'constraints' | 'indexes' | 'triggers' | 'policies' | 'grants'> & {
  oid: number
}

async function readRelations(client: pg.Client): Promise<Relation[]> {
  const { rows } = await client.query<RelationRow>(
    `select c.oid::integer, n.nspname as schema, c.relname as name,
       case c.relkind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end as kind,
       case when c.relforcerowsecurity and c.relrowsecurity then 'forced' when c.relrowsecurity then 'on' else 'off' end
         as "rowSecurity",
       coalesce(c.reloptions, '{}') as options,
       case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end as definition,
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as "partitionBy",
       obj_description(c.oid, 'pg_class') as comment
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and c.relkind in ('r', 'p', 'v', 'm') order by n.nspname collate "C", c.relname collate "C"`,
  )
  const relations: Relation[] = []
  for (const { oid, ...row } of rows) relations.push({ ...row, ...(await readParts(client, oid)) })
  return relations
}

async function readParts(client: pg.Client, oid: number) {
  const all = async <Row extends pg.QueryResultRow>(text: string) => (await client.query<Row>(text, [oid])).rows
  return {
    columns: await all<Column>(columnsQuery),
    constraints: await all<Relation['constraints'][number]>(
      `select conname as name, pg_get_constraintdef(oid, true) as definition from pg_constraint
       where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x')
       order by position(contype::text in 'pufcx'), conname collate "C"`,
    ),
    indexes: await all<Relation['indexes'][number]>(
      `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid
       where i.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
       order by c.relname collate "C"`,
    ),
    triggers: await all<Relation['triggers'][number]>(
      `select tgname as name, pg_get_triggerdef(oid, true) as definition from pg_trigger
       where tgrelid = $1 and not tgisinternal order by tgname collate "C"`,
    ),
    policies: await all<Policy>(
      `select polname as name, polpermissive as permissive, pg_get_expr(polqual, polrelid) as using,
         pg_get_expr(polwithcheck, polrelid) as check,
         case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
           as command,
         array(select case when r = 0 then 'public' else r::regrole::text end from unnest(polroles) r) as roles
       from pg_policy where polrelid = $1 order by polname collate "C"`,
    ),
    grants: (await all<{ privilege: string }>(grantsQuery)).map((row) => row.privilege),
  }
}

const columnsQuery = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attgenerated <> '' as generated,
    a.attnotnull or (c.relkind in ('v', 'm') and surely_there.value) as "notNull",
    pg_get_expr(d.adbin, d.adrelid) as default, col_description(a.attrelid, a.attnum) as comment,
    case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  -- a column of a view is never null when it shows the not-null column of the same name of a table, without outer joins
  cross join lateral (
    select coalesce(bool_and(s.attnotnull), false)
      and pg_get_viewdef(a.attrelid) !~* '\\m(left|right|full) join\\M' as value
    from pg_rewrite w
    join pg_depend p on p.classid = 'pg_rewrite'::regclass and p.objid = w.oid and p.refclassid = 'pg_class'::regclass
    join pg_attribute s on s.attrelid = p.refobjid and s.attnum = p.refobjsubid and s.attname = a.attname
      and s.atttypid = a.atttypid and s.attrelid <> a.attrelid
    where w.ev_class = a.attrelid
  ) surely_there
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`

const grantsQuery = `
  select lower(g.privilege_type) as privilege from pg_class c, aclexplode(c.relacl) g
  where c.oid = $1 and g.grantee = 'mangnon_app'::regrole
  union all
  select lower(g.privilege_type) || ' (' || string_agg(a.attname, ', ' order by a.attnum) || ')'
  from pg_attribute a, aclexplode(a.attacl) g
  where a.attrelid = $1 and not a.attisdropped and g.grantee = 'mangnon_app'::regrole group by g.privilege_type
  order by 1`

async function readRoutines(client: pg.Client): Promise<Routine[]> {
  const { rows } = await client.query<Routine>(
    `select n.nspname as schema, p.proname as name, pg_get_function_arguments(p.oid) as arguments,
       pg_get_function_result(p.oid) as returns, l.lanname as language,
       case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
       p.prosecdef as definer, coalesce(p.proconfig, '{}') as settings,
       coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body,
       has_function_privilege('mangnon_app', p.oid, 'execute') as granted,
       obj_description(p.oid, 'pg_proc') as comment
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
     where ${ours} order by n.nspname collate "C", p.proname collate "C", pg_get_function_arguments(p.oid) collate "C"`,
  )
  return rows
}
