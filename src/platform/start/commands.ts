import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeSettings, readConfig, type Environment } from '../config.ts'
import { openEmbedded } from '../database/embedded.ts'
import { staleFiles, writeGenerated } from '../database/generate.ts'
import { migrate, readMigrations } from '../database/migrate.ts'
import { settings } from '../settings.ts'
import { openInstance, UnsafeSettings } from './instance.ts'
import { refusals, soundFacts } from './unsafe-settings.ts'

const root = join(import.meta.dirname, '..', '..', '..')

const sources = {
  environment: 'môi trường · environment',
  NODE_ENV: 'NODE_ENV',
  default: 'mặc định · default · par défaut',
}

/** `mangnon config`: every setting as it is in force (secrets masked), its source and its meaning. @throws InvalidSettings */
export function printConfig(env: Environment, language: 'vi' | 'en' | 'fr', print: (line: string) => void): void {
  for (const { name, value, source } of describeSettings(env)) {
    const meaning = settings.find((setting) => setting.name === name)?.meaning[language] ?? ''
    print(`${name}=${value}   (${sources[source]})`)
    print(`    ${meaning}`)
  }
}

/** `mangnon config check`: whether the settings can be read and a start would not refuse them for their own sake. @throws InvalidSettings, UnsafeSettings */
export function checkConfig(env: Environment): void {
  const config = readConfig(env)
  const codes = refusals(config, soundFacts)
  if (codes.length > 0) throw new UnsafeSettings(codes)
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
