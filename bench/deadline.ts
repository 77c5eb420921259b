import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { idOfKey, openInstance, readConfig } from '#platform'
import { openCountry } from '../src/app.ts'
import { loadCountry } from '../src/country.ts'
import { keepProduct } from './crash/product.ts'
import { runHour, type Timed } from './deadline/hour.ts'
import { judge } from './deadline/judge.ts'
import { seatEveryone } from './deadline/people.ts'
import { prepare } from './deadline/prepare.ts'
import { countProcessor } from './deadline/processor.ts'
import { runRival } from './deadline/rival.ts'
import { openSender } from './deadline/sender.ts'
import { killAt, tell } from './deadline/tell.ts'

/**
 * `npm run bench -- deadline [--seconds 300] [--communes 3321] [--every 15] [--no-kill] [--no-burst] [--no-submit]`: the last minutes before a due date: every commune's
 * officers save what they write every 15 seconds, every commune sends its report; in the midst of it they save five times as often for a
 * while, and the server with its database is killed twice. What clients were told was kept is then laid beside what the database holds.
 * Then the same writers save with a small service that does one upsert per request. Clients and product share the same processors.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    communes: { type: 'string', default: '100000' },
    every: { type: 'string', default: '15' },
    'no-kill': { type: 'boolean', default: false },
    'no-burst': { type: 'boolean', default: false },
    'no-submit': { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const home = mkdtempSync(path.join(tmpdir(), 'mangnon-deadline-'))
const env = { MANGNON_COUNTRY: 'vn', MANGNON_DEMO: '0' }
const config = readConfig({ ...env, MANGNON_HOME: home })
const country = await openCountry('vn')
const measures = country.indicators.indicators
  .flatMap((indicator) => indicator.measures)
  .filter(
    ({ level, aggregation, periods }) =>
      level === 'commune' &&
      (aggregation === 'sum' || aggregation === 'ratio') &&
      periods.some(({ calendar, frequency }) => calendar === '' && frequency === 'year'),
  )

const leadId = idOfKey(country.lead.agencyKey)

const instance = await openInstance(config)
await loadCountry(instance.ownerDb, country)
const seats = await seatEveryone(instance.ownerDb, country.lead.agencyKey)
await instance.close()

const product = await keepProduct(home, env)
try {
  await product.untilHealthy(60_000)
  const sender = openSender(product.address, 256)
  const { writers, signers } = await prepare(sender, { seats, leadId, measures, communes: Number(values.communes) })
  console.log(
    `${signers.length} communes, ${writers.length + signers.length} sessions, ${measures.length} figures each`,
  )

  const timed: Timed[] = []
  const kills: number[] = []
  const begun = performance.now()
  const at = (share: number) => share * seconds * 1000
  const killing = values['no-kill']
    ? Promise.resolve()
    : killAt(product, { begun, moments: [at(0.3), at(0.75)], kills })
  const cpuBefore = process.cpuUsage()
  const processor = countProcessor()
  await runHour(sender, {
    ...{
      writers,
      signers: values['no-submit'] ? [] : signers,
      seconds,
      everyMs: Number(values.every) * 1000,
      timed: (one) => timed.push(one),
    },
    burst: values['no-burst'] ? null : { from: seconds * 0.5, to: seconds * 0.5 + Math.min(15, seconds / 10) },
  })
  await killing
  const clientCpu = process.cpuUsage(cpuBefore)
  const took = (performance.now() - begun) / 1000
  const spent = processor.spent()
  processor.stop()
  tell('save', timed, { kills, took })
  tell('submit', timed, { kills, took })
  console.log(
    `clients ${((clientCpu.user + clientCpu.system) / 1e6).toFixed(0)} s of processor; load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}; ${cpus().length} processors; ${product.starts()} starts`,
  )
  console.log(
    `processor: product ${spent.product.toFixed(1)} s, database ${spent.database.toFixed(1)} s; of one request ${((spent.product * 1000) / timed.length).toFixed(2)} and ${((spent.database * 1000) / timed.length).toFixed(2)} ms`,
  )
  sender.close()
  const reports = signers.map(({ report }) => report)
  await product.stop()
  const again = await openInstance(config)
  const judged = await judge(again.ownerDb, reports)
  await runRival(again.connections.ownerUrl, {
    writers,
    seconds: Math.min(60, seconds),
    everyMs: Number(values.every) * 1000,
  })
  await again.close()
  const unsent = values['no-submit'] ? 0 : reports.filter(({ sent }) => sent === null).length
  console.log(`lost ${judged.lost.length}, doubled ${judged.doubled.length}, not sent ${unsent}`)
  for (const what of [...judged.lost, ...judged.doubled].slice(0, 20)) console.log(`  ${what}`)
  process.exitCode = judged.lost.length + judged.doubled.length + unsent === 0 ? 0 : 1
} finally {
  await product.stop()
  rmSync(home, { recursive: true, force: true })
}
