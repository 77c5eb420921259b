import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whereOf, type ListFilter } from '#platform'
import type { FacetCounts } from '#platform/model'
import { standingOf, type FourNumbers, type Occurrence } from '#plans/model'
import { aDuty, aPlanWorld, aTask, bodies, bodyId, by, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import { loadProgrammes } from '../store/programmes.ts'
import { taskList } from './tasks.ts'

const today = '2031-03-04'
const readers = [
  'ministry officer',
  'south officer',
  'southHealth officer',
  'solheim officer',
  'crown officer',
] as const

let world: PlanWorld

beforeAll(async () => {
  world = await aPlanWorld()
  await loadProgrammes(world.land.owner, [
    { code: 'P1', name: { vi: 'Chương trình một', en: 'One' }, number: null, issuedOn: '2030-01-01' },
    { code: 'P2', name: { vi: 'Chương trình hai' }, number: null, issuedOn: '2030-02-01' },
  ])
  const above = await world.issued('crown', [
    aTask({ path: '1', lead: 'ministry', time: by('2031-02-01'), programmes: ['P1', 'P2'] }),
    aTask({ path: '2', duties: [aDuty('lead', 'south'), aDuty('lead', 'north')], time: by('2031-12-01') }),
    aTask({ path: '3', duties: [aDuty('lead', 'south')] }),
    aTask({ path: '4', duties: [aDuty('requested', 'court'), aDuty('lead', 'ministry')], programmes: ['P2'] }),
  ])
  const [, second, third] = (await world.plan('crown officer', above)).nodes
  const below = await derived(above, second?.id ?? '', third?.id ?? '')
  await world.issued('north', [aTask({ lead: 'northHealth', time: by('2031-01-15'), text: 'Måle alle bårn' })])
  const work = await world.rows(
    sql<{
      id: string
      agencyId: string
    }>`select id, agency_id from plans.occurrence order by plan_id, node_id, agency_id`,
  )
  await told('southHealth', work, { evidenceNote: 'Se vedlegg', send: true })
  const [sent] = await world.rows(sql<{ id: string }>`select id from plans.progress`)
  await world.done('south approver', 'POST', `/progress/${sent?.id}/acceptance`, { version: 2 })
  await sql`update agencies.agency set valid_to = '2031-03-01' where id = ${bodyId('vikdal')}`.execute(world.land.owner)
  await told('ministry', work, { evidenceNote: null, send: true })
  await told('solheim', work, { evidenceNote: null, send: false })
  const [labelled] = (await world.done('crown officer', 'GET', `/tasks?planId=${above}`)).items as { id: string }[]
  const labels = { workIds: [labelled?.id], labels: [{ label: 'P1', isOn: true }] }
  const set = String((await world.done('crown officer', 'POST', '/labels/changes', labels)).id)
  await world.done('crown officer', 'POST', `/change-sets/${set}/application`, { isPartial: false })
  const overdue = await world.rows(
    sql<{ id: string }>`select id from plans.occurrence where plan_id = ${below} and due_on < '2031-03-04' limit 1`,
  )
  const asked = await bringIn(world, [
    { mechanism: 'crc', published: '2030-10-21', paragraph: '10', text: 'Stop beating children', clusters: 'E' },
    { mechanism: 'upr', published: '2030-05-07', paragraph: '20', text: 'Ratify' },
  ])
  const answers = [
    { recommendationId: asked[10], nodeId: second?.id, kind: 'implements' },
    { recommendationId: asked[20], nodeId: second?.id, kind: 'monitors' },
    { recommendationId: asked[20], nodeId: third?.id, kind: 'contributes' },
  ]
  await world.done('crown officer', 'POST', '/answers', { answers })
  await world.done('south approver', 'POST', '/urgings', {
    planId: below,
    text: 'Skynd',
    answerBy: null,
    agencyIds: [],
    occurrenceIds: overdue.map((row) => row.id),
  })
})
afterAll(() => world.close())

/** A plan of the south under the one above: one task taken over, one adapted, two of its own. */
async function derived(above: string, second: string, third: string): Promise<string> {
  const id = await world.draft(
    'south',
    [
      aTask({ path: '1', lead: 'southHealth', time: by('2031-02-20'), programmes: ['P1'] }),
      aTask({ path: '2', lead: 'solheim', time: by('2031-03-20') }),
      aTask({ path: '3', lead: 'southSchools' }),
      aTask({ path: '4', lead: 'vikdal', time: by('2031-02-25') }),
    ],
    { parents: [above] },
  )
  const [first, other] = (await world.plan('south officer', id, true)).nodes
  await world.asProduct(({ db }) =>
    sql`insert into plans.derivation (plan_id, agency_id, parent_plan_id, parent_node_id, kind, node_id)
      values (${id}, ${bodyId('south')}, ${above}, ${second}, 'taken-over', ${first?.id}), (${id}, ${bodyId('south')}, ${above}, ${third}, 'adapted', ${other?.id})`.execute(
      db,
    ),
  )
  await world.issue('south', id)
  return id
}

async function told(
  body: keyof typeof bodies,
  work: { id: string; agencyId: string }[],
  said: { evidenceNote: string | null; send: boolean },
): Promise<void> {
  const own = work.find((row) => row.agencyId === bodyId(body))
  const { id } = await world.done(`${body} officer`, 'PUT', `/tasks/${own?.id}/progress`, {
    version: null,
    status: 'in-progress',
    narrative: 'x',
    evidenceNote: said.evidenceNote,
  })
  if (said.send) await world.done(`${body} officer`, 'POST', `/progress/${String(id)}/submission`, { version: 1 })
}

type Facts = { id: string; path: string; values: Record<string, string[]> }

/** Each piece of work the reader may see, with its values in every facet, put together row by row in memory. */
async function factsFor(who: string): Promise<Facts[]> {
  const all = <T>(table: string) =>
    world.as(who, async ({ db }) => (await sql<T>`select * from ${sql.table(table)}`.execute(db)).rows)
  type Work = {
    id: string
    nodeId: string
    planId: string
    agencyId: string
    ownerId: string
    dueOn: string | null
    doneOn: string | null
    isRequested: boolean
    status: string
    cancelledOn: string | null
  }
  const work = await all<Work>('plans.occurrence')
  const agencies = await all<{ id: string; level: string; kind: string; validTo: string | null }>('agencies.agency')
  const plans = await all<{ id: string; level: string }>('plans.plan')
  const derivations = await all<{ nodeId: string | null; parentNodeId: string; parentPlanId: string }>(
    'plans.derivation',
  )
  const progress = (
    await all<{
      id: string
      occurrenceId: string
      state: string
      agencyId: string
      createdAt: string
      evidenceNote: string | null
    }>('plans.progress')
  ).filter((one) => one.state !== 'draft' || one.agencyId === bodyId(who.split(' ')[0] as 'south'))
  const programmes = await all<{ nodeId: string; programmeCode: string }>('plans.node_programme')
  const labels = await all<{ nodeId: string; label: string }>('plans.task_label')
  const answers = (
    await all<{ nodeId: string; recommendationId: string; endedAt: string | null }>('plans.answer')
  ).filter((one) => one.endedAt === null)
  const recommendations = await all<{ id: string; mechanism: string; terms: number[] }>(
    'recommendations.recommendation',
  )
  const clusters = (await all<{ number: number; scheme: string }>('recommendations.term')).flatMap((term) =>
    term.scheme === 'cluster' ? [term.number] : [],
  )
  const urged = await all<{ occurrenceId: string }>('plans.urging_task')
  const flag = (is: boolean) => [is ? 'with' : 'without']
  const orNone = (values: (string | undefined)[]) => {
    const kept = [...new Set(values.flatMap((value) => value ?? []))]
    return kept.length === 0 ? ['none'] : kept
  }
  return work
    .filter((one) => one.cancelledOn === null)
    .map((one) => {
      const lead = agencies.find((agency) => agency.id === one.agencyId)
      const above = derivations.filter((row) => row.nodeId === one.nodeId)
      const answered = recommendations.filter(({ id }) =>
        answers.some((row) => row.nodeId === one.nodeId && row.recommendationId === id),
      )
      const updates = progress
        .filter((row) => row.occurrenceId === one.id)
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
      return {
        id: one.id,
        path: '',
        values: {
          standing: [standingOf(one, today)],
          status: [one.status],
          progressState: orNone([updates[0]?.state]),
          level: orNone([lead?.level]),
          agencyKind: orNone([lead?.kind]),
          lead: orNone([lead?.id]),
          planLevel: orNone([plans.find((plan) => plan.id === one.planId)?.level]),
          programme: orNone(programmes.filter((row) => row.nodeId === one.nodeId).map((row) => row.programmeCode)),
          label: orNone(labels.filter((row) => row.nodeId === one.nodeId).map((row) => row.label)),
          aboveLevel: orNone(above.map((row) => plans.find((plan) => plan.id === row.parentPlanId)?.level)),
          aboveStanding: orNone(
            above.flatMap((row) =>
              work
                .filter((up) => up.nodeId === row.parentNodeId && up.cancelledOn === null)
                .map((up) => standingOf(up, today)),
            ),
          ),
          dueDate: flag(one.dueOn !== null),
          evidence: flag(updates.some((row) => (row.evidenceNote ?? '') !== '')),
          below: flag(derivations.some((row) => row.nodeId !== null && row.parentNodeId === one.nodeId)),
          urging: flag(urged.some((row) => row.occurrenceId === one.id)),
          recommendation: flag(answered.length > 0),
          mechanism: orNone(answered.map((row) => row.mechanism)),
          cluster: orNone(
            answered.flatMap((row) => row.terms.filter((term) => clusters.includes(term)).map((term) => String(term))),
          ),
          leadInBeing: flag(lead !== undefined && (lead.validTo === null || lead.validTo > today)),
        },
      }
    })
}

const keeps = (facts: Facts, filter: ListFilter, but?: string) =>
  Object.entries(filter).every(
    ([key, values]) => key === but || values.some((value) => facts.values[key]?.includes(value)),
  )

/** What the facets should say: of each, every value of the rows that the other facets keep. */
function countByHand(facts: Facts[], filter: ListFilter): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {}
  for (const { key } of taskList.facets) {
    const own: Record<string, number> = {}
    for (const row of facts.filter((one) => keeps(one, filter, key)))
      for (const value of row.values[key] ?? []) own[value] = (own[value] ?? 0) + 1
    counts[key] = own
  }
  return counts
}

function plain(counts: FacetCounts): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(counts).map(([key, values]) => [
      key,
      Object.fromEntries(values.map((one) => [one.value, one.count])),
    ]),
  )
}

const inAddress = (filter: ListFilter) =>
  new URLSearchParams(Object.entries(filter).flatMap(([key, values]) => values.map((value) => [key, value]))).toString()

const anyFilter: fc.Arbitrary<ListFilter> = fc
  .dictionary(fc.constantFrom(...taskList.facets.map((facet) => facet.key)), fc.nat(), { maxKeys: 3 })
  .chain((keys) =>
    fc.record(
      Object.fromEntries(
        Object.keys(keys).map((key) => {
          const facet = taskList.facets.find((one) => one.key === key)
          const values =
            facet?.kind === 'having' ? ['with', 'without'] : [...(facet?.values ?? ['P1', 'P2', 'P3']), 'none']
          return [key, fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })]
        }),
      ),
    ),
  )

describe('facets of the list of tasks', () => {
  test('the invented work has something in every facet, and something without', async () => {
    const counts = countByHand(await factsFor('crown officer'), {})
    for (const [key, values] of Object.entries(counts))
      expect([key, Object.keys(values).length > 1]).toEqual([key, true])
  })

  test.each(readers)('for %s each count is what counting by hand gives, whatever is chosen', async (who) => {
    const facts = await factsFor(who)
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const counts = (await world.done(who, 'GET', `/tasks/facets?${inAddress(filter)}`)) as FacetCounts
        expect(plain(counts)).toEqual(countByHand(facts, filter))
      }),
      { numRuns: 25 },
    )
  })

  test.each(readers)('for %s the list holds what filtering in memory keeps, and no more', async (who) => {
    const facts = await factsFor(who)
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const page = await world.done(who, 'GET', `/tasks?size=200&${inAddress(filter)}`)
        const kept = facts.filter((one) => keeps(one, filter)).map((one) => one.id)
        expect((page.items as Occurrence[]).map((one) => one.id).toSorted()).toEqual(kept.toSorted())
        expect(page.total).toBe(kept.length)
      }),
      { numRuns: 25 },
    )
  })

  test('nobody counts what lies outside reach', async () => {
    const south = await factsFor('south officer')
    const all = await factsFor('crown officer')
    expect(south.length).toBeLessThan(all.length)
    const { standing } = (await world.done('south officer', 'GET', '/tasks/facets?of=standing')) as FacetCounts
    expect(standing?.reduce((sum, one) => sum + one.count, 0)).toBe(south.length)
  })

  test('codes of the data come with their names in the language of the reader', async () => {
    const { programme } = (
      await world.ask('crown officer', 'GET', '/tasks/facets?of=programme', undefined, {
        'accept-language': 'en',
      })
    ).body as FacetCounts
    expect(programme?.map(({ value, name }) => [value, name])).toEqual(
      expect.arrayContaining([
        ['P1', 'One'],
        ['P2', 'Chương trình hai'],
        ['none', null],
      ]),
    )
  })

  test('what is no facet, no value of it, or no word of the query is refused', async () => {
    for (const query of ['of=nothing', 'standing=lost', 'evidence=maybe', 'level=province&size=3', 'x=1', 'planId=7'])
      expect([query, (await world.ask('ministry officer', 'GET', `/tasks/facets?${query}`)).status]).toEqual([
        query,
        422,
      ])
    expect((await world.ask('ministry officer', 'GET', '/tasks?dueBy=2031-01-01&dueBy=2031-02-01')).status).toBe(422)
  })
})

test('all that match is one condition that others may build on', async () => {
  const total = await world.as('south officer', async (ctx) => {
    const where = whereOf(ctx, taskList, { standing: ['overdue'], urging: ['without'] })
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${taskList.from} where ${where}`.execute(ctx.db)
    return rows[0]?.n
  })
  const page = await world.done('south officer', 'GET', '/tasks?standing=overdue&urging=without')
  expect(total).toBe(page.total)
})

test('the four numbers above the list are of what is filtered, and of every standing', async () => {
  const numbersOf = async (query: string) => {
    const { numbers, total } = await world.done('south officer', 'GET', `/tasks?${query}`)
    const { requested, asOf: _day, ...four } = numbers as unknown as FourNumbers
    return {
      total,
      numbers,
      sum: [...Object.values(four), requested.done, requested.open].reduce((sum, one) => sum + one, 0),
    }
  }
  for (const query of ['', 'progressState=none', 'progressState=submitted', 'urging=without&progressState=none']) {
    const { total, sum } = await numbersOf(query)
    expect([query, sum]).toEqual([query, total])
  }
  const none = await numbersOf('progressState=none')
  expect(none.total).toBeLessThan((await numbersOf('')).total as number)
  expect((await numbersOf('progressState=none&standing=overdue')).numbers).toEqual(none.numbers)
})
