import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { idOfKey, openInstance, readConfig } from '#platform'
import type { Below, ReportDetail } from '#reporting/model'
import { openCountry } from '../src/app.ts'
import { loadCountry } from '../src/country.ts'
import { openDatabase } from '../src/platform/database/connect.ts'
import { correctOne, plainSums, unequalFigures, unnamedContributors, wrongOrigins } from './consolidate/judge.ts'
import { chooseRows, layAccepted } from './consolidate/world.ts'
import { keepProduct } from './crash/product.ts'
import { seatEveryone, type Seat } from './deadline/people.ts'
import { countProcessor } from './deadline/processor.ts'
import { formOf, period, regime } from './deadline/round.ts'
import { openSender } from './deadline/sender.ts'
import { limitTime, openReport } from './report.ts'

/**
 * `npm run bench -- consolidate [--quick] [--reports 3400] [--cells 150] [--bytes 20000] [--limit 900]`: the report of the body that leads, put together of the accepted
 * reports of all communes: every figure is first held against a plain sum in SQL with the same contributors, every paragraph against the report it
 * names; then times are told. `--quick`: 40 reports, equality only. Ends with 1 where something is not equal.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    reports: { type: 'string', default: '3400' },
    cells: { type: 'string', default: '150' },
    bytes: { type: 'string', default: '20000' },
    limit: { type: 'string', default: '900' },
  },
})
const most = values.quick ? 40 : Number(values.reports)
const home = mkdtempSync(path.join(tmpdir(), 'mangnon-consolidate-'))
const env = { MANGNON_COUNTRY: 'vn', MANGNON_DEMO: '0' }
const country = await openCountry('vn')
const leadId = idOfKey(country.lead.agencyKey)

const instance = await openInstance(readConfig({ ...env, MANGNON_HOME: home }))
await loadCountry(instance.ownerDb, country)
const seats = (await seatEveryone(instance.ownerDb, country.lead.agencyKey)).filter(
  ({ agencyId }) => agencyId === leadId,
)
const rows = await chooseRows(instance.ownerDb, Number(values.cells))
const { ownerUrl } = instance.connections
await instance.close()

const report = openReport('consolidate')
const product = await keepProduct(home, env)
const sender = openSender(product.address, 8)
const inTime = limitTime(Number(values.limit), async () => {
  report.fault(`not done in ${values.limit} s`)
  report.write({ reports: most, cells: rows.length })
  await product.stop()
  rmSync(home, { recursive: true, force: true })
})
const seat = (role: Seat['role']): Seat => {
  const found = seats.find((one) => one.role === role)
  if (found === undefined) throw new Error(`the body that leads has no ${role}`)
  return found
}

async function ask<T>(role: Seat['role'], method: 'GET' | 'POST' | 'PUT', where: string, body?: object): Promise<T> {
  const asked = { token: seat(role).token, method, path: `/api/v1/reporting${where}` }
  const answer = await sender.send(body === undefined ? asked : { ...asked, body })
  if (answer.status !== 200 && answer.status !== 204)
    throw new Error(`${method} ${where}: ${answer.status} ${answer.body.slice(0, 400)}`)
  return JSON.parse(answer.body === '' ? 'null' : answer.body) as T
}

/** Does it once, and tells how long it took and what it cost, with the longest the server kept somebody else waiting meanwhile. */
async function timed<T>(name: string, bar: number | null, work: () => Promise<T>): Promise<T> {
  const processor = countProcessor()
  let isDone = false
  let longest = 0
  const others = (async () => {
    while (!isDone) {
      const asked = performance.now()
      await fetch(`${product.address}/health`).then((answer) => answer.text())
      longest = Math.max(longest, performance.now() - asked)
      await sleep(20)
    }
  })()
  const begun = performance.now()
  const result = await work()
  const seconds = (performance.now() - begun) / 1000
  isDone = true
  await others
  const spent = processor.spent()
  processor.stop()
  report.add(name, seconds, { unit: 's', bar })
  console.log(
    `${name}: ${seconds.toFixed(2)} s${bar === null ? '' : ` (bar ${bar} s)`}; processor: product ${spent.product.toFixed(1)}, database ${spent.database.toFixed(1)} s; another waited at most ${Math.round(longest)} ms`,
  )
  return result
}

function hold(name: string, found: readonly string[]): void {
  console.log(`${name}: ${found.length === 0 ? 'equal' : `${found.length} UNEQUAL`}`)
  for (const one of found.slice(0, 10)) console.log(`  ${one}`)
  for (const one of found) report.fault(`${name}: ${one}`)
}

try {
  await product.untilHealthy(60_000)
  const { id: regimeId } = await ask<{ id: string }>('officer', 'POST', '/regimes', {
    ...{ code: 'BENCH', definition: regime, effectiveFrom: '2025-01-01' },
  })
  await ask('approver', 'POST', `/regimes/${regimeId}/issue`, { version: 1 })
  const form = formOf(rows.map(({ measureId, breakdown }) => ({ id: measureId, breakdown })))
  const definition = { ...form, sections: form.sections.filter(({ key }) => key !== 'results') }
  await ask('officer', 'PUT', `/regimes/${regimeId}/form`, { definition, version: null })
  await ask('approver', 'POST', `/regimes/${regimeId}/form/issue`, { version: 1 })
  await ask('approver', 'POST', `/regimes/${regimeId}/rounds`, { period })
  const owed = await ask<{ items: { obligationId: string }[] }>('officer', 'GET', '/reports')
  const parentId = owed.items[0]?.obligationId ?? ''

  // The same database server, kept by the product now.
  const ownerDb = openDatabase(ownerUrl, { statementTimeoutMs: 600_000 })
  const laid = await layAccepted(ownerDb, {
    ...{ parentId, rows, most, bytes: Number(values.bytes) },
    personId: idOfKey('bench signer'),
  })
  console.log(`${laid} accepted reports of ${rows.length} cells and ${values.bytes} bytes of words each`)

  const { id } = await ask<{ id: string }>('officer', 'POST', '/reports', { obligationId: parentId })
  const read = () => ask<ReportDetail>('officer', 'GET', `/reports/${id}`)
  const sums = async () => plainSums(ownerDb, rows, period)
  // The first look fills what is kept of the land; the gate is before any time.
  hold('national figures', unequalFigures(await read(), rows, await sums()))
  const drawing = { all: true, take: [], leave: [] }
  if (!values.quick) {
    await timed('national figures with their contributors', 2, read)
    await timed('what differs below', null, () => ask<Below>('officer', 'GET', `/reports/${id}/below`))
  }
  const draw = () => ask<{ taken: number }>('officer', 'POST', `/reports/${id}/drawing`, drawing)
  const { taken } = values.quick ? await draw() : await timed('words of all reports drawn with their origins', 2, draw)
  if (taken !== laid) report.fault(`${taken} of ${laid} drawn`)
  const drawn = await read()
  const section = drawn.sections.find(({ key }) => key === 'situation')
  hold('paragraphs and their origins', await wrongOrigins(ownerDb, section?.content))

  const [first] = rows
  if (first === undefined || section?.content.kind !== 'narrative') throw new Error('nothing to consolidate')
  // The consolidator writes the length of a national report, and keeps where it came from.
  const origins = section.content.paragraphs.flatMap((paragraph) => paragraph.origins)
  const words = Array.from({ length: 40 }, (_, at) => ({
    ...{
      key: `n-${at}`,
      text: `Đoạn ${at + 1}. ${'Công tác trẻ em trên cả nước có chuyển biến rõ nét. '.repeat(44)}`.trim(),
    },
    origins: origins.filter((_one, of) => of % 40 === at),
  }))
  const { version } = section
  await ask('officer', 'PUT', `/reports/${id}/sections/situation`, {
    ...{ version, content: { kind: 'narrative', paragraphs: words } },
  })
  await correctOne(ownerDb, first, period)
  const corrected = values.quick ? await read() : await timed('a correction seen nationally', 1, read)
  hold('figures after a correction', unequalFigures(corrected, rows, await sums()))

  const versions = Object.fromEntries(corrected.sections.map((one) => [one.key, one.version]))
  const send = () =>
    ask<{ number: number }>('approver', 'POST', `/reports/${id}/submission`, { versions, isNil: false })
  const { number } = values.quick ? await send() : await timed('signed and sent', null, send)
  hold(
    'contributors of the figures that were sent',
    await unnamedContributors(ownerDb, { reportId: id, number, rows, sums: await sums() }),
  )
  const write = async () => {
    const answer = await fetch(
      `${product.address}/api/v1/reporting/reports/${id}/submissions/${number}/document?format=docx`,
      {
        headers: { cookie: `mangnon=${seat('officer').token}`, 'x-mangnon': '1' },
      },
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (answer.status !== 200 || bytes.subarray(0, 2).toString('latin1') !== 'PK')
      throw new Error(`document: ${answer.status} ${bytes.toString('utf8').slice(0, 300)}`)
    return bytes.byteLength
  }
  const size = values.quick ? await write() : await timed('national .docx', 5, write)
  console.log(`.docx of ${size} bytes`)
  await ownerDb.destroy()
} finally {
  inTime()
  sender.close()
  await product.stop()
  rmSync(home, { recursive: true, force: true })
}
const faults = report.faults()
const load = loadavg().map((one) => Number(one.toFixed(1)))
console.log(`load ${load.join(' ')}; ${cpus().length} processors; ${faults.length} faults`)
report.write({ reports: most, cells: rows.length })
process.exitCode = faults.length === 0 ? 0 : 1
