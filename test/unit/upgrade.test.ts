import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { endEverySession } from '#access'
import { openInstance, readConfig, restoreConfigured } from '#platform'
import { withConnection } from '../../src/platform/database/connect.ts'
import { openEmbedded } from '../../src/platform/database/embedded.ts'
import { migrate, MigrationError } from '../../src/platform/database/migrate.ts'
import { migrations, restoreInto } from '../kit/backups.ts'
import { scratchDirectory } from '../kit/children.ts'

// docs/operating/upgrade.md, tried: an instance of the release before, upgraded, and taken back by its automatic backup.
const scratch = scratchDirectory()
const home = path.join(scratch.path, 'home')
const env = { MANGNON_HOME: home, MANGNON_COUNTRY: 'testland', MANGNON_DEMO: '0' }
const older = migrations.slice(0, -1)
afterAll(() => scratch.remove())

async function settingsIn(ownerUrl: string): Promise<unknown[]> {
  return withConnection(
    ownerUrl,
    async (client) => (await client.query('select key from platform.setting order by 1')).rows,
  )
}

async function anOlderInstance(): Promise<void> {
  const { ownerUrl, stop } = await openEmbedded({ home })
  await migrate(ownerUrl, older)
  await withConnection(ownerUrl, (client) =>
    client.query(`insert into platform.setting values ('of.the.older', '"kept"', now())`),
  )
  await stop()
}

test(
  'an upgrade backs up first, and the release before comes back by restoring that backup',
  { timeout: 240_000 },
  async () => {
    await anOlderInstance()

    const upgraded = await openInstance(readConfig(env))
    expect(upgraded.applied).toEqual([migrations.at(-1)?.name])
    expect(path.basename(upgraded.backup ?? '')).toMatch(/^before-\d{4}-\d{8}T\d{6}Z\.tar\.gz$/)
    expect(await settingsIn(upgraded.connections.ownerUrl)).toEqual([{ key: 'of.the.older' }])
    await upgraded.close()

    // The second start has nothing to upgrade and makes no backup.
    const again = await openInstance(readConfig(env))
    expect([again.applied, again.backup]).toEqual([[], undefined])
    await again.close()
    expect(readdirSync(path.join(home, 'backups'))).toHaveLength(1)

    // The release before refuses the upgraded database, and takes its own state back from the backup.
    const connections = await openEmbedded({ home })
    await expect(migrate(connections.ownerUrl, older)).rejects.toThrow(MigrationError)
    await restoreInto(connections, home, upgraded.backup ?? '', { migrations: older, replace: true })
    expect(await migrate(connections.ownerUrl, older)).toEqual([])
    expect(await settingsIn(connections.ownerUrl)).toEqual([{ key: 'of.the.older' }])
    await connections.stop()
  },
)

test('the newer release restores that backup too and upgrades it anew', { timeout: 240_000 }, async () => {
  const [file = ''] = readdirSync(path.join(home, 'backups'))
  const before = path.join(home, 'backups', file)
  const restored = await restoreConfigured(env, { file: before, replace: true, afterLoading: endEverySession })
  expect(path.basename(restored.before ?? '')).toMatch(/^before-restore-/)
  const upgraded = await openInstance(readConfig(env))
  expect(upgraded.applied).toEqual([migrations.at(-1)?.name])
  await upgraded.close()
})

test('an upgrade that cannot be backed up does not begin', { timeout: 240_000 }, async () => {
  const [file = ''] = readdirSync(path.join(home, 'backups')).filter((name) => /^before-\d{4}-/.test(name))
  const before = path.join(home, 'backups', file)
  await restoreConfigured(env, { file: before, replace: true, afterLoading: endEverySession })
  const nowhere = { ...env, MANGNON_BACKUPS: path.join(home, 'secrets.json', 'backups') }
  await expect(openInstance(readConfig(nowhere))).rejects.toThrow(/ENOTDIR/)
  const { ownerUrl, stop } = await openEmbedded({ home })
  expect(await migrate(ownerUrl, older)).toEqual([])
  await stop()
})
