#!/usr/bin/env node
// Runs every check and every test. Its last line is the sum: `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runChecks } from './check.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode24, root } from './node24.mjs'
import { run } from './run.mjs'

const results = path.join(root, 'test-results')
const inCi = process.env.CI === 'true' || process.env.CI === '1'
const total = { passed: 0, failed: 0, skipped: 0 }
/** What failed, by name: said again at the end, where whoever reads a long run looks first. */
const failures = []

await ensureInstalled()
await ensureBuilt()
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

title('check')
const checked = await runChecks()
add(checked)
failures.push(...checked.names.map((name) => `check: ${name}`))
await suite('unit', 'unit', { workers: availableParallelism() })
// The browser waits much: beside it there is room for the databases, one after the other.
await Promise.all([databaseSuites(), browserSuite()])

for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

/** Runs one suite and adds what its report says; a suite that breaks without a failed test counts as one failure. */
async function suite(project, name, { before = [], env = {}, workers = 1 } = {}) {
  title(name)
  const report = path.join(results, `${name.replace(/\W+/g, '-')}.json`)
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const options = [`--maxWorkers=${workers}`, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const status = await run(requireNode24(), [...before, vitest, 'run', '--project', project, ...options], {
    cwd: root,
    env: { ...process.env, MANGNON_TEST_DATABASE_URL: '', ...env },
  })
  if (status === 77) return skip(name, 'PostgreSQL is not installed on this system')
  const counts = readReport(report)
  if (status !== 0 && counts.failed === 0) {
    counts.failed = 1
    failures.push(`${name}: ended with ${status} though no test failed`)
  }
  failures.push(...namesOfFailed(report).map((failed) => `${name}: ${failed}`))
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  add(counts)
}

async function databaseSuites() {
  await suite('db', 'db: embedded PostgreSQL')
  // For most of its time the browser has ended: there is room for more.
  await suite('db', 'db: PostgreSQL of this system', {
    workers: availableParallelism(),
    before: [path.join(root, 'test', 'kit', 'on-system-postgres.ts'), requireNode24()],
  })
}

function readReport(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  if (numTotalTests === 0) return { passed: 0, failed: 1, skipped: 0 } // a suite that found nothing proves nothing
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** Each failed test with its file and the first line of why; a file that could not be read at all, with its own. */
function namesOfFailed(report) {
  if (!existsSync(report)) return ['no report was written']
  return JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name)
    const failed = assertionResults.filter((one) => one.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : []
    return failed.map((one) => `${file} > ${one.fullName}: ${firstLine(one.failureMessages[0])}`)
  })
}

function firstLine(text) {
  return String(text ?? '').split('\n', 1)[0]
}

async function browserSuite() {
  const folder = path.join(root, 'test', 'e2e')
  const journeys = existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.e2e.ts'))
    : []
  if (journeys.length === 0) return skip('e2e', 'there are no journeys')
  const chromium = findChromium() ?? installChromium()
  if (chromium === undefined) return skip('e2e', 'no Chromium (put it on PATH or name it in CHROMIUM)')
  await suite('e2e', 'e2e', { env: { CHROMIUM: chromium } })
}

function findChromium() {
  const named = process.env.CHROMIUM ?? ''
  if (named !== '') return existsSync(named) ? named : undefined
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file))
}

/** Only on a machine of CI, which is thrown away: there root may install what the journeys need. */
function installChromium() {
  if (!inCi || process.getuid?.() !== 0) return undefined
  const packages = ['chromium', 'libreoffice-writer-nogui', 'poppler-utils', 'fonts-liberation']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const parameters of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
  ])
    if (spawnSync('apt-get', parameters, { stdio: ['ignore', 'ignore', 'inherit'], env }).status !== 0) return undefined
  return findChromium()
}

/** A suite left out is said aloud; in CI it is a failure, because there everything must run. */
function skip(name, why) {
  console.log(`${name}: SKIPPED, ${why}`)
  if (inCi && name === 'e2e') failures.push(`${name}: skipped, ${why}`)
  add(inCi && name === 'e2e' ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 })
}

function add({ passed, failed, skipped }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

function title(name) {
  console.log(`\n── ${name} ──`)
}
