import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backupConfigured, describeFindings, examine, openFileStore, statusOf } from '#platform'
import { writeBackup } from '../../src/platform/backup/write.ts'
import { withConnection } from '../../src/platform/database/connect.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { placeOfFile } from '../../src/platform/files.ts'
import { migrations } from '../kit/backups.ts'
import { scratchDirectory } from '../kit/children.ts'
import { anEmptyDatabase } from '../kit/database.ts'

let scratch: ReturnType<typeof scratchDirectory>
let db: Awaited<ReturnType<typeof anEmptyDatabase>>
let env: Record<string, string>
const now = new Date('2031-03-04T05:00:00Z')

beforeEach(async () => {
  scratch = scratchDirectory()
  db = await anEmptyDatabase()
  const { ownerUrl: DATABASE_URL, appUrl: MANGNON_APP_DATABASE_URL } = db
  env = { DATABASE_URL, MANGNON_APP_DATABASE_URL, MANGNON_HOME: scratch.path, PORT: '9', MANGNON_COUNTRY: 'testland' }
})
afterEach(async () => {
  await db.drop()
  scratch.remove()
})

/** The findings by check: state and code, without the prefix. */
async function found(options: { deep?: boolean } = {}): Promise<Record<string, string[]>> {
  const findings = await examine(env, { deep: options.deep === true, now })
  for (const language of ['vi', 'en', 'fr'] as const)
    expect(describeFindings(findings, language)).toHaveLength(findings.length)
  const told = findings.map(({ check, state, code }) => [check, `${state} ${code.replace('platform.doctor-', '')}`])
  return Object.fromEntries(
    [...Map.groupBy(told, ([check = '']) => check)].map(([check, lines]) => [
      check,
      lines.map(([, line = '']) => line),
    ]),
  )
}

async function asOwner(text: string, values: unknown[] = []): Promise<void> {
  await withConnection(db.ownerUrl, async (client) => {
    await client.query(`select set_config('mangnon.everywhere', 'yes', false)`)
    await client.query(text, values)
  })
}

const id = '01a20000-0000-7000-8000-000000000001'
function storeRow(sha256: string): Promise<void> {
  return asOwner(
    `insert into platform.stored_file (id, record_kind, record_id, agency_id, name, media_type, size, sha256, person_id, stored_at)
     values ($1, 'test', $1, $1, 'x', 'x/x', 1, $2, $1, now())`,
    [id, sha256],
  )
}

describe('the doctor', { timeout: 120_000 }, () => {
  test('finds a migrated instance sound, apart from what the tests do without', async () => {
    await migrate(db.ownerUrl, migrations)
    expect(await found()).toMatchObject({
      settings: ['ok settings-ok'],
      home: ['ok home-ok'],
      database: ['ok database-ok'],
      clock: ['ok clock-ok'],
      migrations: ['ok migrations-ok'],
      schema: ['ok schema-ok'],
      files: ['ok files-ok'],
      jobs: ['ok jobs-ok'],
      server: ['warning server-silent'],
      backups: ['warning backups-none'],
    })
    const { safety } = await found()
    expect(safety).toContain('fault platform.unsafe-fsync-off') // the servers of the tests run without it
    expect(statusOf(await examine(env, { deep: false, now }))).toBe(2)
  })

  test('changes nothing: an empty database stays empty', async () => {
    expect((await found()).migrations).toEqual(['warning migrations-none'])
    const { rows } = await withConnection(db.ownerUrl, (client) =>
      client.query(`select to_regclass('platform.migration') is null as empty`),
    )
    expect(rows).toEqual([{ empty: true }])
  })

  test('makes no embedded database to look at, and there is none to back up', async () => {
    const home = path.join(scratch.path, 'nowhere')
    env = { MANGNON_HOME: home, PORT: '9' }
    expect(await found()).toMatchObject({ home: ['warning home-missing'], database: ['warning migrations-none'] })
    await expect(backupConfigured(env, {})).rejects.toThrow('nothing to back up')
    expect(existsSync(home)).toBe(false)
    const { ownerUrl: DATABASE_URL, appUrl: MANGNON_APP_DATABASE_URL } = db
    await expect(backupConfigured({ ...env, DATABASE_URL, MANGNON_APP_DATABASE_URL }, {})).rejects.toThrow(
      'nothing to back up',
    )
  })

  test('sees migrations that are pending, and a database newer than the program', async () => {
    await migrate(db.ownerUrl, migrations.slice(0, -1))
    expect((await found()).migrations).toEqual(['warning migrations-pending'])
    await migrate(db.ownerUrl, migrations)
    await asOwner(`insert into platform.migration values (9999, '9999-later.sql', 'x')`)
    expect((await found()).migrations).toEqual(['fault migrations-wrong'])
  })

  test('sees a wall that was taken down by hand', async () => {
    await migrate(db.ownerUrl, migrations)
    await asOwner('alter table platform.audit_entry no force row level security')
    expect((await found()).schema).toEqual(['fault schema-differs'])
  })

  test('sees files that are missing or damaged', async () => {
    await migrate(db.ownerUrl, migrations)
    const store = path.join(scratch.path, 'files')
    const sha256 = await openFileStore(store).write(Buffer.from('whole'))
    await storeRow(sha256)
    expect((await found()).files).toEqual(['ok files-ok'])
    writeFileSync(placeOfFile(store, sha256), 'no longer')
    expect((await found()).files).toEqual(['fault files-faulty'])
  })

  test('sees jobs that wait too long, and those that failed', async () => {
    await migrate(db.ownerUrl, migrations)
    const job = (state: string, number: number) =>
      asOwner(
        `insert into platform.job (id, kind, payload, state, person_id, created_at, finished_at) values ($1, 'test', '{}', $2, $3, $4, $4)`,
        [id.slice(0, -1) + String(number), state, id, '2031-03-04T04:00:00Z'],
      )
    await job('failed', 1)
    expect((await found()).jobs).toEqual(['ok jobs-ok', 'warning jobs-failed'])
    await job('queued', 2)
    expect((await found()).jobs).toEqual(['fault jobs-stuck', 'warning jobs-failed'])
  })

  test('knows how old the newest backup is, and on wish whether it can be read', async () => {
    await migrate(db.ownerUrl, migrations)
    const source = { ownerUrl: db.ownerUrl, home: scratch.path, country: 'testland', version: '0', now }
    const folder = path.join(scratch.path, 'backups')
    mkdirSync(folder)
    await writeBackup(source, path.join(folder, 'mangnon-20310225T050000Z.tar.gz'), undefined)
    expect((await found()).backups).toEqual(['warning backups-old'])
    await writeBackup(source, path.join(folder, 'mangnon-20310304T030000Z.tar.gz'), undefined)
    expect((await found({ deep: true })).backups).toEqual(['ok backups-ok'])
    writeFileSync(path.join(folder, 'mangnon-20310304T040000Z.tar.gz'), 'x'.repeat(100))
    expect((await found()).backups).toEqual(['ok backups-ok'])
    expect((await found({ deep: true })).backups).toEqual(['fault backups-unreadable'])
  })

  test('tells of settings and of a database that cannot be used, without their secrets', async () => {
    env.DATABASE_URL = db.ownerUrl.replace(/:\/\/[^@]*@/, '://someone:hunter2@')
    const findings = await examine(env, { deep: false, now })
    expect(findings.find(({ check }) => check === 'database')).toMatchObject({ state: 'fault' })
    expect(describeFindings(findings, 'en').join('\n')).not.toContain('hunter2')
    env.PORT = 'eighty'
    expect(await found()).toEqual({ settings: ['fault settings-unreadable'] })
  })
})
