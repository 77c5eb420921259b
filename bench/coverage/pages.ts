import { brotliCompressSync, gzipSync } from 'node:zlib'
import { openSender, underLoad } from './load.ts'
import type { Client } from './world.ts'
import { keepWriting } from './writer.ts'

export type Check = { name: string; value: number; unit: string; bar: number; ok: boolean }

type Page = { name: string; path: (client: Client) => string }

/** Lists as people open them; each is asked by clients of all three tiers. */
const lists: readonly Page[] = [
  { name: 'coverage board', path: ({ planId }) => `/plans/${planId}/coverage` },
  { name: 'coverage, bodies', path: ({ planId }) => `/plans/${planId}/coverage/bodies?size=50` },
  { name: 'plans', path: () => '/plans?size=50' },
  { name: 'plans of communes, issued', path: () => '/plans?size=50&level=commune&state=issued' },
  { name: 'plans by words', path: () => '/plans?size=50&search=ke%20hoach' },
  { name: 'tasks', path: () => '/tasks?size=50' },
  { name: 'tasks overdue', path: () => '/tasks?size=50&standing=overdue' },
  { name: 'tasks with an update to check', path: () => '/tasks?size=50&progressState=submitted' },
  { name: 'tasks by words', path: () => '/tasks?size=50&search=duoi%20nuoc' },
  { name: 'tasks of communes', path: () => '/tasks?size=50&level=commune' },
  { name: 'bodies', path: () => '/agencies?size=50' },
  { name: 'bodies by words', path: () => '/agencies?size=50&search=so%20y%20te' },
  { name: 'units', path: () => '/territory/units?size=50' },
  { name: 'units by words', path: () => '/territory/units?size=50&search=hoa' },
  { name: 'my work', path: () => '/work' },
  { name: 'urgings', path: () => '/urgings?size=50' },
]
/** Of our own, in ms: after each write every client's page is worked out anew. */
const barWhileWritten = 400
const searches = ['duoi nuoc', 'tre em', 'hoc duong', 'so y te', 'tan binh', 'lao dong tre em']

/**
 * Times each page under 20 clients, the search under two and the numbers of all provinces under one; then the pages
 * again while somebody writes every second, so that no answer that was kept lasts longer.
 */
export async function measurePages(address: string, clients: readonly Client[]): Promise<Check[]> {
  const sender = openSender(address)
  const checks: Check[] = []
  const time = async (
    name: string,
    of: {
      path: (client: Client, turn: number) => string
      by: readonly Client[]
      lanes: number
      each?: number
      bar: number
    },
  ) => {
    const asks = (count: number) =>
      Array.from({ length: count }, (_none, turn) => of.by[turn % of.by.length]).flatMap((client, turn) =>
        client === undefined ? [] : [{ client, path: of.path(client, turn) }],
      )
    await underLoad(sender, asks(of.by.length), 4)
    const { p95 } = await underLoad(sender, asks(of.lanes * (of.each ?? 10)), of.lanes)
    checks.push({ name, value: p95, unit: 'ms', bar: of.bar, ok: p95 <= of.bar })
  }
  try {
    const central = clients.filter((client) => client.tier === 'central')
    for (const page of lists)
      await time(`${page.name}, p95 of 20 clients`, { path: page.path, by: clients, lanes: 20, bar: 150 })
    await time('four numbers of all provinces, p95', {
      path: ({ planId }) => `/plans/${planId}/coverage/bodies?level=province&size=100`,
      by: central,
      lanes: 1,
      bar: 100,
    })
    const search = (_client: Client, turn: number) =>
      `/search?search=${encodeURIComponent(searches[turn % searches.length] ?? '')}`
    await time('search box, p95', { path: search, by: clients, lanes: 2, bar: 60 })
    const writer = await keepWriting(
      address,
      sender,
      clients.filter(({ tier }) => tier === 'commune'),
    )
    for (const page of lists)
      await time(`${page.name}, p95 of 20 clients, a write a second`, {
        path: page.path,
        by: clients,
        lanes: 20,
        each: 30,
        bar: barWhileWritten,
      })
    console.log(`${await writer.stop()} milestones were written meanwhile`)
  } finally {
    sender.close()
  }
  return checks
}

/** Bytes of script the first page loads, as the server sends them to a browser that takes gzip or brotli. */
export async function scriptsOf(address: string): Promise<number> {
  const page = await (await fetch(`${address}/`)).text()
  const scripts = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].flatMap(([, at]) => (at === undefined ? [] : [at]))
  if (scripts.length === 0) throw new Error('the browser’s pages are not built: npm run build:web')
  let bytes = 0
  for (const at of scripts) {
    const answer = await fetch(`${address}${at}`, { headers: { 'accept-encoding': 'br, gzip' } })
    const body = new Uint8Array(await answer.arrayBuffer())
    const encoding = answer.headers.get('content-encoding')
    bytes +=
      encoding === 'br'
        ? brotliCompressSync(body).byteLength
        : encoding === 'gzip'
          ? gzipSync(body).byteLength
          : body.byteLength
  }
  return bytes
}
