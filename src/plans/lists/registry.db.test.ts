import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ListFilter } from '#platform'
import type { FacetCounts } from '#platform/model'
import { recommendationList } from '#recommendations'
import { aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import { answerConditions, answerFacets } from './answers.ts'

const registry = recommendationList({ facets: answerFacets, conditions: answerConditions })
const keeper = 'ministry officer'
let world: PlanWorld

beforeAll(async () => {
  world = await aPlanWorld()
  const crc = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
  const upr = { mechanism: 'upr', published: '2030-05-07', cycle: '4', recommending: 'Norway' }
  const asked = await bringIn(world, [
    { ...crc, paragraph: '10', text: 'The Committee urges it to stop beating', clusters: 'E', articles: '19' },
    { ...crc, paragraph: '11', text: 'The Committee recommends to register births', clusters: 'D | A', sdgs: '16.9' },
    { ...crc, paragraph: '12', text: 'Spend more', kind: 'observation' },
    { ...upr, paragraph: '20', text: 'Ratify', position: 'supported', themes: 'Right to education' },
    { ...upr, paragraph: '21', text: 'Repeal', position: 'noted', groups: 'Children' },
    { mechanism: 'cedaw', published: '2020-05-07', cycle: '7', paragraph: '30', text: 'Protect girls' },
  ])
  const at = (paragraph: number) => `/recommendations/${asked[paragraph]}`
  const wording = { kind: 'translation', language: 'vi', text: 'Chấm dứt đánh đập', version: null }
  await world.done(keeper, 'PUT', `${at(10)}/wording`, wording)
  await world.done(keeper, 'PUT', `${at(11)}/wording`, { ...wording, kind: 'plain' })
  await sql`update recommendations.wording set of_hash = 'other' where kind = 'plain'`.execute(world.land.owner)
  const standpoint = { position: 'under-study', response: 'x', isUrgent: true, version: null }
  await world.done(keeper, 'PUT', `${at(11)}/standpoint`, standpoint)
  const assessment = { aspect: 'outcome', rating: 'begun', finding: 'x', evidence: 'x', assessor: 'x' }
  await world.done(keeper, 'POST', `${at(12)}/assessments`, { ...assessment, assessedOn: '2031-01-01' })
  const made = await world.done(keeper, 'POST', '/recommendations/groupings', { names: { vi: 'Việc quý I' } })
  const term = (made as unknown as { number: number }[])[0]?.number
  const decisions = [10, 11].map((one) => ({ recommendationId: asked[one], term, state: 'confirmed' }))
  await world.done(keeper, 'POST', '/recommendations/tags', { decisions })
  await world.done(keeper, 'PUT', `${at(10)}/likeness`, { otherId: asked[20], state: 'confirmed' })
  const plan = await world.issued('crown', [
    aTask({ path: '1', lead: 'ministry', time: by('2031-02-01') }),
    aTask({ path: '2', lead: 'south', time: by('2031-12-01') }),
  ])
  const [first, second] = (await world.plan('crown officer', plan)).nodes
  const answers = [
    { recommendationId: asked[10], nodeId: first?.id, kind: 'implements' },
    { recommendationId: asked[10], nodeId: second?.id, kind: 'contributes' },
    { recommendationId: asked[20], nodeId: second?.id, kind: 'monitors' },
    { recommendationId: asked[30], nodeId: second?.id, kind: 'contributes' },
  ]
  await world.done('crown officer', 'POST', '/answers', { answers })
})
afterAll(() => world.close())

type Facts = { id: string; values: Record<string, string[]> }
type Row = Record<'mechanism' | 'kind', string> & {
  id: string
  cycle: string | null
  position: string | null
  weight: string | null
  isUrgent: boolean
  textHash: string
  terms: number[]
}

/** Each recommendation with its values in every facet, put together row by row in memory; no work has begun. */
async function facts(): Promise<Facts[]> {
  const all = <T>(table: string) => world.rows(sql<T>`select * from ${sql.table(table)}`)
  const scheme = new Map(
    (await all<{ number: number; scheme: string }>('recommendations.term')).map((term) => [term.number, term.scheme]),
  )
  type Wording = { recommendationId: string; kind: string; language: string; ofHash: string }
  const wordings = await all<Wording>('recommendations.wording')
  const assessed = await all<{ recommendationId: string }>('recommendations.assessment')
  const alike = await all<{ leftId: string; rightId: string }>('recommendations.likeness')
  const answers = await all<{ recommendationId: string; nodeId: string; kind: string }>('plans.answer')
  const work = await all<{ nodeId: string; agencyId: string; dueOn: string }>('plans.occurrence')
  const flag = (is: boolean) => [is ? 'with' : 'without']
  const orNone = (values: (string | null | undefined)[]) => {
    const kept = [...new Set(values.flatMap((value) => value ?? []))]
    return kept.length === 0 ? ['none'] : kept
  }
  return (await all<Row>('recommendations.recommendation')).map((row) => {
    const worded = wordings.filter(({ recommendationId }) => recommendationId === row.id)
    const answered = answers.filter(({ recommendationId }) => recommendationId === row.id)
    const pieces = work.filter(({ nodeId }) => answered.some((one) => one.nodeId === nodeId))
    const terms = (of: string) => orNone(row.terms.map((term) => (scheme.get(term) === of ? String(term) : null)))
    return {
      id: row.id,
      values: {
        mechanism: [row.mechanism],
        cycle: orNone([row.cycle]),
        kind: [row.kind],
        position: orNone([row.position]),
        weight: orNone([row.weight]),
        urgent: flag(row.isUrgent),
        ...Object.fromEntries(
          ['cluster', 'article', 'theme', 'group', 'sdg', 'own'].map((of) => [of, terms(of)] as const),
        ),
        translation: flag(worded.some((one) => one.kind === 'translation' && one.language === 'vi')),
        plain: flag(worded.some((one) => one.kind === 'plain' && one.language === 'vi')),
        outdated: flag(worded.some((one) => one.ofHash !== row.textHash)),
        assessment: flag(assessed.some((one) => one.recommendationId === row.id)),
        likeness: flag(alike.some((one) => [one.leftId, one.rightId].includes(row.id))),
        task: flag(answered.length > 0),
        answer: orNone(answered.map(({ kind }) => kind)),
        implementation: [answered.some(({ kind }) => kind !== 'monitors') ? 'planned' : 'none'],
        taskStanding: orNone(pieces.map(({ dueOn }) => (dueOn < '2031-03-04' ? 'overdue' : 'pending-in-time'))),
        lead: orNone(pieces.map(({ agencyId }) => agencyId)),
      },
    }
  })
}

const keeps = (row: Facts, filter: ListFilter, but?: string) =>
  Object.entries({ kind: ['recommendation'], ...filter }).every(
    ([key, values]) => key === but || values.some((one) => row.values[key]?.includes(one)),
  )

const inAddress = (filter: ListFilter) =>
  new URLSearchParams(Object.entries(filter).flatMap(([key, values]) => values.map((value) => [key, value]))).toString()

/** Filters of up to three facets with values that are there, and "none of it". */
const anyFilter = (rows: Facts[]): fc.Arbitrary<ListFilter> =>
  fc.uniqueArray(fc.constantFrom(...registry.facets.map(({ key }) => key)), { maxLength: 3 }).chain((keys) =>
    fc.record(
      Object.fromEntries(
        keys.map((key) => {
          const seen = [...new Set(rows.flatMap(({ values }) => values[key] ?? []))]
          const isFlag = seen.includes('with') || seen.includes('without')
          const values = isFlag ? ['with', 'without'] : [...new Set([...seen, 'none'])]
          return [key, fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 })]
        }),
      ),
    ),
  )

describe('facets of the registry', () => {
  test('each count is what counting by hand gives, whatever is chosen, and the list holds the same rows', async () => {
    const rows = await facts()
    expect(Object.keys(rows[0]?.values ?? {}).sort()).toEqual(registry.facets.map(({ key }) => key).sort())
    await fc.assert(
      fc.asyncProperty(anyFilter(rows), async (filter) => {
        const address = `reach=own&${inAddress(filter)}`
        const counts = (await world.done('crown officer', 'GET', `/recommendations/facets?${address}`)) as FacetCounts
        for (const { key } of registry.facets) {
          const expected: Record<string, number> = {}
          for (const row of rows.filter((one) => keeps(one, filter, key)))
            for (const value of row.values[key] ?? []) expected[value] = (expected[value] ?? 0) + 1
          const told = Object.fromEntries((counts[key] ?? []).map(({ value, count }) => [value, count]))
          expect([key, told]).toEqual([key, expected])
        }
        const page = await world.done('crown officer', 'GET', `/recommendations?size=200&${address}`)
        const kept = rows.filter((row) => keeps(row, filter)).map(({ id }) => id)
        expect((page.items as { id: string }[]).map(({ id }) => id).sort()).toEqual(kept.sort())
      }),
      { numRuns: 60 },
    )
  })

  test('terms, mechanisms and bodies come with their names; what is no number is refused', async () => {
    const { cluster, mechanism, lead } = (await world.done(
      'crown officer',
      'GET',
      '/recommendations/facets?reach=own&of=cluster&of=mechanism&of=lead',
    )) as FacetCounts
    const named = [...(cluster ?? []), ...(mechanism ?? [])].filter(({ value }) => value !== 'none')
    expect(named.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Ủy ban về Quyền trẻ em', 'Các biện pháp thực hiện chung']),
    )
    expect(lead?.find(({ value }) => value === bodyId('ministry'))?.name).toMatch(/\S/)
    expect((await world.ask('crown officer', 'GET', '/recommendations?theme=x')).status).toBe(422)
  })
})
