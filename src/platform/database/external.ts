import type pg from 'pg'
import { changeUrl, databaseOf, withConnection } from './connect.ts'
import type { Connections } from './database.ts'
import {
  appGroup,
  closeDatabase,
  closeServerFunctions,
  ensureAppGroup,
  ensureLogin,
  mayWritePastTables,
  roleExists,
} from './roles.ts'
import { newPassword, readSecrets, writeSecrets } from './secrets.ts'

export type OpenExternal = {
  home: string
  /** Connection of the role that owns the database. */
  databaseUrl: string
  /** Connection of a role prepared by the database's administrator; undefined = we make one. */
  appDatabaseUrl: string | undefined
}

/** The database server cannot be used as it is; the message says, in two languages, what to change. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase'
}

const oldest = 150_000
const newest = 190_000

/**
 * Opens a database on a server of PostgreSQL 15 to 18: makes the group and the login of the application where the given
 * role may, and checks that the application's role is one row security holds for.
 *
 * @throws UnusableDatabase
 */
export async function openExternal(options: OpenExternal): Promise<Connections> {
  const { databaseUrl } = options
  await withConnection(databaseUrl, checkVersion)
  const appUrl = options.appDatabaseUrl ?? (await ensureAppLogin(options))
  await withConnection(databaseUrl, checkGroup)
  await withConnection(appUrl, checkAppRole)
  await checkSameDatabase(databaseUrl, appUrl)
  await withConnection(databaseUrl, async (client) => {
    if (await isSuperuser(client)) await closeServerFunctions(client)
  })
  const isOpen = await withConnection(appUrl, mayWritePastTables)
  return {
    ownerUrl: databaseUrl,
    appUrl,
    place: placeOf(databaseUrl),
    embedded: false,
    notes: isOpen ? [largeObjectsNote] : [],
    hasEnded: () => false,
    announceLeaving: () => undefined,
    stop: async () => undefined,
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
  const version = Number(rows[0]?.version)
  if (version >= oldest && version < newest) return
  const major = Math.floor(version / 10_000)
  throw new UnusableDatabase(
    `Máy chủ là PostgreSQL ${major}; cần phiên bản 15 đến 18.\nThe server is PostgreSQL ${major}; 15 to 18 is needed.`,
  )
}

/** @returns address for the application's own login, made here; its password is kept in secrets.json */
async function ensureAppLogin({ home, databaseUrl }: OpenExternal): Promise<string> {
  const database = databaseOf(databaseUrl)
  const login = `${database}_login`
  const password = rememberPassword(home, placeOf(databaseUrl))
  await withConnection(databaseUrl, async (client) => {
    if (!(await mayCreateRoles(client)))
      throw new UnusableDatabase(
        `Vai trò của DATABASE_URL không được tạo vai trò. Hãy tạo vai trò đăng nhập thuộc ${appGroup} và đặt MANGNON_APP_DATABASE_URL.\n` +
          `The role of DATABASE_URL may not create roles. Create a login that is a member of ${appGroup} and set MANGNON_APP_DATABASE_URL.`,
      )
    await explainRefusal(async () => {
      await ensureAppGroup(client)
      await ensureLogin(client, login, password, { memberOfApp: true })
    })
    if (await ownsDatabase(client)) await closeDatabase(client, database, login)
  })
  return changeUrl(databaseUrl, { user: login, password })
}

/** Since PostgreSQL 16 the right to create roles does not include the right to give a group somebody else made. */
async function explainRefusal(ensure: () => Promise<void>): Promise<void> {
  try {
    await ensure()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === '42501')) throw cause
    throw new UnusableDatabase(
      `Vai trò của DATABASE_URL không được trao nhóm ${appGroup}. Hãy chạy: grant ${appGroup} to <vai trò> with admin option; hoặc đặt MANGNON_APP_DATABASE_URL.\n` +
        `The role of DATABASE_URL may not give the group ${appGroup}. Run: grant ${appGroup} to <role> with admin option; or set MANGNON_APP_DATABASE_URL.`,
      { cause },
    )
  }
}

function rememberPassword(home: string, place: string): string {
  const secrets = readSecrets(home)
  const known = secrets.external[place]
  if (known !== undefined) return known
  const password = newPassword()
  writeSecrets(home, { ...secrets, external: { ...secrets.external, [place]: password } })
  return password
}

async function mayCreateRoles(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user',
  )
  return rows[0]?.may === true
}

async function isSuperuser(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    'select rolsuper as is from pg_roles where rolname = current_user',
  )
  return rows[0]?.is === true
}

const largeObjectsNote =
  'Vai trò của ứng dụng còn dùng được đối tượng lớn (lo_create…) của máy chủ này; xem docs/operating/install.md.\n' +
  'The application’s role may still use large objects (lo_create…) of this server; see docs/operating/install.md.'

async function ownsDatabase(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ owns: boolean }>(
    `select pg_has_role(datdba, 'usage') as owns from pg_database where datname = current_database()`,
  )
  return rows[0]?.owns === true
}

async function checkGroup(client: pg.Client): Promise<void> {
  if (await roleExists(client, appGroup)) return
  throw new UnusableDatabase(
    `Máy chủ chưa có nhóm vai trò ${appGroup}: create role ${appGroup} nologin\n` +
      `The server has no group role ${appGroup}: create role ${appGroup} nologin`,
  )
}

/** The application must be held by row security: no superuser, no bypass, no owner of anything, a member of the group. */
async function checkAppRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; wrong: string[] }>(
    `select rolname as name, array_remove(array[
       case when rolsuper then 'superuser' end,
       case when rolbypassrls then 'bypassrls' end,
       case when rolcreaterole then 'createrole' end,
       case when not pg_has_role($1, 'usage') then 'no member of ${appGroup}' end,
       case when exists (select from pg_class where relowner = r.oid) then 'owner of tables' end,
       case when exists (select from pg_database where datdba = r.oid) then 'owner of a database' end
     ], null) as wrong from pg_roles r where rolname = current_user`,
    [appGroup],
  )
  const role = rows[0]
  if (role !== undefined && role.wrong.length === 0) return
  const why = `${role?.name}: ${role?.wrong.join(', ')}`
  throw new UnusableDatabase(
    `Vai trò của ứng dụng không được dùng, vì bảo mật theo dòng không giữ được nó (${why}).\n` +
      `The application's role cannot be used, because row security would not hold it (${why}).`,
  )
}

async function checkSameDatabase(databaseUrl: string, appUrl: string): Promise<void> {
  const identity = (url: string) =>
    withConnection(url, async (client) => {
      const { rows } = await client.query<{ database: string; began: string }>(
        `select current_database() as database, pg_postmaster_start_time() as began`,
      )
      return `${rows[0]?.database} ${rows[0]?.began}`
    })
  if ((await identity(databaseUrl)) === (await identity(appUrl))) return
  throw new UnusableDatabase(
    'DATABASE_URL và MANGNON_APP_DATABASE_URL dẫn tới hai cơ sở dữ liệu khác nhau.\n' +
      'DATABASE_URL and MANGNON_APP_DATABASE_URL lead to two different databases.',
  )
}

/** Host and database of a URL, for people and as a key: no user, no password. */
function placeOf(url: string): string {
  const [, host = '', database = '', query = ''] = /^[a-z]+:\/\/(?:[^@/]*@)?([^/?]*)(\/[^?]*)?(\?.*)?$/.exec(url) ?? []
  const socket = /[?&]host=([^&]*)/.exec(query)?.[1]
  return `${host === '' && socket !== undefined ? decodeURIComponent(socket) : host}${database}`
}
