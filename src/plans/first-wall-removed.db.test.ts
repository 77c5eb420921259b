import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'

/** The mutant: the product with its first wall taken away. Row-level security stands alone. */
vi.mock('../access/first-wall.ts', () => ({ rowsWithinReach: () => sql`true` }))

let world: PlanWorld
let north: string[] = []
beforeAll(async () => {
  world = await aPlanWorld()
  for (const [owner, office] of [
    ['south', 'southHealth'],
    ['north', 'northHealth'],
  ] as const) {
    const plan = await world.issued(owner, [aTask({ text: 'Syn alle', time: by('2031-03-01'), lead: office })])
    const draft = await world.draft(owner, [aTask({ lead: office })])
    const [work] = await world.rows(sql<{ id: string }>`select id from plans.occurrence where plan_id = ${plan}`)
    const progress = String(
      (
        await world.done(`${office} officer`, 'PUT', `/tasks/${work?.id}/progress`, {
          version: null,
          status: 'completed',
          narrative: 'x',
          evidenceNote: null,
        })
      ).id,
    )
    const file = String(
      (
        await world.done(
          `${office} officer`,
          'POST',
          `/progress/${progress}/evidence?fileName=x.pdf`,
          Buffer.from('%PDF'),
        )
      ).id,
    )
    await world.done(`${office} officer`, 'POST', `/progress/${progress}/submission`, { version: 1 })
    const urging = String(
      (
        await world.done(`${owner} approver`, 'POST', '/urgings', {
          planId: plan,
          text: 'Skynd',
          answerBy: null,
          agencyIds: [],
          occurrenceIds: [work?.id],
        })
      ).id,
    )
    if (owner === 'north') north = [plan, draft, work?.id ?? '', progress, file, urging]
  }
})
afterAll(() => world.close())

describe.each(['south officer', 'southHealth officer', 'solheim auditor', 'ministry officer', 'nowhere officer'])(
  'with the first wall removed, %s',
  (who) => {
    test('is shown nothing of the north in any list', async () => {
      for (const at of [
        '/plans?size=200',
        '/tasks?size=200',
        '/urgings?size=200',
        '/work',
        '/search?search=syn',
        '/search?search=plan',
        '/jobs',
        '/documents/imports',
      ]) {
        const { status, body } = await world.ask(who, 'GET', at)
        expect([at, status < 500]).toEqual([at, true])
        expect([at, north.filter((id) => JSON.stringify(body).includes(id))]).toEqual([at, []])
        expect([at, JSON.stringify(body).includes(bodyId('northHealth'))]).toEqual([at, false])
      }
    })

    test('opens no record of the north by its id', async () => {
      const [plan, draft, task, progress, file, urging] = north
      for (const at of [
        `/plans/${plan}`,
        `/plans/${draft}`,
        `/plans/${draft}?draft=true`,
        `/plans/${plan}/coverage`,
        `/plans/${plan}/coverage/bodies`,
        `/plans/${plan}/derivation`,
        `/plans/${plan}/document`,
        `/plans/${plan}/status-report`,
        `/tasks/${task}`,
        `/progress/${progress}/evidence/${file}`,
        `/urgings/${urging}/document`,
      ])
        expect([at, [403, 404].includes((await world.ask(who, 'GET', at)).status)]).toEqual([at, true])
    })

    test('changes nothing there', async () => {
      const [plan, , task, progress, , urging] = north
      for (const [at, body] of [
        [`/tasks/${task}/progress`, { version: null, status: 'completed', narrative: 'x', evidenceNote: null }],
      ] as const)
        expect((await world.ask(who, 'PUT', at, body)).status).toBeGreaterThanOrEqual(403)
      for (const [at, body] of [
        [`/progress/${progress}/return`, { version: 2, reason: 'x' }],
        [`/progress/${progress}/acceptance`, { version: 2 }],
        [`/urgings/${urging}/answer`, { answer: 'x', version: 1 }],
        [`/plans/${plan}/amendment`, { act: 'amending', reason: 'x' }],
        ['/urgings', { planId: plan, text: 'x', answerBy: null, agencyIds: [], occurrenceIds: [task] }],
      ] as const)
        expect([at, (await world.ask(who.replace('officer', 'approver'), 'POST', at, body)).status >= 403]).toEqual([
          at,
          true,
        ])
    })
  },
)

test('and the mutant is one: the same list as the product itself returns all', async () => {
  const { listOccurrences } = await import('./queries/occurrences.ts')
  expect((await world.asProduct((ctx) => listOccurrences(ctx, { page: 1, size: 50 }))).total).toBe(2)
})
