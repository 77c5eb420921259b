import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { strToU8, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  idOfKey,
  newId,
  openCatalogue,
  openFileStore,
  readMessages,
  setSecurityContext,
  systemActor,
  type Actor,
  type Context,
  type FileStore,
} from '#platform'
import { country } from '../../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../../test/kit/country.ts'
import { asked, registry } from '../../../test/kit/registry.ts'
import { saveStandpoint } from '../commands/kept.ts'
import { loadRecommendationLists } from '../load.ts'
import type { ImportSource } from '../model.ts'
import { getRecommendation } from '../queries/detail.ts'
import { listRecommendations } from '../queries/list.ts'
import { beginImport } from './commands.ts'
import { getImport, listIncoming, listProblems } from './queries.ts'
import { runImport } from './run.ts'
import { settleAll } from './settle.ts'
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
beforeAll(async () => {
  land = await aCountry(country)
  await loadRecommendationLists(land.owner, own, '2026-11-20')
  await land.owner.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    await sql`update recommendations.mechanism set keeper_id = ${keeper.agencyId}`.execute(db)
  })
  folder = await mkdtemp(path.join(tmpdir(), 'mangnon-twins-'))
  files = openFileStore(folder)
})
afterAll(async () => {
  await land.drop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
})

const as = <T>(work: (ctx: Context) => Promise<T>) => land.on('2026-11-20', work, { actor: keeper })
const working = { inTransaction: as, progress: () => Promise.resolve() }

async function bringIn(source: ImportSource, bytes: Uint8Array, options: Partial<ImportOptions> = {}) {
  const received = await files.receive(Readable.from([Buffer.from(bytes)]), 1e8)
  const file = { ...received, name: source === 'ohchr-matrix' ? 'list.docx' : 'export.json', mediaType: 'x' }
  const id = await as((ctx) =>
    beginImport(ctx, file, { source, options: { language: 'en', ...options }, isByHand: true }),
  )
  await runImport(working, { files, own, say }, id)
  return as((ctx) => getImport(ctx, id))
}
const numbers = ({ counted, added, same, changed, doubled, refused, open }: Awaited<ReturnType<typeof getImport>>) => ({
  ...{ counted, added, same, changed, doubled, refused, open },
})

type Row = { number: string; text: string; position?: string; states?: string[]; themes?: string[]; symbol?: string }
const index = (rows: readonly Row[]) =>
  Buffer.from(
    JSON.stringify(
      rows.map(({ number, text, position = 'Supported', states = ['Testland'], themes, symbol = 'A/HRC/57/6' }) => ({
        ...{ AnnotationId: idOfKey(`${states} ${number} ${text}`), Body: 'UPR', Countries: states, Symbol: symbol },
        ...{ Text: `${number} ${text}`, AnnotationType: '- Recommendations', UprPositions: [position] },
        ...{ UprCycle: '4th cycle', PublicationDate: '2024-06-27', UprRecommendingCountry: ['France'], Themes: themes },
      })),
    ),
  )
const p = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
const matrix = (rows: readonly Row[], source = 'A/HRC/57/6/Add.1 - Para. 6') => {
  const lines = rows.map(({ number, text, position = 'Supported', themes = [''] }) => [
    ...[[`${number} ${text}`, `Source of position: ${source}`], [position], themes.map((one) => `- ${one}`)],
  ])
  const cell = (one: readonly string[]) => `<w:tc>${one.map(p).join('')}</w:tc>`
  const body = [[['Recommendation'], ['Position'], ['Full list of themes']], ...lines].map(
    (cells) => `<w:tr>${cells.map(cell).join('')}</w:tr>`,
  )
  const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
  const main = `<?xml version="1.0"?><w:document ${space}><w:body><w:tbl>${body.join('')}</w:tbl></w:body></w:document>`
  return zipSync({ 'word/document.xml': strToU8(main) })
}
const shown = () => as((ctx) => listRecommendations(ctx, registry, asked({ reach: 'all', size: 200 })))
const open = () => as((ctx) => listIncoming(ctx, { state: 'open', page: 1, size: 50 }))
const ratify = { number: '140.1', text: 'Ratify the convention (France);' }
const fund = { number: '140.2', text: 'Fund schools in remote communes (France);' }
const protect = { number: '140.3', text: 'Protect children from violence (France);' }

const bringers = {
  'the index first': [
    ['uhri', index([ratify, fund])],
    ['ohchr-matrix', matrix([ratify, fund, protect])],
  ],
  'the matrix first': [
    ['ohchr-matrix', matrix([ratify, fund])],
    ['uhri', index([ratify, fund, { ...protect, symbol: 'A/HRC/57/6/Add.1' }])],
  ],
} as const

describe('a recommendation of the own State that two sources bring', () => {
  test.each(Object.entries(bringers))('%s: counts once, and what is told of it twice is told', async (_what, given) => {
    const [[first, one], [second, other]] = given
    await bringIn(first, one)
    const later = await bringIn(second, other)
    expect(numbers(later)).toMatchObject({ counted: 3, added: 1, doubled: 0, refused: 0 })
    expect(later.same + later.changed).toBe(2)
    expect((await shown()).total).toBe(3)
    const told = await as((ctx) => listProblems(ctx, say, later.id, { page: 1, size: 10 }))
    expect(told.items.map(({ code, isRefused }) => [code, isRefused])).toEqual([
      ['recommendations.record-here-from-other', false],
      ['recommendations.record-here-from-other', false],
    ])
    expect(told.items[0]?.title).toContain(first === 'uhri' ? 'UHRI' : 'OHCHR')
    const again = await bringIn(second, other)
    expect(numbers(again)).toMatchObject({ counted: 3, added: 0, same: later.same + 1, changed: later.changed })
  })

  test('and in the same words is the same; a day and a cycle the other left out are filled in when taken', async () => {
    await bringIn('ohchr-matrix', matrix([ratify]))
    const later = await bringIn('uhri', index([ratify]))
    expect(numbers(later)).toMatchObject({ same: 0, changed: 1, open: 1 })
    const [difference] = (await open()).items
    expect(difference).toMatchObject({ ofSource: 'ohchr-matrix', fields: ['publishedOn', 'cycle'] })
    await settleAll(working, { importId: later.id, decision: 'take', own: null })
    expect((await shown()).items[0]).toMatchObject({ cycle: '4', publishedOn: '2024-06-27', symbol: 'A/HRC/57/6' })
    expect(numbers(await bringIn('uhri', index([ratify])))).toMatchObject({ same: 1, changed: 0, open: 0 })
    expect(numbers(await bringIn('ohchr-matrix', matrix([ratify])))).toMatchObject({ same: 1, changed: 0, open: 0 })
  })

  test('is laid beside what is here where they differ, and what the State said stays whatever is decided', async () => {
    await bringIn('uhri', index([{ ...ratify, position: 'Noted' }]))
    const [{ id = '' } = {}] = (await shown()).items
    await as((ctx) =>
      saveStandpoint(ctx, id, { position: 'under-study', response: 'Ours', isUrgent: true, version: null }),
    )
    const told = matrix([{ ...ratify, text: 'Ratify the whole convention (France);', themes: ['Right to education'] }])
    const later = await bringIn('ohchr-matrix', told, { takesChanges: true })
    const { items } = await open()
    expect(items).toMatchObject([{ ofSource: 'uhri', recommendationId: id, fields: ['text', 'position', 'suggested'] }])
    expect(items[0]?.there).toBe('Ratify the whole convention (France);')
    await settleAll(working, { importId: later.id, decision: 'take', own: null })
    expect(await as((ctx) => getRecommendation(ctx, id))).toMatchObject({
      ...{ text: 'Ratify the whole convention (France);', positionPrinted: 'supported', position: 'under-study' },
      ...{ cycle: '4', publishedOn: '2024-06-27', source: 'uhri' },
      standpoint: { position: 'under-study', response: 'Ours', isUrgent: true },
    })
    const index2 = index([{ ...ratify, position: 'Noted' }])
    expect(numbers(await bringIn('uhri', index2))).toMatchObject({ same: 1, changed: 0, open: 0 })
  })

  test('that a person left as it is here is not asked again', async () => {
    await bringIn('uhri', index([{ ...ratify, position: 'Noted' }]))
    const later = await bringIn('ohchr-matrix', matrix([ratify]))
    await settleAll(working, { importId: later.id, decision: 'leave', own: null })
    expect(numbers(await bringIn('ohchr-matrix', matrix([ratify])))).toMatchObject({ same: 1, changed: 0, open: 0 })
  })

  test('is not taken for another: other State, other document, other paragraph', async () => {
    await bringIn('uhri', index([ratify]))
    const others = [{ ...ratify, number: '140.9' }]
    expect((await bringIn('ohchr-matrix', matrix(others))).added).toBe(1)
    expect((await bringIn('ohchr-matrix', matrix([ratify], 'A/HRC/41/7/Add.1 - Para. 2'))).added).toBe(1)
    const elsewhere = index([{ ...fund, states: ['France'], symbol: 'A/HRC/57/6' }])
    expect((await bringIn('uhri', elsewhere)).added).toBe(1)
    expect((await bringIn('ohchr-matrix', matrix([fund]))).added).toBe(1)
  })

  test('pieces under one number, of which none has the words that are here, are added and told', async () => {
    await bringIn('ohchr-matrix', matrix([ratify]))
    const pieces = index([
      { number: '140.1', text: 'Ratify' },
      { number: '140.1', text: 'Apply the convention' },
    ])
    const later = await bringIn('uhri', pieces)
    expect(numbers(later)).toMatchObject({ counted: 2, added: 2 })
    const told = await as((ctx) => listProblems(ctx, say, later.id, { page: 1, size: 10 }))
    expect(told.items.map(({ code }) => code)).toEqual(Array(2).fill('recommendations.record-maybe-here'))
  })
})

test('a list shows what one file brought that was not here before', async () => {
  await bringIn('uhri', index([ratify]))
  const { id } = await bringIn('ohchr-matrix', matrix([ratify, fund]))
  const { items } = await as((ctx) => listRecommendations(ctx, registry, asked({ reach: 'all', importId: id })))
  expect(items.map(({ paragraph }) => paragraph)).toEqual(['140.2'])
})
