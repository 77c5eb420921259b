import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NodeInput, PlanHeader } from './model.ts'
import { aDuty, aPlanWorld, aTask, bodyId, type BodyName, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

type More = { header?: Partial<PlanHeader>; issuer?: BodyName }

/** Tries to issue a plan with these duties; the codes of what is refused. */
async function issuing(owner: BodyName, duties: NodeInput['duties'], more: More = {}): Promise<unknown> {
  const id = await world.draft(owner, [aTask({ duties })], more)
  const { version } = await world.plan(`${owner} officer`, id, true)
  const { status, body } = await world.ask(`${owner} approver`, 'POST', `/plans/${id}/issue`, { version })
  const errors = (body.errors ?? []) as { pointer: string; code: string }[]
  return status < 300 ? 'issued' : errors.map((error) => `${error.pointer} ${error.code}`)
}

describe('lead and support are laid on', () => {
  const lead = (name: string) => [aDuty('lead', name)]
  test.each<[string, BodyName, string, unknown, More?]>([
    ['a province lays them on its office', 'south', 'southHealth', 'issued'],
    ['a province lays them on its commune', 'south', 'solheim', 'issued'],
    ['the ministry of the field lays them on another', 'ministry', 'schools', 'issued'],
    ['the ministry of the field lays them on a province', 'ministry', 'south', 'issued'],
    [
      'a plan of the head of the executive, kept by that ministry',
      'ministry',
      'schools',
      'issued',
      { issuer: 'crown' },
    ],
    ['a commune does not lay them on a ministry', 'solheim', 'ministry', ['/nodes/0/duties/0 plans.order-above']],
    ['nor on its province', 'solheim', 'south', ['/nodes/0/duties/0 plans.order-above']],
    ['nor on another commune', 'solheim', 'vikdal', ['/nodes/0/duties/0 plans.order-elsewhere']],
    ['a province not on another', 'south', 'north', ['/nodes/0/duties/0 plans.order-elsewhere']],
    ['nor on its court', 'south', 'southCourt', ['/nodes/0/duties/0 plans.order-not-executive']],
    ['a ministry not on the high court', 'ministry', 'court', ['/nodes/0/duties/0 plans.order-not-executive']],
    ['a ministry of another field not on its like', 'schools', 'money', ['/nodes/0/duties/0 plans.order-beside']],
  ])('%s', async (_name, owner, body, outcome, more) => {
    expect(await issuing(owner, lead(body), more)).toEqual(outcome)
  })

  test('every duty that must be a request is named; requests, advice and consolidation stay free', async () => {
    const of = (kind: 'support' | 'requested' | 'advise' | 'consolidate') => aDuty(kind, 'court')
    const own = aDuty('lead', 'south')
    expect(await issuing('south', [own, of('support'), of('requested')])).toEqual(
      ['/nodes/0/duties/1 plans.order-above'].map((fault) => fault.replace('above', 'not-executive')),
    )
    expect(await issuing('south', [own, of('requested'), of('advise'), of('consolidate')])).toBe('issued')
  })

  test('a document of a dissolved province orders its bodies of then, under its heir of today', async () => {
    const then = { issuedOn: '2029-11-01' }
    const outcome = await issuing('north', lead('northBefore'), { issuer: 'northBefore', header: then })
    expect(outcome).toBe('issued')
    expect(await issuing('north', lead('southHealth'), { issuer: 'northBefore', header: then })).toEqual([
      '/nodes/0/duties/0 plans.order-elsewhere',
    ])
  })
})

test('while a draft is written, the bodies it may only request are said, to its own body alone', async () => {
  const id = await world.draft('south', [
    aTask({ duties: [aDuty('lead', 'southHealth'), aDuty('support', 'southCourt'), aDuty('requested', 'ministry')] }),
  ])
  const to = `/plans/${id}/draft/request-only`
  const { body } = await world.ask('south officer', 'GET', to)
  expect(
    (body as unknown as { agencyId: string; why: string }[])
      .map(({ agencyId, why }) => [agencyId, why])
      .sort((a, b) => String(a[1]).localeCompare(String(b[1]))),
  ).toEqual([
    [bodyId('ministry'), 'above'],
    [bodyId('southCourt'), 'not-executive'],
  ])
  expect((await world.ask('crown officer', 'GET', to)).status).toBe(404)
})

test('a document of a day to come is not recorded as issued, by the day in the country', async () => {
  const own = [aDuty('lead', 'southHealth')]
  world.clock.now = new Date('2031-03-04T16:59:00Z') // a minute before midnight in the country
  expect(await issuing('south', own, { header: { issuedOn: '2031-03-05' } })).toEqual([
    '/header/issuedOn plans.issued-in-future',
  ])
  world.clock.now = new Date('2031-03-04T17:00:00Z')
  expect(await issuing('south', own, { header: { issuedOn: '2031-03-05' } })).toBe('issued')
})
