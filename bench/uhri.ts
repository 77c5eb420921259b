import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import {
  createServer,
  idOfKey,
  openCatalogue,
  openFileStore,
  openInstance,
  openMetrics,
  messageFolders,
  readConfig,
  readMessages,
  systemActor,
} from '#platform'
import { recommendationList, recommendationRoutes } from '#recommendations'
import type { FacetCounts } from '#platform/model'
import { country } from '../countries/testland/index.ts'
import { writeUhriFile, type UhriTruth } from '../test/kit/uhri-file.ts'

/**
 * `npm run bench -- uhri [--quick]`: a file shaped like the UN index's export, read by the command line in a process of its
 * own whose memory is watched; then the API over what came in. Figures count only while what came in is what the file holds.
 */
const isQuick = process.argv.includes('--quick')
const records = isQuick ? 9_000 : 270_000
const bars = { recordsPerSecond: 15_000, peakMb: 300, searchableSeconds: 90, searchMs: 60, pageMs: 150 }
const root = path.join(import.meta.dirname, '..')
const home = await mkdtemp(path.join(tmpdir(), 'mangnon-bench-'))
const env = { ...process.env, MANGNON_HOME: home, MANGNON_COUNTRY: country.code, MANGNON_DEMO: '0' }
const faults: string[] = []

function gate(name: string, found: unknown, expected: unknown): void {
  const isSame = JSON.stringify(found) === JSON.stringify(expected)
  console.log(
    `${isSame ? 'equal' : 'NOT EQUAL'}: ${name}: ${JSON.stringify(found)}${isSame ? '' : ` instead of ${JSON.stringify(expected)}`}`,
  )
  if (!isSame) faults.push(name)
}

function bar(name: string, found: number, isMet: boolean, wanted: string): void {
  console.log(`${isMet ? 'met' : 'MISSED'}: ${name}: ${found} (${wanted})`)
  if (!isMet && !isQuick) faults.push(name)
}

/** Runs a command of the product; its highest memory as the kernel counted it. */
async function run(args: string[]): Promise<{ lines: string[]; peakMb: number; code: number }> {
  const child = spawn(process.execPath, [path.join(root, 'bin', 'mangnon.mjs'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [out, peakKb] = ['', 0]
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  const watch = setInterval(() => {
    peakOfChild(child.pid).then(
      (kb) => (peakKb = Math.max(peakKb, kb)),
      () => undefined, // it has ended
    )
  }, 200)
  const code = await new Promise<number>((resolve) => child.once('exit', (exit) => resolve(exit ?? 1)))
  clearInterval(watch)
  return { lines: out.trim().split('\n'), peakMb: Math.round(peakKb / 1024), code }
}

/** The highest memory of the process that the command started, in kB. */
async function peakOfChild(pid: number | undefined): Promise<number> {
  const started = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0]
  return Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${started}/status`, 'utf8'))?.[1] ?? 0)
}

async function importTimes(file: string, truth: UhriTruth): Promise<void> {
  const { lines, peakMb } = await run(['recommendations', 'import', file])
  const told = lines.map((line) => JSON.parse(line) as Record<string, number>)
  const end = told.at(-1) ?? {}
  const { seconds = 0, readSeconds = seconds } = end
  gate('records accounted for', end.counted, truth.records)
  gate(
    'added, doubled, refused',
    [end.added, end.doubled, end.refused],
    [truth.records - truth.doubled - truth.refused, truth.doubled, truth.refused],
  )
  const rate = Math.round(truth.records / readSeconds)
  bar('records a second until every one is readable', rate, rate >= bars.recordsPerSecond, `≥ ${bars.recordsPerSecond}`)
  bar('peak memory of the importing process, MB', peakMb, peakMb <= bars.peakMb, `≤ ${bars.peakMb}`)
  const rest = Math.round((seconds - readSeconds) * 10) / 10
  bar('seconds until all are searchable', rest, rest <= bars.searchableSeconds, `≤ ${bars.searchableSeconds}`)
  console.log(`progress told ${told.length - 1} times`)
}

const file = path.join(home, 'export-full-en.json')
const truth = await writeUhriFile(file, { records, own: { name: 'Testland', code: 'TLD' } })
console.log(`${truth.records} records, ${Math.round((await stat(file)).size / 1e6)} MB`)
await run(['init'])
await importTimes(file, truth)

const instance = await openInstance(readConfig(env), { besideRunning: true })
try {
  // What the server does by itself within a minute after so much was added.
  await sql`analyze`.execute(instance.ownerDb)
  const ground = {
    db: instance.db,
    timeZone: 'UTC',
    language: country.language,
    now: () => new Date(),
    subscribers: [],
  }
  const say = openCatalogue(readMessages(messageFolders(path.join(root, 'src'))))
  const server = await createServer({
    ground,
    say,
    routes: recommendationRoutes({
      files: openFileStore(path.join(home, 'files')),
      own: country.ownState,
      say,
      list: recommendationList({ facets: [], conditions: [] }),
    }),
    log: pino({ level: 'silent' }),
    metrics: openMetrics(),
    identify: () =>
      Promise.resolve({
        actor: { ...systemActor, everywhere: false, agencyId: idOfKey(country.lead.agencyKey) },
        language: null,
      }),
    authorize: () => undefined,
    trustedProxies: 0,
    secure: false,
  })
  type Answer = {
    total: number
    isMore: boolean
    items: unknown[]
  }
  const ask = async <T>(url: string): Promise<T> => {
    const answer = await server.inject({ url: `/api/v1/recommendations${url}` })
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`)
    return answer.json<T>()
  }
  /** Of every kind: the usual list leaves observations out. */
  const kinds = 'kind=recommendation&kind=observation&kind=other'
  const get = (query: string) => ask<Answer>(`?${kinds}&${query}`)
  /** As the screen asks: the page, and beside it the counts of its facets. */
  const facets = (query: string) => ask<FacetCounts>(`/facets?${kinds}&${query}`)
  const own = await get('reach=own')
  gate('own records', own.total, truth.own)
  const { mechanism = [] } = await facets('reach=own&of=mechanism')
  const byMechanism = Object.fromEntries(mechanism.map(({ value, count }) => [value, count]).sort())
  gate('own records by mechanism', byMechanism, Object.fromEntries(Object.entries(truth.ownByMechanism).sort()))
  gate('records with a rare word', (await get(`reach=all&search=${truth.rareWord}`)).total, truth.rare)
  const marked = await get(`reach=all&search=${encodeURIComponent('khai sinh trẻ em')}&size=10`)
  gate('found without diacritics', (await get('reach=all&search=khai%20sinh%20tre%20em&size=10')).total, marked.total)
  const times = async (
    name: string,
    queries: string[],
    ms: number,
    each: (query: string) => Promise<unknown> = get,
  ) => {
    const taken: number[] = []
    for (let round = 0; round < (isQuick ? 2 : 6); round += 1)
      for (const query of queries) {
        const begun = performance.now()
        await each(query)
        if (round > 0) taken.push(performance.now() - begun)
      }
    taken.sort((a, b) => a - b)
    const p95 = Math.round((taken[Math.floor(taken.length * 0.95)] ?? 0) * 10) / 10
    const median = Math.round((taken[Math.floor(taken.length / 2)] ?? 0) * 10) / 10
    bar(`${name}, p95 in ms (median ${median}, highest ${Math.round(taken.at(-1) ?? 0)})`, p95, p95 <= ms, `≤ ${ms}`)
  }
  const words = [
    'ombudsperson',
    'children with disabilities',
    'trafficking',
    'khai sinh',
    'dang ky khai sinh',
    'trẻ em',
    'traite des personnes',
    'inclusive education',
    'ratify optional protocol',
    'dữ liệu',
    'enfants migrants',
    'remote communities',
    'prosecute perpetrators',
    'budget',
    'violence',
  ].map(encodeURIComponent)
  for (const [name, filter] of [
    ['of all States', 'reach=all'],
    ['of the own State', 'reach=own'],
    ['with a facet chosen', 'reach=all&mechanism=crc'],
  ] as const) {
    const queries = words.map((word) => `${filter}&search=${word}`)
    await times(`search ${name}`, queries, bars.searchMs)
    await times(`its facets ${name}`, queries, bars.searchMs, facets)
  }
  await times(
    'list page',
    ['', 'reach=own', 'reach=all', 'reach=all&page=40', 'reach=all&mechanism=crc', 'reach=own&order=printed&size=200'],
    bars.pageMs,
  )
  await server.close()
} finally {
  await instance.close()
  await rm(home, { recursive: true, force: true })
}
if (faults.length > 0) {
  console.error(`missed: ${faults.join(', ')}`)
  process.exitCode = 1
}
