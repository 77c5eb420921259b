import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import serverFlags from '../../bin/server-flags.json' with { type: 'json' }

export type Victim = 'app' | 'database' | 'both'

/** A product that a supervisor keeps up: whenever its process ends it is started again, as systemd does. */
export type KeptProduct = {
  address: string
  /** How often it was started. */
  starts: () => number
  /** `kill -9`; false when that process did not run at this moment. */
  kill: (victim: Victim) => boolean
  /** @throws when it is not healthy in time */
  untilHealthy: (patienceMs: number) => Promise<void>
  /** In order, by SIGTERM. */
  stop: () => Promise<void>
}

const root = path.resolve(import.meta.dirname, '..', '..')

/** Starts the product on a data directory and keeps it up until `stop`. */
export async function keepProduct(home: string, env: Record<string, string>): Promise<KeptProduct> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let starts = 0
  let isStopping = false
  let child = start()

  function start(): ChildProcess {
    starts++
    const said = openSync(path.join(home, 'crash.log'), 'a')
    const started = spawn(process.execPath, [...serverFlags, path.join(root, 'src', 'main.ts')], {
      cwd: root,
      stdio: ['ignore', said, said],
      env: {
        ...{ ...process.env, MANGNON_LIMITS: '0', MANGNON_SECOND_FACTOR: 'postponed', DATABASE_URL: '' },
        // Code is compiled once, not at each of the starts: half of what a start takes.
        NODE_COMPILE_CACHE: path.join(home, 'compiled'),
        ...{ ...env, MANGNON_HOME: home, PORT: String(port) },
      },
    })
    closeSync(said)
    started.once('exit', () => {
      if (!isStopping) child = start()
    })
    return started
  }

  return {
    address,
    starts: () => starts,
    kill: (victim) => {
      const postmaster = victim === 'app' ? undefined : postmasterOf(home)
      const ofDatabase = postmaster === undefined ? victim === 'app' : killOutright(postmaster)
      return (victim === 'database' || child.kill('SIGKILL')) && ofDatabase
    },
    untilHealthy: async (patienceMs) => {
      for (const begun = Date.now(); ;) {
        const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
        if (answer?.ok === true) return
        if (Date.now() - begun > patienceMs) throw new Error('the product did not become healthy in time')
        await sleep(50)
      }
    },
    stop: async () => {
      isStopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The number in the pid file, when a process of that number runs and is a PostgreSQL. */
function postmasterOf(home: string): number | undefined {
  const file = path.join(home, 'pgdata', 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const name = `/proc/${pid}/comm`
  return pid > 1 && existsSync(name) && readFileSync(name, 'utf8').startsWith('postgres') ? pid : undefined
}

function killOutright(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const held = server.address()
  server.close()
  return typeof held === 'object' && held !== null ? held.port : 0
}
