import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FacetCounts } from '#platform/model'
import type { PlanSummary } from '#plans/model'
import { aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { loadProgrammes } from '../store/programmes.ts'

let world: PlanWorld
const plans: Record<string, string> = {}
beforeAll(async () => {
  world = await aPlanWorld()
  await loadProgrammes(world.land.owner, [{ code: 'P1', name: { vi: 'Một' }, number: null, issuedOn: '2030-01-01' }])
  plans.crown = await world.issued('crown', [aTask({ lead: 'south', time: by('2031-02-01'), programmes: ['P1'] })])
  plans.south = await world.issued(
    'south',
    [aTask({ lead: 'southHealth' }), aTask({ lead: 'solheim', time: by('2031-09-01') })],
    {
      parents: [plans.crown],
    },
  )
  plans.solheim = await world.issued('solheim', [aTask({ lead: 'solheim', time: by('2031-03-01') })], {
    parents: [plans.south],
  })
  plans.draft = await world.draft('south', [aTask()], { header: { number: null } })
  plans.north = await world.issued('north', [aTask({ lead: 'northHealth', time: by('2031-02-01') })])
})
afterAll(() => world.close())

const nameOf = (id: string) => Object.keys(plans).find((name) => plans[name] === id) ?? id
async function listed(who: string, query: string): Promise<string[]> {
  const page = await world.done(who, 'GET', `/plans?size=200&${query}`)
  expect(page.total).toBe((page.items as PlanSummary[]).length)
  return (page.items as PlanSummary[]).map((plan) => nameOf(plan.id)).toSorted()
}

/** Every value of every facet is asked of the list itself: both must say the same. */
async function compare(who: string, chosen: string): Promise<number> {
  const own = new URLSearchParams(chosen)
  const counts = (await world.done(who, 'GET', `/plans/facets?${chosen}`)) as FacetCounts
  let compared = 0
  for (const [key, values] of Object.entries(counts)) {
    const others = new URLSearchParams([...own].filter(([name]) => name !== key))
    for (const { value, count } of values) {
      const page = await world.done(who, 'GET', `/plans?${key}=${value}&${others.toString()}`)
      expect([who, chosen, key, value, page.total]).toEqual([who, chosen, key, value, count])
      compared++
    }
  }
  return compared
}

describe('the list of plans', () => {
  test.each(['crown officer', 'south officer', 'solheim officer', 'ministry officer'])(
    'for %s every count is the total of the list it leads to',
    async (who) => {
      for (const chosen of ['', 'state=issued&level=province&level=commune', 'standing=overdue&below=without'])
        expect(await compare(who, chosen)).toBeGreaterThanOrEqual(chosen === '' ? 10 : 0)
    },
  )

  test('is asked for what has nothing of a kind, or something linked of a category', async () => {
    expect(await listed('south officer', 'below=without&state=issued')).toEqual(['solheim'])
    expect(await listed('crown officer', 'aboveLevel=none')).toEqual(['crown', 'north'])
    expect(await listed('crown officer', 'aboveLevel=province')).toEqual(['solheim'])
    expect(await listed('crown officer', 'standing=overdue')).toEqual(['crown', 'north', 'solheim'])
    expect(await listed('crown officer', 'programme=P1')).toEqual(['crown'])
    expect(await listed('south officer', 'number=without')).toEqual(['draft'])
    expect(await listed('south officer', 'mine=true&state=issued')).toEqual(['south'])
    expect(await listed('crown officer', `parentId=${plans.crown}&parentId=${plans.south}`)).toEqual([
      'solheim',
      'south',
    ])
  })
})

describe('the list of bodies knows of plans', () => {
  const bodies = async (who: string, query: string) => {
    const page = await world.done(who, 'GET', `/agencies?size=200&${query}`)
    return (page.items as { id: string }[]).map((body) => body.id)
  }

  test('which bodies have no plan under one, said only of those within reach', async () => {
    const without = await bodies('south officer', `withoutPlanUnder=${plans.south}`)
    expect(without).toContain(bodyId('vikdal'))
    expect(without).not.toContain(bodyId('solheim'))
    expect(without).not.toContain(bodyId('north'))
    expect(await bodies('south officer', `withPlanUnder=${plans.south}`)).toEqual([bodyId('solheim')])
  })

  test('with and without are said of bodies within reach only, and counted as the list counts', async () => {
    const { plan } = (await world.done('south officer', 'GET', '/agencies/facets?of=plan&inBeing=true')) as FacetCounts
    const reached = await world.as('south officer', async ({ db }) => {
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from agencies.agency a where a.id in (select platform.reached())
        and (a.valid_to is null or a.valid_to > '2031-03-04') and (a.valid_from is null or a.valid_from <= '2031-03-04')`.execute(
        db,
      )
      return rows[0]?.n
    })
    expect(plan?.reduce((sum, one) => sum + one.count, 0)).toBe(reached)
    for (const { value, count } of plan ?? [])
      expect([value, (await world.done('south officer', 'GET', `/agencies?plan=${value}&inBeing=true`)).total]).toEqual(
        [value, count],
      )
    expect((await bodies('south officer', 'overdue=with')).toSorted()).toEqual(
      [bodyId('south'), bodyId('solheim')].toSorted(),
    )
  })

  test('level, kind and superior are facets of the day the list is read on', async () => {
    for (const key of ['level', 'kind', 'inBeing', 'superiorKind']) {
      const counts = (
        (await world.done('crown officer', 'GET', `/agencies/facets?of=${key}&asOf=2025-01-01`)) as FacetCounts
      )[key]
      for (const { value, count } of counts ?? [])
        expect([
          key,
          value,
          (await world.done('crown officer', 'GET', `/agencies?${key}=${value}&asOf=2025-01-01`)).total,
        ]).toEqual([key, value, count])
    }
  })
})
