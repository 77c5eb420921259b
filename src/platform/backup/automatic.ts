import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.ts'
import { withConnection } from '../database/connect.ts'
import type { Connections } from '../database/database.ts'
import { pendingMigrations, type Migration } from '../database/migrate.ts'
import { newId } from '../values.ts'
import { version } from '../version.ts'
import { readBackup } from './read.ts'
import { isUsed } from './restore.ts'
import { writeBackup, type Made } from './write.ts'

/**
 * Before migrations change an instance that holds data, what it holds is backed up. A backup that cannot be made stops
 * the start; only `MANGNON_BACKUPS_KEPT=0` leaves it out, and that is said aloud.
 *
 * @returns the file; undefined when there was nothing to migrate or nothing to lose
 */
export async function backUpBeforeMigrating(
  config: Config,
  connections: Connections,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  const [next] = await pendingMigrations(connections.ownerUrl, migrations)
  if (next === undefined || !(await isUsed(connections.ownerUrl))) return undefined
  if (config.backups.kept === 0) {
    console.warn('Nâng cấp KHÔNG sao lưu trước · Upgrading WITHOUT a backup (MANGNON_BACKUPS_KEPT=0)')
    return undefined
  }
  const name = `before-${next.name.slice(0, 4)}`
  console.log(`Sao lưu trước khi nâng cấp · Backing up before the upgrade: ${config.backups.folder}`)
  return (await backUp(config, connections, { name, keep: config.backups.kept })).path
}

/** Makes a backup under this name in the folder of backups and reads it back whole; then the oldest of its kind beyond `keep` go. */
export async function backUp(
  config: Config,
  connections: Connections,
  { name, keep }: { name: string; keep: number | undefined },
): Promise<Made> {
  const { folder, passphrase } = config.backups
  const now = new Date()
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const file = path.join(folder, `${name}-${stamp}.tar.gz${passphrase === undefined ? '' : '.sealed'}`)
  const made = await writeVerified(config, connections, { file, now })
  const kind = name.startsWith('before-') ? 'before-' : `${name}-`
  if (keep !== undefined)
    for (const old of listBackups(folder, kind).slice(Math.max(1, keep))) rmSync(path.join(folder, old))
  return made
}

/** A backup is made when it was read back: every hash and count of it is checked. The audit tells of it. */
export async function writeVerified(
  config: Config,
  connections: Connections,
  to: { file: string; now: Date },
): Promise<Made> {
  const { home, country } = config
  const source = { ownerUrl: connections.ownerUrl, home, country, version, now: to.now }
  const made = await writeBackup(source, to.file, config.backups.passphrase)
  await readBackup(to.file, config.backups.passphrase)
  await tellAudit(connections.appUrl, made)
  return made
}

/** Names of the backups of a kind, the newest first. */
export function listBackups(folder: string, kind = ''): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(kind) && /-\d{8}T\d{6}Z\.tar\.gz(\.sealed)?$/.test(name))
    .sort((one, other) => stampOf(other).localeCompare(stampOf(one)))
}

/** The moment in the name of a backup: `20261122T050000Z`. */
export function stampOf(name: string): string {
  return /-(\d{8}T\d{6}Z)\./.exec(name)?.[1] ?? ''
}

async function tellAudit(appUrl: string, made: Made): Promise<void> {
  const params = { rows: made.seal.rows, files: made.seal.files, gaps: made.seal.gaps.length, sha256: made.seal.sha256 }
  await withConnection(appUrl, (client) =>
    client.query(
      `insert into platform.audit_entry (id, at, action, outcome, params, request_id) values ($1, $2, 'platform.backed-up', 'done', $3, 'backup')`,
      [newId(), made.manifest.madeAt, JSON.stringify(params)],
    ),
  )
}
