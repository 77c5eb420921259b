import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'

/** The running product: where it answers, where its data lies, the demonstration's common password. */
export type Product = { address: string; home: string; password: string }

declare module 'vitest' {
  interface ProvidedContext {
    product: Product
  }
}

const root = path.join(import.meta.dirname, '..', '..')
const patienceMs = 280_000

/**
 * Starts the product once for the whole run, as a person does: its front door, the built pages, the embedded database
 * and the demonstration, in a data directory of its own. `MANGNON_E2E_ADDRESS` and `MANGNON_E2E_HOME` name one that
 * runs already, which spares the start while one works on a journey; journeys leave their traces in it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { MANGNON_E2E_ADDRESS: running, MANGNON_E2E_HOME: runningHome } = process.env
  if (running && runningHome) {
    provide(project, { address: running, home: runningHome })
    return () => Promise.resolve()
  }
  const home = mkdtempSync(path.join(tmpdir(), 'mangnon-e2e-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const front = spawn(process.execPath, [path.join(root, 'bin', 'start.mjs')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MANGNON_HOME: home, PORT: String(port), DATABASE_URL: '', MANGNON_DEMO: '', NODE_ENV: '' },
  })
  const said: string[] = []
  for (const stream of [front.stdout, front.stderr])
    stream.setEncoding('utf8').on('data', (words: string) => said.push(words))
  const stop = async () => {
    await end(front)
    rmSync(home, { recursive: true, force: true })
  }
  try {
    await untilHealthy(address, front)
  } catch (fault) {
    await stop()
    throw new Error(`the product did not start:\n${said.join('')}`, { cause: fault })
  }
  provide(project, { address, home })
  return stop
}

function provide(project: TestProject, of: { address: string; home: string }): void {
  const password = readFileSync(path.join(of.home, 'demonstration-password'), 'utf8').trim()
  project.provide('product', { ...of, password })
}

async function untilHealthy(address: string, front: ChildProcess): Promise<void> {
  const begun = Date.now()
  for (;;) {
    const answer = await fetch(`${address}/health`).catch(() => undefined)
    if (answer?.ok) return
    if (front.exitCode !== null) throw new Error(`its front door ended with ${front.exitCode}`)
    if (Date.now() - begun > patienceMs) throw new Error('it was not healthy in time')
    await pause(200)
  }
}

/** Stopped in order: the front door has ended and the data directory was given back. */
async function end(front: ChildProcess): Promise<void> {
  if (front.exitCode !== null || front.signalCode !== null) return
  const ended = new Promise((resolve) => front.once('exit', resolve))
  front.kill('SIGTERM')
  await ended
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const held = server.address()
      const port = typeof held === 'object' && held !== null ? held.port : 0
      server.close(() => resolve(port))
    })
  })
}
