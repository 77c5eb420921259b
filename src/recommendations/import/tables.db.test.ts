import { existsSync, readFileSync, readdirSync } from 'node:fs'
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
  readSheet,
  type Actor,
  type Context,
  type FileStore,
} from '#platform'
import { country } from '../../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../../test/kit/country.ts'
import { asked, countsOf, registry } from '../../../test/kit/registry.ts'
import { aServer } from '../../../test/kit/http.ts'
import { exportRegistry, writeTemplate } from '../export.ts'
import { loadRecommendationLists } from '../load.ts'
import type { ImportSource } from '../model.ts'
import { listRecommendations } from '../queries/list.ts'
import { readMatrix, recommendingStates } from '../reading/matrix.ts'
import { sheetColumns } from '../reading/tables.ts'
import { recommendationRoutes } from '../routes.ts'
import { acceptPartly, beginImport } from './commands.ts'
import { exportProblems, getImport, listIncoming, listProblems } from './queries.ts'
import { runImport } from './run.ts'
import type { ImportOptions } from './store.ts'

const own = country.ownState
const say = openCatalogue(readMessages([path.join(import.meta.dirname, '..', 'messages')]))
const keeper: Actor = {
  ...{ personId: newId(), sessionId: null, postId: null, agencyId: idOfKey('u:TL/arbeidamt'), role: 'officer' },
  ...{ viewers: [], everywhere: false },
}
const sample = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'reference', 'un', 'upr-sample')
const matrix = path.join(sample, 'upr34-slovenia-thematic-list.docx')

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
beforeEach(async () => {
  await sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
})

const as = <T>(work: (ctx: Context) => Promise<T>) => land.on('2026-11-20', work, { actor: keeper })
const run = (id: string) => runImport({ inTransaction: as, progress: () => Promise.resolve() }, { files, own, say }, id)
async function bringIn(
  source: ImportSource,
  bytes: Uint8Array | string,
  options: Partial<ImportOptions> = {},
  name = 'table.csv',
) {
  const sha256 = await files.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
  const file = { sha256, size: bytes.length, name, mediaType: 'x' }
  const id = await as((ctx) =>
    beginImport(ctx, file, { source, options: { language: 'en', ...options }, isByHand: true }),
  )
  await run(id)
  return as((ctx) => getImport(ctx, id))
}
const numbers = ({ added, same, changed, doubled, refused, state }: Awaited<ReturnType<typeof bringIn>>) => [
  state,
  added,
  same,
  changed,
  doubled,
  refused,
]
const list = (query: object) => as((ctx) => listRecommendations(ctx, registry, asked({ size: 200, ...query })))
const differences = (id: string, state: 'open' | 'replaced' = 'open') =>
  as(async (ctx) =>
    (await listIncoming(ctx, { page: 1, size: 9, state, import: id })).items.map(({ fields }) => fields),
  )
const problems = (id: string) =>
  as(async (ctx) =>
    (await listProblems(ctx, say, id, { page: 1, size: 200 })).items.map(({ place, code }) => [place, code]),
  )

describe('the States that recommend', () => {
  test.each([
    ['Ratify it (France) (Lithuania);', ['France', 'Lithuania']],
    [
      'Ratify the Convention, 1930 (No. 29) (United Kingdom of Great Britain and Northern Ireland);',
      ['United Kingdom of Great Britain and Northern Ireland'],
    ],
    ['Do this (Ukraine); Do that (Slovakia);', ['Ukraine', 'Slovakia']],
    ['Pursue policies (especially for girls) of care (Iran (Islamic Republic of)).', ['Iran (Islamic Republic of)']],
    ['Nobody says', []],
  ])('of "%s" are %j', (text, states) => expect(recommendingStates(text)).toEqual(states))
})

describe.skipIf(!existsSync(matrix))("the UN office's list of a real review", () => {
  test('is read exactly as its hand-checked copy says', async () => {
    const rows = await readMatrix(readFileSync(matrix), 'list.docx')
    const [head, ...copy] = await readSheet(readFileSync(matrix.replace('.docx', '.csv')), { rows: 500, columns: 20 })
    const at = (name: string) => head?.cells.indexOf(name) ?? -1
    const several = (cell: string) => (cell === '' ? [] : cell.split(' | '))
    expect(rows.map(({ number }) => number)).toEqual(copy.map(({ cells }) => cells[at('number')]))
    for (const [index, row] of rows.entries()) {
      const of = (name: string) => copy[index]?.cells[at(name)] ?? ''
      expect({
        text: row.text,
        position: row.position,
        source: row.sourceOfPosition,
        listedUnder: row.listedUnder,
        themes: row.themes,
        persons: row.persons,
        goals: row.goals.map((goal) => /^\d+/.exec(goal)?.[0]),
      }).toEqual({
        text: of('text'),
        position: of('position'),
        source: of('source_of_position'),
        listedUnder: of('listed_under_theme'),
        themes: several(of('themes')),
        persons: several(of('affected_persons')),
        goals: several(of('sdg_goals')),
      })
      // The copy takes numbers of conventions for States, and only the last clause's: ours are never fewer.
      const states = recommendingStates(row.text)
      for (const state of several(of('recommending_states')))
        if (!/\d/.test(state)) expect([row.number, states]).toEqual([row.number, expect.arrayContaining([state])])
    }
  })

  test('comes in whole, once, with its positions and terms; again it is the same', async () => {
    const first = await bringIn('ohchr-matrix', readFileSync(matrix), { cycle: '3' }, 'list.docx')
    expect([numbers(first), first.unknownLabels]).toEqual([['done', 215, 0, 0, 0, 0], []])
    const all = await list({})
    expect([all.total, await as((ctx) => countsOf(ctx, 'position'))]).toEqual([
      215,
      [
        ['supported', 182],
        ['noted', 33],
      ],
    ])
    expect(numbers(await bringIn('ohchr-matrix', readFileSync(matrix), { cycle: '3' }, 'list.docx'))).toEqual([
      'done',
      0,
      215,
      0,
      0,
      0,
    ])
  })

  test('leaves as a table that comes in as the same, as .csv and as .xlsx', async () => {
    await bringIn('ohchr-matrix', readFileSync(matrix), { cycle: '3' }, 'list.docx')
    for (const format of ['csv', 'xlsx'] as const) {
      const file = await as((ctx) => exportRegistry(ctx, say, { list: registry, filter: {}, format }))
      expect(numbers(await bringIn('sheet', file.bytes))).toEqual(['done', 0, 215, 0, 0, 0])
    }
  })
})

const csv = (...rows: string[][]) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
const head = ['Key', 'Mechanism', 'Document symbol', 'Published on', 'Paragraph', 'Text', 'Themes']

describe('our own table', () => {
  test('creates rows and updates them by their key, either laid aside or at once', async () => {
    const rows = [
      head,
      ['a', 'CRC', 'CRC/C/TLD/CO/5-6', '21/10/2022', '30', 'Act soon', 'Right to health'],
      ['b', 'crc', 'CRC/C/TLD/CO/5-6', '2022-10-21', '31', '=1+1', ''],
    ]
    expect(numbers(await bringIn('sheet', csv(...rows)))).toEqual(['done', 2, 0, 0, 0, 0])
    expect(numbers(await bringIn('sheet', csv(...rows)))).toEqual(['done', 0, 2, 0, 0, 0])
    const changed = csv(head, ['a', 'CRC', 'CRC/C/TLD/CO/5-6', '2022-10-21', '30', 'Act at once', 'Right to health'])
    const aside = await bringIn('sheet', changed)
    expect([numbers(aside), aside.open]).toEqual([['done', 0, 0, 1, 0, 0], 1])
    expect(await differences(aside.id)).toEqual([['text']])
    const retold = await bringIn('sheet', csv(head, [...(rows[1]?.slice(0, 6) ?? []), 'Right to education']))
    expect(await differences(aside.id, 'replaced')).toEqual([['text']])
    const [other] = (await as((ctx) => listIncoming(ctx, { page: 1, size: 9, state: 'open', import: retold.id }))).items
    expect(other?.changes).toEqual([{ field: 'suggested', here: ['Right to health'], there: ['Right to education'] }])
    expect((await list({ search: 'soon' })).total).toBe(1)
    const taken = await bringIn('sheet', changed, { takesChanges: true })
    expect([numbers(taken), taken.open]).toEqual([['done', 0, 0, 1, 0, 0], 0])
    expect((await list({ search: 'once' })).items.map(({ text }) => text)).toEqual(['Act at once'])
  })

  test('with bad rows is refused whole, each told with its cell; the good ones come in when chosen', async () => {
    const bad = csv(
      head,
      ['a', 'CRC', 'S', '2022-10-21', '1', 'Good', ''],
      ['b', 'Council of the Wise', 'S', '', '2', 'Bad', ''],
      ['c', 'CRC', 'S', '2022-13-45', '3', 'Bad', ''],
      ['d', 'CRC', 'S', '', '4', '', ''],
      ['a', 'CRC', 'S', '2022-10-21', '1', 'Good', ''],
    )
    const refused = await bringIn('sheet', bad)
    expect([refused.state, refused.problemCode, refused.counted, (await list({ reach: 'all' })).total]).toEqual([
      'failed',
      'recommendations.rows-refused',
      0,
      0,
    ])
    expect(await problems(refused.id)).toEqual([
      ['3', 'recommendations.record-no-such-mechanism'],
      ['4', 'recommendations.record-no-date'],
      ['5', 'recommendations.record-without-text'],
    ])
    await as((ctx) => acceptPartly(ctx, refused.id))
    await run(refused.id)
    const taken = await as((ctx) => getImport(ctx, refused.id))
    expect(numbers(taken)).toEqual(['done', 1, 0, 0, 1, 3])
  })

  test('as a workbook with merged cells and formulas accounts for every row', async () => {
    const { Workbook } = await import('@cj-tech-master/excelts')
    const book = new Workbook()
    const sheet = book.addWorksheet('x')
    sheet.addRow(head)
    sheet.addRow(['a', 'CRC', 'S', '2022-10-21', '1', 'One', ''])
    sheet.addRow(['b', 'CRC', 'S', '2022-10-21', '2', 'Two', ''])
    sheet.mergeCells('A2:A3')
    sheet.addRow([
      'c',
      { formula: '"C"&"RC"', result: 'CRC' },
      'S',
      '2022-10-21',
      '3',
      { formula: 'WEBSERVICE("x")', result: 'Three' },
      '',
    ])
    const told = await bringIn('sheet', new Uint8Array(await book.xlsx.writeBuffer()))
    expect([told.state, await problems(told.id)]).toEqual(['failed', [['3', 'recommendations.record-merged-cell']]])
    await as((ctx) => acceptPartly(ctx, told.id))
    await run(told.id)
    expect(numbers(await as((ctx) => getImport(ctx, told.id)))).toEqual(['done', 2, 0, 0, 0, 1])
    expect(await problems(told.id)).toEqual([
      ['3', 'recommendations.record-merged-cell'],
      ['4', 'recommendations.record-formula-cell'],
    ])
    expect((await list({ reach: 'all' })).items.map(({ text }) => text).sort()).toEqual(['One', 'Three'])
  })

  test('that lacks a column or is none at all is refused with the reason', async () => {
    const lacking = await bringIn('sheet', csv(['Key', 'Paragraph'], ['a', '1']))
    expect(lacking.problemCode).toBe('recommendations.head-missing')
    // It stands at no place of the file: said once, with the import, and in the file that is worked through.
    expect([lacking.problemParams, lacking.problems]).toEqual([{ head: 'mechanism' }, 0])
    expect((await as((ctx) => listProblems(ctx, say, lacking.id, { page: 1, size: 9 }))).items).toEqual([])
    const told = new TextDecoder().decode((await as((ctx) => exportProblems(ctx, say, lacking.id))).bytes)
    expect(told).toContain(say('en', 'recommendations.head-missing', { head: 'Mechanism' }))
    expect((await bringIn('sheet', new Uint8Array([0x50, 0x4b, 1, 2, 3]))).problemCode).toBe(
      'platform.sheet-unreadable',
    )
    expect((await bringIn('ohchr-matrix', new Uint8Array([0x50, 0x4b, 1, 2, 3]), {}, 'x.docx')).problemCode).toMatch(
      /^documents\.unreadable\./,
    )
  })

  test('has a template with all its columns, which comes in empty', async () => {
    const template = await as((ctx) => writeTemplate(ctx, say))
    const [first] = await readSheet(template.bytes, { rows: 10, columns: 60 })
    expect(first?.cells).toHaveLength(sheetColumns.length)
    expect(numbers(await bringIn('sheet', template.bytes))).toEqual(['done', 0, 0, 0, 0, 0])
  })
})

describe('an export of IMPACT OSS', () => {
  test('comes in by its own heads; its row of hints is none of its records', async () => {
    const told = await bringIn(
      'impact-oss',
      csv(
        [
          'Framework [database:framework_id]',
          'Reference [database:reference]',
          'Title [database:title]',
          'Description [database:description]',
          'Level [database:support_level]',
          'Categories [rel:category-short-title]',
        ],
        ['Required: number', 'Required: unique', 'Required', 'Optional', 'Optional', 'Optional'],
        ['2', '140.10', 'Ratify the protocol', 'As soon as possible', '1', 'Right to health,Right to education'],
        ['2', '140.1', 'Ratify the convention', '', '0', ''],
      ),
      { mechanism: 'upr', symbol: 'A/HRC/1/1' },
    )
    expect(numbers(told)).toEqual(['done', 2, 0, 0, 0, 0])
    const { items } = await list({})
    expect(items.map(({ paragraph, position, text }) => [paragraph, position, text])).toEqual(
      expect.arrayContaining([
        ['140.10', 'supported', 'Ratify the protocol\nAs soon as possible'],
        ['140.1', 'noted', 'Ratify the convention'],
      ]),
    )
    expect(items.find(({ paragraph }) => paragraph === '140.10')?.terms).toHaveLength(2)
  })
})

describe('over HTTP', () => {
  const messages = ['platform', 'recommendations', 'documents'].map((name) =>
    path.join(import.meta.dirname, '..', '..', name, 'messages'),
  )

  test('an export is taken in as it streams in, told how it stands, and its repeat has no second effect', async () => {
    const server = await aServer(land, recommendationRoutes({ files, own, say, list: registry }), {
      today: '2026-11-20',
      messages,
      actor: keeper,
    })
    const send = (payload: Buffer, query = 'fileName=export.json') =>
      server.inject({
        ...{ method: 'POST' as const, url: `/api/v1/recommendations/imports/export?${query}`, payload },
        headers: { 'content-type': 'application/octet-stream', 'idempotency-key': 'one-and-the-same' },
      })
    const bytes = Buffer.from(
      JSON.stringify([{ AnnotationId: idOfKey('x'), Body: 'CRC', Countries: ['Testland'], Text: '1. It should act' }]),
    )
    const first = await send(bytes)
    expect([first.statusCode, first.json<object>()]).toEqual([
      200,
      expect.objectContaining({ state: 'waiting', fileBytes: bytes.length }),
    ])
    expect((await send(bytes)).json<{ id: string }>().id).toBe(first.json<{ id: string }>().id)
    expect((await send(Buffer.from('[]'))).statusCode).toBe(409)
    expect((await send(Buffer.alloc(0))).statusCode).toBe(422)
    expect((await send(bytes, 'fileName=x&more=1')).statusCode).toBe(422)
    await run(first.json<{ id: string }>().id)
    const found = await server.inject({ url: '/api/v1/recommendations' })
    expect(found.json<{ items: object[] }>().items).toEqual([
      expect.objectContaining({ text: 'It should act', paragraph: '1', mechanism: 'crc' }),
    ])
    await server.close()
  })

  test('a file of whoever keeps no mechanism is refused before a byte of it is stored', async () => {
    const store = path.join(folder, 'refused')
    const actor = { ...keeper, agencyId: idOfKey('u:TL/skolamt') }
    const parts = { files: openFileStore(store), own, say, list: registry }
    const server = await aServer(land, recommendationRoutes(parts), { today: '2026-11-20', messages, actor })
    for (const at of ['export?fileName=x', 'table?fileName=x&source=sheet']) {
      const answer = await server.inject({
        ...{
          method: 'POST' as const,
          url: `/api/v1/recommendations/imports/${at}`,
          payload: Buffer.alloc(100_000, 'x'),
        },
        headers: { 'content-type': 'application/octet-stream', 'idempotency-key': `refused-${at.slice(0, 5)}` },
      })
      expect(answer.statusCode).toBe(403)
    }
    expect(existsSync(store) ? readdirSync(store) : []).toEqual([])
    await server.close()
  })
})
