import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'

/** The running product: where it answers, where its data lies, the demonstration's common password, by which address it is killed and started. */
export type Product = { address: string; home: string; password: string; control: string }

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
  const { MANGNON_E2E_ADDRESS: address, MANGNON_E2E_HOME: home } = process.env
  if (address && home) {
    provide(project, { address, home, control: '' })
    return () => Promise.resolve()
  }
  return startOwn(project)
}

async function startOwn(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(path.join(tmpdir(), 'mangnon-e2e-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let running = start(home, port)
  const door = await openControl(async (what) => {
    if (what === 'kill') await kill(running.front)
    else {
      running = start(home, port)
      await untilHealthy(address, running.front)
    }
  })
  // Should these tests be ended from outside, the product ends with them.
  process.once('exit', () => killGroup(running.front))
  const stop = async () => {
    door.close()
    await end(running.front)
    rmSync(home, { recursive: true, force: true })
  }
  try {
    await untilHealthy(address, running.front)
  } catch (fault) {
    await stop()
    throw new Error(`the product did not start:\n${running.said.join('')}`, { cause: fault })
  }
  provide(project, { address, home, control: door.address })
  return stop
}

type Running = { front: ChildProcess; said: string[] }

/** In a group of processes of its own, so that all of it can be killed at once. */
function start(home: string, port: number): Running {
  const front = spawn(process.execPath, [path.join(root, 'bin', 'start.mjs')], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MANGNON_HOME: home, PORT: String(port), DATABASE_URL: '', MANGNON_DEMO: '', NODE_ENV: '' },
  })
  const said: string[] = []
  for (const stream of [front.stdout, front.stderr])
    stream.setEncoding('utf8').on('data', (words: string) => said.push(words))
  return { front, said }
}

/** As when the power fails: nothing of it has time for anything. */
async function kill(front: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => front.once('exit', resolve))
  killGroup(front)
  await ended
}

function killGroup(front: ChildProcess): void {
  const hasEnded = front.exitCode !== null || front.signalCode !== null
  if (front.pid !== undefined && !hasEnded) process.kill(-front.pid, 'SIGKILL')
}

/** Journeys run in processes of their own: they ask here for the product to be killed and started. */
async function openControl(act: (what: string) => Promise<void>): Promise<{ address: string; close: () => void }> {
  const port = await freePort()
  const server = createHttpServer((request, response) => {
    act(request.url?.slice(1) ?? '').then(
      () => response.end('done'),
      (fault: unknown) => response.writeHead(500).end(String(fault)),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() }
}

function provide(project: TestProject, of: Omit<Product, 'password'>): void {
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
