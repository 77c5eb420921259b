import { join, resolve } from 'node:path'
import { z } from 'zod'
import { schemas, settings, type SettingName } from './settings.ts'

/** What the operator decided, read once at start. Durations carry their unit in the name. */
export type Config = {
  port: number
  host: string
  /** Absolute path of the data directory. */
  home: string
  country: string
  environment: 'development' | 'production'
  publicUrl: string | undefined
  /** Whether the demonstration is loaded into an empty database. */
  demo: boolean
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Undefined = the embedded database. */
  databaseUrl: string | undefined
  appDatabaseUrl: string | undefined
  databasePool: number
  statementTimeoutMs: number
  /** Counts from 1 to here are small, where a measure is sensitive. */
  smallCounts: number
  session: { absoluteHours: number; idleMinutes: number }
  limits: { on: boolean; signInPerAccount: number; signInPerAddress: number; requestsPerMinute: number }
  /** Whether administrators and approvers must have a second factor at once, or may take one up later. */
  secondFactor: 'required' | 'postponed'
  /** Undefined = no mail is sent. */
  mail: { smtpUrl: string | undefined; from: string | undefined }
  /** Undefined = people sign in with a password only. */
  federation:
    { name: string; issuer: string; clientId: string; clientSecret: string; acr: string[]; level: number } | undefined
  /** How many proxies are believed, or the addresses and networks of those that are. */
  trustedProxies: number | readonly string[]
  backups: { folder: string; kept: number; passphrase: string | undefined }
  /** Undefined = `/metrics` is open in development and closed in production. */
  metricsToken: string | undefined
  /** Names of the settings the operator gave, as opposed to those left to their default. */
  given: readonly string[]
}

export type Environment = Record<string, string | undefined>

/** A setting that cannot be read. `names` are environment variables; their values are never in the message. */
export class InvalidSettings extends Error {
  readonly names: readonly string[]

  constructor(problems: readonly { name: string; message: string }[]) {
    super(problems.map((problem) => `${problem.name}: ${problem.message}`).join('\n'))
    this.name = 'InvalidSettings'
    this.names = problems.map((problem) => problem.name)
  }
}

const Environment = z.object(schemas).partial()

/**
 * Reads all settings from the environment. Empty text counts as not set.
 *
 * @throws InvalidSettings naming every variable that cannot be read
 */
export function readConfig(env: Environment): Config {
  const given = settings.map((setting) => setting.name).filter((name) => (env[name] ?? '') !== '')
  const parsed = Environment.safeParse(Object.fromEntries(given.map((name) => [name, env[name]])))
  if (!parsed.success) throw new InvalidSettings(parsed.error.issues.map(problem))
  const set = parsed.data
  const environment = set.MANGNON_ENV ?? (env.NODE_ENV === 'production' ? 'production' : 'development')
  const home = resolve(set.MANGNON_HOME ?? '.mangnon')
  const demo = set.MANGNON_DEMO ?? (environment === 'development' && set.DATABASE_URL === undefined)
  return {
    port: set.PORT ?? 8080,
    host: set.HOST ?? '127.0.0.1',
    home,
    country: set.MANGNON_COUNTRY ?? defaultOf('MANGNON_COUNTRY'),
    environment,
    publicUrl: set.MANGNON_PUBLIC_URL,
    demo,
    logLevel: set.MANGNON_LOG_LEVEL ?? 'info',
    databaseUrl: set.DATABASE_URL,
    appDatabaseUrl: set.MANGNON_APP_DATABASE_URL,
    databasePool: set.MANGNON_DATABASE_POOL ?? 10,
    statementTimeoutMs: (set.MANGNON_STATEMENT_TIMEOUT_SECONDS ?? 30) * 1000,
    smallCounts: set.MANGNON_SMALL_COUNTS ?? 5,
    session: { absoluteHours: set.MANGNON_SESSION_HOURS ?? 12, idleMinutes: set.MANGNON_SESSION_IDLE_MINUTES ?? 60 },
    limits: {
      on: set.MANGNON_LIMITS ?? true,
      signInPerAccount: set.MANGNON_LIMIT_SIGN_IN_PER_ACCOUNT ?? 10,
      signInPerAddress: set.MANGNON_LIMIT_SIGN_IN_PER_ADDRESS ?? 100,
      requestsPerMinute: set.MANGNON_LIMIT_REQUESTS_PER_MINUTE ?? 1200,
    },
    secondFactor: set.MANGNON_SECOND_FACTOR ?? (demo && environment === 'development' ? 'postponed' : 'required'),
    mail: { smtpUrl: set.MANGNON_SMTP_URL, from: set.MANGNON_MAIL_FROM },
    federation: federationOf(set),
    trustedProxies: set.MANGNON_TRUSTED_PROXIES ?? 0,
    backups: {
      folder: resolve(set.MANGNON_BACKUPS ?? join(home, 'backups')),
      kept: set.MANGNON_BACKUPS_KEPT ?? 5,
      passphrase: set.MANGNON_BACKUP_PASSPHRASE,
    },
    metricsToken: set.MANGNON_METRICS_TOKEN,
    given,
  }
}

/** @throws InvalidSettings when the provider is named but not how we are known to it */
function federationOf(set: z.infer<typeof Environment>): Config['federation'] {
  if (set.MANGNON_OIDC_ISSUER === undefined) return undefined
  const { MANGNON_OIDC_CLIENT_ID: clientId, MANGNON_OIDC_CLIENT_SECRET: clientSecret } = set
  if (clientId === undefined || clientSecret === undefined)
    throw new InvalidSettings([
      { name: 'MANGNON_OIDC_CLIENT_ID', message: 'needed with MANGNON_OIDC_ISSUER, as is the secret' },
    ])
  return {
    name: set.MANGNON_OIDC_NAME ?? defaultOf('MANGNON_OIDC_NAME'),
    issuer: set.MANGNON_OIDC_ISSUER,
    clientId,
    clientSecret,
    acr: (set.MANGNON_OIDC_ACR ?? defaultOf('MANGNON_OIDC_ACR')).split(',').map((one) => one.trim()),
    level: set.MANGNON_OIDC_LEVEL ?? 2,
  }
}

/** One setting as it is in force: its value now, secrets masked, and where that comes from. */
export type Effective = { name: string; value: string; source: 'environment' | 'default' | 'NODE_ENV' }

/** What `mangnon config` prints: every setting as it is in force. @throws InvalidSettings */
export function describeSettings(env: Environment): Effective[] {
  const config = readConfig(env)
  const worked: Partial<Record<SettingName, string>> = {
    MANGNON_HOME: config.home,
    MANGNON_ENV: config.environment,
    MANGNON_DEMO: config.demo ? '1' : '0',
    MANGNON_BACKUPS: config.backups.folder,
  }
  return schemaNames.map((name) => {
    const setting = settings.find((one) => one.name === name)
    const given = env[name] ?? ''
    const value = worked[name] ?? (given === '' ? defaultOf(name) : given)
    if (given !== '') return { name, value: setting?.secret === true ? '********' : value, source: 'environment' }
    const isOfNode = name === 'MANGNON_ENV' && env.NODE_ENV === 'production'
    return { name, value, source: isOfNode ? 'NODE_ENV' : 'default' }
  })
}

const schemaNames = Object.keys(schemas).filter((name): name is SettingName => name in schemas)

function defaultOf(name: SettingName): string {
  return settings.find((setting) => setting.name === name)?.default ?? ''
}

function problem(issue: z.core.$ZodIssue): { name: string; message: string } {
  return { name: String(issue.path[0]), message: issue.message }
}
