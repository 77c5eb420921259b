import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  idOfKey,
  newId,
  openCatalogue,
  openFileStore,
  readMessages,
  writeCsv,
  type Actor,
  type Context,
  type FileStore,
} from '#platform'
import { country } from '../../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../../test/kit/country.ts'
import { asked, registry } from '../../../test/kit/registry.ts'
import { splitParagraph } from '../commands/split.ts'
import { exportRegistry } from '../export.ts'
import { loadRecommendationLists } from '../load.ts'
import type { ImportSource } from '../model.ts'
import { getRecommendation } from '../queries/detail.ts'
import { listRecommendations } from '../queries/list.ts'
import { sheetColumns, type SheetColumn } from '../reading/tables.ts'
import { beginImport } from './commands.ts'
import { getImport, listIncoming, listProblems } from './queries.ts'
import { runImport } from './run.ts'
import type { ImportOptions } from './store.ts'

const own = country.ownState
const say = openCatalogue(readMessages([path.join(import.meta.dirname, '..', 'messages')]))
const actorIn = (agency: string): Actor => ({
  ...{ personId: newId(), sessionId: null, postId: null, agencyId: idOfKey(agency), role: 'officer' },
  ...{ viewers: [], everywhere: false },
})
const keeper = actorIn('u:TL/arbeidamt')

let land: TestCountry
let folder: string
let files: FileStore
beforeAll(async () => {
  land = await aCountry(country)
  await loadRecommendationLists(land.owner, own, '2026-11-20')
  folder = await mkdtemp(path.join(tmpdir(), 'mangnon-recs-'))
  files = openFileStore(folder)
})
afterAll(async () => {
  await land.drop()
  await rm(folder, { recursive: true })
})
const forget = () => sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
beforeEach(forget)

const as = <T>(work: (ctx: Context) => Promise<T>) => land.on('2026-11-20', work, { actor: keeper })
async function bringIn(source: ImportSource, bytes: Uint8Array, options: Partial<ImportOptions> = {}) {
  const file = { sha256: await files.write(bytes), size: bytes.length, name: 'table.csv', mediaType: 'x' }
  const id = await as((ctx) => beginImport(ctx, file, { source, options: { language: 'en', ...options }, isByHand: true })) // prettier-ignore
  await runImport({ inTransaction: as, progress: () => Promise.resolve() }, { files, own, say }, id)
  return as((ctx) => getImport(ctx, id))
}
const counts = ({ state, added, same, changed, doubled, refused }: Awaited<ReturnType<typeof bringIn>>) => [state, added, same, changed, doubled, refused] // prettier-ignore
const leave = async (format: 'csv' | 'xlsx') =>
  (await as((ctx) => exportRegistry(ctx, say, { list: registry, filter: { reach: ['all'] }, format }))).bytes
const all = () =>
  as(
    async (ctx) =>
      (await listRecommendations(ctx, registry, asked({ reach: 'all', size: 200, order: 'printed' }))).items,
  )
const tableOf = (rows: Partial<Record<SheetColumn, string>>[], heads: readonly string[] = sheetColumns) =>
  writeCsv({
    columns: heads.map((head) => ({ head, width: 9 })),
    rows: rows.map((row) => heads.map((head) => row[head as SheetColumn] ?? '')),
  })
const problemsOf = (id: string) =>
  as(async (ctx) => (await listProblems(ctx, say, id, { page: 1, size: 50 })).items.map(({ title, isRefused }) => [title, isRefused])) // prettier-ignore

const words = fc
  .array(fc.constantFrom('Ensure', '=1+1', 'trẻ em', '"quoted"', 'a, b; c', 'l’État', "'tick", '@x', '(a)', '- dash'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((some) => some.join(' '))
const paragraph = fc.record({
  text: words,
  position: fc.constantFrom('', 'supported', 'noted'),
  response: fc.oneof(fc.constant(''), words),
  themes: fc.constantFrom('', 'Right to health', 'Right to health | Right to education'),
  parts: fc.oneof(fc.constant<string[]>([]), fc.array(words, { minLength: 2, maxLength: 4 })),
})

describe('the table that leaves', () => {
  test('comes in as the same, with parts and answers, here and where nothing was before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(paragraph, { minLength: 1, maxLength: 5 }), async (paragraphs) => {
        await forget()
        const rows = paragraphs.map(({ parts: _parts, ...row }, at) => ({
          ...{ ...row, key: `k${at}`, mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', paragraph: String(at + 1) },
          ...{ published: '2030-10-21', cycle: '5-6' },
        }))
        await bringIn('sheet', tableOf(rows))
        for (const one of await all()) {
          const parts = paragraphs[Number(one.paragraph) - 1]?.parts ?? []
          if (parts.length > 0)
            await as((ctx) =>
              splitParagraph(ctx, one.id, {
                version: one.version,
                parts: parts.map((text, at) => ({ part: 'abcd'[at] ?? '', text })),
              }),
            )
        }
        const size = paragraphs.reduce((sum, { parts }) => sum + 1 + parts.length, 0)
        const before = await all()
        for (const format of ['csv', 'xlsx'] as const)
          expect(counts(await bringIn('sheet', await leave(format)))).toEqual(['done', 0, size, 0, 0, 0])
        const left = await leave('csv')
        await forget()
        expect(counts(await bringIn('sheet', left))).toEqual(['done', size, 0, 0, 0, 0])
        const told = (items: typeof before) => items.map(({ paragraph, part, text, position, terms }) => [paragraph, part, text, position, terms]) // prettier-ignore
        expect(told(await all())).toEqual(told(before))
        expect(Buffer.from(await leave('csv')).equals(Buffer.from(left))).toBe(true)
      }),
      { numRuns: 12 },
    )
  })

  const whole = { key: 'k', mechanism: 'crc', symbol: 'S', paragraph: '30', text: 'All of it: (a) one (b) two' }
  const part = (sign: string, text: string) => ({ ...whole, part: sign, text })

  test('splits a paragraph by its parts; a part that changed waits for a person like any record', async () => {
    expect(counts(await bringIn('sheet', tableOf([whole, part('a', 'one'), part('b', 'two')])))).toEqual(['done', 3, 0, 0, 0, 0]) // prettier-ignore
    expect((await all()).map((one) => [one.part, one.text])).toEqual([
      ['a', 'one'],
      ['b', 'two'],
    ])
    const again = await bringIn('sheet', tableOf([whole, part('a', 'one'), part('b', 'two, at once'), part('c', 'three')])) // prettier-ignore
    expect(counts(again)).toEqual(['done', 1, 2, 1, 0, 0])
    const { items } = await as((ctx) => listIncoming(ctx, { page: 1, size: 9, state: 'open', import: again.id }))
    expect(items.map(({ here, there, fields }) => [here, there, fields])).toEqual([['two', 'two, at once', ['text']]])
    expect((await all()).map((one) => one.part)).toEqual(['a', 'b', 'c'])
  })

  test('a part of no paragraph, with an odd sign, or twice, is accounted for', async () => {
    const told = await bringIn('sheet', tableOf([part('a', 'one'), { ...whole, key: 'other', part: 'A b' }]), { isPartial: true }) // prettier-ignore
    expect(counts(told)).toEqual(['done', 0, 0, 0, 0, 2])
    expect(await problemsOf(told.id)).toEqual([
      [say('en', 'recommendations.record-part-without-whole', { part: 'a' }), true],
      [expect.stringContaining('“A b” is no sign of a part'), true],
    ])
    const twice = await bringIn('sheet', tableOf([whole, part('a', 'one'), part('b', 'two'), part('a', 'one')]))
    expect(counts(twice)).toEqual(['done', 3, 0, 0, 1, 0])
  })

  test('an answer that a later table brings is a difference', async () => {
    await bringIn('sheet', tableOf([whole]))
    const told = await bringIn('sheet', tableOf([{ ...whole, response: 'A law is drafted' }]), { takesChanges: true })
    expect(counts(told)).toEqual(['done', 0, 0, 1, 0, 0])
    const [one] = await all()
    expect((await as((ctx) => getRecommendation(ctx, one?.id ?? ''))).responsePrinted).toBe('A law is drafted')
  })
})

describe('heads of a table', () => {
  test('that are missing or not known are named as people write them', async () => {
    const missing = await bringIn('sheet', tableOf([{ key: 'k' }], ['key', 'paragraph', 'text']))
    expect([missing.problemCode, missing.problemParams]).toEqual([
      'recommendations.head-missing',
      { head: 'mechanism' },
    ])
    const impact = await bringIn('impact-oss', tableOf([], ['Reference [database:reference]', 'x']), {
      mechanism: 'crc',
    })
    const { head } = impact.problemParams
    expect(say('en', `recommendations.column-${head}`)).toBe('Title [database:title]')
    const more = await bringIn('sheet', tableOf([{ mechanism: 'crc', text: 'Act' }], ['mechanism', 'text', 'Ghi chú\n của Bộ', '', 'Text'])) // prettier-ignore
    expect(counts(more)).toEqual(['done', 1, 0, 0, 0, 0])
    expect(await problemsOf(more.id)).toEqual([
      ['2 columns are not known and were not read: “Ghi chú của Bộ”, “Text”.', false],
    ])
  })

  test('of IMPACT OSS bring the answer of the State too', async () => {
    const heads = ['Reference [database:reference]', 'Title [database:title]', 'Response [database:response]']
    const table = writeCsv({ columns: heads.map((head) => ({ head, width: 9 })), rows: [['140.1', 'Ratify', 'Under way']] }) // prettier-ignore
    await bringIn('impact-oss', table, { mechanism: 'upr', symbol: 'A/HRC/1/1' })
    const [one] = await all()
    expect((await as((ctx) => getRecommendation(ctx, one?.id ?? ''))).responsePrinted).toBe('Under way')
    expect(counts(await bringIn('sheet', await leave('csv')))).toEqual(['done', 0, 1, 0, 0, 0])
  })
})
