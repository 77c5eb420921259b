import type { Config } from '../config.ts'

/** What is true of the place the product runs in; read at start from the database and the file system. */
export type Facts = {
  demonstrationAccounts: number
  /** The role the application connects as. */
  app: { superuser: boolean; bypassesRowSecurity: boolean; ownsObjects: boolean; createsRoles: boolean }
  owner: { superuser: boolean }
  /** Server settings as `show` prints them. */
  durability: { fsync: string; synchronousCommit: string; fullPageWrites: string; dataChecksums: string }
  /** Whether the connection to a server on another machine is encrypted; true on a Unix socket. */
  databaseEncrypted: boolean
  databaseVersion: number
  /** Permission bits of MANGNON_HOME. */
  homeMode: number
  /** Difference between the clocks of this machine and of the database. */
  clockSkewMs: number
}

/** A place without fault: what is refused even there is the settings' own. */
export const soundFacts: Facts = {
  demonstrationAccounts: 0,
  app: { superuser: false, bypassesRowSecurity: false, ownsObjects: false, createsRoles: false },
  owner: { superuser: false },
  durability: { fsync: 'on', synchronousCommit: 'on', fullPageWrites: 'on', dataChecksums: 'on' },
  databaseEncrypted: true,
  databaseVersion: 180_000,
  homeMode: 0o700,
  clockSkewMs: 0,
}

type Rule = { code: string; everywhere?: boolean; broken: (config: Config, facts: Facts) => boolean }

const rules: readonly Rule[] = [
  { code: 'demonstration-accounts', broken: (_, facts) => facts.demonstrationAccounts > 0 },
  { code: 'no-https-public-url', broken: (config) => !isHttps(config.publicUrl) },
  { code: 'limits-off', broken: (config) => !config.limits.on },
  { code: 'sign-in-limit-too-high', broken: (config) => config.limits.signInPerAccount > 20 },
  { code: 'address-limit-too-high', broken: (config) => config.limits.signInPerAddress > 1000 },
  { code: 'session-too-long', broken: (config) => config.session.absoluteHours > 12 },
  { code: 'idle-session-too-long', broken: (config) => config.session.idleMinutes > 120 },
  { code: 'second-factor-postponed', broken: (config) => config.secondFactor !== 'required' },
  {
    code: 'provider-not-https',
    broken: (config) => config.federation !== undefined && !isHttps(config.federation.issuer),
  },
  { code: 'debug-log', broken: (config) => config.logLevel === 'trace' || config.logLevel === 'debug' },
  { code: 'log-silent', broken: (config) => config.logLevel === 'silent' },
  { code: 'country-not-chosen', broken: (config) => !config.given.includes('MANGNON_COUNTRY') },
  { code: 'home-not-private', broken: (_, facts) => (facts.homeMode & 0o066) !== 0 },
  { code: 'app-role-superuser', broken: (_, facts) => facts.app.superuser },
  { code: 'app-role-bypasses-row-security', broken: (_, facts) => facts.app.bypassesRowSecurity },
  { code: 'app-role-owns-objects', broken: (_, facts) => facts.app.ownsObjects },
  { code: 'app-role-creates-roles', broken: (_, facts) => facts.app.createsRoles },
  { code: 'owner-role-superuser', broken: (_, facts) => facts.owner.superuser },
  { code: 'database-not-encrypted', broken: (_, facts) => !facts.databaseEncrypted },
  { code: 'clock-skew', broken: (_, facts) => Math.abs(facts.clockSkewMs) > 60_000 },
  { code: 'database-version', everywhere: true, broken: (_, facts) => !isSupported(facts.databaseVersion) },
  { code: 'fsync-off', everywhere: true, broken: (_, facts) => facts.durability.fsync !== 'on' },
  {
    code: 'synchronous-commit-off',
    everywhere: true,
    broken: (_, facts) => facts.durability.synchronousCommit === 'off',
  },
  { code: 'full-page-writes-off', everywhere: true, broken: (_, facts) => facts.durability.fullPageWrites !== 'on' },
  { code: 'data-checksums-off', broken: (_, facts) => facts.durability.dataChecksums !== 'on' },
]

/** Every code `unsafeSettings` can give, for the messages. */
export const unsafeCodes: readonly string[] = rules.map((rule) => rule.code)

/**
 * What makes it unsafe to run with children's data, as codes; empty when nothing does.
 *
 * @source security.md H1 (durability), L2 (refuse bad settings)
 */
export function unsafeSettings(config: Config, facts: Facts): string[] {
  return rules.filter((rule) => rule.broken(config, facts)).map((rule) => rule.code)
}

/** What a start must refuse: everything unsafe in production; elsewhere only what would lose acknowledged data. */
export function refusals(config: Config, facts: Facts): string[] {
  return rules
    .filter((rule) => config.environment === 'production' || rule.everywhere === true)
    .filter((rule) => rule.broken(config, facts))
    .map((rule) => rule.code)
}

/** PostgreSQL 15 is the floor of our SQL; 18 the last one tested. */
function isSupported(version: number): boolean {
  return version >= 150_000 && version < 190_000
}

function isHttps(url: string | undefined): boolean {
  return url !== undefined && url.startsWith('https://')
}
