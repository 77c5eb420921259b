import { join } from 'node:path'
import { describeSettings, readConfig, type Environment } from '../config.ts'
import { staleFiles, writeGenerated } from '../database/generate.ts'
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

/** `mangnon generate`: row types and schema text from the migrated database. @returns paths written, or stale when only checked */
export async function generateFromDatabase(env: Environment, options: { check: boolean }): Promise<string[]> {
  const instance = await openInstance(readConfig(env), { besideRunning: true })
  try {
    const { ownerUrl } = instance.connections
    if (!options.check) return await writeGenerated(ownerUrl, root)
    return (await staleFiles(ownerUrl, root)).map((file) => file.path)
  } finally {
    await instance.close()
  }
}
