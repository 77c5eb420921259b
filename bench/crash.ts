import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { crash, type Done } from './crash/cycles.ts'
import { prepareInstance } from './crash/instance.ts'
import { judge } from './crash/judge.ts'
import { figuresOf } from './crash/ledger.ts'

/**
 * `npm run bench -- crash [--quick] [--cycles 1000] [--minutes N] [--clients 4] [--country CODE] [--results FILE]`: kills
 * the server, its database and both under load, and lays what the clients remember beside what the database holds. Nine
 * cycles in ten are run in the small invented country, one in the country that has a reader of documents. The figures are
 * written to the results file as it goes. Exit status 1 = something was lost, doubled or left half done; the
 * data directory is then kept. Ctrl+C, or the minutes, end it after the cycle under way, and what was reached is judged.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    cycles: { type: 'string' },
    minutes: { type: 'string' },
    clients: { type: 'string', default: '4' },
    country: { type: 'string' },
    results: { type: 'string', default: path.join('test-results', 'bench', 'crash.json') },
  },
})
const cycles = Number(values.cycles ?? (values.quick ? 10 : 1000))
const until = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000
let isEnough = false
process.once('SIGINT', () => (isEnough = true))

type Judged = { lost: number; doubled: number; unfinished: number }
type Part = { country: string; asked: number; reached: Done | null; judged: Judged | null }
/** Judged after every so many cycles, each stretch on an instance of its own: what was judged stands, whatever comes after. */
const stretch = 100
const inReader = values.country === undefined ? Math.round(cycles / 10) : 0
const stretches = (country: string, all: number) =>
  Array.from({ length: Math.ceil(all / stretch) }, (_none, at) => ({
    ...{ country, asked: Math.min(stretch, all - at * stretch) },
    ...{ reached: null, judged: null },
  }))
const parts: Part[] = [...stretches(values.country ?? 'testland', cycles - inReader), ...stretches('vn', inReader)]
for (const part of parts) if (!isEnough && Date.now() <= until) await run(part)
const judged = parts.flatMap((part) => part.judged ?? [])
const reached = parts.reduce((sum, part) => sum + (part.judged === null ? 0 : (part.reached?.cycles ?? 0)), 0)
console.log(`${reached} of ${cycles} cycles run and judged`)
process.exitCode = judged.length > 0 && judged.every((one) => Object.values(one).every((count) => count === 0)) ? 0 : 1

async function run(part: Part): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'mangnon-crash-'))
  const done = await crash({
    home,
    env: { MANGNON_DEMO: '0', MANGNON_COUNTRY: part.country },
    team: await prepareInstance(home, part.country),
    cycles: part.asked,
    clients: Number(values.clients),
    isEnough: () => isEnough || Date.now() > until,
    onCycle: (reached) => tell(Object.assign(part, { reached })),
  })
  part.reached = done
  const { lost, doubled, unfinished } = await judge(home, done.ledger)
  part.judged = { lost: lost.length, doubled: doubled.length, unfinished: unfinished.length }
  keep()
  console.log(`${lineOf(part, done)}\n${JSON.stringify(figuresOf(done.ledger))}\n${JSON.stringify(part.judged)}`)
  const faults = [...lost, ...doubled, ...unfinished]
  for (const what of faults.slice(0, 50)) console.log(`  ${what}`)
  if (faults.length === 0) rmSync(home, { recursive: true, force: true })
  else console.log(`kept: ${home}`)
}

function tell(part: Part): void {
  const reached = part.reached
  if (reached === null || reached.cycles % 10 !== 0) return
  keep()
  if (reached.cycles % 50 === 0) console.log(lineOf(part, reached))
}

function lineOf(part: Part, { cycles: reached, seconds, starts, kills, ledger }: Done): string {
  const { acknowledged, answeredLater } = ledger
  return (
    `${part.country}: ${reached} of ${part.asked} cycles in ${Math.round(seconds)} s (${(seconds / reached).toFixed(1)} s each), ` +
    `${starts} starts, killed ${JSON.stringify(kills)}; ${acknowledged} acknowledged, ${answeredLater} of them only after a repeat`
  )
}

/** Writes what was reached so far; `judged` is null until it was looked for what was lost. */
function keep(): void {
  const kept = parts.map(({ reached, ...part }) => {
    if (reached === null) return part
    const { ledger, ...run } = reached
    return { ...part, ...run, figures: figuresOf(ledger) }
  })
  mkdirSync(path.dirname(values.results), { recursive: true })
  writeFileSync(
    values.results,
    `${JSON.stringify({ at: new Date().toISOString(), asked: cycles, parts: kept }, null, 2)}\n`,
  )
}
