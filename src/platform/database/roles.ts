import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type pg from 'pg'

/** The group that holds every grant of the application. Migrations name it. */
export const appGroup = 'mangnon_app'

/** Makes the group role when it is missing. The connection must be allowed to create roles. */
export async function ensureAppGroup(client: pg.Client): Promise<void> {
  if (await roleExists(client, appGroup)) return
  await ignoreRace(() =>
    client.query(`create role ${appGroup} nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication`),
  )
}

/** Makes a login role with no rights of its own, or gives an existing one this password. */
export async function ensureLogin(
  client: pg.Client,
  name: string,
  password: string,
  options: { memberOfApp: boolean },
) {
  const role = client.escapeIdentifier(name)
  const secret = client.escapeLiteral(scramVerifier(password))
  if (!(await roleExists(client, name)))
    await ignoreRace(() => client.query(`create role ${role} login inherit password ${secret}`))
  else await client.query(`alter role ${role} with login inherit password ${secret}`)
  if (options.memberOfApp && !(await isMember(client, name))) await client.query(`grant ${appGroup} to ${role}`)
}

/** Only the owner and the application's login may connect; temporary tables are not for everyone either. */
export async function closeDatabase(client: pg.Client, database: string, login: string): Promise<void> {
  const name = client.escapeIdentifier(database)
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect on database ${name} to ${client.escapeIdentifier(login)}`)
}

/**
 * Takes from everyone the functions of the server that write past all tables, and so past row security: large objects,
 * and messages in the write-ahead log. Only a superuser can, in each database; safe to run again.
 */
export async function closeServerFunctions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regprocedure::text as name from pg_proc
     where pronamespace = 'pg_catalog'::regnamespace and proname ~ $1
       and exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0)`,
    [writingFunctions],
  )
  if (rows.length === 0) return
  await client.query(`revoke execute on function ${rows.map(({ name }) => name).join(', ')} from public`)
}

/** Whether a role that is none of the server's own may write past all tables. */
export async function mayWritePastTables(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_proc where pronamespace = 'pg_catalog'::regnamespace and proname ~ $1
       and has_function_privilege(oid, 'execute') limit 1`,
    [writingFunctions],
  )
  return rowCount === 1
}

const writingFunctions = '^(lo_.*|loread|lowrite|pg_logical_emit_message)$'

export async function roleExists(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
  return rowCount === 1
}

/**
 * The form in which PostgreSQL keeps a password, so that the password itself is never sent and cannot reach a log.
 *
 * @source RFC 5802 §3; PostgreSQL documentation, "pg_authid"
 */
function scramVerifier(password: string, salt: Buffer = randomBytes(16), rounds = 4096): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

async function isMember(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ member: boolean }>(`select pg_has_role($1, $2, 'member') as member`, [
    name,
    appGroup,
  ])
  return rows[0]?.member === true
}

/** Two servers starting at once may both find a role missing: the second to create it has what it wanted. */
async function ignoreRace(create: () => Promise<unknown>): Promise<void> {
  try {
    await create()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== '42710' && code !== '23505') throw error
  }
}
