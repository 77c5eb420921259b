import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseAccount } from '../../src/platform/database/embedded/account.ts'
import { socketUrl, withConnection } from '../../src/platform/database/connect.ts'

const root = '/usr/lib/postgresql'

/** Directory of the newest PostgreSQL installed on this machine, undefined when there is none. */
export function findSystemPostgres(): string | undefined {
  if (!existsSync(root)) return undefined
  return readdirSync(root)
    .filter((version) => existsSync(join(root, version, 'bin', 'initdb')))
    .sort((one, other) => Number(one) - Number(other))
    .map((version) => join(root, version, 'bin'))
    .at(-1)
}

/**
 * Starts the machine's own PostgreSQL on a fresh temporary directory, as an ordinary account also when we are root.
 *
 * @returns address of its superuser, and how to stop it and remove its files
 */
export async function startSystemPostgres(bin: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'mangnon-system-'))
  const account = chooseAccount(directory)
  const password = 'test'
  const passwordFile = join(directory, 'password')
  writeFileSync(passwordFile, password)
  if (account !== undefined) for (const path of [directory, passwordFile]) chownSync(path, account.uid, account.gid)
  const data = join(directory, 'data')
  const run = spawnSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'test',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '-k',
      '-N',
    ],
    { ...account, cwd: '/', encoding: 'utf8' },
  )
  if (run.status !== 0) throw new Error(`initdb of the system failed: ${run.stderr}`)
  const logFile = join(directory, 'log')
  const log = openSync(logFile, 'a')
  // Nothing here outlives the run, so nothing waits for the disk.
  const speed = [
    '-c',
    'fsync=off',
    '-c',
    'synchronous_commit=off',
    '-c',
    'full_page_writes=off',
    '-c',
    'max_connections=200',
  ]
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', directory, '-c', 'listen_addresses=', ...speed], {
    ...account,
    cwd: '/',
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const url = socketUrl({ directory, user: 'test', password, database: 'postgres' })
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries > 300 || server.exitCode !== null)
      throw new Error(`PostgreSQL did not start: ${readFileSync(logFile, 'utf8')}`)
    await sleep(50)
  }
  return {
    url,
    stop: async () => {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await gone
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await withConnection(url, (client) => client.query('select 1'))
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code)) return false
    throw error
  }
}
