import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withConnection } from '../../src/platform/database/connect.ts'
import { aPlanWorld, type PlanWorld } from '../kit/plan-world.ts'
import { bringIn } from '../kit/recommendation-steps.ts'

const migration = path.resolve(import.meta.dirname, '../../db/migrations/0141-recommendations-urgency.sql')
const keeper = 'ministry officer'
let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

test('urgency that a standpoint had hidden before is worked out anew', async () => {
  const row = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5', published: '2030-10-21', cycle: '5' }
  const { 10: id = '' } = await bringIn(world, [{ ...row, paragraph: '10', text: 'Fund schools' }])
  await world.done(keeper, 'PUT', `/recommendations/${id}/standpoint`, {
    ...{ position: null, response: null, isUrgent: false, version: null },
  })
  const isUrgent = async () => (await world.done(keeper, 'GET', `/recommendations/${id}`)).isUrgent
  for (const printed of [true, false]) {
    await world.as(keeper, (ctx) =>
      sql`update recommendations.recommendation set is_urgent_printed = ${printed}, is_urgent = ${!printed} where id = ${id}`.execute(
        ctx.db,
      ),
    )
    expect(await isUrgent()).toBe(!printed)
    await withConnection(world.land.ownerUrl, (client) =>
      client.query(`begin; ${readFileSync(migration, 'utf8')}; commit`),
    )
    expect(await isUrgent()).toBe(printed)
  }
})
