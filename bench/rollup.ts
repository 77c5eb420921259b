import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { acceptCell, cubeTotal, rollUpHeld, type Cube } from '../src/indicators/cube/cube.ts'
import { openCrew } from '../src/indicators/cube/crew.ts'
import { plainKernel, simdKernel } from '../src/indicators/cube/kernel.ts'
import { openRival, type Ask } from './linkage/rival.ts'
import { besideBest, besideNatural, besideRules, type Compared } from './rollup/equality.ts'
import { best, eachTarget, layRival, natural } from './rollup/rival.ts'
import { holdWorld, laneOf, layWorld, nameOf, type World } from './rollup/world.ts'

/**
 * `npm run bench -- rollup [--quick] [--cells N] [--runs N] [--seed N] [--alone]`: every total of sixty months through a reform, in
 * the cube and as SQL on DuckDB, turn by turn. Equality first, then time. `--quick`: 1 million cells, equality only. `--alone`: without the rival.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    cells: { type: 'string' },
    runs: { type: 'string' },
    seed: { type: 'string', default: '20261122' },
  },
})
const cells = Number(values.cells ?? (values.quick ? 1_000_000 : 30_000_000))
const runs = Number(values.runs ?? 5)
const threads = Math.min(2, cpus().length)
const isFull = cells >= 30_000_000
type Check = { name: string; value: number; unit: string; bar: string; ok: boolean }
const checks: Check[] = []

function check(name: string, value: number, { unit, bar, ok }: Omit<Check, 'name' | 'value'>): void {
  checks.push({ name, value, unit, bar, ok })
  console.log(`${ok ? '✓' : '✗'} ${name}: ${value.toLocaleString('en', { maximumFractionDigits: 3 })} ${unit} (${bar})`)
}

function checkEqual(name: string, { rows, differing, first }: Compared): void {
  check(name, differing, {
    unit: `of ${rows.toLocaleString('en')} differ`,
    bar: '= 0',
    ok: differing === 0 && rows > 0,
  })
  if (first !== null) console.log(`  ${first}`)
}

type Spent = { wallMs: number; cpuMs: number }
async function spent(work: () => Promise<void> | void): Promise<Spent> {
  const [begun, before] = [performance.now(), process.cpuUsage()]
  await work()
  const used = process.cpuUsage(before)
  return { wallMs: performance.now() - begun, cpuMs: (used.user + used.system) / 1000 }
}

function medianOf(list: readonly number[]): number {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0
}
const median = (list: readonly Spent[]): Spent => ({
  wallMs: medianOf(list.map(({ wallMs }) => wallMs)),
  cpuMs: medianOf(list.map(({ cpuMs }) => cpuMs)),
})
const say = ({ wallMs, cpuMs }: Spent) => `${wallMs.toFixed(1)} ms by the clock, ${cpuMs.toFixed(1)} ms of processor`

async function several(times: number, work: () => Promise<void> | void): Promise<Spent> {
  const list: Spent[] = []
  for (let run = 0; run < times; run++) list.push(await spent(work))
  return median(list)
}

/** One accepted figure, then the country's total in both views: what a save waits for. */
function measureAccepting(world: World, cube: Cube): void {
  const country =
    [...world.ground.units.values()].find(({ versions }) => versions.some(({ parent }) => parent === null))?.key ?? ''
  const times: number[] = []
  let wrong = 0
  const lanes = world.months.length * world.lanesAMonth
  for (let turn = 0; turn < 1000; turn++) {
    const lane = (turn * 977) % lanes
    const { era, ...of } = laneOf(world, lane)
    const units = world.eras[era]?.answering ?? []
    const unit = units[(turn * 7919) % units.length] ?? ''
    const before = cubeTotal(cube, nameOf(lane), { unit: country, view: 'as-is' })
    const own = cubeTotal(cube, nameOf(lane), { unit, view: 'as-was' })
    const begun = performance.now()
    acceptCell(cube, nameOf(lane), {
      ...of,
      cell: {
        unit,
        isLate: false,
        status: 'A',
        numerator: turn,
        denominator: of.measuring.rule === 'ratio' ? turn : null,
        absence: null,
      },
    })
    const after = cubeTotal(cube, nameOf(lane), { unit: country, view: 'as-is' })
    times.push(performance.now() - begun)
    if ((after?.numerator ?? 0) - (before?.numerator ?? 0) !== turn - (own?.numerator ?? 0)) wrong += 1
  }
  const sorted = times.toSorted((one, other) => one - other)
  check('totals of the country wrong after an accepted figure', wrong, {
    unit: 'of 1,000',
    bar: '= 0',
    ok: wrong === 0,
  })
  check('accepted figure to the country’s total, 99 of 100', sorted[989] ?? 0, {
    unit: 'ms',
    bar: '≤ 1',
    ok: (sorted[989] ?? 0) <= 1,
  })
}

/** The country and all its provinces in one month: a dashboard's question. */
function measureAsking(world: World, cube: Cube): void {
  const plan = cube.groups.at(-1)?.plan
  if (plan === undefined) return
  const above = eachTarget(world, plan).filter(({ unit }) => !plan.slotOf.has(unit))
  const times: number[] = []
  for (let turn = 0; turn < 200; turn++) {
    const lane = nameOf((turn * 977) % (world.months.length * world.lanesAMonth))
    const begun = performance.now()
    for (const { unit } of above) cubeTotal(cube, lane, { unit, view: 'as-is' })
    times.push(performance.now() - begun)
  }
  const p99 = times.toSorted((one, other) => one - other)[197] ?? 0
  check(`the country and ${above.length - 1} provinces in process, 99 of 100`, p99, {
    unit: 'ms',
    bar: '≤ 2',
    ok: p99 <= 2,
  })
}

async function beside(ask: Ask, world: World, cube: Cube): Promise<object> {
  await layRival(ask, world, cube)
  const crew = openCrew(cube, threads)
  await crew.rollUp()
  await natural(ask, world)
  checkEqual('rows of natural SQL', await besideNatural(ask, world, cube))
  await best(ask, world)
  checkEqual('rows of best SQL', await besideBest(ask, world, cube))
  if (values.quick) {
    await crew.close()
    return {}
  }
  const turns: { ours: Spent; best: Spent; natural: Spent }[] = []
  for (let run = 0; run < Math.min(3, runs); run++) {
    const turn = {
      ours: await several(9, crew.rollUp),
      best: await spent(() => best(ask, world)),
      natural: await spent(() => natural(ask, world)),
    }
    turns.push(turn)
    console.log(`turn ${run + 1}: ours ${say(turn.ours)}; best SQL ${say(turn.best)}; natural SQL ${say(turn.natural)}`)
  }
  await crew.close()
  const ratio = (of: 'best' | 'natural', by: keyof Spent) => medianOf(turns.map((turn) => turn[of][by] / turn.ours[by]))
  check('best SQL ÷ ours, by the clock', ratio('best', 'wallMs'), {
    unit: '×',
    bar: '≥ 20',
    ok: ratio('best', 'wallMs') >= 20,
  })
  console.log(
    `best SQL ÷ ours by processor ${ratio('best', 'cpuMs').toFixed(1)} ×; natural SQL ÷ ours by the clock ${ratio('natural', 'wallMs').toFixed(1)} ×, by processor ${ratio('natural', 'cpuMs').toFixed(1)} ×`,
  )
  return { turns }
}

/** Without the rival nothing is compared, and the bench has not passed. */
function tellAbsent(error: unknown): null {
  check('rival at hand', 0, { unit: '', bar: error instanceof Error ? error.message : 'DuckDB', ok: false })
  return null
}

const world = layWorld({ cells, seed: Number(values.seed) })
const { cube, places, said, holdMs } = holdWorld(world)
console.log(
  `${places.toLocaleString('en')} cells, ${said.toLocaleString('en')} said, ${cube.lanes.size} lanes, load ${loadavg()[0]?.toFixed(1)}`,
)
const memory = cube.room.taken / places
check('memory per cell', memory, { unit: 'bytes', bar: '≤ 12 at 30 M', ok: !isFull || memory <= 12 })
const built = said / (holdMs / 1000)
check('taking rows in, by processor', built / 1e6, {
  unit: 'M rows/s',
  bar: '≥ 1 at 30 M',
  ok: !isFull || built >= 1e6,
})

const simd = simdKernel(cube.room.memory)
rollUpHeld(cube, simd)
const last = cube.lanes.size - 1
checkEqual('totals beside the rules', besideRules(world, cube, [0, world.lanesAMonth - 1, Math.floor(last / 2), last]))
const single = await several(runs, () => rollUpHeld(cube, simd))
console.log(`roll-up in this thread: ${say(single)}`)
const plain = plainKernel(cube.room.memory)
const written = await several(Math.min(3, runs), () => rollUpHeld(cube, plain))
console.log(`roll-up in plain TypeScript, this thread: ${say(written)}`)
const crew = openCrew(cube, threads)
await crew.rollUp()
const together = await several(Math.max(9, runs), crew.rollUp)
await crew.close()
console.log(`roll-up in ${threads} threads: ${say(together)}`)
check(`roll-up in ${threads} threads, by the clock`, together.wallMs, {
  unit: 'ms',
  bar: '≤ 60 at 30 M',
  ok: !isFull || together.wallMs <= 60,
})

const ask = values.alone ? null : await openRival(threads).catch(tellAbsent)
const compared = ask === null ? {} : await beside(ask, world, cube)
measureAccepting(world, cube)
measureAsking(world, cube)
const result = {
  name: 'rollup',
  date: new Date().toISOString(),
  machine: `${cpus()[0]?.model ?? ''} × ${cpus().length}`,
  checks,
  details: { cells: places, said, load: loadavg(), single, written, together, compared },
}
const results = path.join(import.meta.dirname, '..', 'test-results', 'bench')
mkdirSync(results, { recursive: true })
writeFileSync(path.join(results, 'rollup.json'), `${JSON.stringify(result, null, 2)}\n`)
if (checks.some((one) => !one.ok)) process.exitCode = 1
