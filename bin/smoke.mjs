#!/usr/bin/env node
// Starts the product once by `npm start` in a data directory of its own, asks it real questions over HTTP, stops it.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from './node24.mjs'

const patienceMs = 10 * 60_000
const home = mkdtempSync(path.join(tmpdir(), 'mangnon-smoke-'))
const port = await freePort()
const base = `http://127.0.0.1:${port}`
const begun = Date.now()

const product = spawn('npm', ['start'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MANGNON_HOME: home, PORT: String(port), DATABASE_URL: '', NODE_ENV: '' },
})
const ended = new Promise((resolve) => product.once('exit', resolve))

try {
  await untilHealthy()
  console.log(`/health: ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  await askForDescription()
  await askWithoutSigningIn()
  await askWithWrongPassword()
  await askWhoHasIssued()
  await stop()
  console.log('smoke: passed')
} catch (error) {
  console.error(`smoke: failed: ${error.message}`)
  process.exitCode = 1
  await stop().catch((fault) => console.error(fault.message))
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** The interface describes itself, completely enough to be used. */
async function askForDescription() {
  const answer = await fetch(`${base}/api/v1/openapi.json`)
  const description = await answer.json()
  expect(description.openapi?.startsWith('3.1'), 'no OpenAPI 3.1 at /api/v1/openapi.json')
  expect(Object.keys(description.paths ?? {}).length > 10, 'the description names hardly any path')
}

/** Nobody is let in without a name, and is told so in Vietnamese. */
async function askWithoutSigningIn() {
  const answer = await fetch(`${base}/api/v1/session`, { headers: { 'accept-language': 'vi' } })
  const problem = await answer.json()
  expect(
    answer.status === 401 && problem.code === 'platform.not-signed-in',
    `unsigned question answered ${answer.status}`,
  )
  expect(/đăng nhập/i.test(problem.title), 'the problem is not told in Vietnamese')
}

/** A whole way through the server: parsing, database, limits, audit. */
async function askWithWrongPassword() {
  const answer = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-mangnon': '1' },
    body: JSON.stringify({ login: 'nobody-of-this-name', password: 'not the password' }),
  })
  expect(answer.status >= 401 && answer.status <= 422, `a wrong password was answered ${answer.status}`)
  expect(answer.headers.get('set-cookie') === null, 'a wrong password was given a session')
}

/** A real question of the lead ministry, on the demonstration: which provinces have issued a plan under the national one? */
async function askWhoHasIssued() {
  const password = readFileSync(path.join(home, 'demonstration-password'), 'utf8').trim()
  const signedIn = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-mangnon': '1' },
    body: JSON.stringify({ login: 'bo-y-te.lanh-dao', password }),
  })
  expect(signedIn.ok, `signing in was answered ${signedIn.status}`)
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const ask = async (question) => (await fetch(`${base}/api/v1${question}`, { headers: { cookie } })).json()
  const { items = [] } = await ask('/plans?level=central&size=20')
  const coverages = await Promise.all(items.map(({ id }) => ask(`/plans/${id}/coverage`)))
  // The national plan is the one that most provinces owe a plan under; others of the ministry bind one or a few.
  const tiers = coverages.flatMap((coverage) => coverage.tiers ?? []).filter((tier) => tier.level === 'province')
  const provinces = tiers.toSorted((one, other) => other.owed - one.owed)[0]
  expect(provinces?.owed === 34, `${provinces?.owed} provinces owe a plan, not 34`)
  expect(provinces.issued > 20, `only ${provinces.issued} provinces have issued`)
  console.log(`provinces: ${provinces.issued} of ${provinces.owed} have issued, ${provinces.drafting} are drafting`)
}

async function untilHealthy() {
  for (;;) {
    const answer = await fetch(`${base}/health`).catch(() => undefined)
    if (answer?.ok) return
    expect(product.exitCode === null, `npm start ended with ${product.exitCode}`)
    expect(Date.now() - begun < patienceMs, 'the product was not healthy in time')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** npm passes the signal on and does not wait; the product has stopped in order when it gave its directory back. */
async function stop() {
  product.kill('SIGTERM')
  await ended
  const asked = Date.now()
  while (existsSync(path.join(home, 'lock.json')) || existsSync(path.join(home, 'pgdata', 'postmaster.pid'))) {
    expect(Date.now() - asked < 60_000, 'the product did not stop within a minute')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
}

function freePort() {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address()
      server.close(() => resolve(free))
    })
  })
}
