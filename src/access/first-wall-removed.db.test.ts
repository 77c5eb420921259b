import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inTransaction, newId, type Actor, type Context } from '#platform'
import { anActor, asProduct, aWorld, bodyId, type World } from '../../test/kit/access-world.ts'
import { listAudit, listNamedJobs } from './queries/oversight.ts'
import { listPeople } from './queries/people.ts'

/** The mutant: the product with its first wall taken away. Row-level security stands alone. */
vi.mock('./first-wall.ts', () => ({ rowsWithinReach: () => sql`true` }))

let world: World
const actors: [name: string, actor: Actor, bodies: string[]][] = [
  ['a commune', anActor([bodyId('n1-committee')], { role: 'auditor' }), ['n1-committee']],
  [
    'a province',
    anActor([bodyId('north-committee')], { role: 'administrator' }),
    ['n1-committee', 'n2-committee', 'north-committee'],
  ],
  ['someone without a post', anActor([], { role: 'none' }), []],
]

beforeAll(async () => {
  world = await aWorld()
  for (const body of ['n1-committee', 'n2-committee', 'north-committee', 's1-committee', 'south-committee', 'centre']) {
    const id = await world.enrol(body, [{ body, role: 'officer' }])
    await world.enter(body)
    await asProduct(world.ground, (db) =>
      db
        .insertInto('platform.job')
        .values({
          id: newId(),
          kind: body,
          payload: '{}',
          state: 'queued',
          personId: id,
          agencyId: bodyId(body),
          createdAt: world.clock.now.toISOString(),
        })
        .execute(),
    )
  }
})
afterAll(() => world.close())

const as = <T>(actor: Actor, work: (ctx: Context) => Promise<T>) =>
  inTransaction(world.ground, { actor, language: 'vi', requestId: 'test' }, work)
const page = { page: 1, size: 200 }

describe.each(actors)('with the first wall removed, %s', (_name, actor, bodies) => {
  const reached = bodies.map(bodyId)

  test('is shown people of its own bodies only', async () => {
    const { items, total } = await as(actor, (ctx) => listPeople(ctx, page))
    expect(items.map((person) => person.login).sort()).toEqual(bodies)
    expect(total).toBe(bodies.length)
  })

  test('is shown the audit of its own bodies only', async () => {
    const { items } = await as(actor, (ctx) => listAudit(ctx, world.parts, page))
    expect(items.map((entry) => entry.agencyId).sort()).toEqual(reached.sort())
  })

  test('is shown the jobs of its own bodies only', async () => {
    const { items } = await as(actor, (ctx) => listNamedJobs(ctx, page))
    expect(items.map((job) => job.kind).sort()).toEqual(bodies)
  })

  test('changes nothing elsewhere', async () => {
    const changed = await as(actor, async (ctx) => [
      (
        await ctx.db
          .updateTable('access.person')
          .set({ state: 'disabled' })
          .where('login', 'in', ['s1-committee', 'south-committee'])
          .executeTakeFirst()
      ).numUpdatedRows,
      (
        await ctx.db
          .updateTable('access.post')
          .set({ validTo: null })
          .where('agencyId', '=', bodyId('s1-committee'))
          .executeTakeFirst()
      ).numUpdatedRows,
      (await ctx.db.updateTable('access.session').set({ endedAt: null }).executeTakeFirst()).numUpdatedRows,
      (
        await ctx.db
          .updateTable('platform.job')
          .set({ cancelRequested: true })
          .where('agencyId', '=', bodyId('south-committee'))
          .executeTakeFirst()
      ).numUpdatedRows,
    ])
    expect(changed).toEqual([0n, 0n, 0n, 0n])
    const foreignPost = {
      id: newId(),
      personId: actor.personId,
      agencyId: bodyId('s1-committee'),
      role: 'administrator' as const,
      validFrom: '2030-01-01',
      createdAt: world.clock.now.toISOString(),
    }
    await expect(as(actor, (ctx) => ctx.db.insertInto('access.post').values(foreignPost).execute())).rejects.toThrow(
      /row-level security/,
    )
  })
})

test('and the mutant is one: the same query as the product itself returns all', async () => {
  const everywhere = anActor([], { everywhere: true })
  const { items } = await as(everywhere, (ctx) => listPeople(ctx, page))
  expect(items).toHaveLength(6)
})
