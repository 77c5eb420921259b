import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHeader, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const south = 'south officer'
const pdf = (text: string) => Buffer.from(`%PDF ${text}`)

describe('what an issued plan does not take', () => {
  test('the signed document of an issued version is laid once, by whoever comes first', async () => {
    const id = await world.draft('south', [aTask({ time: by('2031-06-30') })])
    await world.issue('south', id)
    const attach = (text: string) => world.ask(south, 'POST', `/plans/${id}/files?fileName=kh.pdf`, pdf(text))
    expect((await attach('signed')).status).toBe(200)
    const again = await attach('forged')
    expect([again.status, again.body.code]).toEqual([409, 'plans.document-attached-already'])
    expect((await world.plan(south, id)).files).toHaveLength(1)
  })

  test('a draft is above no plan: its title would travel with the plan below', async () => {
    const above = await world.draft('south', [aTask()], { header: { title: 'Hemmelig utkast' } })
    const answer = await world.ask(south, 'POST', '/plans', {
      issuerId: bodyId('south'),
      header: aHeader(),
      nodes: [aTask()],
      parentPlanIds: [above],
      functionCode: 'children',
    })
    expect([answer.status, answer.body.code]).toEqual([422, 'plans.not-issued'])
  })

  test('work that repeats since another century is a slip of the pen, not a million pieces of work', async () => {
    const weekly = { kind: 'recurring', text: 'hver uke', from: '0203-01-01', to: null, frequency: 'week' } as const
    const id = await world.draft('south', [aTask({ time: by('2031-06-30') }), aTask({ time: weekly })])
    const { version } = await world.plan(south, id, true)
    const answer = await world.ask('south approver', 'POST', `/plans/${id}/issue`, { version })
    expect([answer.status, answer.body.errors]).toMatchObject([
      422,
      [{ pointer: '/nodes/1/time/from', code: 'plans.time-begins-too-early' }],
    ])
  })
})
