import path from 'node:path'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey, newId, openCatalogue, openFileStore, readMessages, type Actor, type Context } from '#platform'
import { country } from '../../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../../test/kit/country.ts'
import { asked, countsOf, registry } from '../../../test/kit/registry.ts'
import { beginImport } from '../import/commands.ts'
import { runImport } from '../import/run.ts'
import { termNumbers } from '../lists/lists.ts'
import { loadRecommendationLists } from '../load.ts'
import { exportRegistry } from '../export.ts'
import { documentsOf, getRecommendation, proposeParts } from '../queries/detail.ts'
import { listRecommendations } from '../queries/list.ts'
import { getTermLists } from '../queries/terms.ts'
import { addAssessment, decideLikeness, saveStandpoint, saveWording, withdrawAssessment } from './kept.ts'
import { splitParagraph } from './split.ts'
import { decideTags } from './tags.ts'

const own = country.ownState
const today = '2026-11-20'
const say = openCatalogue(readMessages([path.join(import.meta.dirname, '..', 'messages')]))
const acting = (word: string): Actor => ({
  ...{ personId: newId(), sessionId: null, postId: null, agencyId: idOfKey(`u:TL/${word}`), role: 'officer' },
  ...{ viewers: [], everywhere: false },
})
const keeper = acting('arbeidamt')
/** Keeps other mechanisms, and none at all. */
const others = [acting('guldamt'), acting('skolamt')]

let land: TestCountry
let folder: string
/** A paragraph with letters, and one of an earlier cycle that asks the same. */
let [newer, older] = ['', '']
const as = <T>(work: (ctx: Context) => Promise<T>, actor = keeper) => land.on(today, work, { actor })
const list = (query: object) => as((ctx) => listRecommendations(ctx, registry, asked(query)))
const detail = (id: string) => as((ctx) => getRecommendation(ctx, id))

/** Brings both in with a table; what it says anew is taken at once. */
async function bring(points: string, day = today): Promise<void> {
  const onDay = <T>(work: (ctx: Context) => Promise<T>) => land.on(day, work, { actor: keeper })
  const files = openFileStore(folder)
  const rows = [
    'Mechanism,Document symbol,Published on,Cycle,Paragraph,Text,Themes',
    `CRC,CRC/C/TLD/CO/5-6,2022-10-21,5-6,30,"The Committee urges it to: ${points}",Right to education`,
    'CRC,CRC/C/TLD/CO/3-4,2012-08-22,3-4,40,Prohibit beating of children,',
  ]
  const sha256 = await files.write(new TextEncoder().encode(rows.join('\n')))
  const id = await onDay((ctx) =>
    beginImport(
      ctx,
      { sha256, size: 9, name: 'x.csv', mediaType: 'x' },
      { source: 'sheet', options: { language: 'en', takesChanges: true }, isByHand: true },
    ),
  )
  await runImport({ inTransaction: onDay, progress: () => Promise.resolve() }, { files, own, say }, id)
}

beforeAll(async () => {
  land = await aCountry(country)
  await loadRecommendationLists(land.owner, own, today)
  folder = await mkdtemp(path.join(tmpdir(), 'mangnon-recs-'))
})
afterAll(async () => {
  await land.drop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
  await bring('(a) Prohibit beating; and (b) Train teachers.')
  const { items } = await list({ reach: 'own' })
  ;[newer, older] = [items[0]?.id ?? '', items[1]?.id ?? '']
})

describe('a list', () => {
  test('shows the newest cycle unless asked for all, and counts what else could be chosen', async () => {
    expect((await list({})).items.map(({ id }) => id)).toEqual([newer])
    const all = await list({ reach: 'own', cycle: '3-4' })
    const cycles = as((ctx) => countsOf(ctx, 'cycle', { reach: 'own', cycle: '3-4' }))
    expect([all.items.map(({ id }) => id), await cycles]).toEqual([
      [older],
      [
        ['3-4', 1],
        ['5-6', 1],
      ],
    ])
  })

  test('finds with and without diacritics in every wording', async () => {
    await as((ctx) =>
      saveWording(ctx, older, { kind: 'translation', language: 'vi', text: 'Cấm đánh đập trẻ em', version: null }),
    )
    for (const words of ['đánh đập', 'danh dap', 'CẤM trẻ', 'prohibit', 'beati'])
      expect([words, (await list({ reach: 'own', search: words })).items.some(({ id }) => id === older)]).toEqual([
        words,
        true,
      ])
    expect((await list({ reach: 'own', search: 'danh bong' })).total).toBe(0)
  })

  test('speaks of what recommends, and of observations where these are asked for or picked', async () => {
    await as((ctx) =>
      sql`update recommendations.recommendation set kind = 'observation' where id = ${older}`.execute(ctx.db),
    )
    const found = async (query: object) => (await list(query)).items.map(({ id }) => id).sort()
    expect(await found({ reach: 'own' })).toEqual([newer])
    expect(await found({ reach: 'own', kind: 'observation' })).toEqual([older])
    expect(await found({ reach: 'own', kind: ['recommendation', 'observation'] })).toEqual([newer, older].sort())
    expect(await found({ id: [newer, older] })).toEqual([newer, older].sort())
    expect(await as((ctx) => countsOf(ctx, 'cycle', { reach: 'own' }))).toEqual([['5-6', 1]])
    expect(await as((ctx) => countsOf(ctx, 'kind', { reach: 'own' }))).toEqual([
      ['recommendation', 1],
      ['observation', 1],
    ])
    const rowsOf = async (query: object) => {
      const { filter } = asked(query)
      const { bytes } = await as((ctx) => exportRegistry(ctx, say, { list: registry, filter, format: 'csv' }))
      return Buffer.from(bytes).toString('utf8').trim().split('\r\n').length - 1
    }
    expect([await rowsOf({ reach: 'own' }), await rowsOf({ reach: 'own', kind: 'observation' })]).toEqual([1, 1])
    expect(await rowsOf({ reach: 'own', kind: ['recommendation', 'observation'] })).toBe(2)
    const documents = await as((ctx) => documentsOf(ctx, { own: true, mechanism: null, limit: 9, offset: 0 }))
    expect(documents.map(({ recommendations }) => recommendations)).toEqual([1, 0])
  })

  test('is refused as a table when it is longer than a table holds, and never cut', async () => {
    const table = (most: number) =>
      as((ctx) => exportRegistry(ctx, say, { list: registry, filter: { reach: ['own'] }, format: 'csv', most }))
    await expect(table(1)).rejects.toMatchObject({ code: 'platform.list-too-long', params: { most: 1 } })
    expect((await table(2)).bytes.length).toBeGreaterThan(0)
  })
})

describe('a paragraph split into parts', () => {
  test('is stood for by them: proposed from its letters, edited, each found by itself, the whole no longer counted', async () => {
    const proposed = await as((ctx) => proposeParts(ctx, newer))
    expect(proposed.parts).toEqual([
      { part: 'a', text: 'Prohibit beating', wordings: [] },
      { part: 'b', text: 'Train teachers.', wordings: [] },
    ])
    const { version } = await detail(newer)
    const parts = proposed.parts.map((one) => ({ ...one, text: `${one.text} at once` }))
    const ids = await as((ctx) => splitParagraph(ctx, newer, { version, parts }))
    const found = await list({ search: 'at once', order: 'printed' })
    expect(found.items.map(({ id, part, paragraph }) => [id, part, paragraph])).toEqual([
      [ids[0], 'a', '30'],
      [ids[1], 'b', '30'],
    ])
    const whole = await detail(newer)
    expect([whole.isSplit, whole.parts.map(({ id }) => id), whole.text]).toEqual([
      true,
      ids,
      expect.stringContaining('(a)'),
    ])
    expect((await detail(ids[0] ?? '')).whole?.id).toBe(newer)
    const again = { version: version + 1, parts }
    await expect(as((ctx) => splitParagraph(ctx, newer, again))).rejects.toMatchObject({
      code: 'recommendations.already-split',
    })
    await expect(as((ctx) => splitParagraph(ctx, ids[0] ?? '', { version: 1, parts }))).rejects.toMatchObject({
      code: 'recommendations.is-part',
    })
  })

  test('takes along what persons said: terms, position, wordings by their letters, assessments where chosen', async () => {
    await as((ctx) =>
      saveWording(ctx, newer, {
        ...{ kind: 'translation', language: 'vi', version: null },
        text: 'Ủy ban: (a) Cấm đánh trẻ; (b) Tập huấn giáo viên.',
      }),
    )
    await as((ctx) =>
      saveStandpoint(ctx, newer, { position: 'partly', response: 'Law drafted', isUrgent: true, version: null }),
    )
    const [term = 0] = termNumbers('theme')
    const decision = { recommendationId: newer, term, state: 'confirmed', origin: 'person', reason: null } as const
    await as((ctx) => decideTags(ctx, { decisions: [decision] }))
    const judged = { rating: 'begun', finding: 'x', evidence: 'y', assessor: 'z', assessedOn: '2026-01-01' } as const
    const process = await as((ctx) => addAssessment(ctx, newer, { aspect: 'process', ...judged }))
    const outcome = await as((ctx) => addAssessment(ctx, newer, { aspect: 'outcome', ...judged }))
    const { parts } = await as((ctx) => proposeParts(ctx, newer))
    expect(parts.map(({ wordings }) => wordings)).toEqual([
      [{ kind: 'translation', language: 'vi', text: 'Cấm đánh trẻ' }],
      [{ kind: 'translation', language: 'vi', text: 'Tập huấn giáo viên.' }],
    ])
    const { version } = await detail(newer)
    const unknown = { version, parts, assessments: [{ id: process, parts: ['z'] }] }
    await expect(as((ctx) => splitParagraph(ctx, newer, unknown))).rejects.toMatchObject({
      code: 'recommendations.no-such-part',
    })
    const [a = '', b = ''] = await as((ctx) =>
      splitParagraph(ctx, newer, { version, parts, assessments: [{ id: process, parts: ['b'] }] }),
    )
    for (const id of [a, b]) {
      const one = await detail(id)
      expect([one.position, one.isUrgent, one.standpoint?.response, one.terms.includes(term)]).toEqual(['partly', true, 'Law drafted', true]) // prettier-ignore
      expect(one.tags.map((tag) => [tag.term, tag.state])).toContainEqual([term, 'confirmed'])
    }
    expect((await detail(a)).wordings.map(({ text, isOutdated }) => [text, isOutdated])).toEqual([
      ['Cấm đánh trẻ', false],
    ])
    const aspects = async (id: string) => (await detail(id)).assessments.map(({ aspect }) => aspect)
    expect([await aspects(newer), await aspects(a), await aspects(b)]).toEqual([['outcome'], [], ['process']])
    expect((await detail(newer)).wordings).toHaveLength(1)
    expect((await detail(newer)).assessments[0]?.id).toBe(outcome)
  })

  test('tells of its parts when a later file changed it after the split', async () => {
    const { version } = await detail(newer)
    const { parts } = await as((ctx) => proposeParts(ctx, newer))
    const ids = await as((ctx) => splitParagraph(ctx, newer, { version, parts }))
    const marks = async () => (await list({ id: ids })).items.map(({ isWholeChanged }) => isWholeChanged)
    const changed = async (id: string) => (await detail(id)).isWholeChanged
    expect([await marks(), await changed(ids[0] ?? '')]).toEqual([[false, false], false])
    await bring('(a) Prohibit all beating; and (b) Train all teachers.', '2026-11-27')
    expect([await marks(), await changed(ids[0] ?? ''), await changed(newer)]).toEqual([[true, true], true, false])
  })

  test('is not split from an old state, nor with a letter twice', async () => {
    const parts = [
      { part: 'a', text: 'x' },
      { part: 'a', text: 'y' },
    ]
    await expect(as((ctx) => splitParagraph(ctx, newer, { version: 9, parts }))).rejects.toMatchObject({
      code: 'platform.stale-version',
    })
    await expect(as((ctx) => splitParagraph(ctx, newer, { version: 1, parts }))).rejects.toMatchObject({
      code: 'recommendations.part-twice',
    })
  })
})

describe('what the State keeps of a recommendation', () => {
  test('terms: confirmed ones hold, refused ones do not, the same decision again is told as the same', async () => {
    const [suggested] = (await detail(newer)).terms
    const decide = (term: number, state: 'confirmed' | 'refused') =>
      as((ctx) =>
        decideTags(ctx, {
          decisions: [newer, older].map((recommendationId) => ({
            recommendationId,
            term,
            state,
            origin: 'person' as const,
            reason: null,
          })),
        }),
      )
    expect((await detail(newer)).undecided).toEqual([suggested])
    expect(await decide(105, 'confirmed')).toEqual({ decided: 2, same: 0 })
    expect(await decide(105, 'confirmed')).toEqual({ decided: 0, same: 2 })
    expect(await decide(suggested ?? 0, 'refused')).toEqual({ decided: 2, same: 0 })
    expect([(await detail(newer)).terms, (await detail(older)).terms]).toEqual([[105], [105]])
    expect((await detail(newer)).undecided).toEqual([])
    expect((await list({ reach: 'own', cluster: '105' })).total).toBe(2)
    expect((await list({ reach: 'own', unconfirmed: 'cluster' })).total).toBe(0)
    expect((await list({ reach: 'own', unconfirmed: 'article' })).total).toBe(2)
    await expect(decide(99, 'confirmed')).rejects.toMatchObject({ code: 'recommendations.no-such-term' })
  })

  test('position, answer and urgency, guarded by their version', async () => {
    const said = { position: 'partly' as const, response: 'In part', isUrgent: true }
    expect(await as((ctx) => saveStandpoint(ctx, newer, { ...said, version: null }))).toBe(1)
    await expect(as((ctx) => saveStandpoint(ctx, newer, { ...said, version: null }))).rejects.toMatchObject({
      code: 'platform.stale-version',
    })
    expect(await as((ctx) => saveStandpoint(ctx, newer, { ...said, position: null, version: 1 }))).toBe(2)
    expect((await list({ urgent: 'with' })).items.map(({ id, position }) => [id, position])).toEqual([[newer, null]])
  })

  test('what its document calls urgent stays urgent, whatever else is said', async () => {
    await as((ctx) =>
      sql`update recommendations.recommendation set is_urgent_printed = true where id = ${newer}`.execute(ctx.db),
    )
    const said = { position: null, response: 'In part', isUrgent: false, version: null }
    await as((ctx) => saveStandpoint(ctx, newer, said))
    await as((ctx) => saveStandpoint(ctx, older, said))
    expect((await list({ reach: 'own', urgent: 'with' })).items.map(({ id }) => id)).toEqual([newer])
  })

  test('a decision that changes nothing leaves nothing in the record of acts', async () => {
    const decide = (state: 'confirmed' | 'refused') => {
      const decision = { term: 105, state, origin: 'person' as const, reason: null }
      const decisions = [newer, older].map((recommendationId) => ({ ...decision, recommendationId }))
      return as((ctx) => decideTags(ctx, { decisions }))
    }
    const everywhere = { ...keeper, everywhere: true }
    const ofBoth = sql`select id from platform.audit_entry where action = 'recommendations.tag-decided' and record_id = any (${[newer, older]}::uuid[])`
    const entries = async () => (await as((ctx) => ofBoth.execute(ctx.db), everywhere)).rows.length
    await decide('confirmed')
    expect(await entries()).toBe(2)
    await decide('confirmed')
    expect(await entries()).toBe(2)
    await decide('refused')
    expect(await entries()).toBe(4)
  })

  test('an assessment with its evidence, taken back without being lost', async () => {
    const assessment = {
      aspect: 'outcome',
      rating: 'begun',
      finding: 'Little',
      evidence: 'Survey',
      assessor: 'University',
      assessedOn: today,
    } as const
    await expect(
      as((ctx) => addAssessment(ctx, newer, { ...assessment, assessedOn: '2027-01-01' })),
    ).rejects.toMatchObject({ code: 'recommendations.assessed-in-future' })
    const id = await as((ctx) => addAssessment(ctx, newer, assessment))
    expect((await detail(newer)).assessments).toMatchObject([{ id, ...assessment }])
    await as((ctx) => withdrawAssessment(ctx, newer, id))
    expect((await detail(newer)).assessments).toEqual([])
    const { rows } = await as((ctx) => sql`select id from recommendations.assessment where id = ${id}`.execute(ctx.db))
    expect(rows).toHaveLength(1)
  })

  test('what asks the same across cycles is its history; refused, it is none', async () => {
    await as((ctx) => decideLikeness(ctx, newer, { otherId: older, state: 'confirmed', reason: null }))
    expect([
      (await detail(newer)).history.map(({ id }) => id),
      (await detail(older)).history.map(({ id }) => id),
    ]).toEqual([[older], [newer]])
    await as((ctx) => decideLikeness(ctx, older, { otherId: newer, state: 'refused', reason: 'No' }))
    expect((await detail(newer)).history).toEqual([])
    await expect(
      as((ctx) => decideLikeness(ctx, newer, { otherId: newer, state: 'confirmed', reason: null })),
    ).rejects.toMatchObject({ code: 'recommendations.like-itself' })
  })
})

describe('only the body that keeps a mechanism', () => {
  // prettier-ignore
  const acts: [string, (ctx: Context) => Promise<unknown>][] = [
    ['splits', (ctx) => splitParagraph(ctx, newer, { version: 1, parts: [{ part: 'a', text: 'x' }, { part: 'b', text: 'y' }] })],
    ['words', (ctx) => saveWording(ctx, newer, { kind: 'plain', language: 'en', text: 'x', version: null })],
    ['takes a position', (ctx) => saveStandpoint(ctx, newer, { position: 'noted', response: null, isUrgent: false, version: null })],
    ['tags', (ctx) => decideTags(ctx, { decisions: [{ recommendationId: newer, term: 105, state: 'confirmed', origin: 'person', reason: null }] })],
    ['assesses', (ctx) => addAssessment(ctx, newer, { aspect: 'outcome', rating: 'none', finding: 'x', evidence: 'x', assessor: 'x', assessedOn: today })],
    ['calls alike', (ctx) => decideLikeness(ctx, newer, { otherId: older, state: 'confirmed', reason: null })],
  ]
  test.each(acts)('%s; others are refused, and each act leaves one entry of the audit', async (_name, act) => {
    for (const other of others)
      await expect(as(act, other)).rejects.toMatchObject({ code: 'recommendations.not-keeper' })
    const count = async () =>
      (
        await as(
          (ctx) => sql`select id from platform.audit_entry where action like 'recommendations.%'`.execute(ctx.db),
          { ...keeper, everywhere: true },
        )
      ).rows.length
    const before = await count()
    await as(act)
    expect(await count()).toBe(before + 1)
  })

  test('row-level security alone lets nobody else write what is kept', async () => {
    for (const other of others)
      for (const [table, columns, values] of [
        [
          'wording',
          'kind, language, text, of_hash, agency_id, changed_by, changed_at',
          sql`'plain', 'en', 'x', 'x', ${other.agencyId}, ${other.personId}, now()`,
        ],
        [
          'tag',
          'term, state, origin, agency_id, decided_by, decided_at',
          sql`105, 'confirmed', 'person', ${other.agencyId}, ${other.personId}, now()`,
        ],
        [
          'standpoint',
          'is_urgent, agency_id, changed_by, changed_at',
          sql`true, ${other.agencyId}, ${other.personId}, now()`,
        ],
      ] as const)
        await expect(
          as(
            (ctx) =>
              sql`insert into ${sql.table(`recommendations.${table}`)} (recommendation_id, ${sql.join(columns.split(', ').map((column) => sql.id(column)))}) values (${newer}, ${values})`.execute(
                ctx.db,
              ),
            other,
          ),
        ).rejects.toThrow(/row-level security/)
  })

  test('and which body that is follows the mandate', async () => {
    const keeperOf = async () =>
      (await as((ctx) => getTermLists(ctx, own))).mechanisms.find(({ code }) => code === 'crc')?.keeperId
    expect(await keeperOf()).toBe(idOfKey('u:TL/arbeidamt'))
    await loadRecommendationLists(land.owner, own, '2029-07-01')
    expect(await keeperOf()).toBe(idOfKey('u:TL/heilamt'))
    await loadRecommendationLists(land.owner, own, today)
  })
})
