import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { crash } from './crash/cycles.ts'
import { prepareInstance } from './crash/instance.ts'
import { judge } from './crash/ledger.ts'

/**
 * `npm run bench -- crash [--cycles 1000] [--clients 4] [--country testland] [--demonstration LOGIN]`: kills the server,
 * its database and both under load, and lays what the clients remember beside what the database holds. With
 * `--demonstration` on the configured country's demonstration, written by one of its accounts. Exit status 1 =
 * something was lost, doubled or left half done; the data directory is then kept. Ctrl+C ends it after the cycle under way.
 */
const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '1000' },
    clients: { type: 'string', default: '4' },
    country: { type: 'string', default: 'testland' },
    demonstration: { type: 'string' },
  },
})
const home = mkdtempSync(path.join(tmpdir(), 'mangnon-crash-'))
const login = values.demonstration
const officer = login === undefined ? await prepareInstance(home, values.country) : undefined
const passwordFile = path.join(home, 'demonstration-password')
let isEnough = false
process.once('SIGINT', () => (isEnough = true))
const { ledger, cycles, kills, starts, seconds } = await crash({
  home,
  env: officer === undefined ? { MANGNON_DEMO: '1' } : { MANGNON_DEMO: '0', MANGNON_COUNTRY: values.country },
  writer: () => officer ?? { login: login ?? '', password: readFileSync(passwordFile, 'utf8').trim() },
  cycles: Number(values.cycles),
  clients: Number(values.clients),
  isEnough: () => isEnough,
  onCycle: (done, { acknowledged, answeredLater }) => {
    if (done % 20 === 0)
      console.log(`${done} cycles: ${acknowledged} acknowledged, ${answeredLater} of them only after a repeat`)
  },
})
const verdict = await judge(home, ledger)
console.log(
  `${cycles} cycles in ${Math.round(seconds)} s, ${starts} starts; killed: ${JSON.stringify(kills)}\n` +
    `${ledger.sent} requests, ${ledger.acknowledged} acknowledged, ${ledger.unanswered} tries unanswered, ` +
    `${ledger.answeredLater} answered after a repeat\n` +
    `${ledger.plans.size} plans and ${ledger.files.size} files with their audit entries: ` +
    `${verdict.lost.length} lost, ${verdict.doubled.length} doubled, ${verdict.unfinished.length} half done`,
)
const faults = [...verdict.lost, ...verdict.doubled, ...verdict.unfinished]
for (const what of faults.slice(0, 50)) console.log(`  ${what}`)
if (faults.length === 0) rmSync(home, { recursive: true, force: true })
process.exitCode = faults.length === 0 ? 0 : 1
