import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { computeReach } from '#access'
import { dhis2Door, loadIndicators } from '#indicators'
import {
  createServer,
  idOfKey,
  inTransaction,
  messageFolders,
  openCatalogue,
  openInstance,
  openMetrics,
  readConfig,
  readMessages,
  systemActor,
  type Ground,
} from '#platform'
import { openCountry } from '../src/app.ts'

/**
 * `npm run bench -- values [--quick]`: data values over HTTP through the door of DHIS2 programs into the embedded PostgreSQL, one
 * cell and one vintage each, of every commune of the country. A rate counts only while what is stored is exactly what was sent.
 */
const isQuick = process.argv.includes('--quick')
const [measures, payloads, bar] = [10, isQuick ? 1 : 5, 30_000]
const root = path.join(import.meta.dirname, '..')
const home = await mkdtemp(path.join(tmpdir(), 'mangnon-bench-'))
const countryCode = 'vn'
const env = { ...process.env, MANGNON_HOME: home, MANGNON_COUNTRY: countryCode, MANGNON_DEMO: '0' }

const init = spawnSync(process.execPath, [path.join(root, 'src/cli.ts'), 'init'], { env, encoding: 'utf8' })
if (init.status !== 0) throw new Error(init.stdout + init.stderr)
const country = await openCountry(countryCode)
const instance = await openInstance(readConfig(env), { besideRunning: true })
const words = { vi: 'x', en: 'x', fr: 'x' }
const codes = Array.from({ length: measures }, (_none, at) => `bench-${at}`)

/** Seconds of processor every process of the database has used. */
async function databaseSeconds(): Promise<number> {
  const postmaster = (await readFile(path.join(home, 'pgdata', 'postmaster.pid'), 'utf8')).split('\n')[0] ?? ''
  let ticks = 0
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (pid === postmaster || fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12])
    // Connections that ended meanwhile are counted with the process that began them.
    if (pid === postmaster) ticks += Number(fields[13]) + Number(fields[14])
  }
  return ticks / 100
}

try {
  await computeReach(instance.ownerDb)
  await loadIndicators(instance.ownerDb, {
    dimensions: [],
    targets: [],
    rules: [],
    indicators: codes.map((code) => ({
      ...{
        code,
        names: words,
        definition: null,
        aspect: 'outcome',
        ages: null,
        remark: null,
        sdgTargets: [],
        articles: [],
        supporting: [],
        dataSources: [],
      },
      source: { document: 'x', item: 'x' },
      measures: [
        {
          ...{ code, names: words, unitOfMeasure: words, isShare: false, factor: 1, direction: 'up', level: 'commune' },
          ...{
            aggregation: 'sum',
            function: country.defaultFunction,
            dueDays: 30,
            smallCounts: null,
            largest: null,
            numerator: null,
          },
          ...{ denominator: null, periods: [{ calendar: '', frequency: 'month' }], breakdowns: [] },
        },
      ],
    })),
  })
  const ground: Ground = {
    ...{
      db: instance.db,
      timeZone: country.timeZone,
      language: country.language,
      now: () => new Date(),
      subscribers: [],
    },
  }
  const say = openCatalogue(readMessages(messageFolders(path.join(root, 'src'))))
  const agencyId = idOfKey(country.lead.agencyKey)
  const personId = idOfKey('person bench')
  const actor = {
    personId,
    sessionId: null,
    postId: null,
    agencyId,
    role: 'officer',
    viewers: [agencyId, idOfKey(country.lead.unitKey)],
    everywhere: false,
  }
  const server = await createServer({
    ...{ ground, say, routes: [], doors: [dhis2Door({ calendars: country.calendars, say })] },
    ...{ log: pino({ level: 'silent' }), metrics: openMetrics(), trustedProxies: 0, secure: false },
    identify: () => Promise.resolve({ actor, language: null }),
    authorize: () => undefined,
  })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  const { rows: units } = await sql<{ code: string }>`
    select v.code from territory.unit_version v join territory.unit_type t on t.type = v.type join agencies.agency a on a.unit_id = v.unit_id and a.kind = 'people-committee'
    where t.level = 'commune' and v.valid_to is null and a.valid_to is null order by v.code`.execute(instance.ownerDb)
  const months = [1, 2, 3, 4, 5].map((month) => `2026${String(month).padStart(2, '0')}`)
  const expected = new Map<string, number>()
  const bodies = months.slice(0, payloads).map((period, at) =>
    JSON.stringify({
      idScheme: 'code',
      dataValues: codes.flatMap((dataElement, of) =>
        units.map(({ code: orgUnit }, place) => {
          const value = (place * 31 + of * 7 + at * 1009) % 4000
          expected.set(`${dataElement} ${orgUnit} ${period.slice(0, 4)}-${period.slice(4)}`, value)
          return { dataElement, orgUnit, period, value: String(value), comment: null, followup: false }
        }),
      ),
    }),
  )
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0)
  console.log(
    `${expected.size} values of ${units.length} communes in ${bodies.length} payloads, ${Math.round(bytes / 1e6)} MB`,
  )
  const before = { cpu: process.cpuUsage(), database: await databaseSeconds(), at: performance.now() }
  let imported = 0
  for (const body of bodies) {
    const answer = await fetch(`${address}/dhis2/api/dataValueSets`, {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/json', authorization: 'ApiToken x' } },
    })
    const told = (await answer.json()) as { response?: { importCount: { imported: number }; conflicts: unknown[] } }
    imported += told.response?.importCount.imported ?? 0
    if (answer.status !== 200) throw new Error(JSON.stringify(told).slice(0, 2000))
  }
  const seconds = (performance.now() - before.at) / 1000
  const cpu = process.cpuUsage(before.cpu)
  const used = { node: (cpu.user + cpu.system) / 1e6, database: (await databaseSeconds()) - before.database }
  const stored = await inTransaction(
    ground,
    { actor: systemActor, language: 'vi', requestId: 'bench' },
    async ({ db }) => {
      const { rows } = await sql<{ code: string; unit: string; period: string; value: number; source: string }>`
      select m.code, v.code as unit, c.period, o.numerator::float8 as value, o.source from indicators.cell c join indicators.measure m on m.id = c.measure_id
      join indicators.observation o on o.cell_id = c.id join territory.unit_version v on v.unit_id = c.unit_id and v.valid_to is null`.execute(
        db,
      )
      return rows
    },
  )
  const differing = stored.filter(
    ({ code, unit, period, value, source }) =>
      expected.get(`${code} ${unit} ${period}`) !== value || source !== 'exchange',
  )
  const isEqual = stored.length === expected.size && differing.length === 0 && imported === expected.size
  const rate = Math.round(expected.size / seconds)
  const cpuSeconds = used.node + used.database
  console.log(
    `${isEqual ? 'equal' : 'NOT EQUAL'}: ${stored.length} stored of ${expected.size} sent, ${differing.length} differ, ${imported} told`,
  )
  console.log(
    `${seconds.toFixed(1)} s; processor: ${used.node.toFixed(1)} s here, ${used.database.toFixed(1)} s in PostgreSQL`,
  )
  const alone = Math.round(expected.size / Math.max(cpuSeconds / 2, used.node, used.database / 2))
  console.log(`on two processors of its own at best ${alone} values/s, by what it used of them`)
  console.log(`${rate >= bar ? 'met' : 'MISSED'}: ${rate} values/s stored (≥ ${bar})`)
  console.log(`highest memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
  await server.close()
  if (!isEqual || (rate < bar && !isQuick)) process.exitCode = 1
} finally {
  await instance.close()
  await rm(home, { recursive: true, force: true })
}
