import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChangeSetDetail, Occurrence } from '../model.ts'
import { aPlanWorld, aTask, type PlanWorld } from '../../../test/kit/plan-world.ts'

let world: PlanWorld
let plan = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask({ path: '1', text: 'Ein' }), aTask({ path: '2', text: 'To' })])
})
afterAll(() => world.close())

const workOf = async (who: string) =>
  (await world.done(who, 'GET', `/tasks?planId=${plan}`)).items as unknown as Occurrence[]
const labels = async (who: string) => (await workOf(who)).map((work) => work.labels)
const look = async (who: string, workIds: string[], wishes: [string, boolean][]) =>
  (await world.done(who, 'POST', '/labels/changes', {
    workIds,
    labels: wishes.map(([label, isOn]) => ({ label, isOn })),
  })) as unknown as ChangeSetDetail
const apply = (who: string, set: string, isPartial = false) =>
  world.done(who, 'POST', `/change-sets/${set}/application`, { isPartial })

describe('labels of issued tasks', () => {
  test('are laid on some and all, taken from all, and undone; the body alone sees them', async () => {
    const who = 'south officer'
    const [one, two] = await workOf(who)
    const first = await look(who, [one?.id ?? ''], [['  Ưu tiên ', true]])
    await apply(who, first.id)
    const before = await labels(who)
    expect(before).toEqual([['Ưu tiên'], []])
    const both = [one?.id ?? '', two?.id ?? '']
    const set = await look(who, both, [['Quý I', true], ['Ưu tiên', false]]) // prettier-ignore
    expect(set.counts).toMatchObject({ seen: 2, changing: 2, refused: 0 })
    await apply(who, set.id)
    expect(await labels(who)).toEqual([['Quý I'], ['Quý I']])
    expect(await world.done(who, 'GET', '/labels')).toEqual(['Quý I'])
    for (const other of ['southHealth officer', 'crown officer', 'south auditor'])
      expect([other, await labels(other)]).toEqual([
        other,
        other === 'south auditor' ? [['Quý I'], ['Quý I']] : [[], []],
      ])
    await world.done(who, 'POST', `/change-sets/${set.id}/undoing`)
    expect(await labels(who)).toEqual(before)
    const again = await look(who, both, [['Ưu tiên', true]])
    expect(again.counts.changing).toBe(1)
  })

  test('a task whose labels a colleague changed meanwhile is left', async () => {
    const who = 'southHealth officer'
    const [one] = await workOf(who)
    const mine = await look(who, [one?.id ?? ''], [['A', true]])
    const hers = await look('southHealth officer 2', [one?.id ?? ''], [['B', true]])
    await apply('southHealth officer 2', hers.id)
    const answer = (await apply(who, mine.id)) as unknown as ChangeSetDetail
    expect(answer.changes.items.map((row) => row.reason?.code)).toEqual(['plans.changed-since'])
    expect((await labels(who))[0]).toEqual(['B'])
  })

  test('a body above labels what bodies below do, for itself; what is out of sight is not even counted', async () => {
    const above = 'south officer'
    const below = await world.issued('solheim', [aTask({ lead: 'solheim', text: 'Lese' })])
    const { items } = await world.done(above, 'GET', `/tasks?planId=${below}`)
    const [work] = items as unknown as Occurrence[]
    const set = await look(above, [work?.id ?? ''], [['Theo dõi', true]])
    expect(set.counts).toMatchObject({ seen: 1, changing: 1, refused: 0 })
    await apply(above, set.id)
    const labelsSeen = async (who: string) =>
      ((await world.done(who, 'GET', `/tasks?planId=${below}`)).items as unknown as Occurrence[]).map(
        (one) => one.labels,
      )
    expect(await labelsSeen(above)).toEqual([['Theo dõi']])
    expect(await labelsSeen('solheim officer')).toEqual([[]])
    const found = await world.done(above, 'GET', `/tasks?label=${encodeURIComponent('Theo dõi')}`)
    expect((found.items as unknown as Occurrence[]).map((one) => one.id)).toEqual([work?.id])
    const hidden = await look('north officer', [work?.id ?? ''], [['A', true]])
    expect([hidden.counts.seen, hidden.refused, hidden.changes.total]).toEqual([0, [], 0])
  })

  test('row security keeps them to their body though the statement asks for all', async () => {
    const count = (who: string) =>
      world.as(who, async ({ db }) => {
        const tables = [sql`plans.task_label`, sql`plans.change_set`, sql`plans.change`]
        const counts = []
        for (const table of tables)
          counts.push((await sql<{ n: number }>`select count(*)::int as n from ${table}`.execute(db)).rows[0]?.n)
        return counts
      })
    expect((await count('south officer')).every((n) => (n ?? 0) > 0)).toBe(true)
    expect(await count('north officer')).toEqual([0, 1, 0])
    expect(await count('solheim officer')).toEqual([0, 0, 0])
    await expect(
      world.as('north officer', ({ db }) =>
        sql`update plans.change_set set state = 'applied', applied_at = now() where agency_id <> platform.agency() returning id`
          .execute(db)
          .then(({ rows }) => rows.length),
      ),
    ).resolves.toBe(0)
  })
})
