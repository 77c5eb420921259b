import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { linkageKnowledge } from '../countries/vn/linkage/index.ts'
import { layRecords, type Books, type Records } from '../src/linkage/input/records.ts'
import { LinkageConfig } from '../src/linkage/model.ts'
import { readFiles } from '../src/linkage/read.ts'
import { findInRegister } from '../src/linkage/register/register.ts'
import { holdRegister } from '../src/linkage/register/hold.ts'
import { linkRecords, type Outcome } from '../src/linkage/run.ts'
import { writeCleaned, writeRegister, type Truth } from './linkage/files.ts'
import { everyPattern } from './linkage/patterns.ts'
import { openRival, type Ask } from './linkage/rival.ts'
import { weightOf } from '../src/linkage/scoring/weights.ts'
import { plainGroups } from './linkage/components.ts'
import { cluster } from './linkage/splink-groups.ts'
import * as splink from './linkage/splink-plan.ts'
import { learn } from './linkage/splink-training.ts'

/**
 * `npm run bench -- linkage [--quick] [--size N] [--runs N] [--alone]`: our linkage beside Splink's plan as SQL on DuckDB, in one run, turn by turn.
 * Equality first: pairs per rule, patterns, kept pairs; then time. `--alone` measures ours by itself, as shipped.
 */
type Check = { name: string; value: number; unit: string; bar: string; ok: boolean }
const checks: Check[] = []
const flag = (name: string) => process.argv.includes(`--${name}`)
const number = (name: string, otherwise: number) =>
  Number(process.argv[process.argv.indexOf(`--${name}`) + 1] ?? otherwise)
const size = process.argv.includes('--size') ? number('size', 0) : flag('quick') ? 20_000 : 1_000_000
const runs = process.argv.includes('--runs') ? number('runs', 1) : flag('quick') ? 1 : 3
const threads = Math.max(1, cpus().length)
const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-bench-linkage-'))

function check(name: string, value: number, { unit, bar, ok }: Omit<Check, 'name' | 'value'>): void {
  checks.push({ name, value, unit, bar, ok })
  console.log(`${ok ? '✓' : '✗'} ${name}: ${value.toLocaleString('en', { maximumFractionDigits: 4 })} ${unit} (${bar})`)
}

type Spent = { wallS: number; cpuS: number }
async function spent<T>(work: () => Promise<T> | T): Promise<Spent & { result: T }> {
  const [begun, before] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const used = process.cpuUsage(before)
  return { result, wallS: (performance.now() - begun) / 1000, cpuS: (used.user + used.system) / 1e6 }
}

type Ours = { outcome: Outcome; records: Records; books: Books; stages: Map<string, Spent> }

/** Ours from file to groups, with what each stage took. */
async function ours(file: string, settings: object): Promise<Ours> {
  const config = LinkageConfig.parse(settings)
  const stages = new Map<string, Spent>()
  let [stage, begun, before] = ['reading', performance.now(), process.cpuUsage()]
  const turn = (next: string) => {
    if (next === stage) return
    const used = process.cpuUsage(before)
    stages.set(stage, { wallS: (performance.now() - begun) / 1000, cpuS: (used.user + used.system) / 1e6 })
    ;[stage, begun, before] = [next, performance.now(), process.cpuUsage()]
  }
  const { reading } = await readFiles([file], { config, knowledge: linkageKnowledge, progress: () => undefined })
  const { records, books } = await layRecords(reading)
  turn('blocking')
  const outcome = await linkRecords(records, books, { config, model: null, progress: (next) => turn(next) })
  turn('done')
  return { outcome, records, books, stages }
}

/** F1 at the engine's own threshold and at the best one, and the share of twin pairs linked. */
function accuracy({ scored, linked }: Outcome, truth: Truth): { own: number; best: number; twins: number } {
  const isRight = (at: number) => truth.children[scored.left[at] ?? 0] === truth.children[scored.right[at] ?? 0]
  const isTwin = (at: number) => truth.births[scored.left[at] ?? 0] === truth.births[scored.right[at] ?? 0]
  const order = Array.from({ length: scored.length }, (_none, at) => at).sort(
    (a, b) => (scored.weights[b] ?? 0) - (scored.weights[a] ?? 0),
  )
  let [right, best] = [0, 0]
  order.forEach((at, place) => {
    if (isRight(at)) right++
    best = Math.max(best, (2 * right) / (place + 1 + truth.pairs))
  })
  const chosen = order.filter((at) => linked[at] === 1)
  const found = chosen.filter(isRight).length
  return {
    own: (2 * found) / (chosen.length + truth.pairs),
    best,
    twins: chosen.filter((at) => !isRight(at) && isTwin(at)).length / truth.twins,
  }
}

type Theirs = { spent: Spent; blocking: Spent; training: Spent; scoring: Spent; grouping: Spent; groups: number }

async function theirs(ask: Ask, cleaned: string, outcome: Outcome): Promise<Theirs> {
  for (const table of splink.tables) await ask(`drop table if exists ${table}`)
  const load = await spent(async () => {
    for (const statement of splink.loading(cleaned)) await ask(statement)
  })
  const training = await spent(() => learn(ask))
  const blocking = await spent(() => ask(splink.blocking()))
  const scoring = await spent(async () => {
    await ask(splink.comparing())
    await ask(splink.predicting(outcome.model, -9.964340867792418))
  })
  const grouping = await spent(() => cluster(ask, weightOf(outcome.threshold)))
  return {
    spent: sum(load, training, blocking, scoring, grouping),
    blocking: sum(blocking),
    training: sum(training),
    scoring: sum(scoring),
    grouping: sum(grouping),
    groups: grouping.result,
  }
}

function sum(...parts: Spent[]): Spent {
  return {
    wallS: parts.reduce((total, part) => total + part.wallS, 0),
    cpuS: parts.reduce((total, part) => total + part.cpuS, 0),
  }
}

/** How hard the register is: the best F1 that Splink's levels and weights reach on it. */
async function hardness(ask: Ask, truth: Truth): Promise<void> {
  const childOf = (id: unknown) => truth.children[Number(String(id).slice(2)) - 1]
  const pairs = await ask('select id_l, id_r from predicted order by weight desc')
  let [right, best] = [0, 0]
  pairs.forEach(([left, other], place) => {
    if (childOf(left) === childOf(other)) right++
    best = Math.max(best, (2 * right) / (place + 1 + truth.pairs))
  })
  check("best F1 of Splink's plan", best, { unit: '', bar: '≤ 0.93 at 1 M', ok: size < 1_000_000 || best <= 0.93 })
}

/** Nothing is said of time before both have done the same. */
async function sameWork(ask: Ask, records: Records, outcome: Outcome): Promise<void> {
  const theirRules = new Map(
    (await ask('select rule, count(*) from blocked group by rule')).map(([rule, count]) => [
      Number(rule),
      Number(count),
    ]),
  )
  const mine = everyPattern(records, outcome)
  mine.forEach(({ rule, pairs }) => {
    const other = theirRules.get(rule) ?? 0
    check(`pairs of rule ${rule}`, pairs, { unit: 'pairs', bar: `= ${other}`, ok: pairs === other })
  })
  const all = mine.reduce((sum, { pairs }) => sum + pairs, 0)
  const key = (levels: Iterable<unknown>) => [...levels].map(Number).join('.')
  const patterns = new Map<string, number>()
  for (const one of mine)
    one.levels.forEach((levels, at) =>
      patterns.set(key(levels), (patterns.get(key(levels)) ?? 0) + (one.counts[at] ?? 0)),
    )
  let differing = 0
  for (const [g0, g1, g2, g3, g4, g5, count] of await ask(
    'select g0, g1, g2, g3, g4, g5, count(*) from compared group by all',
  )) {
    const own = key([g0, g1, g2, g3, g4, g5])
    differing += Math.abs(Number(count) - (patterns.get(own) ?? 0))
    patterns.delete(own)
  }
  for (const count of patterns.values()) differing += count
  check('pairs of another pattern', differing / 2 / all, {
    unit: 'of all',
    bar: '≤ 1e-4',
    ok: differing / 2 / all <= 1e-4,
  })
  const kept = Number((await ask('select count(*) from predicted'))[0]?.[0])
  check('pairs kept', outcome.scored.length, {
    unit: 'pairs',
    bar: `= ${kept} within 1e-4`,
    ok: Math.abs(kept - outcome.scored.length) <= Math.max(1, kept * 1e-4),
  })
}

/** Pairs at the very threshold may fall either way by the rounding of the last digit. */
function sameGroups(mine: number, others: number): void {
  const ok = Math.abs(mine - others) <= Math.max(1, others * 1e-4)
  check('groups of linked pairs', mine, { unit: 'groups', bar: `= ${others} within 1e-4`, ok })
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

type Run = { ours: Spent; blocking: Spent; scoring: Spent; theirs: Theirs }

async function beside(ask: Ask, file: string, truth: Truth): Promise<object> {
  const cleaned = path.join(folder, 'cleaned.csv')
  const rows: Run[] = []
  const none = { wallS: 0, cpuS: 0 }
  for (let run = 0; run < runs; run++) {
    const mine = await spent(() => ours(file, splink.config))
    const { outcome, records, books, stages } = mine.result
    if (run === 0) writeCleaned(cleaned, records, books)
    const other = await theirs(ask, cleaned, outcome)
    if (run === 0) {
      await sameWork(ask, records, outcome)
      sameGroups(plainGroups(outcome, size), other.groups)
      await hardness(ask, truth)
    }
    const [blocking, scoring] = [stages.get('blocking') ?? none, stages.get('scoring') ?? none]
    rows.push({ ours: { wallS: mine.wallS, cpuS: mine.cpuS }, blocking, scoring, theirs: other })
    console.log(
      `run ${run + 1}: ours ${tell(mine)} (blocking ${tell(blocking)}, scoring ${tell(scoring)}); SQL ${tell(other.spent)} (training ${tell(other.training)}, blocking ${tell(other.blocking)}, scoring ${tell(other.scoring)}, groups ${tell(other.grouping)})`,
    )
  }
  if (!flag('quick')) compareTimes(rows)
  return { runs: rows }
}

function tell({ wallS, cpuS }: Spent): string {
  return `${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} CPU-s`
}

function compareTimes(rows: readonly Run[]): void {
  const isFull = size >= 1_000_000
  const scoring = median(rows.map((row) => row.theirs.scoring.cpuS / row.scoring.cpuS))
  const pairs = median(
    rows.map((row) => (row.theirs.blocking.cpuS + row.theirs.scoring.cpuS) / (row.blocking.cpuS + row.scoring.cpuS)),
  )
  const wall = median(rows.map((row) => row.theirs.spent.wallS / row.ours.wallS))
  check('comparing and weighing, SQL ÷ ours per CPU-second', scoring, {
    unit: '×',
    bar: '≥ 60 at 1 M',
    ok: !isFull || scoring >= 60,
  })
  check('the same with blocking', pairs, { unit: '×', bar: 'told only', ok: true })
  check('file to groups, SQL ÷ ours by the clock', wall, { unit: '×', bar: '≥ 25 at 1 M', ok: !isFull || wall >= 25 })
}

/** Without the rival nothing is compared, and the bench has not passed. */
function tellAbsent(error: unknown): null {
  check('rival at hand', 0, { unit: '', bar: error instanceof Error ? error.message : 'DuckDB', ok: false })
  return null
}

/** A file may be larger than a text can be. */
function beginningOf(file: string, bytes: number): string {
  const descriptor = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(bytes)
    return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, 0)).toString('utf8')
  } finally {
    closeSync(descriptor)
  }
}

/** One new record against the whole register: each asked three times, the quickest counts, as other work interrupts. */
async function oneByOne(file: string): Promise<void> {
  const config = LinkageConfig.parse({})
  const progress = () => undefined
  const { register } = await holdRegister(file, { config, knowledge: linkageKnowledge, model: null, progress })
  const lines = beginningOf(file, 4_000_000).split('\n').slice(1, -1)
  const asked = lines.filter((_line, at) => at % 7 === 3).map((line) => line.split(','))
  const took = asked.slice(0, 5000).map((cells) => {
    const times = [0, 1, 2].map(() => {
      const begun = performance.now()
      findInRegister(register, cells)
      return performance.now() - begun
    })
    return Math.min(...times)
  })
  took.sort((a, b) => a - b)
  const p99 = took[Math.floor(took.length * 0.99)] ?? 0
  console.log(`one new record, half of ${took.length}: ${median(took).toFixed(3)} ms`)
  check('one new record, p99', p99, { unit: 'ms', bar: '≤ 1 at 25 M', ok: p99 <= 1 })
  console.log(`  ${size} records held: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
}

/** Ours as it is shipped: its own rules and comparisons. */
async function asShipped(file: string, truth: Truth): Promise<object> {
  const run = await spent(() => ours(file, {}))
  const { outcome, stages } = run.result
  const { own, best, twins } = accuracy(outcome, truth)
  const memoryMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    `as shipped: ${size} records, ${outcome.scored.compared} comparisons, ${run.wallS.toFixed(1)} s, ${run.cpuS.toFixed(1)} CPU-s, ${memoryMb} MB`,
  )
  for (const [stage, { wallS, cpuS }] of stages)
    console.log(`  ${stage}: ${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} CPU-s`)
  const most = { 5_000_000: 40, 25_000_000: 120 }[size]
  if (most !== undefined)
    check('file to groups, by the clock', run.wallS, { unit: 's', bar: `≤ ${most}`, ok: run.wallS <= most })
  if (size >= 25_000_000) check('memory at most', memoryMb, { unit: 'MB', bar: '≤ 8,000', ok: memoryMb <= 8000 })
  check('best F1', best, { unit: '', bar: '≥ 0.955', ok: best >= 0.955 })
  check('F1 at the own threshold', own, { unit: '', bar: '≥ 0.945', ok: own >= 0.945 })
  check('twin pairs wrongly linked', twins, { unit: 'of all', bar: '≤ 0.2', ok: twins <= 0.2 })
  return { wallS: run.wallS, cpuS: run.cpuS, memoryMb }
}

try {
  const file = path.join(folder, 'register.csv')
  const truth = writeRegister(file, size, 20261122)
  console.log(
    `${size} records, ${truth.pairs} true pairs, ${truth.twins} twin pairs, ${Math.round(statSync(file).size / 1e6)} MB`,
  )
  const alone = await asShipped(file, truth)
  const ask = flag('alone') ? null : await openRival(threads).catch(tellAbsent)
  const compared = ask === null ? {} : await beside(ask, file, truth)
  // Last, as a register that is held leaves less memory to what comes after it.
  if (!flag('quick')) await oneByOne(file)
  const result = {
    name: 'linkage',
    date: new Date().toISOString(),
    machine: `${cpus()[0]?.model ?? ''} × ${threads}`,
    checks,
    details: { size, alone, compared },
  }
  const results = path.join(import.meta.dirname, '..', 'test-results', 'bench')
  mkdirSync(results, { recursive: true })
  writeFileSync(path.join(results, 'linkage.json'), `${JSON.stringify(result, null, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true })
}
if (checks.some((one) => !one.ok)) process.exitCode = 1
