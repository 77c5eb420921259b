import { Readable } from 'node:stream'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  idOfKey,
  newId,
  openCatalogue,
  openFileStore,
  readMessages,
  type Actor,
  type Context,
  type FileStore,
} from '#platform'
import { country } from '../../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../../test/kit/country.ts'
import { asked, registry } from '../../../test/kit/registry.ts'
import { exportRegistry } from '../export.ts'
import { keptMechanisms } from '../keeping.ts'
import { loadRecommendationLists } from '../load.ts'
import type { ImportSource } from '../model.ts'
import { getRecommendation } from '../queries/detail.ts'
import { listRecommendations } from '../queries/list.ts'
import { beginImport, cancelImport } from './commands.ts'
import { getImport, listIncoming, listProblems } from './queries.ts'
import { runImport, type ImportWork } from './run.ts'
import { saveBatch } from './save-batch.ts'
import { readyBatch } from './sort-batch.ts'
import { settleAll, settleIncoming } from './settle.ts'
import type { ImportOptions } from './store.ts'

const own = country.ownState
const keeper: Actor = {
  ...{ personId: newId(), sessionId: null, postId: null, agencyId: idOfKey('u:TL/arbeidamt'), role: 'officer' },
  ...{ viewers: [], everywhere: false },
}
const say = openCatalogue(readMessages([path.join(import.meta.dirname, '..', 'messages')]))

let land: TestCountry
let folder: string
let files: FileStore
let others: string
beforeAll(async () => {
  land = await aCountry(country)
  await loadRecommendationLists(land.owner, own, '2026-11-20')
  folder = await mkdtemp(path.join(tmpdir(), 'mangnon-again-'))
  files = openFileStore(folder)
  const kept = await as((ctx) => keptMechanisms(ctx))
  others = ['upr', 'ccpr', 'cedaw'].find((code) => !kept.includes(code)) ?? ''
})
afterAll(async () => {
  await land.drop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
})

const as = <T>(work: (ctx: Context) => Promise<T>) => land.on('2026-11-20', work, { actor: keeper })
const work = (changes: Partial<ImportWork> = {}): ImportWork => ({
  inTransaction: (run) => as(run),
  progress: () => Promise.resolve(),
  ...changes,
})
const parts = () => ({ files, own, say })
const numbers = ({ added, same, changed, doubled, open }: Awaited<ReturnType<typeof getImport>>) => ({
  ...{ added, same, changed, doubled, open },
})

async function begin(bytes: Buffer, source: ImportSource = 'uhri', options: Partial<ImportOptions> = {}) {
  const received = await files.receive(Readable.from([bytes]), 1e8)
  const file = { ...received, name: 'export.json', mediaType: 'x' }
  return as((ctx) => beginImport(ctx, file, { source, options: { language: 'en', ...options }, isByHand: true }))
}
async function bringIn(bytes: Buffer, source: ImportSource = 'uhri', options: Partial<ImportOptions> = {}) {
  const id = await begin(bytes, source, options)
  await runImport(work(), parts(), id)
  return as((ctx) => getImport(ctx, id))
}
type Said = { key: string; text: string; Body?: string; PublicationDate?: string; UprCycle?: string }
const index = (records: Said[]) =>
  Buffer.from(
    JSON.stringify(
      records.map(({ key, text, ...rest }) => ({
        ...{ AnnotationId: idOfKey(key), Body: 'CRC', Countries: ['Testland'], Symbol: 'CRC/C/TLD/CO/5', Text: text },
        ...{ AnnotationType: '- Recommendations', ...rest },
      })),
    ),
  )
/** So many that what stands before and behind them is saved with different batches. */
const between = Array.from({ length: 1_100 }, (_, at) => ({ key: `b${at}`, text: `${at % 90}. Filling words ${at}` }))
const list = (query: object) =>
  as((ctx) => listRecommendations(ctx, registry, asked({ reach: 'all', size: 200, ...query })))
const idOf = async (key: string) => {
  const { rows } = await as((ctx) =>
    sql<{ id: string }>`select id from recommendations.recommendation where external_id = ${idOfKey(key)}`.execute(
      ctx.db,
    ),
  )
  return rows[0]?.id ?? ''
}
const detail = async (key: string) => {
  const id = await idOf(key)
  return as((ctx) => getRecommendation(ctx, id))
}
const poor = { key: 'twin', text: '5. Short words' }
const rich = { key: 'twin', text: '5. Short words, and a good deal more' }

describe('a record that stands twice, far apart in the file', () => {
  test.each([
    ['the richer first', [rich, ...between, poor]],
    ['the richer behind', [poor, ...between, rich]],
  ])('%s: the richer is kept, as if the other had never been; read again nothing changes', async (_what, records) => {
    const file = index(records)
    expect(numbers(await bringIn(file))).toEqual({ added: 1_101, same: 0, changed: 0, doubled: 1, open: 0 })
    const kept = await detail('twin')
    expect([kept.text, kept.earlierTexts]).toEqual(['Short words, and a good deal more', []])
    const again = await bringIn(file)
    expect(numbers(again)).toEqual({ added: 0, same: 1_101, changed: 0, doubled: 1, open: 0 })
    expect((await detail('twin')).text).toBe(kept.text)
  })

  test('and is known as such by an import that was killed in between', async () => {
    const file = index([rich, ...between, poor])
    await bringIn(file)
    const id = await begin(file)
    await expect(runImport(work({ progress: () => Promise.reject(new Error('killed')) }), parts(), id)).rejects.toThrow(
      'killed',
    )
    await runImport(work(), parts(), id)
    expect(numbers(await as((ctx) => getImport(ctx, id)))).toMatchObject({
      same: 1_101,
      changed: 0,
      doubled: 1,
      open: 0,
    })
  })

  test('whose richer words are new to what is here is one difference', async () => {
    await bringIn(index([poor]))
    const told = await bringIn(index([poor, ...between, rich]))
    expect(numbers(told)).toEqual({ added: 1_100, same: 0, changed: 1, doubled: 1, open: 1 })
    const [open] = (await as((ctx) => listIncoming(ctx, { page: 1, size: 9, state: 'open' }))).items
    expect(open?.there).toBe('Short words, and a good deal more')
  })

  test('stays as it is, and is told, where another body keeps it', async () => {
    const body = others.toUpperCase()
    const told = await bringIn(index([{ ...poor, Body: body }, ...between, { ...rich, Body: body }]))
    expect([told.state, told.doubled]).toEqual(['done', 1])
    expect((await detail('twin')).text).toBe('Short words')
    const { items } = await as((ctx) => listProblems(ctx, say, told.id, { page: 1, size: 9 }))
    expect(items.map(({ code }) => code)).toEqual(['recommendations.record-doubled-not-kept'])
  })
})

describe('what a later file says', () => {
  test('of the document, its day and cycle, is taken with the rest; what was missing is filled', async () => {
    await bringIn(index([{ ...poor, Body: 'CRC' }]))
    expect(await detail('twin')).toMatchObject({ publishedOn: null })
    const told = await bringIn(index([{ ...poor, PublicationDate: '2022-10-21T00:00:00', UprCycle: '7th cycle' }]))
    expect(told.open).toBe(1)
    await settleAll(work(), { importId: told.id, decision: 'take', own: null })
    expect((await list({})).items).toMatchObject([{ publishedOn: '2022-10-21', cycle: '7', text: 'Short words' }])
    expect((await detail('twin')).earlierTexts).toEqual([])
    const { rows } = await as((ctx) =>
      sql<object>`select published_on::text, cycle from recommendations.source_document`.execute(ctx.db),
    )
    expect(rows).toEqual([{ publishedOn: '2022-10-21', cycle: '7' }])
  })

  test('no longer waits once the newest file says what is here', async () => {
    await bringIn(index([poor]))
    const second = await bringIn(index([rich]))
    expect(second.open).toBe(1)
    expect(numbers(await bringIn(index([poor])))).toMatchObject({ same: 1, open: 0 })
    expect((await as((ctx) => getImport(ctx, second.id))).open).toBe(0)
  })
})

describe('a table that leaves one instance', () => {
  test('comes into another under the keys of its sources, and a second time as the same', async () => {
    await bringIn(index([poor, { key: 'b', text: '6. Other words' }]))
    const file = await as((ctx) => exportRegistry(ctx, say, { list: registry, filter: {}, format: 'csv' }))
    await sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
    const bytes = Buffer.from(file.bytes)
    expect(numbers(await bringIn(bytes, 'sheet'))).toMatchObject({ added: 2, doubled: 0 })
    expect(numbers(await bringIn(bytes, 'sheet'))).toMatchObject({ added: 0, same: 2, changed: 0 })
    expect(await idOf('twin')).not.toBe('')
  })

  test('and comes back with one cell changed keeps the words as they were printed, in their lines and as they came', async () => {
    const text = '<p>6. One line</p><p>Another line</p>'
    await bringIn(index([{ key: 'b', text }]))
    const words = () =>
      as((ctx) => sql<object>`select text, raw_text from recommendations.official_text`.execute(ctx.db)).then(
        ({ rows }) => rows,
      )
    expect(await words()).toEqual([{ text: 'One line\nAnother line', rawText: text }])
    const file = await as((ctx) => exportRegistry(ctx, say, { list: registry, filter: {}, format: 'csv' }))
    const table = Buffer.from(file.bytes).toString()
    const told = await bringIn(Buffer.from(table.replace('CRC/C/TLD/CO/5', 'CRC/C/TLD/CO/5-6')), 'sheet', {
      takesChanges: true,
    })
    expect([told.changed, told.open]).toEqual([1, 0])
    expect((await list({})).items).toMatchObject([{ symbol: 'CRC/C/TLD/CO/5-6' }])
    expect(await words()).toEqual([{ text: 'One line\nAnother line', rawText: text }])
    await bringIn(Buffer.from(table.replace('Another line', 'Third line')), 'sheet', { takesChanges: true })
    expect(await words()).toEqual([{ text: 'One line\nThird line', rawText: null }])
  })

  test('keeps rows of two sources apart that have one key', async () => {
    const rows = 'key,mechanism,paragraph,text\nsheet:12,crc,1,One\nimpact-oss:12,crc,2,Two\n'
    expect(numbers(await bringIn(Buffer.from(rows), 'sheet'))).toMatchObject({ added: 2, doubled: 0 })
  })
})

describe('an import', () => {
  test('that was stopped leaves what it saved to be found; nobody is told to wait for more', async () => {
    const id = await begin(index([...between, rich]))
    const cancelled = work({ progress: () => as((ctx) => cancelImport(ctx, id)).catch(() => undefined) })
    await runImport(cancelled, parts(), id)
    const found = await list({ search: 'filling' })
    expect([found.total, found.searchable]).toEqual([1_000, { done: 0, total: 0 }])
  })

  test('whose words were never made searchable is caught up with by the next', async () => {
    const id = await begin(index(between))
    await expect(
      runImport(work({ isRead: () => { throw new Error('killed') } }), parts(), id), // prettier-ignore
    ).rejects.toThrow('killed')
    expect((await list({ search: 'filling' })).total).toBe(0)
    const next = await begin(index([rich]))
    // Ids are drawn by the real clock: begun after all of them.
    await as((ctx) =>
      sql`update recommendations.import set started_at = '2100-01-01' where id = ${next}`.execute(ctx.db),
    )
    await runImport(work(), parts(), next)
    expect((await list({ search: 'filling' })).total).toBe(1_000)
  })

  test('takes no batch from a reader that another has overtaken', async () => {
    const id = await begin(index([rich]))
    await as((ctx) =>
      sql`update recommendations.import set state = 'reading', byte_at = 40 where id = ${id}`.execute(ctx.db),
    )
    const batch = readyBatch({ placed: [], from: 0, byteAt: 90 }, { source: 'uhri' })
    expect(await as((ctx) => saveBatch(ctx, id, batch, { documents: new Map(), met: new Set() }))).toBeUndefined()
    expect((await as((ctx) => getImport(ctx, id))).byteAt).toBe(40)
  })

  test('beside another of the same records adds each once', async () => {
    const file = index(between)
    const [first, second] = [await begin(file), await begin(file)]
    await Promise.all([runImport(work(), parts(), first), runImport(work(), parts(), second)])
    const told = await Promise.all([first, second].map((id) => as((ctx) => getImport(ctx, id))))
    expect(told.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(told.reduce((sum, { added }) => sum + added, 0)).toBe(1_100)
    expect(told.reduce((sum, { same }) => sum + same, 0)).toBe(1_100)
  })

  test('names a mechanism that is ours; rows of IMPACT OSS name none, so it is asked for before', async () => {
    const rows = Buffer.from('reference,title\n12,Ratify\n')
    await expect(begin(rows, 'impact-oss')).rejects.toMatchObject({ code: 'recommendations.mechanism-needed' })
    await expect(begin(rows, 'sheet', { mechanism: 'wise-men' })).rejects.toMatchObject({
      code: 'recommendations.no-such-mechanism',
    })
    expect(numbers(await bringIn(rows, 'impact-oss', { mechanism: 'crc' }))).toMatchObject({ added: 1 })
  })
})

describe('settling all differences', () => {
  const many = (text: string) => [
    ...Array.from({ length: 1_200 }, (_, at) => ({ key: `m${at}`, text: `${at}. ${text} ${at}` })),
    ...Array.from({ length: 7 }, (_, at) => ({ key: `o${at}`, text: `${at}. ${text} ${at}`, Body: others })),
  ]

  test('takes all that the body keeps, step by step; stopped in between the rest waits, others are told and wait', async () => {
    await bringIn(index(many('Before')))
    const { id, open } = await bringIn(index(many('After')))
    expect(open).toBe(1_207)
    const waiting = await as((ctx) => listIncoming(ctx, { import: id, state: 'open', page: 1, size: 10 }))
    expect([waiting.total, waiting.kept]).toEqual([1_207, 1_200])
    const steps: (readonly [number, number | null])[] = []
    const stopped = work({
      progress(done, total) {
        steps.push([done, total])
        return done > 0 ? Promise.reject(new Error('stopped')) : Promise.resolve()
      },
    })
    const what = { importId: id, decision: 'take', own: null } as const
    await expect(settleAll(stopped, what)).rejects.toThrow('stopped')
    const [, [first] = [0]] = steps
    expect(steps).toEqual([
      [0, 1_200],
      [first, 1_200],
    ])
    expect((await as((ctx) => getImport(ctx, id))).open).toBe(1_207 - first)
    expect(await settleAll(work(), what)).toEqual({ settled: 1_200 - first, notKept: 7 })
    expect((await as((ctx) => getImport(ctx, id))).open).toBe(7)
    expect((await list({ search: 'before' })).total).toBe(7)
  })

  test('is asked for once at a time: a job does it, and the import tells how far it is', async () => {
    await bringIn(index(many('Before').slice(0, 3)))
    const { id } = await bringIn(index(many('After').slice(0, 3)))
    const ask = () => as((ctx) => settleIncoming(ctx, id, { decision: 'leave', of: { all: true } }))
    const { jobId, settled } = await ask()
    expect(settled).toBe(0)
    expect((await as((ctx) => getImport(ctx, id))).settling).toMatchObject({
      ...{ jobId, state: 'queued', decision: 'leave', done: 0 },
    })
    await expect(ask()).rejects.toMatchObject({ code: 'recommendations.settling-at-work' })
  })
})
