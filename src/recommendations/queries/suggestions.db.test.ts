import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey, newId, openCatalogue, openFileStore, readMessages, type Actor, type Context } from '#platform'
import { country } from '../../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../../test/kit/country.ts'
import { asked, registry } from '../../../test/kit/registry.ts'
import { decideLikeness, saveWording } from '../commands/kept.ts'
import { decideTags } from '../commands/tags.ts'
import { beginImport } from '../import/commands.ts'
import { runImport } from '../import/run.ts'
import { findTerm } from '../lists/lists.ts'
import { loadRecommendationLists } from '../load.ts'
import { listRecommendations } from './list.ts'
import { suggestFor, suggestTermsFor } from './suggestions.ts'

const own = country.ownState
const today = '2026-11-20'
const say = openCatalogue(readMessages([path.join(import.meta.dirname, '..', 'messages')]))
const acting = (word: string): Actor => ({
  ...{ personId: newId(), sessionId: null, postId: null, agencyId: idOfKey(`u:TL/${word}`), role: 'officer' },
  ...{ viewers: [], everywhere: false },
})
const keeper = acting('arbeidamt')
/** Keeps none of it, and reads all. */
const reader = acting('skolamt')

const education = findTerm('theme', 'Right to education') ?? 0
const health = findTerm('theme', 'Right to health') ?? 0
const rows = [
  'Mechanism,Document symbol,Published on,Cycle,Paragraph,Text,Themes',
  'CRC,CRC/C/TLD/CO/5-6,2022-10-21,5-6,30,Train more teachers for village schools,',
  'CRC,CRC/C/TLD/CO/5-6,2022-10-21,5-6,31,Vaccinate infants in distant villages,Right to health',
  'CRC,CRC/C/TLD/CO/3-4,2012-08-22,3-4,40,Train teachers and build village schools,Right to education',
  'CRC,CRC/C/TLD/CO/3-4,2012-08-22,3-4,41,Abolish corporal punishment at home,Right to health',
]

let land: TestCountry
let folder: string
/** By paragraph. */
let ids: Map<string | null, string>
const as = <T>(work: (ctx: Context) => Promise<T>, actor = keeper) => land.on(today, work, { actor })
const of = (paragraph: string) => ids.get(paragraph) ?? ''
const suggested = (paragraph: string, actor = keeper) => as((ctx) => suggestFor(ctx, of(paragraph)), actor)
const decide = (paragraph: string, term: number, state: 'confirmed' | 'refused') =>
  as((ctx) =>
    decideTags(ctx, {
      decisions: [{ recommendationId: of(paragraph), term, state, origin: 'likeness', reason: 'teachers' }],
    }),
  )

beforeAll(async () => {
  land = await aCountry(country)
  await loadRecommendationLists(land.owner, own, today)
  folder = await mkdtemp(path.join(tmpdir(), 'mangnon-likeness-'))
})
afterAll(async () => {
  await land.drop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await sql`truncate recommendations.source_document, recommendations.import cascade`.execute(land.owner)
  const files = openFileStore(folder)
  const sha256 = await files.write(new TextEncoder().encode(rows.join('\n')))
  const id = await as((ctx) =>
    beginImport(
      ctx,
      { sha256, size: 9, name: 'x.csv', mediaType: 'x' },
      { source: 'sheet', options: { language: 'en' }, isByHand: true },
    ),
  )
  await runImport({ inTransaction: as, progress: () => Promise.resolve() }, { files, own, say }, id)
  const { items } = await as((ctx) => listRecommendations(ctx, registry, asked({ reach: 'own' })))
  ids = new Map(items.map((one) => [one.paragraph, one.id]))
})

describe('terms suggested for a recommendation', () => {
  test('come from one like it, and say which words and which recommendation speak for them', async () => {
    const { terms, learnedFrom } = await suggested('30')
    const theme = terms.find(({ term }) => term === education)
    expect(theme).toMatchObject({ scheme: 'theme', learnedFrom: [{ id: of('40'), paragraph: '40' }] })
    expect(theme?.words.join(' ')).toMatch(/teachers|schools/)
    expect([learnedFrom, terms.some(({ term }) => term === health)]).toEqual([4, false])
  })

  test('are made no more once a person confirmed or refused them', async () => {
    await decide('30', education, 'refused')
    expect((await suggested('30')).terms.map(({ term }) => term)).not.toContain(education)
    await decide('30', education, 'confirmed')
    expect((await suggested('30')).terms.map(({ term }) => term)).not.toContain(education)
  })

  test('follow what persons say of others at once', async () => {
    await decide('40', education, 'refused')
    expect((await suggested('30')).terms.map(({ term }) => term)).not.toContain(education)
  })

  test('are found by a translation where the official words say nothing to the name', async () => {
    await as((ctx) =>
      saveWording(ctx, of('41'), {
        kind: 'translation',
        language: 'fr',
        text: "Le droit à l'éducation",
        version: null,
      }),
    )
    const found = (await suggested('41')).terms.find(({ term }) => term === education)
    expect(found).toMatchObject({ isNamed: true })
  })
})

describe('terms suggested for several recommendations', () => {
  const forAll = (...paragraphs: string[]) => as((ctx) => suggestTermsFor(ctx, paragraphs.map(of)))

  test('are those of each by itself, with their words; what is not there is left out', async () => {
    const { items } = await as((ctx) => suggestTermsFor(ctx, [of('30'), newId(), of('31')]))
    expect(items.map(({ recommendationId }) => recommendationId)).toEqual([of('30'), of('31')])
    for (const [at, paragraph] of ['30', '31'].entries())
      expect(items[at]?.terms.map(({ term, words }) => [term, words])).toEqual(
        (await suggested(paragraph)).terms.map(({ term, words }) => [term, words]),
      )
  })

  test('leave out what a person refused', async () => {
    await decide('30', education, 'refused')
    const [one] = (await forAll('30')).items
    expect(one?.terms.map(({ term }) => term)).not.toContain(education)
  })
})

describe('recommendations of the same content', () => {
  test('are suggested from other documents with the words they share, until a person has said', async () => {
    const { similar } = await suggested('30')
    expect(similar.map(({ id }) => id)).toEqual([of('40')])
    expect(similar[0]?.words.join(' ')).toMatch(/teachers|schools/)
    await as((ctx) => decideLikeness(ctx, of('30'), { otherId: of('40'), state: 'refused', reason: null }))
    expect((await suggested('30')).similar).toEqual([])
    expect((await suggested('40')).similar).toEqual([])
  })
})

test('whoever is signed in reads the same suggestions; one that is not there is not found', async () => {
  expect(await suggested('30', reader)).toEqual(await suggested('30'))
  await expect(as((ctx) => suggestFor(ctx, newId()))).rejects.toMatchObject({ code: 'platform.not-found' })
})
