import { afterAll, beforeAll, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { SavedFigures } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { measureId } from '../load.ts'
import { readBefore } from './before.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})
afterAll(() => world.close())

const place = (over: object = {}) => ({
  ...{ measureId: measureId('lov-1'), unitId: idOfKey('u:2030:03'), period: '2031', breakdown: '', ...over },
})

test('figures of the period before are the same read one by one and packed, also those that are missing or said to be', async () => {
  const figures: [body: string, key: string, over: object][] = [
    ['lunda', '2030:01101', { status: 'A', numerator: 7, denominator: 50 }],
    ['havn', '2030:01103', { status: 'E', numerator: 3, denominator: 20 }],
    ['askog', '2030:01203', { status: null, numerator: null, denominator: null, absence: 'not-applicable' }],
  ]
  for (const [body, key, over] of figures) {
    const cell = { ...place({ unitId: idOfKey(`u:${key}`), period: '2030' }), seen: null, ...over }
    const saved = (await world.done(`${body} officer`, 'PUT', '/figures', { cells: [cell] })) as unknown as SavedFigures
    const cells = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
    await world.done(`${body} approver`, 'POST', '/figures/decisions', { cells, outcome: 'accepted', reason: null })
  }
  const keys = ['TL', '2030:03', '2030:01101', '2030:01103', '2030:01203', '2030:03101']
  const places = keys.map((key) => place({ unitId: idOfKey(`u:${key}`) }))
  for (const who of ['north officer', 'lunda officer', 'ministry officer', 'south officer']) {
    const read = (packedFrom: number) =>
      world.as(who, async (ctx) => [...(await readBefore(ctx, places, [], packedFrom))])
    const plain = await read(1_000)
    expect(await read(0)).toEqual(plain)
    if (who === 'north officer') expect(plain.length).toBeGreaterThan(2)
  }
})
