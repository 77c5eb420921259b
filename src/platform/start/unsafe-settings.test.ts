import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { readMessages } from '../languages.ts'
import { type Facts, refusals, unsafeCodes, unsafeSettings } from './unsafe-settings.ts'

const production = { MANGNON_ENV: 'production', MANGNON_COUNTRY: 'testland', MANGNON_PUBLIC_URL: 'https://example.org' }
const safe: Facts = {
  demonstrationAccounts: 0,
  app: { superuser: false, bypassesRowSecurity: false, ownsObjects: false, createsRoles: false },
  owner: { superuser: false },
  durability: { fsync: 'on', synchronousCommit: 'on', fullPageWrites: 'on', dataChecksums: 'on' },
  databaseEncrypted: true,
  databaseVersion: 180_004,
  homeMode: 0o700,
  clockSkewMs: 12,
}

type Case = [code: string, env: Record<string, string>, facts: Partial<Facts>]
const cases: Case[] = [
  ['demonstration-accounts', {}, { demonstrationAccounts: 1 }],
  ['no-https-public-url', { MANGNON_PUBLIC_URL: '' }, {}],
  ['no-https-public-url', { MANGNON_PUBLIC_URL: 'http://example.org' }, {}],
  ['limits-off', { MANGNON_LIMITS: '0' }, {}],
  ['sign-in-limit-too-high', { MANGNON_LIMIT_SIGN_IN_PER_ACCOUNT: '21' }, {}],
  ['address-limit-too-high', { MANGNON_LIMIT_SIGN_IN_PER_ADDRESS: '1001' }, {}],
  ['session-too-long', { MANGNON_SESSION_HOURS: '13' }, {}],
  ['idle-session-too-long', { MANGNON_SESSION_IDLE_MINUTES: '121' }, {}],
  ['second-factor-postponed', { MANGNON_SECOND_FACTOR: 'postponed' }, {}],
  [
    'provider-not-https',
    { MANGNON_OIDC_ISSUER: 'http://id.example.org', MANGNON_OIDC_CLIENT_ID: 'a', MANGNON_OIDC_CLIENT_SECRET: 'b' },
    {},
  ],
  ['debug-log', { MANGNON_LOG_LEVEL: 'debug' }, {}],
  ['debug-log', { MANGNON_LOG_LEVEL: 'trace' }, {}],
  ['log-silent', { MANGNON_LOG_LEVEL: 'silent' }, {}],
  ['country-not-chosen', { MANGNON_COUNTRY: '' }, {}],
  ['home-not-private', {}, { homeMode: 0o755 }],
  ['home-not-private', {}, { homeMode: 0o720 }],
  ['app-role-superuser', {}, { app: { ...safe.app, superuser: true } }],
  ['app-role-bypasses-row-security', {}, { app: { ...safe.app, bypassesRowSecurity: true } }],
  ['app-role-owns-objects', {}, { app: { ...safe.app, ownsObjects: true } }],
  ['app-role-creates-roles', {}, { app: { ...safe.app, createsRoles: true } }],
  ['owner-role-superuser', {}, { owner: { superuser: true } }],
  ['database-not-encrypted', {}, { databaseEncrypted: false }],
  ['clock-skew', {}, { clockSkewMs: -61_000 }],
  ['database-version', {}, { databaseVersion: 140_011 }],
  ['database-version', {}, { databaseVersion: 190_000 }],
  ['fsync-off', {}, { durability: { ...safe.durability, fsync: 'off' } }],
  ['synchronous-commit-off', {}, { durability: { ...safe.durability, synchronousCommit: 'off' } }],
  ['full-page-writes-off', {}, { durability: { ...safe.durability, fullPageWrites: 'off' } }],
  ['data-checksums-off', {}, { durability: { ...safe.durability, dataChecksums: 'off' } }],
]

describe('production refuses to start', () => {
  test('nothing is refused when everything is safe', () => {
    expect(unsafeSettings(readConfig(production), safe)).toEqual([])
    expect(unsafeSettings(readConfig(production), { ...safe, homeMode: 0o711, databaseVersion: 150_000 })).toEqual([])
  })

  test.each(cases)('%s, and for that alone', (code, env, facts) => {
    expect(refusals(readConfig({ ...production, ...env }), { ...safe, ...facts })).toEqual([code])
  })

  test('every code has its case here, and its words in three languages', () => {
    expect([...new Set(cases.map(([code]) => code))].sort()).toEqual([...unsafeCodes].sort())
    const messages = readMessages([join(import.meta.dirname, 'messages')])
    const keys = unsafeCodes.map((code) => `platform.unsafe-${code}`).sort()
    for (const language of [messages.vi, messages.en, messages.fr]) expect(Object.keys(language).sort()).toEqual(keys)
  })
})

test('outside production only what would lose acknowledged data, or cannot work, is refused', () => {
  const everything = cases.reduce((facts, [, , broken]) => ({ ...facts, ...broken }), safe)
  const durability = { fsync: 'off', synchronousCommit: 'off', fullPageWrites: 'off', dataChecksums: 'off' }
  expect(refusals(readConfig({ MANGNON_LIMITS: '0' }), { ...everything, durability })).toEqual([
    'database-version',
    'fsync-off',
    'synchronous-commit-off',
    'full-page-writes-off',
  ])
})
