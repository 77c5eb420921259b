import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform'
import { aPlanWorld, aTask, bodyId, type PlanWorld } from '../../test/kit/plan-world.ts'
import { aWholePlan } from '../../test/kit/whole-plan.ts'

let world: PlanWorld
/** What lies in the north, by the name of the parameter that asks for it. */
const hidden: Record<string, string> = {}
const shown: Record<string, string> = {}
const none = '0190b0b0-0000-7000-8000-00000000000f'

beforeAll(async () => {
  world = await aPlanWorld()
  Object.assign(hidden, await aWholePlan(world, 'north', 'northHealth'))
  Object.assign(shown, await aWholePlan(world, 'south', 'southHealth'))
})
afterAll(() => world.close())

describe('the second wall of plans', () => {
  const row = async (of: string) =>
    (
      await world.rows(
        sql<{
          nodeId: string
          planId: string
          agencyId: string
          ownerId: string
        }>`select node_id, plan_id, agency_id, owner_id from plans.occurrence where id = ${of}`,
      )
    )[0]
  const asCommune = (statement: ReturnType<typeof sql>) =>
    world
      .as('solheim officer', ({ db }) => statement.execute(db))
      .then(
        () => 'done',
        (fault: Error) => fault.message,
      )
  const own = bodyId('solheim')

  test('without a context no table of plans, documents or platform shows a row', async () => {
    const tables = (
      await world.rows(sql<{ name: string }>`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('plans', 'documents', 'platform') and c.relkind = 'r' and c.relrowsecurity
        and has_table_privilege('mangnon_app', c.oid, 'select')`)
    ).map((table) => table.name)
    expect(tables.length).toBeGreaterThan(18)
    for (const name of tables) {
      const [all] = await world.rows(sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`)
      const seen = await world.land.app
        .transaction()
        .execute(
          async (db) =>
            (await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db)).rows[0]?.count,
        )
      expect([name, seen]).toEqual([name, 0])
      if (
        [
          'plans.plan',
          'plans.occurrence',
          'plans.progress',
          'plans.urging',
          'platform.stored_file',
          'documents.import',
        ].includes(name)
      )
        expect([name, (all?.count ?? 0) > 0]).toEqual([name, true])
    }
  })

  test.each(['shown', 'hidden', 'none'] as const)(
    'a commune cannot lay progress on the work of another, whether it is there or not (%s)',
    async (which) => {
      const task = which === 'none' ? none : ((which === 'shown' ? shown : hidden).task ?? '')
      const of = (await row(task)) ?? { nodeId: none, planId: none, ownerId: none }
      const insert = (ownerId: string) =>
        sql`insert into plans.progress (id, occurrence_id, node_id, plan_id, agency_id, owner_id, status, narrative, state, person_id, created_at)
        values (${newId()}, ${task}, ${of.nodeId}, ${of.planId}, ${own}, ${ownerId}, 'completed', 'x', 'draft', platform.person(), now())`
      for (const owner of [own, of.ownerId])
        expect(await asCommune(insert(owner))).toMatch(
          /violates foreign key constraint "progress_occurrence_id_node_id/,
        )
    },
  )

  test('nor write an update in the name of another body or person', async () => {
    const of = await row(shown.task ?? '')
    const insert = (agencyId: string, person: unknown) =>
      sql`insert into plans.progress (id, occurrence_id, node_id, plan_id, agency_id, owner_id, status, narrative, state, person_id, created_at)
        values (${newId()}, ${shown.task}, ${of?.nodeId}, ${of?.planId}, ${agencyId}, ${of?.ownerId}, 'completed', 'x', 'draft', ${person}, now())`
    expect(await asCommune(insert(bodyId('southHealth'), sql`platform.person()`))).toContain('row-level security')
    expect(await asCommune(insert(own, newId()))).toContain('row-level security')
  })

  test('nor urge, or answer, in the name of another', async () => {
    const urging = (id: string) =>
      sql`insert into plans.urging (id, agency_id, text, person_id, sent_at) values (${id}, ${bodyId('south')}, 'x', platform.person(), now())`
    expect(await asCommune(urging(newId()))).toContain('row-level security')
    const addressee = (owner: string) =>
      sql`insert into plans.urging_addressee (urging_id, agency_id, owner_id) values (${shown.urging}, ${own}, ${owner})`
    expect(await asCommune(addressee(bodyId('south')))).toContain('row-level security')
    expect(await asCommune(addressee(own))).toContain('violates foreign key constraint')
    expect(
      await asCommune(
        sql`update plans.urging_addressee set answer = 'x', answered_at = now() where urging_id = ${shown.urging}`,
      ),
    ).toBe('done')
    expect(await world.rows(sql`select 1 from plans.urging_addressee where answer = 'x'`)).toEqual([])
  })

  test.each(['shown', 'hidden', 'none'] as const)(
    'nor make itself an audience of a plan, or a bearer of its duties (%s)',
    async (which) => {
      const plan = which === 'none' ? none : ((which === 'shown' ? shown : hidden).plan ?? '')
      const owner = which === 'hidden' ? bodyId('north') : bodyId('south')
      expect(
        await asCommune(
          sql`insert into plans.audience (plan_id, agency_id, owner_id) values (${plan}, ${own}, ${owner})`,
        ),
      ).toContain('row-level security')
      expect(
        await asCommune(
          sql`insert into plans.audience (plan_id, agency_id, owner_id) values (${plan}, ${own}, ${own})`,
        ),
      ).toMatch(/foreign key constraint "audience_plan_id_owner_id/)
    },
  )

  test.each(['shown', 'hidden', 'none'] as const)(
    'nor put a node, a document, a decision or a plan above into the plan of another (%s)',
    async (which) => {
      const of = which === 'none' ? { plan: none, node: none } : which === 'shown' ? shown : hidden
      const mine = await world.draft('solheim', [aTask({ lead: 'solheim' })])
      for (const statement of [
        sql`insert into plans.node (id, plan_id, agency_id) values (${newId()}, ${of.plan}, ${own})`,
        sql`insert into plans.plan_version (id, plan_id, agency_id, ordinal, act, state, kind, title) values (${newId()}, ${of.plan}, ${own}, 9, 'amending', 'draft', 'KH', 'x')`,
        sql`insert into plans.parent (plan_id, parent_plan_id, agency_id) values (${of.plan}, ${mine}, ${own})`,
        sql`insert into plans.derivation (plan_id, agency_id, parent_plan_id, parent_node_id, kind, reason) values (${of.plan}, ${own}, ${mine}, ${of.node}, 'not-applicable', 'x')`,
      ])
        expect(await asCommune(statement)).toMatch(/foreign key constraint/)
      if (which !== 'shown')
        expect(
          await asCommune(
            sql`insert into plans.parent (plan_id, parent_plan_id, agency_id) values (${mine}, ${of.plan}, ${own})`,
          ),
        ).toContain('row-level security')
    },
  )

  test('nor put a job in the queue in the name of another, nor hand one over', async () => {
    const job = (person: unknown, agency: string) =>
      sql`insert into platform.job (id, kind, payload, state, person_id, agency_id, created_at) values (${newId()}, 'x', '{}', 'queued', ${person}, ${agency}, now())`
    expect(await asCommune(job(newId(), own))).toContain('row-level security')
    expect(await asCommune(job(sql`platform.person()`, bodyId('south')))).toContain('row-level security')
    expect(await asCommune(sql`update platform.job set person_id = ${newId()}`)).toContain('permission denied')
  })

  test('nor change the plans, work or updates of others in any column', async () => {
    for (const statement of [
      sql`update plans.plan set title = 'x'`,
      sql`update plans.plan_version set title = 'x'`,
      sql`update plans.occurrence set done_on = '2031-01-01'`,
      sql`update plans.progress set narrative = 'x'`,
      sql`delete from plans.parent`,
      sql`delete from plans.derivation`,
    ])
      expect(await asCommune(statement)).toBe('done')
    const [left] = await world.rows(sql<{
      count: number
    }>`select (select count(*) from plans.plan where title = 'x' and agency_id <> ${own}) + (select count(*) from plans.plan_version where title = 'x' and agency_id <> ${own})
      + (select count(*) from plans.occurrence where done_on = '2031-01-01') + (select count(*) from plans.progress where narrative = 'x' and agency_id = ${own}) as count`)
    expect(left?.count).toBe(0)
    expect((await world.plan('south officer', shown.plan ?? '')).nodes).toHaveLength(1)
  })
})
