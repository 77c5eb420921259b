import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { findProcess } from './embedded/processes.ts'

const Holder = z.object({
  pid: z.number(),
  startedAt: z.string(),
  boot: z.string(),
  processes: z.string(),
  host: z.string(),
})
type Holder = z.infer<typeof Holder>

/** Somebody else runs on this data directory. */
export class HomeInUse extends Error {
  readonly pid: number

  constructor(home: string, pid: number) {
    super(
      `Măng Non đang chạy trên ${home} (tiến trình ${pid}). Hãy dừng tiến trình đó, hoặc đặt MANGNON_HOME khác.\n` +
        `Măng Non is already running on ${home} (process ${pid}). Stop it, or set another MANGNON_HOME.`,
    )
    this.name = 'HomeInUse'
    this.pid = pid
  }
}

const beatMs = 5_000
const silentMs = 20_000

/**
 * Takes the data directory for this process. A holder is known by its number *and* its start time, so a number used
 * again after `kill -9` or a restart of the machine does not keep the lock; a holder we cannot see (another
 * container) keeps it as long as it touches the file.
 *
 * @returns releases the lock
 * @throws HomeInUse
 */
export function lockHome(home: string): () => void {
  const path = join(home, 'lock.json')
  const own = `${path}.${process.pid}`
  writeFileSync(own, JSON.stringify(ourselves()), { mode: 0o600 })
  try {
    while (!tryLink(own, path)) removeIfStale(home, path)
  } finally {
    rmSync(own, { force: true })
  }
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), beatMs)
  beat.unref()
  return () => {
    clearInterval(beat)
    rmSync(path, { force: true })
  }
}

function removeIfStale(home: string, path: string): void {
  const seen = readHolder(path)
  if (seen === undefined) return // released meanwhile
  if (isAlive(seen.holder, seen.touchedAt)) throw new HomeInUse(home, seen.holder.pid)
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return // another start removed it
    throw error
  }
  const moved = readHolder(aside)
  if (moved !== undefined && isAlive(moved.holder, moved.touchedAt)) {
    tryLink(aside, path) // somebody took the lock between our look and our move: give it back
    rmSync(aside, { force: true })
    throw new HomeInUse(home, moved.holder.pid)
  }
  rmSync(aside, { force: true })
}

function isAlive(holder: Holder, touchedAt: number): boolean {
  const us = ourselves()
  if (holder.boot !== us.boot || holder.processes !== us.processes)
    return Date.now() - touchedAt < silentMs && holder.boot === us.boot
  const found = findProcess(holder.pid)
  return found !== undefined && found.state !== 'Z' && found.startedAt === holder.startedAt
}

function ourselves(): Holder {
  return {
    pid: process.pid,
    startedAt: findProcess(process.pid)?.startedAt ?? '',
    boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    processes: readlinkSync('/proc/self/ns/pid'),
    host: hostname(),
  }
}

function readHolder(path: string): { holder: Holder; touchedAt: number } | undefined {
  try {
    const touchedAt = statSync(path).mtimeMs
    return { holder: Holder.parse(JSON.parse(readFileSync(path, 'utf8'))), touchedAt }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
