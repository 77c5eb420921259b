import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { readConfig, type Config, type Environment } from '../config.ts'
import { readMigrations } from '../database/migrate.ts'
import { hasDatabase, migrationsDirectory, openConnections } from '../start/instance.ts'
import { backUp, writeVerified } from './automatic.ts'
import type { Manifest, Seal } from './manifest.ts'
import { readBackup } from './read.ts'
import { isUsed, restoreBackup } from './restore.ts'
import { UnusableBackup } from './unusable.ts'
import type { Made } from './write.ts'

/** Where the passphrase comes from; without a file it is that of the settings. */
export type Passphrase = { passphraseFile?: string | undefined }

/** `mangnon backup`: to the file, or under a name of its own in the folder of backups, where the oldest beyond `keep` are removed. */
export async function backupConfigured(
  env: Environment,
  options: Passphrase & { file?: string | undefined; keep?: number | undefined },
): Promise<Made> {
  const config = withPassphrase(readConfig(env), options)
  if (!hasDatabase(config)) throw new UnusableBackup('nothing-there')
  const connections = await openConnections(config, true)
  try {
    if (options.file === undefined) return await backUp(config, connections, { name: 'mangnon', keep: options.keep })
    const file = path.resolve(options.file)
    if (existsSync(file)) throw new Error(`${file} đã có sẵn · is already there`)
    return await writeVerified(config, connections, { file, now: new Date() })
  } finally {
    await connections.stop()
  }
}

export type Restored = { manifest: Manifest; seal: Seal; before: string | undefined }

/**
 * `mangnon restore`: into the configured instance, which must be stopped. One that holds data is only replaced when told
 * so, and what it holds is backed up first.
 *
 * @throws UnusableBackup, HomeInUse
 */
export async function restoreConfigured(
  env: Environment,
  options: Passphrase & { file: string; replace: boolean; afterLoading: (client: pg.Client) => Promise<void> },
): Promise<Restored> {
  const config = withPassphrase(readConfig(env), options)
  const archive = { file: path.resolve(options.file), passphrase: config.backups.passphrase }
  await readBackup(archive.file, archive.passphrase) // before anything is opened
  const connections = await openConnections(config, false)
  try {
    const isFull = options.replace && (await isUsed(connections.ownerUrl))
    const before = isFull
      ? (await backUp(config, connections, { name: 'before-restore', keep: undefined })).path
      : undefined
    const target = {
      ...{ ownerUrl: connections.ownerUrl, appUrl: connections.appUrl, home: config.home, country: config.country },
      ...{ migrations: readMigrations(migrationsDirectory), now: new Date(), afterLoading: options.afterLoading },
    }
    return { ...(await restoreBackup(target, archive, options.replace)), before }
  } finally {
    await connections.stop()
  }
}

/** `mangnon restore --check`: reads an archive from end to end and touches nothing. @throws UnusableBackup */
export async function checkBackup(env: Environment, options: Passphrase & { file: string }) {
  const { backups } = withPassphrase(readConfig(env), options)
  return readBackup(path.resolve(options.file), backups.passphrase)
}

function withPassphrase(config: Config, { passphraseFile }: Passphrase): Config {
  if (passphraseFile === undefined) return config
  const passphrase = readFileSync(passphraseFile, 'utf8').trim()
  return { ...config, backups: { ...config.backups, passphrase } }
}
