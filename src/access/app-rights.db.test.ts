import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/kit/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase()
})
afterAll(() => database.drop())

/** What the application may do with the tables of these two schemas: all of it, and why more than reading and adding. */
const rights: Record<string, string> = {
  'access.default_view': 'delete insert select', // a view is chosen and taken off
  'access.device': 'insert select update(last_at)',
  'access.factor_reset': 'insert select update(decided_at,decided_by,state)',
  'access.federated_round': 'delete insert select update(used_at)', // old rounds are forgotten
  'access.identity': 'insert select update(ended_at)',
  'access.invitation': 'insert select update(ends_at,used_at)',
  'access.passkey': 'insert select update(counter,ended_at,used_at)',
  'access.password': '',
  'access.people_import': 'insert select update(is_partial,job_id,rows,state)',
  'access.person': 'insert select update(has_joined,language,mail,state,version)',
  'access.post': 'insert select update(confirmed_at,confirmed_by,granted_by,needs_confirmation,valid_to,version)',
  'access.recovery_code': '',
  'access.saved_view':
    'delete insert select update(audience,changed_at,columns,filter,name,presentation,sort_order,version)', // one's own go
  'access.session': 'insert select update(challenge,challenge_at,ended_at,factor_at,proved_at,seen_at)',
  'access.token': 'insert select update(ended_at,used_at)',
  'access.totp': '',
  'platform.audit_entry': 'insert select',
  'platform.data_change': 'select',
  'platform.idempotency_key': 'delete insert select update', // old answers are forgotten
  'platform.job':
    'insert select update(attempts,cancel_requested,done_count,finished_at,heartbeat_at,problem_code,result,started_at,state,total_count)',
  'platform.list_file': 'delete insert select', // old files are forgotten
  'platform.migration': 'select',
  'platform.migration_lock': '',
  'platform.rate_window': '',
  'platform.reach': 'select',
  'platform.setting': 'select',
  'platform.stored_file': 'delete insert select', // a file laid beside a draft may go while it is one
  'platform.whole_reach': 'select',
}

/** The functions it may call there; all others, of any schema of ours, run with the caller's own rights. */
const functions = [
  'access.begin_totp',
  'access.confirm_totp',
  'access.drop_totp',
  'access.has_totp',
  'access.is_password',
  'access.lay_recovery_codes',
  'access.may_ask',
  'access.password_recipe',
  'access.recovery_codes_left',
  'access.sees_person',
  'access.set_password',
  'access.spend_recovery_code',
  'access.spend_totp',
  'platform.agency',
  'platform.become',
  'platform.count_try',
  'platform.everywhere',
  'platform.forget_tries',
  'platform.give_payload',
  'platform.keep_together',
  'platform.person',
  'platform.reached',
  'platform.sees',
  'platform.sees_all',
  'platform.standing_over',
  'platform.stands_under',
  'platform.today',
  'platform.viewers',
]

describe('the application may do what is named here, and nothing else', () => {
  test('with the tables of platform and access', async () => {
    const { rows } = await sql<{ name: string; may: string }>`
      select n.nspname || '.' || c.relname as name, coalesce((
        select string_agg(privilege, ' ' order by privilege) from (
          select p as privilege from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p where has_table_privilege(current_user, c.oid, p)
          union all
          select p || '(' || string_agg(a.attname, ',' order by a.attname) || ')' from unnest(array['select', 'insert', 'update', 'references']) p
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          where has_column_privilege(current_user, c.oid, a.attnum, p) and not has_table_privilege(current_user, c.oid, p) group by p
        ) each), '') as may
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('platform', 'access') and c.relkind in ('r', 'p', 'v', 'f') order by 1`.execute(database.app)
    expect(Object.fromEntries(rows.map((row) => [row.name, row.may]))).toEqual(rights)
  })

  test('with the tables of any other schema: no emptying, no referring, no triggers; no sequence is set', async () => {
    const { rows } = await sql`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^(pg_|information_schema$)' and case
        when c.relkind = 'S' then has_sequence_privilege(current_user, c.oid, 'update')
        when c.relkind in ('r', 'p', 'v', 'm', 'f') then has_table_privilege(current_user, c.oid, 'truncate') or has_any_column_privilege(current_user, c.oid, 'references') or has_table_privilege(current_user, c.oid, 'trigger')
        else false end`.execute(database.app)
    expect(rows).toEqual([])
  })

  test('with the functions of platform and access', async () => {
    const { rows } = await sql<{ name: string }>`
      select distinct n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('platform', 'access') and has_function_privilege(current_user, p.oid, 'execute') order by 1`.execute(
      database.app,
    )
    expect(rows.map((row) => row.name)).toEqual(functions)
  })

  test('with the functions of the server that write, read files or speak past all tables', async () => {
    const { rows } = await sql<{ name: string }>`
      select distinct p.proname as name from pg_proc p
      where p.pronamespace = 'pg_catalog'::regnamespace and has_function_privilege(current_user, p.oid, 'execute')
        and p.proname ~ '^(lo_|loread$|lowrite$|pg_logical_emit|pg_read_|pg_ls_|pg_stat_file|pg_file_|pg_rotate|pg_reload|pg_backup|pg_switch_wal|pg_create_restore|pg_promote|pg_stat_reset|pg_log_|pg_config$|pg_show_all_file|dblink)'
      order by 1`.execute(database.app)
    // PostgreSQL 15 still has two for an old extension, open to all by grant and closed by their own first line.
    const { rows: old } = await sql<{ name: string }>`
      select proname as name from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace and proname in ('pg_read_file_old', 'pg_rotate_logfile_old')`.execute(
      database.app,
    )
    const named = new Set(old.map((row) => row.name))
    if (named.has('pg_read_file_old'))
      await expect(sql`select pg_read_file_old('PG_VERSION', 0, 1)`.execute(database.app)).rejects.toThrow(/superuser/)
    if (named.has('pg_rotate_logfile_old'))
      await expect(sql`select pg_rotate_logfile_old()`.execute(database.app)).rejects.toThrow(/superuser/)
    expect(rows.map((row) => row.name).filter((name) => !named.has(name))).toEqual([])
  })

  test('nor make anything outside them: no schemas, no large objects; and the database holds no extension', async () => {
    const { rows } = await sql`
      select has_database_privilege(current_user, current_database(), 'create') as schemas,
        (select array_agg(extname::text order by 1) from pg_extension where extname <> 'plpgsql') as extensions`.execute(
      database.app,
    )
    expect(rows).toEqual([{ schemas: false, extensions: null }])
    await expect(sql`select lo_create(0)`.execute(database.app)).rejects.toMatchObject({ code: '42501' })
    await expect(sql`select lo_from_bytea(0, 'x')`.execute(database.app)).rejects.toMatchObject({ code: '42501' })
  })
})
