import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { readBackup } from '../backup/read.ts'
import { listBackups, stampOf } from '../backup/automatic.ts'
import type { Config } from '../config.ts'
import { finding, type Finding } from './finding.ts'

const megabyte = 1024 * 1024

export function checkHome({ home }: Config): Finding {
  if (!existsSync(home)) return finding('home', 'warning', 'home-missing', { path: home })
  const mode = statSync(home).mode & 0o777
  try {
    accessSync(home, constants.W_OK)
  } catch {
    return finding('home', 'fault', 'home-unwritable', { path: home })
  }
  return (mode & 0o066) === 0
    ? finding('home', 'ok', 'home-ok', { path: home })
    : finding('home', 'warning', 'home-open', { path: home, mode: mode.toString(8) })
}

/** Free space where the data lie, and where the backups do if that is another disk. */
export async function checkDisk({ home, backups }: Config): Promise<Finding[]> {
  const places = [...new Map([backups.folder, home].map(nearest).map((place) => [statSync(place).dev, place])).values()]
  return Promise.all(
    places.map(async (place) => {
      const { bavail, bsize, blocks } = await statfs(place)
      const params = { path: place, free: Math.floor((bavail * bsize) / megabyte) }
      if (params.free < 200) return finding('disk', 'fault', 'disk-full', params)
      const isLow = params.free < 2_000 || bavail / blocks < 0.05
      return finding('disk', isLow ? 'warning' : 'ok', isLow ? 'disk-low' : 'disk-ok', params)
    }),
  )
}

/** Age of the newest backup in the folder; with `deep` it is read from end to end. */
export async function checkBackups(config: Config, now: Date, deep: boolean): Promise<Finding> {
  const { folder, passphrase } = config.backups
  const needed = config.environment === 'production' ? 'fault' : 'warning'
  const newest = await newestBackup(config)
  if (newest === undefined) return finding('backups', needed, 'backups-none', { path: folder })
  const hours = Math.floor((now.getTime() - newest.at) / 3_600_000)
  const params = { name: newest.name, hours }
  if (deep) {
    const fault = await readBackup(path.join(folder, newest.name), passphrase).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (fault !== undefined)
      return finding('backups', 'fault', 'backups-unreadable', { ...params, detail: firstLine(fault) })
  }
  if (hours < 48) return finding('backups', 'ok', 'backups-ok', params)
  return finding('backups', hours < 24 * 8 ? 'warning' : needed, 'backups-old', params)
}

/** The newest backup of the folder and the instant in its name; undefined when there is none. */
export async function newestBackup({ backups }: Config): Promise<{ name: string; at: number } | undefined> {
  if (!existsSync(backups.folder)) return undefined
  const [name] = listBackups(backups.folder)
  return name === undefined ? undefined : { name, at: instantOf(name) }
}

/** Whether the server answers at its own port. */
export async function checkServer({ host, port }: Config): Promise<Finding> {
  const address = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
  const begun = performance.now()
  const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
  const ms = Math.round(performance.now() - begun)
  if (answer?.ok === true) return finding('server', 'ok', 'server-ok', { address, ms })
  if (answer === undefined) return finding('server', 'warning', 'server-silent', { address })
  return finding('server', 'fault', 'server-unwell', { address, status: answer.status })
}

export function firstLine(fault: unknown): string {
  return (fault instanceof Error ? fault.message : String(fault)).split('\n')[0] ?? ''
}

/** The place itself, or the directory above that exists already. */
function nearest(place: string): string {
  return existsSync(place) || place === path.dirname(place) ? place : nearest(path.dirname(place))
}

function instantOf(name: string): number {
  return Date.parse(stampOf(name).replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
}
