import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
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
import { asked, countsOf, registry } from '../../../test/kit/registry.ts'
import { writeUhriFile, type UhriTruth } from '../../../test/kit/uhri-file.ts'
import { saveStandpoint, saveWording } from '../commands/kept.ts'
import { decideTags } from '../commands/tags.ts'
import { loadRecommendationLists } from '../load.ts'
import { getRecommendation } from '../queries/detail.ts'
import { listRecommendations } from '../queries/list.ts'
import { readUhriRecord } from '../reading/uhri.ts'
import { beginImport, cancelImport, resumeImport } from './commands.ts'
import { exportProblems, getImport, listIncoming, listProblems } from './queries.ts'
import { runImport, type ImportWork } from './run.ts'
import { settleAll, settleIncoming } from './settle.ts'

const today = '2026-11-20'
const own = country.ownState
const acting = (word: string): Actor => ({
  personId: newId(),
  sessionId: null,
  postId: null,
  agencyId: idOfKey(`u:TL/${word}`),
  role: 'officer',
  viewers: [idOfKey(`u:TL/${word}`)],
  everywhere: false,
})
const keeper = acting('arbeidamt')
const say = openCatalogue(readMessages([path.join(import.meta.dirname, '..', 'messages')]))

let land: TestCountry
let folder: string
let files: FileStore
let file: string
let truth: UhriTruth
beforeAll(async () => {
  land = await aCountry(country)
  await loadRecommendationLists(land.owner, own, today)
  folder = await mkdtemp(path.join(tmpdir(), 'mangnon-recs-'))
  files = openFileStore(path.join(folder, 'files'))
  file = path.join(folder, 'export.json')
  truth = await writeUhriFile(file, {
    records: 2_600,
    own: { name: 'Testland', code: 'TLD' },
    doubleEvery: 500,
    refuseEvery: 700,
    sentences: 2,
  })
})
afterAll(async () => {
  await land.drop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
})

const as = <T>(work: (ctx: Context) => Promise<T>, actor = keeper) => land.on(today, work, { actor })
const work = (changes: Partial<ImportWork> = {}): ImportWork => ({
  inTransaction: (run) => as(run),
  progress: () => Promise.resolve(),
  ...changes,
})

async function begin(of = file): Promise<string> {
  const received = await files.receive(createReadStream(of), 1e9)
  return as((ctx) =>
    beginImport(
      ctx,
      { ...received, name: 'export.json', mediaType: 'application/json' },
      { source: 'uhri', options: { language: 'en' }, isByHand: true },
    ),
  )
}
async function importWhole(of = file): Promise<string> {
  const id = await begin(of)
  await runImport(work(), { files, own, say }, id)
  return id
}
/** Of every kind: the usual list leaves observations out. */
const kind = ['recommendation', 'observation', 'other']
const list = (query: object) => as((ctx) => listRecommendations(ctx, registry, asked({ kind, ...query })))
const numbers = ({
  counted,
  added,
  same,
  changed,
  doubled,
  refused,
  state,
}: Awaited<ReturnType<typeof getImport>>) => ({
  ...{ counted, added, same, changed, doubled, refused, state },
})
const wholeNumbers = () => ({
  counted: truth.records,
  added: truth.records - truth.doubled - truth.refused,
  same: 0,
  changed: 0,
  doubled: truth.doubled,
  refused: truth.refused,
  state: 'done',
})

/** What the file holds, read all at once: of two records with one key the richer. */
async function bruteForce(): Promise<Map<string, string>> {
  const elements = JSON.parse(await readFile(file, 'utf8')) as object[]
  const texts = new Map<string, { text: string; worth: number }>()
  for (const element of elements) {
    const { record } = readUhriRecord(Buffer.from(JSON.stringify(element)), own, 'en')
    if (record === null) continue
    const worth = record.text.length + 40 * record.suggested.length
    if ((texts.get(record.externalId)?.worth ?? -1) < worth) texts.set(record.externalId, { text: record.text, worth })
  }
  return new Map([...texts].map(([key, { text }]) => [key, text]))
}

async function savedTexts(): Promise<Map<string, string>> {
  const { rows } = await as((ctx) =>
    sql<{ externalId: string; text: string }>`select r.external_id, o.text from recommendations.recommendation r
      join recommendations.official_text o on o.recommendation_id = r.id`.execute(ctx.db),
  )
  return new Map(rows.map((row) => [row.externalId, row.text]))
}

describe('an export of the index', () => {
  test('is read whole: every record accounted for and readable, the richer of doubles kept, counts as in the file', async () => {
    const id = await importWhole()
    const told = await as((ctx) => getImport(ctx, id))
    expect(numbers(told)).toEqual(wholeNumbers())
    expect([told.indexed, told.byteAt > 0]).toEqual([told.added, true])
    expect(await savedTexts()).toEqual(await bruteForce())
    const found = await list({ reach: 'all' })
    expect([found.total, found.isMore]).toEqual([1_000, true])
    for (const [mechanism, count] of Object.entries(truth.byMechanism)) {
      expect([mechanism, (await list({ reach: 'all', mechanism })).total]).toEqual([mechanism, count])
      const counts = await as((ctx) => countsOf(ctx, 'mechanism', { reach: 'all', mechanism, kind }))
      expect(Object.values(Object.fromEntries(counts)).reduce((sum, one) => sum + one, 0)).toBe(1_000)
    }
    expect((await list({ reach: 'own' })).total).toBe(truth.own)
    expect((await list({ reach: 'all', search: truth.rareWord })).total).toBe(truth.rare)
    expect(found.searchable).toEqual({ done: 0, total: 0 })
  })

  test('killed after a batch goes on behind it and comes to the same', async () => {
    const id = await begin()
    let saved = 0
    const killed = work({
      progress() {
        saved += 1
        return saved === 1 ? Promise.resolve() : Promise.reject(new Error('killed'))
      },
    })
    await expect(runImport(killed, { files, own, say }, id)).rejects.toThrow('killed')
    const half = await as((ctx) => getImport(ctx, id))
    expect(half.counted).toBe(2000)
    await runImport(work(), { files, own, say }, id)
    expect(numbers(await as((ctx) => getImport(ctx, id)))).toEqual(wholeNumbers())
    expect(await savedTexts()).toEqual(await bruteForce())
  })

  test('that is cancelled keeps what it saved, and goes on when told so', async () => {
    const id = await begin()
    let isAsked = false
    const cancelled = work({
      async progress() {
        if (!isAsked) await as((ctx) => cancelImport(ctx, id))
        isAsked = true
      },
    })
    await runImport(cancelled, { files, own, say }, id)
    const stopped = await as((ctx) => getImport(ctx, id))
    expect([stopped.state, stopped.counted]).toEqual(['cancelled', 1000])
    await expect(as((ctx) => cancelImport(ctx, id))).rejects.toMatchObject({ code: 'recommendations.import-ended' })
    await as((ctx) => resumeImport(ctx, id))
    await runImport(work(), { files, own, say }, id)
    expect(numbers(await as((ctx) => getImport(ctx, id)))).toEqual(wholeNumbers())
  })

  test('cut in the middle of a record keeps the whole ones and says where it was cut', async () => {
    const cut = path.join(folder, 'cut.json')
    await writeFile(cut, await readFile(file))
    await truncate(cut, 200_000)
    const id = await importWhole(cut)
    const told = await as((ctx) => getImport(ctx, id))
    expect([told.state, told.refused > 0, told.counted > 100, told.isCutShort]).toEqual(['done', true, true, true])
    const { items } = await as((ctx) => listProblems(ctx, say, id, { page: 1, size: 200, refused: 'true' }))
    expect(items.at(-1)).toMatchObject({
      code: 'recommendations.record-cut-short',
      title: 'The file is cut short here.',
    })
    const csv = await as((ctx) => exportProblems(ctx, say, id))
    expect(new TextDecoder().decode(csv.bytes).split('\r\n').length).toBe(told.problems + 2)
  })

  test('that is no list is refused whole', async () => {
    const other = path.join(folder, 'other.json')
    await writeFile(other, 'No list at all')
    const told = await as(async (ctx) => getImport(ctx, await importWhole(other)))
    expect([told.state, told.problemCode, told.counted]).toEqual(['failed', 'recommendations.file-no-list', 0])
    await expect(as((ctx) => resumeImport(ctx, told.id))).rejects.toMatchObject({
      code: 'recommendations.import-cannot-resume',
    })
  })

  test('of which more is wrong than fits on a page tells all of it in one file', async () => {
    const { id, problems } = await as(async (ctx) => getImport(ctx, await importWhole()))
    const more = 200_100
    await as((ctx) =>
      sql`insert into recommendations.import_problem (import_id, ordinal, place, code, params, excerpt, is_refused)
        select ${id}, 1000000 + n, n::text, 'recommendations.record-without-text', '{}', null, true from generate_series(1, ${more}) n`.execute(
        ctx.db,
      ),
    )
    const { bytes } = await as((ctx) => exportProblems(ctx, say, id))
    const lines = new TextDecoder().decode(bytes).split('\r\n')
    expect(lines.length).toBe(problems + more + 2)
    expect(lines.at(-2)).toContain(`${1_000_000 + more},${more},`)
    expect(lines.filter((line) => line === lines[0]).length).toBe(1)
  })

  test('read again changes nothing', async () => {
    const first = await as(async (ctx) => getImport(ctx, await importWhole()))
    expect([first.sameFileAt, first.isCutShort]).toEqual([null, false])
    const again = await as(async (ctx) => getImport(ctx, await importWhole()))
    expect(again.sameFileAt).toBe(first.finishedAt)
    expect(numbers(again)).toMatchObject({ added: 0, same: truth.records - truth.doubled - truth.refused, changed: 0 })
  })
})

describe('an export that comes anew with changed texts', () => {
  test('lays differences beside what is here until a person takes or leaves them; nothing said of them is lost', async () => {
    await importWhole()
    const { items } = await list({ reach: 'own', mechanism: 'crc', size: 200 })
    const [first] = items
    if (first === undefined) throw new Error('none')
    await as((ctx) =>
      saveWording(ctx, first.id, { kind: 'translation', language: 'en', text: 'Bản dịch', version: null }),
    )
    await as((ctx) =>
      saveStandpoint(ctx, first.id, { position: 'noted', response: 'We shall see', isUrgent: true, version: null }),
    )
    const term = first.terms[0] ?? 0
    await as((ctx) =>
      decideTags(ctx, {
        decisions: [{ recommendationId: first.id, term, state: 'refused', origin: 'person', reason: null }],
      }),
    )

    const newer = path.join(folder, 'newer.json')
    await writeUhriFile(newer, {
      records: truth.records,
      own: { name: 'Testland', code: 'TLD' },
      doubleEvery: 500,
      refuseEvery: 700,
      sentences: 2,
      changeEvery: 1,
    })
    const id = await importWhole(newer)
    const told = await as((ctx) => getImport(ctx, id))
    expect([told.added, told.same, told.open]).toEqual([0, 0, told.changed])
    const before = await as((ctx) => getRecommendation(ctx, first.id))
    expect([before.text, before.hasIncoming]).toEqual([first.text, true])
    const differences = await as((ctx) => listIncoming(ctx, { page: 1, size: 200, state: 'open', own: 'true' }))
    expect(differences.items.find((one) => one.recommendationId === first.id)).toMatchObject({
      here: first.text,
      fields: ['text'],
      changes: [],
      wordings: 1,
      written: [{ kind: 'translation', language: 'en', text: 'Bản dịch' }],
    })

    await as((ctx) => settleIncoming(ctx, id, { decision: 'take', of: { recommendationIds: [first.id] } }))
    const taken = await as((ctx) => getRecommendation(ctx, first.id))
    expect(taken.text).toMatch(/as soon as possible/)
    expect(taken).toMatchObject({
      hasIncoming: false,
      position: 'noted',
      isUrgent: true,
      earlierTexts: [{ text: first.text }],
      wordings: [{ text: 'Bản dịch', isOutdated: true }],
      tags: [{ term, state: 'refused' }],
    })
    expect(taken.terms).not.toContain(term)
    expect((await list({ reach: 'own', outdated: 'with' })).items.map((one) => one.id)).toEqual([first.id])
    expect((await list({ reach: 'own', search: 'as soon as possible' })).total).toBe(1)

    const left = await settleAll(work(), { importId: id, decision: 'leave', own: null })
    expect(left.notKept).toBe(told.changed - 1 - left.settled)
    const again = await as(async (ctx) => getImport(ctx, await importWhole(newer)))
    expect([again.same, again.changed]).toEqual([left.settled + 1, left.notKept])
  })
})

describe('the two walls', () => {
  test('only a body that keeps a mechanism brings files in', async () => {
    const received = await files.receive(createReadStream(file), 1e9)
    for (const word of ['skolamt', 'hogting'])
      await expect(
        as(
          (ctx) =>
            beginImport(
              ctx,
              { ...received, name: 'x', mediaType: 'x' },
              { source: 'uhri', options: { language: 'en' } },
            ),
          acting(word),
        ),
      ).rejects.toMatchObject({ code: 'recommendations.not-keeper' })
  })

  test('row-level security by itself lets nobody else write, and everybody signed in read', async () => {
    await importWhole()
    const { items } = await list({ reach: 'own', mechanism: 'crc', size: 1 })
    const id = items[0]?.id ?? ''
    for (const word of ['skolamt', 'guldamt']) {
      const changed = await as(
        (ctx) => sql`update recommendations.recommendation set paragraph = 'x' where id = ${id}`.execute(ctx.db),
        acting(word),
      )
      expect(Number(changed.numAffectedRows)).toBe(0)
      await expect(
        as(
          (ctx) =>
            sql`insert into recommendations.standpoint (recommendation_id, is_urgent, agency_id, changed_by, changed_at)
            values (${id}, true, ${ctx.actor.agencyId}, ${ctx.actor.personId}, now())`.execute(ctx.db),
          acting(word),
        ),
      ).rejects.toThrow(/row-level security/)
      expect((await as((ctx) => getRecommendation(ctx, id), acting(word))).keeps).toBe(false)
    }
    const nobody = { ...keeper, agencyId: null, viewers: [] }
    expect((await as((ctx) => listRecommendations(ctx, registry, asked({ reach: 'all' })), nobody)).total).toBe(0)
  })
})
