import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { idOfKey, openInstance, readConfig } from '#platform'
import type { Picture, SavedFigures } from '#indicators/model'
import { openCountry } from '../src/app.ts'
import { loadCountry } from '../src/country.ts'
import { keepProduct } from './crash/product.ts'
import { openAsking, type Asking } from './totals/asking.ts'
import { fillPacked } from './totals/packed.ts'
import { fillWorld, type LaneOfWorld, type World } from './totals/world.ts'

/**
 * `npm run bench -- totals [--cells 1500000] [--packed 0] [--quick]`: the product with so many accepted figures in PostgreSQL: how fast they are
 * brought into memory at a first start, from rows, and at the next, packed; how long dashboards take over HTTP, and how long until an accepted
 * figure is in the country's total that somebody else sees. `--packed` figures more lie only packed, without rows. What is told after the second
 * start is held against what the first told from rows.
 */
const { values } = parseArgs({
  options: {
    cells: { type: 'string' },
    packed: { type: 'string', default: '0' },
    quick: { type: 'boolean', default: false },
  },
})
const wanted = Number(values.cells ?? (values.quick ? 200_000 : 1_500_000))
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
    `${of.ok ? '✓' : '✗'} ${name}: ${value.toLocaleString('en', { maximumFractionDigits: 2 })} ${of.unit} (${of.bar}; load ${loadavg()[0]?.toFixed(1) ?? ''})`,
  )
}

/** A bar of time, which a quick run does not ask for. */
function bar(name: string, value: number, of: { unit: string; least?: number; most?: number }): void {
  const ok = value >= (of.least ?? -Infinity) && value <= (of.most ?? Infinity)
  check(name, value, {
    unit: of.unit,
    bar: of.least === undefined ? `≤ ${of.most ?? ''}` : `≥ ${of.least}`,
    ok: values.quick || ok,
  })
}

type Filled = World & { packed: number; all: LaneOfWorld[] }

async function prepared(): Promise<Filled> {
  const instance = await openInstance(config)
  try {
    await loadCountry(instance.ownerDb, country)
    const begun = performance.now()
    const world = await fillWorld(instance.ownerDb, { cells: wanted, data: country.indicators, lead: country.lead })
    const further = world.further(Math.round(Number(values.packed) / (world.cells / world.lanes.length)))
    const packed = await fillPacked(instance.ownerDb, { db: instance.db, lanes: further, today: new Date() })
    console.log(
      `${world.cells.toLocaleString('en')} figures in ${world.lanes.length} lanes, and ${packed.toLocaleString('en')} in ${further.length} packed only; laid in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    )
    return { ...world, packed, all: [...world.lanes, ...further] }
  } finally {
    await instance.close()
  }
}

const pictureOf = ({ measure, period, breakdown }: LaneOfWorld) =>
  `/measures/${measure}/picture?${new URLSearchParams({ unitId: whole, period, breakdown, view: 'as-is', level: 'province' }).toString()}`

const percentile = (times: readonly number[], share: number) =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0

/** Runs work on the product once it has brought its totals into memory. */
async function started(work: (asking: Asking) => Promise<void>): Promise<void> {
  const product = await keepProduct(home, env)
  try {
    await product.untilHealthy(60_000)
    const asking = openAsking(product.address)
    await asking.until('mangnon_totals_figures')
    await work(asking)
    asking.close()
  } finally {
    await product.stop()
  }
}

async function measureReading(asking: Asking, of: { figures: number; packed: number; lane: number }): Promise<number> {
  const figures = await asking.metric('mangnon_totals_figures')
  const packed = await asking.metric('mangnon_totals_packed_figures')
  check('figures in memory', figures, { unit: '', bar: `= ${of.figures}`, ok: figures === of.figures })
  // A lane written to a moment ago is read from its rows.
  const least = of.packed === 0 ? 0 : of.packed - of.lane
  check('of them packed', packed, { unit: '', bar: `≥ ${least}`, ok: packed >= least && packed <= of.packed })
  const [seconds, processor] = [
    await asking.metric('mangnon_totals_seconds'),
    await asking.metric('mangnon_totals_processor_seconds'),
  ]
  console.log(
    `  in ${seconds.toFixed(1)} s, with ${processor.toFixed(1)} s of the server's processor time (${(figures / processor / 1e6).toFixed(2)} M/s of it)`,
  )
  return figures / seconds / 1e6
}

/** Turns before the first that is measured: what a server is that has been asked before. */
const warmUp = 200

async function measureDashboards(asking: Asking, { all, seats }: Filled): Promise<void> {
  const ask = async (url: string, rows: (answer: Picture) => boolean) => {
    const times: number[] = []
    for (let turn = 0; turn < warmUp + 1000; turn++) {
      const lane = all[(turn * 7919) % all.length]
      if (lane === undefined) throw new Error('no lanes')
      const { ms, answer } = await asking.get<Picture>(seats.central, url === '' ? pictureOf(lane) : url)
      if (!rows(answer)) throw new Error(`${url}: not the rows expected`)
      if (turn >= warmUp) times.push(ms)
    }
    return times
  }
  const pictures = await ask('', ({ rows }) => rows.length === 34)
  console.log(`  the country and its provinces: median ${percentile(pictures, 0.5).toFixed(1)} ms`)
  bar('the country and its provinces over HTTP, 99 of 100', percentile(pictures, 0.99), { unit: 'ms', most: 10 })
  const page = await ask(`/indicators/dashboard?unitId=${whole}`, () => true)
  console.log(
    `  the page of the country with all its measures: median ${percentile(page, 0.5).toFixed(1)} ms, 99 of 100 ${percentile(page, 0.99).toFixed(1)} ms`,
  )
}

/** A figure is accepted, then seen by somebody else, who asks as soon as it is. */
async function measureAcceptances(asking: Asking, { lanes, seats, commune }: Filled): Promise<void> {
  const [lane] = lanes
  if (lane === undefined) throw new Error('no lanes')
  const place = { measureId: lane.measure, unitId: commune, period: lane.period, breakdown: lane.breakdown }
  const [seen, accepting]: [number[], number[]] = [[], []]
  let wrong = 0
  for (let turn = 0; turn < 300; turn++) {
    const before = (await asking.get<Picture>(seats.central, pictureOf(lane))).answer.total
    const denominator = before.denominator === null ? null : 2000
    const cell = { ...place, status: 'A', numerator: 500 + turn, denominator, seen: turn + 1 }
    const saved = await asking.send<SavedFigures>(seats.officer, 'PUT', '/figures', { cells: [cell] })
    const [row] = saved.rows
    if (row?.ok !== true) throw new Error(JSON.stringify(saved))
    const cells = [{ cellId: row.cellId, vintage: row.vintage }]
    const begun = performance.now()
    await asking.send(seats.approver, 'POST', '/figures/decisions', { cells, outcome: 'accepted', reason: null })
    const accepted = performance.now() - begun
    const after = (await asking.get<Picture>(seats.central, pictureOf(lane))).answer.total
    if (turn >= 30) {
      seen.push(performance.now() - begun)
      accepting.push(accepted)
    }
    const was = turn === 0 ? null : 499 + turn
    if (was !== null && (after.numerator ?? 0) - (before.numerator ?? 0) !== 500 + turn - was) wrong++
  }
  check('totals of the country wrong after an accepted figure', wrong, { unit: 'of 299', bar: '= 0', ok: wrong === 0 })
  console.log(
    `  accepting: median ${percentile(accepting, 0.5).toFixed(1)} ms; accepting and asking: ${percentile(seen, 0.5).toFixed(1)} ms`,
  )
  bar('accepting a figure and another client’s answer with it, 99 of 100', percentile(seen, 0.99), {
    unit: 'ms',
    most: 50,
  })
}

try {
  const world = await prepared()
  const figures = world.cells + world.packed
  const lane = Math.ceil((world.cells / world.lanes.length) * 1.1)
  const sample = [0, ...Array.from({ length: 60 }, (_, at) => (at * 7919) % world.all.length)].flatMap(
    (at) => world.all[at] ?? [],
  )
  const told: Picture[] = []
  await started(async (asking) => {
    const rate = await measureReading(asking, { figures, packed: world.packed, lane: 0 })
    if (world.packed === 0) bar('reading them from rows', rate, { unit: 'M/s', least: 1 })
    // What is packed for the next start is packed once, beside other work; asked is what a server answers from then on.
    await asking.settled('mangnon_totals_lanes_written')
    for (const lane of sample) told.push((await asking.get<Picture>(world.seats.central, pictureOf(lane))).answer)
    await measureDashboards(asking, world)
    await measureAcceptances(asking, world)
    const last = await asking.get<Picture>(
      world.seats.central,
      pictureOf(world.all[0] ?? { measure: '', period: '', breakdown: '' }),
    )
    told[0] = last.answer
  })
  await started(async (asking) => {
    bar(
      'bringing them in packed, one lane written to since',
      await measureReading(asking, { figures, packed: figures, lane }),
      {
        unit: 'M/s',
        least: 3,
      },
    )
    let differing = 0
    for (const [at, lane] of sample.entries()) {
      const { answer } = await asking.get<Picture>(world.seats.central, pictureOf(lane))
      const before = sample.indexOf(lane) === 0 ? told[0] : told[at]
      if (JSON.stringify(answer) !== JSON.stringify(before)) differing++
    }
    check('pictures that differ from those told before the start', differing, {
      unit: `of ${sample.length}`,
      bar: '= 0',
      ok: differing === 0,
    })
    await measureDashboards(asking, world)
  })
} finally {
  rmSync(home, { recursive: true, force: true })
}
const results = path.join('test-results', 'bench', 'totals.json')
mkdirSync(path.dirname(results), { recursive: true })
writeFileSync(
  results,
  `${JSON.stringify({ name: 'totals', date: new Date().toISOString(), machine: `${cpus()[0]?.model ?? ''} × ${cpus().length}`, load: loadavg(), checks }, null, 2)}\n`,
)
if (checks.some(({ ok }) => !ok)) process.exitCode = 1
