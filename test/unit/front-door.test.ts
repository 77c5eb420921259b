import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type Child, root, scratchDirectory, startChild } from '../kit/children.ts'

const scratch = scratchDirectory()
const running: Child[] = []

afterEach(async () => {
  for (const child of running.splice(0)) if (child.process.exitCode === null) await child.kill('SIGTERM')
})
afterAll(() => scratch.remove())

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

function start(home: string, port: number): Child {
  const env = { MANGNON_HOME: home, PORT: String(port), MANGNON_COUNTRY: 'testland', MANGNON_DEMO: '0' }
  const child = startChild([path.join(root, 'bin', 'start.mjs')], { env })
  running.push(child)
  return child
}

async function isHealthy(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
  return answer?.ok === true
}

async function untilHealthy(child: Child, port: number): Promise<void> {
  while (!(await isHealthy(port))) {
    if (child.process.exitCode !== null) throw new Error(child.output())
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function serverOf(home: string): number {
  const lock: unknown = JSON.parse(readFileSync(path.join(home, 'lock.json'), 'utf8'))
  return typeof lock === 'object' && lock !== null && 'pid' in lock ? Number(lock.pid) : 0
}

/** The process of the embedded database: the first line of its own lock file. */
function databaseOf(home: string): number {
  const [file] = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('postmaster.pid'),
  )
  return Number(readFileSync(path.join(home, file ?? ''), 'utf8').split('\n')[0])
}

describe('the front door', { timeout: 240_000 }, () => {
  const home = path.join(scratch.path, 'Dữ liệu Măng Non')

  test('starts, refuses a second start, stops when told, and starts again', async () => {
    const port = await freePort()
    const first = start(home, port)
    await untilHealthy(first, port)
    const second = start(home, await freePort())
    expect(await second.ended).toBe(1)
    expect(second.output()).toMatch(/đang chạy[^]*already running/)
    expect(await isHealthy(port)).toBe(true)
    first.process.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(await isHealthy(port)).toBe(false)
    await untilHealthy(start(home, port), port)
  })

  test('starts again after kill -9 of the server, and after kill -9 of the front door', async () => {
    const port = await freePort()
    const first = start(home, port)
    await untilHealthy(first, port)
    process.kill(serverOf(home), 'SIGKILL')
    await first.ended
    const second = start(home, port)
    await untilHealthy(second, port)
    await second.kill('SIGKILL') // the server behind it notices and stops; the next start waits for that
    const third = start(home, port)
    await third.says('Măng Non: http')
    expect(await isHealthy(port)).toBe(true)
    expect(serverOf(home)).toBeGreaterThan(0)
  })

  test('starts the embedded database again after kill -9 of it, and answers', async () => {
    const port = await freePort()
    const product = start(home, port)
    await untilHealthy(product, port)
    process.kill(databaseOf(home), 'SIGKILL')
    await product.says('starting again')
    await untilHealthy(product, port)
    expect(product.process.exitCode).toBe(null)
  })

  test('a setting that cannot be read is named and nothing is started', async () => {
    const child = startChild([path.join(root, 'bin', 'start.mjs')], {
      env: { PORT: 'eighty', MANGNON_HOME: path.join(scratch.path, 'none') },
    })
    expect(await child.ended).toBe(1)
    expect(child.output()).toMatch(/PORT:/)
    expect(existsSync(path.join(scratch.path, 'none'))).toBe(false)
  })

  test('an unsafe production is refused in two languages, with every reason', async () => {
    const env = {
      MANGNON_ENV: 'production',
      MANGNON_HOME: path.join(scratch.path, 'production'),
      MANGNON_LIMITS: '0',
      PORT: '0',
    }
    const child = startChild([path.join(root, 'bin', 'start.mjs')], { env })
    expect(await child.ended).toBe(1)
    for (const code of ['no-https-public-url', 'limits-off', 'country-not-chosen'])
      expect(child.output().split(code)).toHaveLength(3)
  })
})

test('packages that a link shares with other checkouts are never installed over', async () => {
  const checkout = path.join(scratch.path, 'checkout')
  const shared = path.join(scratch.path, 'shared')
  mkdirSync(shared)
  writeFileSync(path.join(shared, 'kept'), '')
  cpSync(path.join(root, 'bin'), path.join(checkout, 'bin'), { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) cpSync(path.join(root, file), path.join(checkout, file))
  symlinkSync(shared, path.join(checkout, 'node_modules'))
  const child = startChild([path.join(checkout, 'bin', 'mangnon.mjs'), 'config'], { cwd: checkout })
  expect(await child.ended).toBe(1)
  expect(child.output()).toMatch(/là liên kết[^]*is a link/)
  expect(readdirSync(shared)).toEqual(['kept'])
})
