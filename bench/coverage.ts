import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { keepProduct } from './crash/product.ts'
import { prepareWorld } from './coverage/prepare.ts'
import { measurePages, scriptsOf, type Check } from './coverage/pages.ts'

/**
 * `npm run bench -- coverage [--quick] [--seed 1] [--keep DIRECTORY]`: 170,000 items of plans over four thousand bodies,
 * made anew; first what the product answers is held against counting all rows in memory, then the pages are timed
 * through the real server with 20 clients. `--quick`: a small country, equality only. Exit status 1 = an answer differed
 * or a bar was missed. The figures are written to `test-results/bench/coverage.json`.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
})
const home = values.keep ?? mkdtempSync(path.join(tmpdir(), 'mangnon-coverage-'))
const country = values.quick ? 'testland' : 'vn'
const checks: Check[] = []
const { world, clients, equalities, seconds } = await prepareWorld(home, country, {
  seed: values.seed,
  itemsOfPlan: values.quick ? 20 : 55,
})
console.log(
  `${world.items} items in ${world.plans} plans, ${world.work} pieces of work, ${world.progress} updates, ${world.bodies} bodies in being; made in ${seconds.toFixed(0)} s`,
)
for (const { name, ok, ours, plain } of equalities) {
  if (!ok) console.log(`DIFFERS ${name}\n  ours  ${ours}\n  plain ${plain}`)
  checks.push({ name, value: ok ? 1 : 0, unit: 'equal', bar: 1, ok })
}
console.log(
  `${equalities.filter((one) => one.ok).length} of ${equalities.length} answers are those of counting all rows`,
)

if (!values.quick && checks.every((check) => check.ok)) {
  const began = performance.now()
  const product = await keepProduct(home, { MANGNON_COUNTRY: country, MANGNON_DEMO: '0' })
  try {
    await product.untilHealthy(60_000)
    checks.push(atMost('start of an existing instance', (performance.now() - began) / 1000, 's', 5))
    checks.push(...(await measurePages(product.address, clients)))
    checks.push(atMost('script of the first page, compressed', (await scriptsOf(product.address)) / 1000, 'kB', 250))
  } finally {
    await product.stop()
  }
}

function atMost(name: string, value: number, unit: string, bar: number): Check {
  return { name, value, unit, bar, ok: value <= bar }
}

for (const { name, value, unit, bar, ok } of checks.filter((check) => check.unit !== 'equal'))
  console.log(
    `${ok ? '     ' : 'OVER '} ${name.padEnd(60)} ${value.toFixed(unit === 's' ? 1 : 0).padStart(6)} ${unit} (at most ${bar})`,
  )
const results = path.join('test-results', 'bench', 'coverage.json')
mkdirSync(path.dirname(results), { recursive: true })
const machine = {
  processors: cpus().length,
  model: cpus()[0]?.model ?? '',
  load: loadavg()[0] ?? 0,
  node: process.version,
}
writeFileSync(
  results,
  `${JSON.stringify({ name: 'coverage', date: new Date().toISOString(), machine, checks, details: { world, seconds } }, null, 2)}\n`,
)
console.log(`written: ${results}`)
if (values.keep === undefined) rmSync(home, { recursive: true, force: true })
process.exitCode = checks.every((check) => check.ok) ? 0 : 1
