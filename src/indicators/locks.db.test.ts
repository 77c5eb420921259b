import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { Grid, SavedFigures } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../test/kit/plan-world.ts'
import { measureId } from './load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const share = measureId('lov-1')
const count = measureId('lov-2a')

type Entry = Record<string, unknown>
function anEntry(key: string, over: Entry = {}): Entry {
  const place = { measureId: share, unitId: idOfKey(`u:${key}`), period: '2030', breakdown: '', seen: null }
  return { ...place, status: 'A', numerator: 30, denominator: 40, ...over }
}

async function enter(who: string, ...cells: Entry[]): Promise<SavedFigures> {
  return (await world.done(who, 'PUT', '/figures', { cells })) as unknown as SavedFigures
}

describe('a locked period', () => {
  const lock = (who: string, more: Record<string, unknown> = {}) =>
    world.ask(who, 'POST', '/figures/locks', { period: '2030', measureId: null, reason: 'Chốt số liệu', ...more })
  const codes = ({ rows }: SavedFigures) => rows.map((row) => (row.ok ? 'taken' : row.code))

  test('is neither entered nor decided by bodies below the one that locked it, until that one opens it with a reason', async () => {
    const at = (numerator: number, seen: number | null) =>
      anEntry('2030:01103', { measureId: count, numerator, denominator: null, seen })
    const [first] = (await enter('havn officer', at(5, null))).rows
    const { body } = await lock('north approver')
    const id = String(body.id)
    expect((await lock('north approver')).body.code).toBe('indicators.locked-already')
    expect(codes(await enter('havn officer', at(6, 1)))).toEqual(['indicators.period-is-locked'])
    // Saying again what is there changes nothing, and is no fault.
    expect((await enter('havn officer', at(5, 1))).rows).toMatchObject([{ ok: true, vintage: 1, isNew: false }])
    // In the grid its cells are closed, those of the parts that were never said too.
    const grid = (await world.done('havn officer', 'GET', '/figures/grid?period=2030')) as unknown as Grid
    expect(new Set(grid.rows.map((row) => row.isLocked))).toEqual(new Set([true]))
    const cells = first?.ok === true ? [{ cellId: first.cellId, vintage: 1 }] : []
    const decision = { cells, outcome: 'accepted', reason: null }
    const decided = (await world.done(
      'havn approver',
      'POST',
      '/figures/decisions',
      decision,
    )) as unknown as SavedFigures
    expect(codes(decided)).toEqual(['indicators.period-is-locked'])
    const elsewhere = anEntry('2020:02101', { measureId: count, numerator: 9, denominator: null })
    expect(codes(await enter('solheim officer', elsewhere))).toEqual(['taken'])
    const seen = (await world.done('havn reader', 'GET', '/figures/locks?period=2030')) as {
      locks: { id: string; isBinding: boolean }[]
    }
    expect(seen.locks.map((one) => [one.id, one.isBinding])).toEqual([[id, true]])
    const above = (await world.done('crown reader', 'GET', '/figures/locks?period=2030')) as typeof seen
    expect(above.locks.map((one) => [one.id, one.isBinding])).toEqual([[id, false]])
    expect((await world.done('south reader', 'GET', '/figures/locks')) as object).toEqual({ locks: [] })
    for (const other of ['havn approver', 'south approver', 'crown approver'])
      expect((await world.ask(other, 'POST', `/figures/locks/${id}/ending`, { reason: 'x' })).status).toBe(404)
    await world.done('north approver', 'POST', `/figures/locks/${id}/ending`, { reason: 'Theo công văn' })
    expect((await world.ask('north approver', 'POST', `/figures/locks/${id}/ending`, { reason: 'x' })).status).toBe(409)
    expect(codes(await enter('havn officer', at(6, 1)))).toEqual(['taken'])
  })

  test('may be of one measure only, and not of a period that runs', async () => {
    expect((await lock('north approver', { period: '2031' })).body.code).toBe('indicators.lock-early')
    expect((await lock('north approver', { measureId: idOfKey('nothing') })).status).toBe(404)
    const { body } = await lock('north approver', { measureId: count })
    const entry = (measure: string, seen: number | null) =>
      anEntry('2030:01103', {
        measureId: measure,
        numerator: 3,
        denominator: measure === share ? 9 : null,
        seen,
        breakdown: measure === share ? 'sex=male' : '',
      })
    const grid = (await world.done('havn officer', 'GET', '/figures/grid?period=2030')) as unknown as Grid
    expect(grid.rows.map((row) => row.isLocked)).toEqual(grid.rows.map((row) => row.measureId === count))
    expect(codes(await enter('havn officer', entry(count, 2), entry(share, null)))).toEqual([
      'indicators.period-is-locked',
      'taken',
    ])
    await world.done('north approver', 'POST', `/figures/locks/${String(body.id)}/ending`, { reason: 'x' })
  })
})
