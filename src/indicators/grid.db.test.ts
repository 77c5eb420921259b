import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { Grid, SavedFigures } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../test/kit/plan-world.ts'
import { measureId } from './load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  await accepted('lunda', { '2020:01101': 1, '2020:01102': 2 })
  await accepted('havn', { '2020:01103': 4, '2020:01201': 8, '2020:01202': 16 })
  await accepted('askog', { '2020:01203': 32 })
  const place = { measureId: share, unitId: unit('2020:02101'), period: '2030' }
  await enter('solheim officer', [{ ...place, numerator: 30, denominator: 40 }])
})
afterAll(() => world.close())

const share = measureId('lov-1')
const count = measureId('lov-2a')
const unit = (key: string) => idOfKey(`u:${key}`)

async function enter(who: string, cells: Record<string, unknown>[]): Promise<SavedFigures> {
  const whole = cells.map((cell) => ({ breakdown: '', seen: null, status: 'A', ...cell }))
  return (await world.done(who, 'PUT', '/figures', { cells: whole })) as unknown as SavedFigures
}

/** Counts of communes of before the reform, entered by their heir and accepted by its leader. */
async function accepted(body: string, counts: Record<string, number>): Promise<void> {
  const place = { measureId: count, period: '2029', denominator: null }
  const saved = await enter(
    `${body} officer`,
    Object.entries(counts).map(([key, numerator]) => ({ ...place, unitId: unit(key), numerator })),
  )
  const cells = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
  await world.done(`${body} approver`, 'POST', '/figures/decisions', { cells, outcome: 'accepted', reason: null })
}

describe('what a body enters', () => {
  const grid = async (who: string, query: Record<string, string> = {}) =>
    (await world.done(who, 'GET', `/figures/grid?${new URLSearchParams(query).toString()}`)) as unknown as Grid

  test('is every measure of its unit in the newest period that has ended, whole and by parts', async () => {
    const { period, periods, units, rows } = await grid('solheim officer')
    expect(period.id).toBe('2030')
    expect(periods[0]?.id).toBe('2031')
    expect(units).toMatchObject([{ id: unit('2020:02101') }])
    expect(rows.map((row) => [row.measureId === share ? 'share' : 'count', row.breakdown, row.mayEnter])).toEqual([
      ['share', '', true],
      ['share', 'sex=male', true],
      ['share', 'sex=female', true],
      ['count', '', true],
    ])
    expect(rows[0]?.figure).toMatchObject({ latest: { numerator: 30, denominator: 40 } })
  })

  test('stands beside what was said the period before, on the ground of its own period', async () => {
    const before = async (who: string) =>
      (await grid(who, { period: '2030' })).rows.find(
        ({ measureId: of, breakdown }) => of === count && breakdown === '',
      )?.before
    expect(await before('lunda officer')).toMatchObject({ period: '2029', value: expect.any(Number), reason: null })
    expect(await before('solheim officer')).toBeNull()
    expect(await before('havn officer')).toMatchObject({ value: null, reason: 'part-without-weight' })
  })

  test('is one measure of all its units; of others’ units it is told nothing', async () => {
    const { rows } = await grid('solheim officer', { measureId: share })
    expect(new Set(rows.map((row) => row.unit.name))).toEqual(new Set(['Tørg Sólheim']))
    expect((await world.ask('solheim officer', 'GET', `/figures/grid?unitId=${unit('2030:01101')}`)).status).toBe(404)
    expect((await grid('southSchools officer')).rows).toEqual([])
  })
})

test('a save of which nothing is taken is told by the audit as a try that was refused', async () => {
  const outcomes = async () =>
    world.rows(sql<{ action: string; outcome: string }>`
      select action, outcome from platform.audit_entry where action like 'indicators.%' order by sequence desc limit 1`)
  await enter('solheim officer', [
    { measureId: share, unitId: unit('2030:03101'), period: '2030', numerator: 1, denominator: 2 },
  ])
  expect(await outcomes()).toEqual([{ action: 'indicators.figures-entered', outcome: 'refused' }])
  await world.done('south approver', 'POST', '/figures/decisions', {
    cells: [{ cellId: idOfKey('nothing'), vintage: 1 }],
    outcome: 'accepted',
    reason: null,
  })
  expect(await outcomes()).toEqual([{ action: 'indicators.figures-accepted', outcome: 'refused' }])
})
