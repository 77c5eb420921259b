import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ObstacleBoard, ObstacleDetail, ObstacleRow } from '#reporting/model'
import { country } from '../../../countries/testland/index.ts'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { escalateObstacles } from './escalate.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, { 'south consolidator': { name: 'Sør' }, 'vikdal consolidator': { name: 'Vik' } })
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const at = '/reporting/obstacles'
async function raised(who: string, theme: string, words = 'Ingen folk'): Promise<string> {
  return String((await world.done(who, 'POST', at, { theme, words, proposal: '', reportId: null })).id)
}
const read = async (who: string, id: string) =>
  (await world.done(who, 'GET', `${at}/${id}`)) as unknown as ObstacleDetail
const act = async (who: string, id: string, name: string, over: object = {}) =>
  world.ask(who, 'POST', `${at}/${id}/${name}`, { words: 'Ord', version: (await read(who, id)).version, ...over })
const escalate = () => world.asProduct((ctx) => escalateObstacles(ctx, country.reporting))
const noticesOf = (kind: string, id: string) =>
  world.rows(
    sql<{
      agencyId: string
    }>`select agency_id from notifications.notice where kind = ${kind} and subject_id = ${id}::uuid`,
  )

describe('an obstacle', () => {
  test('goes to the lowest level that can resolve it, with a clock of working days', async () => {
    const id = await raised('lunda officer', 'people')
    const seen = await read('lunda officer', id)
    expect(seen).toMatchObject({ by: { id: bodyId('lunda') }, routedTo: { id: bodyId('northHealth') } })
    // 2031-03-04 is a Tuesday and Sundays are free.
    expect(seen.answerDueOn).toBe('2031-03-10')
    expect(seen.may).toEqual({ answer: false, passOn: false, close: true, notResolved: false })
    expect((await read('northHealth officer', id)).may).toMatchObject({ answer: true, passOn: true, close: false })
  })

  test('is answered, called not resolved, answered again, and closed by who raised it', async () => {
    const id = await raised('lunda officer', 'other')
    expect((await read('north officer', id)).may.answer).toBe(true)
    expect((await act('north officer', id, 'answer')).status).toBe(204)
    expect((await act('lunda officer', id, 'not-resolved')).status).toBe(204)
    expect(await read('north officer', id)).toMatchObject({ state: 'raised', may: { answer: true } })
    expect((await act('north officer', id, 'answer')).status).toBe(204)
    const others = await act('north officer', id, 'closing')
    expect([others.status, others.body.code]).toEqual([403, 'reporting.obstacle-not-yours'])
    expect((await act('lunda approver', id, 'closing')).status).toBe(204)
    const whole = await read('lunda officer', id)
    expect(whole.state).toBe('closed')
    expect(whole.steps.map(({ kind }) => kind)).toEqual(['raised', 'answered', 'not-resolved', 'answered', 'closed'])
  })

  test('is passed on, and stays in sight of who passed it on', async () => {
    const id = await raised('lunda officer', 'people')
    const open = await read('northHealth officer', id)
    expect(open.passableTo.map((body) => body.id)).toContain(bodyId('north'))
    const far = await act('northHealth officer', id, 'passing-on', { toAgencyId: bodyId('south') })
    expect([far.status, far.body.code]).toEqual([422, 'reporting.obstacle-not-there'])
    expect((await act('northHealth officer', id, 'passing-on', { toAgencyId: bodyId('north') })).status).toBe(204)
    expect(await read('northHealth officer', id)).toMatchObject({
      ...{ routedTo: { id: bodyId('north') }, may: { answer: false } },
    })
  })

  test('nobody answers climbs to the superior, once a clock, and stays at the top', async () => {
    const id = await raised('lunda officer', 'people')
    world.clock.now = new Date('2031-03-10T03:00:00Z')
    await escalate()
    expect((await read('lunda officer', id)).escalations).toBe(0)
    world.clock.now = new Date('2031-03-11T03:00:00Z')
    await escalate()
    await escalate()
    expect(await read('lunda officer', id)).toMatchObject({
      ...{ escalations: 1, routedTo: { id: bodyId('north') }, clock: 'in-time' },
    })
    world.clock.now = new Date('2031-06-11T03:00:00Z')
    for (let times = 0; times < 6; times++) {
      await escalate()
      world.clock.now = new Date(world.clock.now.getTime() + 40 * 86_400_000)
    }
    const top = await read('lunda officer', id)
    expect(top).toMatchObject({ routedTo: { id: bodyId('crown') }, clock: 'overdue' })
    expect(top.steps.at(-1)?.personName ?? null).toBeNull()
  })

  test('is out of sight of those it does not touch', async () => {
    const id = await raised('lunda officer', 'people')
    expect((await world.ask('south officer', 'GET', `${at}/${id}`)).status).toBe(404)
    expect((await world.ask('havn officer', 'GET', `${at}/${id}`)).status).toBe(404)
    expect((await world.ask('crown officer', 'GET', `${at}/${id}`)).status).toBe(200)
  })

  test('of two who answer at once the second is told', async () => {
    const id = await raised('lunda officer', 'other')
    const { version } = await read('north officer', id)
    const answers = await Promise.all(
      ['north officer', 'north officer2'].map((who) =>
        world.ask(who.replace('2', ''), 'POST', `${at}/${id}/answer`, { words: 'Ja', version }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
  })

  test('the body it goes to, and the one that raised it, hear of it', async () => {
    const id = await raised('vikdal officer', 'other')
    await act('south officer', id, 'answer')
    expect(await noticesOf('obstacle-raised', id)).toEqual([{ agencyId: bodyId('south') }])
    expect(await noticesOf('obstacle-answered', id)).toEqual([{ agencyId: bodyId('vikdal') }])
  })
})

describe('the board', () => {
  test('counts by theme and age what the list shows under the same conditions', async () => {
    await raised('foss officer', 'other', 'Gammel sak')
    world.clock.now = new Date('2031-04-20T03:00:00Z')
    await raised('foss officer', 'money', 'Ny sak')
    const board = (await world.done('crown officer', 'GET', `${at}/board`)) as unknown as ObstacleBoard
    for (const row of board.rows)
      for (const { age, count } of row.ages) {
        const list = await world.done('crown officer', 'GET', `${at}?theme=${row.theme}&age=${age}&state=raised`)
        expect([row.theme, age, list.total]).toEqual([row.theme, age, count])
      }
    const own = (await world.done('foss officer', 'GET', `${at}?side=own&search=gammel`)).items as ObstacleRow[]
    expect(own.map(({ words }) => words)).toEqual(['Gammel sak'])
  })
})
