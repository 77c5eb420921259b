import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { backupConfigured, checkBackup, openInstance, readConfig } from '#platform'
import { scratchDirectory } from '../kit/children.ts'

const scratch = scratchDirectory()
const folder = path.join(scratch.path, 'backups')
const env = { MANGNON_HOME: path.join(scratch.path, 'home'), MANGNON_COUNTRY: 'testland', MANGNON_BACKUPS: folder }
afterAll(() => scratch.remove())

test(
  'mangnon backup beside a running product removes old ones only when told how many stay, and never those of upgrades',
  { timeout: 120_000 },
  async () => {
    const instance = await openInstance(readConfig(env))
    mkdirSync(folder, { recursive: true })
    const old = [
      'mangnon-20200101T000000Z.tar.gz',
      'mangnon-20200102T000000Z.tar.gz',
      'before-0002-20200101T000000Z.tar.gz',
    ]
    for (const name of [...old, 'a-letter.txt']) writeFileSync(path.join(folder, name), '')
    const first = await backupConfigured(env, {})
    expect(readdirSync(folder)).toHaveLength(5)
    const second = await backupConfigured({ ...env, MANGNON_BACKUP_PASSPHRASE: 'mười hai con trâu' }, { keep: 2 })
    expect(path.basename(second.path)).toMatch(/\.tar\.gz\.sealed$/)
    const names = [first.path, second.path].map((file) => path.basename(file))
    expect(readdirSync(folder).sort()).toEqual(['a-letter.txt', 'before-0002-20200101T000000Z.tar.gz', ...names].sort())
    expect(statSync(second.path).mode & 0o777).toBe(0o600)
    await expect(backupConfigured(env, { file: first.path })).rejects.toThrow('is already there')
    const passphraseFile = path.join(scratch.path, 'passphrase')
    writeFileSync(passphraseFile, 'mười hai con trâu\n')
    const { manifest } = await checkBackup(env, { file: second.path, passphraseFile })
    // The second backup holds what the audit was told of the first.
    expect(manifest.tables.find((table) => table.name === 'audit_entry')?.rows).toBe(1)
    await instance.close()
  },
)
