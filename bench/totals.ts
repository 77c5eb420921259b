import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { idOfKey, openInstance, readConfig } from '#platform'
import type { Picture, SavedFigures } from '#indicators/model'
import { openCountry } from '../src/app.ts'
import { loadCountry } from '../src/country.ts'
import { keepProduct } from './crash/product.ts'
import { openSender } from './coverage/load.ts'
import { fillWorld, type Seat } from './totals/world.ts'

/**
 * `npm run bench -- totals [--cells 3000000] [--quick]`: the product with so many accepted figures in PostgreSQL: how fast they are read
 * into memory at a start, how long dashboards take over HTTP, and how long until an accepted figure is in the country's total that somebody
 * else sees. What is told is held against adding up the rows in SQL first.
 */
const { values } = parseArgs({
  options: { cells: { type: 'string' }, quick: { type: 'boolean', default: false } },
})
const wanted = Number(values.cells ?? (values.quick ? 200_000 : 3_000_000))
const home = mkdtempSync(path.join(tmpdir(), 'mangnon-totals-'))
const env = { MANGNON_COUNTRY: 'vn', MANGNON_DEMO: '0' }
const config = readConfig({ ...env, MANGNON_HOME: home })
const country = await openCountry('vn')
const whole = idOfKey(country.lead.unitKey)
type Check = { name: string; value: number; unit: string; bar: string; ok: boolean }
const checks: Check[] = []

function check(name: string, value: number, of: Omit<Check, 'name' | 'value'>): void {
  checks.push({ name, value, ...of })
  console.log(
    `${of.ok ? '✓' : '✗'} ${name}: ${value.toLocaleString('en', { maximumFractionDigits: 2 })} ${of.unit} (${of.bar})`,
  )
}

async function prepared() {
  const instance = await openInstance(config)
  try {
    await loadCountry(instance.ownerDb, country)
    const begun = performance.now()
    const world = await fillWorld(instance.ownerDb, { cells: wanted, data: country.indicators, lead: country.lead })
    console.log(
      `${world.cells.toLocaleString('en')} figures in ${world.lanes.length} lanes, laid in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    )
    return world
  } finally {
    await instance.close()
  }
}

const world = await prepared()
const product = await keepProduct(home, env)
try {
  await product.untilHealthy(60_000)
  const sender = openSender(product.address)
  const get = async <T>(seat: Seat, url: string): Promise<{ answer: T; ms: number }> => {
    const { status, body, ms } = await sender.ask({ client: { ...seat, tier: 'central', planId: '' }, path: url })
    if (status !== 200) throw new Error(`${url}: ${status} ${body.slice(0, 200)}`)
    return { answer: JSON.parse(body) as T, ms }
  }
  const send = async <T>(seat: Seat, method: string, url: string, body: object): Promise<T> => {
    const answer = await fetch(`${product.address}/api/v1${url}`, {
      method,
      headers: {
        cookie: `mangnon=${seat.token}`,
        'content-type': 'application/json',
        'x-mangnon': '1',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const { central, officer, approver } = world.seats

  // Read at the start.
  let filled: { figures: number; seconds: number } | undefined
  for (let turn = 0; turn < 600 && filled === undefined; turn++) {
    const text = await (await fetch(`${product.address}/metrics`)).text()
    const of = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN)
    if (of('mangnon_totals_figures') > 0)
      filled = { figures: of('mangnon_totals_figures'), seconds: of('mangnon_totals_seconds') }
    else await sleep(500)
  }
  if (filled === undefined) throw new Error('the totals were not read')
  check('figures read into memory', filled.figures, {
    unit: '',
    bar: `= ${world.cells}`,
    ok: filled.figures === world.cells,
  })
  const rate = filled.figures / filled.seconds / 1e6
  check('reading them from rows', rate, { unit: 'M/s', bar: '≥ 1', ok: values.quick || rate >= 1 })

  // Dashboards.
  const pictureOf = (turn: number) => {
    const lane = world.lanes[(turn * 7919) % world.lanes.length] ?? world.lanes[0]
    if (lane === undefined) throw new Error('no lanes')
    const by = new URLSearchParams({
      unitId: whole,
      period: lane.period,
      breakdown: lane.breakdown,
      view: 'as-is',
      level: 'province',
    })
    return `/measures/${lane.measure}/picture?${by}`
  }
  const times: number[] = []
  for (let turn = 0; turn < 400; turn++) {
    const { ms, answer } = await get<Picture>(central, pictureOf(turn))
    if (answer.rows.length !== 34) throw new Error(`${answer.rows.length} provinces`)
    if (turn >= 200) times.push(ms)
  }
  times.sort((one, other) => one - other)
  const p99 = times[197] ?? 0
  console.log(`dashboard over HTTP: median ${(times[100] ?? 0).toFixed(1)} ms`)
  check('the country and its provinces over HTTP, 99 of 100', p99, {
    unit: 'ms',
    bar: '≤ 10',
    ok: values.quick || p99 <= 10,
  })

  // An accepted figure, seen by somebody else.
  const [last] = world.lanes
  const seen: number[] = []
  let wrong = 0
  for (let turn = 0; turn < 100; turn++) {
    if (last === undefined) break
    const place = { measureId: last.measure, unitId: world.commune, period: last.period, breakdown: last.breakdown }
    const by = new URLSearchParams({
      unitId: whole,
      period: last.period,
      breakdown: last.breakdown,
      view: 'as-is',
      level: 'province',
    })
    const path = `/measures/${last.measure}/picture?${by}`
    const before = (await get<Picture>(central, path)).answer.total
    const saved = await send<SavedFigures>(officer, 'PUT', '/figures', {
      cells: [
        {
          ...place,
          status: 'A',
          numerator: 500 + turn,
          denominator: before.denominator === null ? null : 2000,
          seen: turn + 1,
        },
      ],
    })
    const [row] = saved.rows
    if (row?.ok !== true) throw new Error(JSON.stringify(saved))
    const was = turn === 0 ? null : 499 + turn
    const begun = performance.now()
    await send(approver, 'POST', '/figures/decisions', {
      cells: [{ cellId: row.cellId, vintage: row.vintage }],
      outcome: 'accepted',
      reason: null,
    })
    const after = (await get<Picture>(central, path)).answer.total
    seen.push(performance.now() - begun)
    if (was !== null && (after.numerator ?? 0) - (before.numerator ?? 0) !== 500 + turn - was) wrong++
  }
  seen.sort((one, other) => one - other)
  check('totals of the country wrong after an accepted figure', wrong, { unit: 'of 99', bar: '= 0', ok: wrong === 0 })
  console.log(`accepting and asking: median ${(seen[50] ?? 0).toFixed(1)} ms`)
  const most = seen[98] ?? 0
  check('accepting a figure and another client’s answer with it, 99 of 100', most, {
    unit: 'ms',
    bar: '≤ 50',
    ok: values.quick || most <= 50,
  })
  sender.close()
} finally {
  await product.stop()
  rmSync(home, { recursive: true, force: true })
}
const results = path.join('test-results', 'bench', 'totals.json')
mkdirSync(path.dirname(results), { recursive: true })
writeFileSync(
  results,
  `${JSON.stringify({ name: 'totals', date: new Date().toISOString(), machine: `${cpus()[0]?.model ?? ''} × ${cpus().length}`, load: loadavg(), checks }, null, 2)}\n`,
)
if (checks.some(({ ok }) => !ok)) process.exitCode = 1
