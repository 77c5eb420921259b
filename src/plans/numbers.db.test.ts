import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform'
import { standingOf, type FourNumbers, type Occurrence, type PlanSummary, type Standing } from './model.ts'
import { aDuty, aPlanWorld, aTask, bodies, bodyId, type BodyName, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const today = '2031-03-04'
const day = fc
  .integer({ min: -40, max: 40 })
  .map((days) => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10))
const dates = { dueOn: fc.option(day), doneOn: fc.option(day), isRequested: fc.boolean() }

test('where work stands is the same by the rule and by the database', async () => {
  const cases = fc.sample(fc.record({ ...dates, on: day }), 500)
  const rows = await world.rows(sql<{ standing: Standing }>`
    select plans.standing((c->>'dueOn')::date, (c->>'doneOn')::date, (c->>'isRequested')::boolean, (c->>'on')::date) as standing
    from jsonb_array_elements(${JSON.stringify(cases)}::jsonb) with ordinality as given(c, rank) order by rank`)
  expect(rows.map((row) => row.standing)).toEqual(cases.map((one) => standingOf(one, one.on)))
  expect(new Set(rows.map((row) => row.standing)).size).toBe(7)
})

type Row = {
  id: string
  planId: string
  nodeId: string
  agency: BodyName
  owner: BodyName
  dueOn: string | null
  doneOn: string | null
  isRequested: boolean
  cancelled: boolean
}

function oracle(rows: Row[]): Omit<FourNumbers, 'asOf'> {
  const count = (standing: Standing) =>
    rows.filter((row) => !row.cancelled && standingOf(row, today) === standing).length
  return {
    doneOnTime: count('done-on-time'),
    doneLate: count('done-late'),
    pendingInTime: count('pending-in-time'),
    overdue: count('overdue'),
    noDueDate: count('no-due-date'),
    requested: { done: count('requested-done'), open: count('requested-open') },
  }
}
const standings: Standing[] = [
  'done-on-time',
  'done-late',
  'pending-in-time',
  'overdue',
  'no-due-date',
  'requested-done',
  'requested-open',
]
const counts = ({ asOf: _asOf, ...numbers }: FourNumbers) => numbers

describe('the four numbers, on work laid at random', () => {
  const agencies: BodyName[] = [
    'south',
    'southHealth',
    'solheim',
    'north',
    'northHealth',
    'havn',
    'ministry',
    'southCourt',
  ]
  /** Who stands over whom: what a viewer reaches of the agencies above. */
  const reach: Record<string, BodyName[]> = {
    south: ['south', 'southHealth', 'solheim'],
    southHealth: ['southHealth'],
    solheim: ['solheim'],
    north: ['north', 'northHealth', 'havn'],
    ministry: ['ministry'],
    crown: ['south', 'southHealth', 'solheim', 'north', 'northHealth', 'havn', 'ministry'],
  }
  let rows: Row[] = []

  beforeAll(async () => {
    const owners: BodyName[] = ['crown', 'south', 'north', 'solheim']
    const plans = await Promise.all(
      owners.map(async (owner) => {
        const planId = await world.issued(owner, [
          aTask({ text: 'Lese', duties: [aDuty('support', owner)] }),
          aTask({ text: 'Regne', duties: [aDuty('support', owner)] }),
        ])
        return { owner, planId, nodes: (await world.plan(`${owner} officer`, planId)).nodes.map((node) => node.id) }
      }),
    )
    const drawn = fc.sample(
      fc.record({
        ...dates,
        plan: fc.nat(3),
        node: fc.nat(1),
        agency: fc.constantFrom(...agencies),
        cancelled: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      }),
      240,
    )
    rows = drawn.map(({ plan, node, ...one }) => ({
      ...one,
      id: newId(),
      planId: plans[plan]?.planId ?? '',
      nodeId: plans[plan]?.nodes[node] ?? '',
      owner: plans[plan]?.owner ?? 'crown',
    }))
    await world.rows(sql`insert into plans.occurrence (id, node_id, plan_id, agency_id, owner_id, is_requested, period, due_on, done_on, cancelled_on)
      select id, "nodeId", "planId", "agencyId", "ownerId", "isRequested", id::text, "dueOn", "doneOn", case when cancelled then ${today}::date end
      from jsonb_to_recordset(${JSON.stringify(rows.map((row) => ({ ...row, agencyId: bodyId(row.agency), ownerId: bodyId(row.owner) })))}::jsonb)
      as w(id uuid, "nodeId" uuid, "planId" uuid, "agencyId" uuid, "ownerId" uuid, "isRequested" boolean, "dueOn" date, "doneOn" date, cancelled boolean)`)
    await world.rows(
      sql`insert into plans.audience (plan_id, agency_id, owner_id) select distinct plan_id, agency_id, owner_id from plans.occurrence on conflict do nothing`,
    )
  })

  /** What the model says a viewer sees of the work. */
  const seen = (viewer: string) =>
    rows.filter(
      (row) => reach[viewer]?.includes(row.agency) || reach[viewer]?.includes(row.owner) || row.owner === viewer,
    )
  const list = async (viewer: string, query: string) =>
    (await world.done(`${viewer} officer`, 'GET', `/tasks?size=200${query}`)) as unknown as {
      items: Occurrence[]
      total: number
      numbers: FourNumbers
    }

  test.each(Object.keys(reach))(
    '%s sees of each plan, task and body the numbers the model says, and each opens to its list',
    async (viewer) => {
      const own = seen(viewer)
      expect(own.length).toBeGreaterThan(5)
      const whole = await list(viewer, '')
      expect(counts(whole.numbers)).toEqual(oracle(own))
      expect(whole.numbers.asOf).toBe(today)
      for (const standing of standings) {
        const { items, total } = await list(viewer, `&standing=${standing}`)
        const expected = own.filter((row) => !row.cancelled && standingOf(row, today) === standing).map((row) => row.id)
        expect([standing, total, items.map((item) => item.id).sort()]).toEqual([
          standing,
          expected.length,
          expected.sort(),
        ])
        expect(items.every((item) => item.standing === standing)).toBe(true)
      }
      for (const planId of new Set(own.map((row) => row.planId)))
        expect(counts((await list(viewer, `&planId=${planId}`)).numbers)).toEqual(
          oracle(own.filter((row) => row.planId === planId)),
        )
      for (const nodeId of new Set(own.map((row) => row.nodeId)))
        expect(counts((await list(viewer, `&nodeId=${nodeId}`)).numbers)).toEqual(
          oracle(own.filter((row) => row.nodeId === nodeId)),
        )
      for (const agency of Object.keys(bodies) as BodyName[])
        expect(counts((await list(viewer, `&agencyId=${bodyId(agency)}`)).numbers)).toEqual(
          oracle(own.filter((row) => row.agency === agency)),
        )
    },
  )

  test.each(Object.keys(reach))(
    '%s sees the same numbers on the list of plans, on a plan and on its tasks',
    async (viewer) => {
      const { items } = await world.done(`${viewer} officer`, 'GET', '/plans?size=200')
      for (const plan of items as PlanSummary[]) {
        const of = seen(viewer).filter((row) => row.planId === plan.id)
        expect(counts(plan.numbers)).toEqual(oracle(of))
        const detail = await world.plan(`${viewer} officer`, plan.id)
        expect(counts(detail.numbers)).toEqual(oracle(of))
        for (const node of detail.nodes)
          expect(counts(node.numbers)).toEqual(oracle(of.filter((row) => row.nodeId === node.id)))
      }
    },
  )

  test('the numbers above a list are those of what was searched for, on every choice of standing', async () => {
    const own = seen('crown').filter((row) => !row.cancelled)
    const { nodes } = await world.plan('crown officer', rows.find((row) => row.owner === 'crown')?.planId ?? '')
    const reading = new Set([...nodes.filter((node) => node.text === 'Lese').map((node) => node.id)])
    for (const owner of ['south', 'north', 'solheim'] as const)
      for (const node of (await world.plan(`${owner} officer`, rows.find((row) => row.owner === owner)?.planId ?? ''))
        .nodes)
        if (node.text === 'Lese') reading.add(node.id)
    const found = own.filter((row) => reading.has(row.nodeId))
    expect(counts((await list('crown', '&search=lese')).numbers)).toEqual(oracle(found))
    expect(counts((await list('crown', '&search=lese&standing=overdue')).numbers)).toEqual(oracle(found))
    expect(counts((await list('crown', '&level=commune')).numbers)).toEqual(
      oracle(own.filter((row) => row.agency === 'solheim' || row.agency === 'havn')),
    )
    expect(counts((await list('crown', `&dueBy=${today}`)).numbers)).toEqual(
      oracle(own.filter((row) => row.dueOn !== null && row.dueOn <= today)),
    )
  })

  test('pages of any size hold each piece of work once, the overdue first', async () => {
    const all = (await list('crown', '')).total
    const ids: string[] = []
    const order: (string | null)[] = []
    for (let page = 1; ids.length < all; page++) {
      const { items } = await world.done('crown officer', 'GET', `/tasks?size=37&page=${page}`)
      if ((items as Occurrence[]).length === 0) break
      ids.push(...(items as Occurrence[]).map((item) => item.id))
      order.push(...(items as Occurrence[]).filter((item) => item.doneOn === null).map((item) => item.dueOn))
    }
    expect(new Set(ids).size).toBe(all)
    expect(ids).toHaveLength(all)
    expect(order).toEqual([...order].sort((a, b) => (a ?? '9999').localeCompare(b ?? '9999')))
  })
})
