import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeSettings, readConfig, type Environment } from '../config.ts'
import { openEmbedded } from '../database/embedded.ts'
import { staleFiles, writeGenerated } from '../database/generate.ts'
import { migrate, readMigrations } from '../database/migrate.ts'
import { settings } from '../settings.ts'
import { openInstance } from './instance.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** `mangnon config`: every setting, its value now (secrets masked) and its meaning. Refused where it cannot be read. */
export function printConfig(env: Environment, language: 'vi' | 'en' | 'fr', print: (line: string) => void): void {
  readConfig(env)
  for (const { name, value, given } of describeSettings(env)) {
    const meaning = settings.find((setting) => setting.name === name)?.meaning[language] ?? ''
    print(`${name}=${value}${given ? '' : '   (mặc định · default · par défaut)'}`)
    print(`    ${meaning}`)
  }
}

/** `mangnon migrate`: opens the configured database and brings it up to date. @returns names of the files applied */
export async function migrateConfigured(env: Environment): Promise<string[]> {
  const instance = await openInstance(readConfig(env), { besideRunning: true })
  await instance.close()
  return instance.applied
}

/**
 * `mangnon generate`: row types and schema text from a database made for it with all migrations, and thrown away.
 *
 * @returns paths written, or stale when only checked
 */
export async function generateFromMigrations(options: { check: boolean }): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), 'mangnon-generate-'))
  const { ownerUrl, stop } = await openEmbedded({ home, forTests: true })
  try {
    await migrate(ownerUrl, readMigrations(join(root, 'db', 'migrations')))
    if (!options.check) return await writeGenerated(ownerUrl, root)
    return (await staleFiles(ownerUrl, root)).map((file) => file.path)
  } finally {
    await stop()
    rmSync(home, { recursive: true, force: true })
  }
}
