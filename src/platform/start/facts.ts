import { statSync } from 'node:fs'
import type pg from 'pg'
import type { Facts } from './unsafe-settings.ts'
import { withConnection } from '../database/connect.ts'
import type { Connections } from '../database/database.ts'

/** Reads what is true of database and data directory, for `unsafeSettings`. Demonstration accounts are counted by `access`. */
export async function readFacts(connections: Connections, home: string): Promise<Omit<Facts, 'demonstrationAccounts'>> {
  const app = await withConnection(connections.appUrl, readRole)
  const owner = await withConnection(connections.ownerUrl, readRole)
  const server = await withConnection(connections.appUrl, readServer)
  return { ...server, app, owner: { superuser: owner.superuser }, homeMode: statSync(home).mode & 0o777 }
}

async function readRole(client: pg.Client): Promise<Facts['app']> {
  const { rows } = await client.query<Facts['app']>(
    `select rolsuper as superuser, rolbypassrls as "bypassesRowSecurity", rolcreaterole as "createsRoles",
       exists (select from pg_class where relowner = r.oid) or exists (select from pg_namespace where nspowner = r.oid)
         as "ownsObjects"
     from pg_roles r where rolname = current_user`,
  )
  const role = rows[0]
  if (role === undefined) throw new Error('The role of this connection is not among pg_roles')
  return role
}

type Server = Pick<Facts, 'durability' | 'databaseEncrypted' | 'databaseVersion' | 'clockSkewMs'>

async function readServer(client: pg.Client): Promise<Server> {
  const asked = Date.now()
  const { rows } = await client.query<
    Facts['durability'] & { local: boolean; ssl: boolean; version: string; nowMs: number }
  >(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as "synchronousCommit",
       current_setting('full_page_writes') as "fullPageWrites", current_setting('data_checksums') as "dataChecksums",
       inet_client_addr() is null or inet_client_addr() = inet_server_addr() as local,
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as ssl,
       current_setting('server_version_num') as version,
       (extract(epoch from clock_timestamp()) * 1000)::bigint as "nowMs"`,
  )
  const server = rows[0]
  if (server === undefined) throw new Error('The database did not describe itself')
  const { local, ssl, version, nowMs, ...durability } = server
  const middle = (asked + Date.now()) / 2
  return {
    durability,
    databaseEncrypted: local || ssl,
    databaseVersion: Number(version),
    clockSkewMs: Math.round(nowMs - middle),
  }
}
