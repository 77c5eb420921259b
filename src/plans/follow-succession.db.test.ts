import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { followSuccession } from './commands/follow-succession.ts'
import { extendOccurrences } from './jobs.ts'
import { actorOf, aDuty, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'

/** On this day Ösel Åskøg went into Tørg Hávn-Miðe, and Ösel Vík-Đal became Tørg Víkdal. */
const reform = new Date('2032-07-01T03:00:00Z')
const vikdalAfter = idOfKey('u:2032:02102/rad')

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const follow = () => world.asProduct((ctx) => followSuccession(ctx))
const said = { version: null, status: 'completed', narrative: 'Gjort', evidenceNote: null }
const openWork = async (id: string) =>
  (await world.workOf(id)).filter((row) => row.cancelledOn === null).map((row) => row.agencyId)

describe('after a reform', () => {
  test('open work follows to the successor with what was said of it; the plan keeps the old name', async () => {
    const id = await world.issued('north', [aTask({ time: by('2033-06-30'), lead: 'askog' })])
    const { items } = await world.done('askog officer', 'GET', `/tasks?planId=${id}`)
    const task = (items as { id: string }[])[0]?.id ?? ''
    const { id: progress } = await world.done('askog officer', 'PUT', `/tasks/${task}/progress`, {
      ...said,
      status: 'in-progress',
    })
    await world.done('askog officer', 'POST', `/progress/${String(progress)}/submission`, { version: 1 })
    await world.done('north approver', 'POST', `/progress/${String(progress)}/acceptance`, { version: 2 })
    expect(await follow()).toBe(0)
    world.clock.now = reform
    expect(await follow()).toBe(1)
    expect(await openWork(id)).toEqual([bodyId('havn')])
    const detail = (await world.done('havn officer', 'GET', `/tasks/${task}`)) as {
      progress: unknown[]
      may: object
      leads: string[]
    }
    expect([detail.progress.length, detail.may, detail.leads]).toEqual([
      1,
      { report: true, join: true, keepMilestones: true, answer: false },
      ['Råd askog'],
    ])
    const duty = (await world.plan('north officer', id)).nodes[0]?.duties[0]
    expect(duty).toMatchObject({
      follows: true,
      addressed: { name: 'Råd i Ösel Åskøg', endedOn: '2032-07-01' },
      holders: [{ id: bodyId('havn') }],
    })
    expect(await follow()).toBe(0)
    expect(
      (await world.audit()).filter((entry) => entry.recordId === id && entry.action === 'plans.work-followed'),
    ).toHaveLength(1)
  })

  test('a body that owed the work already owes it once', async () => {
    const id = await world.issued('north', [aTask({ time: by('2033-06-30'), lead: 'commune-councils' })])
    expect(await openWork(id)).toHaveLength(5)
    world.clock.now = reform
    await follow()
    expect((await openWork(id)).sort()).toEqual(
      [bodyId('lunda'), bodyId('havn'), bodyId('estra'), bodyId('foss')].sort(),
    )
  })

  test('what a document laid as lead stays lead: a rule of orders that came later takes no work away', async () => {
    const duties = [aDuty('lead', 'commune-councils'), aDuty('lead', 'northHealth')]
    const id = await world.issued('north', [aTask({ time: by('2033-06-30'), duties })])
    // As issued before the rule: a department, which governs no commune, laid the same leads.
    await world.land.owner.transaction().execute(async (db) => {
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
      await sql`update plans.plan set issuer_id = ${bodyId('northHealth')}, agency_id = ${bodyId('northHealth')} where id = ${id}`.execute(
        db,
      )
    })
    world.clock.now = reform
    expect(await follow()).toBe(1)
    const still = ['lunda', 'havn', 'estra', 'foss', 'northHealth'] as const
    expect((await openWork(id)).sort()).toEqual(still.map(bodyId).sort())
  })

  test('what was done stays with who did it', async () => {
    const id = await world.issued('north', [aTask({ time: by('2031-06-30'), lead: 'askog' })])
    await world.rows(
      sql`update plans.occurrence set done_on = '2031-06-01', status = 'completed' where plan_id = ${id}`,
    )
    world.clock.now = reform
    await follow()
    expect((await world.workOf(id)).map((row) => [row.agencyId, row.doneOn])).toEqual([[bodyId('askog'), '2031-06-01']])
  })

  test('new periods of recurring work begin for the successor only', async () => {
    const id = await world.issued('north', [
      aTask({ lead: 'askog', time: { kind: 'recurring', text: 'hvert år', from: null, to: null, frequency: 'year' } }),
    ])
    world.clock.now = new Date('2033-02-01T03:00:00Z')
    await follow()
    await world.asProduct((ctx) => extendOccurrences(ctx))
    const work = (await world.workOf(id)).map((row) => [row.period, row.agencyId])
    expect(work).toEqual([
      ['2031', bodyId('havn')],
      ['2032', bodyId('havn')],
      ['2033', bodyId('havn')],
    ])
  })

  test('a plan passes to the body that answers for it now, with its tasks, work and drafts, under its issuer’s old name', async () => {
    const id = await world.issued('vikdal', [
      aTask({
        text: 'Eget',
        time: by('2033-06-30'),
        bases: ['Lov 1'],
        duties: [aDuty('lead', 'vikdal'), aDuty('requested', 'solheim')],
      }),
    ])
    await world.done('vikdal officer', 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'x' })
    world.clock.now = reform
    await follow()
    const [plan] = await world.rows(
      sql<{ agencyId: string; issuerId: string }>`select agency_id, issuer_id from plans.plan where id = ${id}`,
    )
    expect(plan).toEqual({ agencyId: vikdalAfter, issuerId: bodyId('vikdal') })
    expect(await openWork(id)).toEqual([vikdalAfter])
    const others =
      await world.rows(sql`select 1 from plans.plan_version where plan_id = ${id} and agency_id <> ${vikdalAfter} union all select 1 from plans.node_version where plan_id = ${id} and agency_id <> ${vikdalAfter}
      union all select 1 from plans.duty where plan_id = ${id} and agency_id <> ${vikdalAfter} union all select 1 from plans.node_basis where plan_id = ${id} and agency_id <> ${vikdalAfter}
      union all select 1 from plans.occurrence where plan_id = ${id} and owner_id <> ${vikdalAfter} union all select 1 from plans.audience where plan_id = ${id} and owner_id <> ${vikdalAfter}`)
    expect(others).toEqual([])
    const { getPlanDetail } = await import('./queries/plan.ts')
    const { inTransaction } = await import('#platform')
    const heir = { ...actorOf('vikdal officer'), agencyId: vikdalAfter, viewers: [vikdalAfter] }
    const detail = await inTransaction(world.ground, { actor: heir, language: 'vi', requestId: 'test' }, (ctx) =>
      getPlanDetail(ctx, id, { draft: true, may: () => true }),
    )
    expect([detail.versionState, detail.issuer.name, detail.may.edit]).toEqual(['draft', 'Råd i Ösel Vík-Đal', true])
  })

  test('nobody but the product itself moves a plan or a piece of work', async () => {
    const id = await world.issued('south', [aTask({ lead: 'southHealth' })])
    for (const statement of [
      sql`update plans.plan set agency_id = ${bodyId('solheim')} where id = ${id}`,
      sql`update plans.occurrence set agency_id = ${bodyId('solheim')} where plan_id = ${id}`,
    ])
      await expect(world.as('south approver', ({ db }) => statement.execute(db))).rejects.toThrow(
        /follows a succession only|row-level security/,
      )
  })
})
