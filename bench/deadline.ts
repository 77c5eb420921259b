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
import { killAt, tell, tellProgress, timesOf } from './deadline/tell.ts'
import { limitTime, openReport } from './report.ts'

/**
 * `npm run bench -- deadline [--quick] [--seconds 300] [--communes 3321] [--every 15] [--limit 1200] [--no-kill] [--no-burst] [--no-submit]`: the last minutes before a due date: every commune's
 * officers save what they write every 15 seconds, every commune sends its report; in the midst of it they save five times as often for a
 * while, and the server with its database is killed twice. What clients were told was kept is then laid beside what the database holds.
 * Then the same writers save with a small service that does one upsert per request. Clients and product share the same processors. It says how far it is,
 * ends after `--limit` seconds whatever happens, and writes `test-results/bench/deadline.json`. `--quick`: 40 communes in 40 seconds.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    communes: { type: 'string' },
    every: { type: 'string', default: '15' },
    limit: { type: 'string', default: '1200' },
    'no-kill': { type: 'boolean', default: false },
    'no-burst': { type: 'boolean', default: false },
    'no-submit': { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds ?? (values.quick ? 40 : 300))
const communes = Number(values.communes ?? (values.quick ? 40 : 100_000))
const report = openReport('deadline')
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
const inTime = limitTime(Number(values.limit), async () => {
  report.fault(`not done in ${values.limit} s`)
  report.write({ seconds, communes })
  await product.stop()
  rmSync(home, { recursive: true, force: true })
})
try {
  await product.untilHealthy(60_000)
  const sender = openSender(product.address, 256)
  const { writers, signers } = await prepare(sender, { seats, leadId, measures, communes })
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
  const silence = tellProgress(timed, { reports: signers.length, begun })
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
  silence()
  const clientCpu = process.cpuUsage(cpuBefore)
  const took = (performance.now() - begun) / 1000
  const spent = processor.spent()
  processor.stop()
  const [saves, submits] = [timesOf('save', timed, { kills, took }), timesOf('submit', timed, { kills, took })]
  tell('save', saves.usual)
  tell('save around kills', saves.aroundKills)
  tell('submit', submits.usual)
  tell('submit around kills', submits.aroundKills)
  report.add('save, p99', saves.usual.p99, { unit: 'ms', bar: 300 })
  if (submits.usual.count > 0) report.add('submit, p99', submits.usual.p99, { unit: 'ms', bar: 300 })
  report.add('all sent', took, { unit: 's', bar: seconds + 15 })
  console.log(
    `clients ${((clientCpu.user + clientCpu.system) / 1e6).toFixed(0)} s of processor; load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}; ${cpus().length} processors; ${product.starts()} starts`,
  )
  console.log(
    `processor: product ${spent.product.toFixed(1)} s, database ${spent.database.toFixed(1)} s; of one request ${((spent.product * 1000) / timed.length).toFixed(2)} and ${((spent.database * 1000) / timed.length).toFixed(2)} ms`,
  )
  report.add('product per request', (spent.product * 1000) / timed.length, { unit: 'ms of processor', bar: null })
  report.add('database per request', (spent.database * 1000) / timed.length, { unit: 'ms of processor', bar: null })
  sender.close()
  const reports = signers.map(({ report }) => report)
  await product.stop()
  const again = await openInstance(config)
  const judged = await judge(again.ownerDb, reports)
  const rival = await runRival(again.connections.ownerUrl, {
    writers,
    seconds: Math.min(60, seconds),
    everyMs: Number(values.every) * 1000,
  })
  await again.close()
  tell('one by one, without walls, audit or keys: save', rival)
  const unsent = values['no-submit'] ? 0 : reports.filter(({ sent }) => sent === null).length
  console.log(`lost ${judged.lost.length}, doubled ${judged.doubled.length}, not sent ${unsent}`)
  for (const what of [...judged.lost, ...judged.doubled].slice(0, 20)) console.log(`  ${what}`)
  for (const what of [...judged.lost, ...judged.doubled]) report.fault(what)
  if (unsent > 0) report.fault(`${unsent} reports not sent`)
  const starts = product.starts()
  report.write({ seconds, communes: signers.length, kills: kills.length, starts, saves, submits, rival })
  for (const { name, value, unit, bar, ok } of report.checks)
    if (!ok) console.log(`ABOVE ITS BAR: ${name} ${Math.round(value)} ${unit} (${bar})`)
  process.exitCode = report.faults().length === 0 ? 0 : 1
} finally {
  inTime()
  await product.stop()
  rmSync(home, { recursive: true, force: true })
}
