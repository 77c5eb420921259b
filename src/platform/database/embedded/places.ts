import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Account, canReach } from './account.ts'

/** Where the embedded server keeps what. */
export type Places = {
  home: string
  data: string
  /** Holds the Unix socket: short, and open to nobody but the server's account. */
  run: string
  logFile: string
  /** Where binaries are copied when the installed ones cannot be used in place. */
  binaries: string
}

/** Longest path of a Unix socket on Linux, in bytes, without the closing zero. */
const socketLimit = 107
export const socketName = '.s.PGSQL.5432'

/**
 * Lays out the data directory. A project may lie deep, under spaces and letters of several bytes, or where only root
 * may pass; then socket and binaries go to a short private directory of the system's temporary one.
 */
export function preparePlaces(home: string): Places {
  makeHome(home)
  const real = realpathSync(home)
  return {
    home: real,
    data: join(real, 'pgdata'),
    run: join(real, 'run'),
    logFile: join(real, 'postgres.log'),
    binaries: join(real, 'postgres-binaries'),
  }
}

/** Moves socket and binaries away when the account or the length of the path forbids the data directory. */
export function fitPlaces(places: Places, account: Account): Places {
  const reachable = canReach(account, places.home)
  const fits = Buffer.byteLength(join(places.run, socketName)) <= socketLimit
  if (reachable && fits) {
    makePrivate(places.run, account)
    return places
  }
  const short = shortDirectory(places.home)
  const shared = shortDirectory('binaries') // one copy for all data directories of this account
  makePrivate(join(short, 'run'), account)
  return {
    ...places,
    run: join(short, 'run'),
    binaries: reachable ? places.binaries : shared,
  }
}

/** Removes what was laid outside the data directory, after the server has stopped; the copied binaries stay. */
export function leavePlaces(places: Places): void {
  if (!places.run.startsWith(places.home)) rmSync(dirname(places.run), { recursive: true, force: true })
}

/** A directory of our own under the temporary one: refused when somebody else made it or can write to it. */
function shortDirectory(purpose: string): string {
  const us = process.getuid?.() ?? 0
  const name = createHash('sha256').update(`${us} ${purpose}`).digest('hex').slice(0, 16)
  const directory = join(realpathSync(tmpdir()), `mangnon-${name}`)
  mkdirSync(directory, { mode: us === 0 ? 0o711 : 0o700, recursive: true })
  const { uid, mode } = lstatSync(directory)
  const isOurs = lstatSync(directory).isDirectory() && uid === us && (mode & 0o066) === 0
  if (!isOurs) throw new Error(`${directory} belongs to someone else; remove it or set TMPDIR`)
  return directory
}

/** Created closed to everyone; root leaves the passage open, because its server runs as another account. */
function makeHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
}

/** A directory only the server's account may enter. */
export function makePrivate(directory: string, account: Account): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (account === undefined) return
  chownSync(directory, account.uid, account.gid)
  chmodSync(directory, 0o700)
}
