import {
  existsSync,
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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
const leavingMs = 60_000

export type HomeLock = {
  /** Tells a start that comes now to wait for us instead of giving up. */
  announceLeaving: () => void
  release: () => void
}

/**
 * Takes the data directory for this process. A holder is known by its number *and* its start time, so a number used
 * again after `kill -9` or a restart of the machine does not keep the lock; a holder we cannot see (another
 * container) keeps it as long as it touches the file.
 *
 * @throws HomeInUse, at once, or after a minute when the holder said that it is stopping
 */
export async function lockHome(home: string): Promise<HomeLock> {
  const path = join(home, 'lock.json')
  const leaving = join(home, 'leaving')
  const own = `${path}.${process.pid}`
  writeFileSync(own, JSON.stringify(ourselves()), { mode: 0o600 })
  try {
    while (!tryLink(own, path)) if (!removeIfStale(path)) await waitForLeaving(home, path, leaving)
  } finally {
    rmSync(own, { force: true })
  }
  rmSync(leaving, { force: true })
  const beat = setInterval(() => touch(path), beatMs)
  beat.unref()
  return {
    announceLeaving: () => {
      if (existsSync(home)) writeFileSync(leaving, '', { mode: 0o600 })
    },
    release: () => {
      clearInterval(beat)
      rmSync(leaving, { force: true })
      rmSync(path, { force: true })
    },
  }
}

/** Whether the lock is gone: released, or left by a holder that is dead. */
function removeIfStale(path: string): boolean {
  const seen = readHolder(path)
  if (seen === undefined) return true
  if (isAlive(seen.holder, seen.touchedAt)) return false
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return true // another start removed it
    throw error
  }
  const moved = readHolder(aside)
  const isTaken = moved !== undefined && isAlive(moved.holder, moved.touchedAt)
  if (isTaken) tryLink(aside, path) // somebody took it between our look and our move: give it back
  rmSync(aside, { force: true })
  return !isTaken
}

async function waitForLeaving(home: string, path: string, leaving: string): Promise<void> {
  const begun = Date.now()
  while (existsSync(leaving) && Date.now() - begun < leavingMs) {
    if (removeIfStale(path)) return
    await sleep(100)
  }
  const holder = readHolder(path)?.holder
  if (holder !== undefined) throw new HomeInUse(home, holder.pid)
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

/** A directory removed under a running product is no reason to fall over before it has stopped in order. */
function touch(path: string): void {
  if (existsSync(path)) utimesSync(path, new Date(), new Date())
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
