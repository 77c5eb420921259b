import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { release, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { socketUrl, withConnection } from '../connect.ts'
import { type Account, canReach } from './account.ts'
import { makePrivate, type Places, socketName } from './places.ts'
import { isPostmaster, livingServerProcesses } from './processes.ts'

/** One cluster of ours: where it lies, who runs it, how its superuser gets in. */
export type Cluster = {
  places: Places
  account: Account
  /** Directory with bin, lib and share. */
  binaries: string
  /** Stands in the title of each of its processes. */
  name: string
  superuser: { name: string; password: string }
  maxConnections: number
  /** False only for test runs: commits do not wait for the disk. */
  durable: boolean
}

const startMs = 120_000
const orphanMs = 30_000
/** Most leave by themselves at once; one in the midst of a long statement does not look up. What they wrote is gone with their postmaster either way. */
const patienceMs = 150

/** Creates the cluster when there is none: checksums on, UTF-8, order of characters independent of the machine. */
export function initialise(cluster: Cluster): void {
  const { places, account } = cluster
  if (existsSync(join(places.data, 'PG_VERSION'))) return checkMajor(cluster)
  const beside = `${places.data}.new` // what a killed first start left is begun again
  rmSync(beside, { recursive: true, force: true })
  makePrivate(beside, account)
  const password = join(places.run, 'password')
  writeFileSync(password, cluster.superuser.password, { mode: 0o600 })
  makeReadable(password, account)
  const reached = reach(beside, account)
  const run = spawnSync(
    join(cluster.binaries, 'bin', 'initdb'),
    [
      ...['-D', reached.path, '-U', cluster.superuser.name, '-A', 'scram-sha-256', `--pwfile=${password}`],
      ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums'],
    ],
    { ...account, cwd: '/', encoding: 'utf8', env: environment(), stdio: ['ignore', 'pipe', 'pipe', reached.file] },
  )
  reached.close()
  rmSync(password)
  if (run.status !== 0) throw new Error(`initdb failed: ${run.error?.message ?? run.stderr}`)
  renameSync(beside, places.data)
}

/** Whether a server of this cluster answers already. */
export async function isUp(cluster: Cluster): Promise<boolean> {
  return (await probe(cluster)) === 'ready'
}

/** Whether the process that holds this cluster lives, whatever it answers. */
export function isServing(cluster: Cluster): boolean {
  return livingServerProcesses(cluster.name).some((found) => isPostmaster(found, cluster.name))
}

/**
 * Starts the server, or takes the one a killed start left running.
 *
 * @returns `reused` when it ran already
 */
export async function startServer(cluster: Cluster): Promise<'started' | 'reused'> {
  const until = Date.now() + startMs
  if (await settles(cluster, until)) return 'reused'
  await clearTheWay(cluster)
  rotateLog(cluster.places.logFile)
  const reached = reach(cluster.places.data, cluster.account)
  const log = openSync(cluster.places.logFile, 'a', 0o600)
  const server = spawn(join(cluster.binaries, 'bin', 'postgres'), ['-D', reached.path, ...options(cluster)], {
    ...cluster.account,
    cwd: '/',
    detached: true,
    env: environment(),
    stdio: ['ignore', log, log, reached.file],
  })
  closeSync(log)
  reached.close()
  await waitUntilReady(cluster, server, until)
  server.unref()
  return 'started'
}

/** Asks the server to end its sessions and close; returns when every process of it is gone. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const until = Date.now() + 60_000
  for (let asked = false; ; asked = true) {
    const living = livingServerProcesses(cluster.name)
    if (living.length === 0) return
    const postmaster = living.find((found) => isPostmaster(found, cluster.name))
    if (!asked && postmaster !== undefined) signal(postmaster.pid, 'SIGINT')
    if (Date.now() > until) throw new Error('PostgreSQL did not stop within a minute')
    await sleep(20)
  }
}

function options(cluster: Cluster): string[] {
  const settings = {
    cluster_name: cluster.name,
    listen_addresses: '',
    unix_socket_directories: cluster.places.run,
    unix_socket_permissions: '0700',
    max_connections: cluster.maxConnections,
    shared_buffers: `${sharedMegabytes()}MB`,
    max_wal_size: '2GB',
    ...(syncsWhole() ? { recovery_init_sync_method: 'syncfs' } : {}),
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Neither statements nor key values reach the log: they may hold personal data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_parameter_max_length_on_error: 0,
    ...(cluster.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Whether what a killed server left is brought to the disk in one go instead of file by file: Linux tells of its failures since 5.8. */
function syncsWhole(): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number)
  return process.platform === 'linux' && (major > 5 || (major === 5 && minor >= 8))
}

/** An eighth of the memory, between 64 and 512 MB. */
function sharedMegabytes(): number {
  return Math.min(512, Math.max(64, Math.floor(totalmem() / 8 / 1024 / 1024)))
}

type Answer = 'ready' | 'starting' | 'absent'

async function probe(cluster: Cluster): Promise<Answer> {
  if (!existsSync(join(cluster.places.run, socketName))) return 'absent'
  const { name: user, password } = cluster.superuser
  try {
    await withConnection(socketUrl({ directory: cluster.places.run, user, password, database: 'postgres' }), (client) =>
      client.query('select 1'),
    )
    return 'ready'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === '57P03' || code === '53300') return 'starting' // starting up or shutting down; no free connection
    if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET' || code === 'EPIPE') return 'absent'
    if (code === '28P01')
      throw new Error('The password in secrets.json is not that of the embedded database', { cause: error })
    if (error instanceof Error && error.message.startsWith('Connection terminated')) return 'absent'
    throw error
  }
}

/** Waits while a server of ours is on its way up or down. @returns whether it is up */
async function settles(cluster: Cluster, until: number): Promise<boolean> {
  for (;;) {
    const answer = await probe(cluster)
    if (answer === 'ready') return true
    const postmaster = livingServerProcesses(cluster.name).find((found) => isPostmaster(found, cluster.name))
    if (postmaster === undefined) return false
    if (Date.now() > until)
      throw new Error(`PostgreSQL (process ${postmaster.pid}) runs on ${cluster.places.data} but does not answer`)
    await sleep(50)
  }
}

/**
 * A killed postmaster leaves its workers for a moment, and for good its pid file, its socket and the lock of the socket. PostgreSQL removes them itself,
 * unless the number belongs to another process by now, or to a zombie nobody collects. They are removed here only when no
 * process of the cluster is alive: otherwise two servers could write to the same files.
 */
async function clearTheWay(cluster: Cluster): Promise<void> {
  const begun = Date.now()
  for (let told = false; ;) {
    const living = livingServerProcesses(cluster.name)
    if (living.length === 0) break
    if (!told && Date.now() - begun > patienceMs) {
      for (const orphan of living) signal(orphan.pid, 'SIGQUIT')
      told = true
    }
    if (Date.now() - begun > orphanMs)
      throw new Error(`Processes of an earlier PostgreSQL are still alive: ${living.map(({ pid }) => pid).join(', ')}`)
    await sleep(25)
  }
  const socket = join(cluster.places.run, socketName)
  for (const file of [join(cluster.places.data, 'postmaster.pid'), `${socket}.lock`, socket])
    rmSync(file, { force: true })
}

async function waitUntilReady(cluster: Cluster, server: ChildProcess, until: number): Promise<void> {
  let failure: string | undefined
  server.once('error', (error) => (failure = error.message))
  server.once('exit', (code, by) => (failure = `exit ${code ?? by}`))
  while ((await probe(cluster)) !== 'ready') {
    if (failure !== undefined)
      throw new Error(`PostgreSQL did not start (${failure}): ${endOf(cluster.places.logFile)}`)
    if (Date.now() > until) throw new Error(`PostgreSQL was not ready in time: ${endOf(cluster.places.logFile)}`)
    await sleep(15)
  }
}

type Reached = { path: string; file: number | 'ignore'; close: () => void }

/**
 * Path by which the account gets to a directory of its own that may lie below one only root may enter (a project in
 * root's home): the directory is handed over open, as descriptor 3, which every process of the server inherits.
 */
function reach(directory: string, account: Account): Reached {
  if (canReach(account, directory)) return { path: directory, file: 'ignore', close: () => undefined }
  const file = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY)
  return { path: '/proc/self/fd/3', file, close: () => closeSync(file) }
}

function environment(): Record<string, string> {
  return { LC_ALL: 'C', PATH: process.env.PATH ?? '/usr/bin:/bin' }
}

function makeReadable(file: string, account: Account): void {
  if (account !== undefined) chownSync(file, account.uid, account.gid)
}

function checkMajor(cluster: Cluster): void {
  const data = readFileSync(join(cluster.places.data, 'PG_VERSION'), 'utf8').trim()
  const run = spawnSync(join(cluster.binaries, 'bin', 'postgres'), ['--version'], { encoding: 'utf8', cwd: '/' })
  const program = /\b(\d+)\./.exec(run.stdout)?.[1]
  if (data !== program)
    throw new Error(`The data in ${cluster.places.data} are of PostgreSQL ${data}; this program brings ${program}`)
}

function rotateLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10 * 1024 * 1024) renameSync(path, `${path}.1`)
}

function endOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').slice(-800).trim() : ''
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
