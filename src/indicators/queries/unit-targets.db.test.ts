import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { SavedFigures, UnitProgress, UnitTargets } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { measureId } from '../load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const share = measureId('lov-1')
const south = idOfKey('u:2020:02')
const targets = async (who: string, unitId: string) =>
  (await world.done(who, 'GET', `/targets?unitId=${unitId}`)) as unknown as UnitTargets
const set = (who: string, over: Record<string, unknown> = {}) =>
  world.ask(who, 'POST', '/targets', {
    ...{ measureId: share, unitId: south, kind: 'level', yearFrom: null, year: 2033 },
    ...{ comparator: '>=', value: 95, breakdown: '', ...over },
  })

describe('all that a unit is to reach', () => {
  test('is its own targets and those above it, each saying how it stands to the one above', async () => {
    await set('south approver')
    await set('south approver', { year: 2032, value: 80 })
    const { targets: found, unit, settable } = await targets('south officer', south)
    expect(unit.id).toBe(south)
    expect(settable.length).toBe(3)
    expect(
      found.map(({ measureId: of, year, isAbove, against, mayChange }) => [
        of === share,
        year,
        isAbove,
        against,
        mayChange,
      ]),
    ).toEqual([
      [true, 2032, false, null, true],
      [true, 2033, true, null, false],
      [true, 2033, false, 'stricter', true],
      [false, 2033, true, null, false],
    ])
    const changed = found.find(({ isAbove, year }) => !isAbove && year === 2033)
    await world.done('south approver', 'PUT', `/targets/${changed?.id}`, { version: 1, comparator: '>=', value: 85 })
    const again = await targets('south officer', south)
    expect(again.targets.map(({ against }) => against)).toContain('looser')
  })

  test('of a commune are those of its province and the country, which others set; nobody outside sees those of the province', async () => {
    const own = await targets('solheim officer', idOfKey('u:2020:02101'))
    expect(own.targets.map(({ isAbove, mayChange }) => [isAbove, mayChange])).toEqual(
      own.targets.map(() => [true, false]),
    )
    expect(own.targets.map(({ unit }) => unit.level)).toContain('province')
    const seen = await targets('north officer', south)
    expect([seen.targets.filter(({ isAbove }) => !isAbove), seen.settable]).toEqual([[], []])
    expect((await world.ask('north officer', 'GET', `/targets?unitId=${idOfKey('nowhere')}`)).status).toBe(404)
  })

  test('is judged by its own figures, also where the country asks; others are not told', async () => {
    for (const [period, numerator] of [
      ['2028', 20],
      ['2029', 30],
    ] as const) {
      const cell = { measureId: share, unitId: idOfKey('u:2020:02101'), period, breakdown: '', seen: null, status: 'A' }
      const saved = (await world.done('solheim officer', 'PUT', '/figures', {
        cells: [{ ...cell, numerator, denominator: 40 }],
      })) as unknown as SavedFigures
      const cells = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
      await world.done('south approver', 'POST', '/figures/decisions', { cells, outcome: 'accepted', reason: null })
    }
    const path = `/targets/progress?unitId=${south}&measureId=${share}`
    const { parts } = (await world.done('south reader', 'GET', path)) as unknown as UnitProgress
    expect(parts.map(({ series }) => series.map(({ year, value }) => [year, value]))).toEqual([
      [
        [2028, 50],
        [2029, 75],
      ],
    ])
    expect(parts[0]?.progress.length).toBe(3)
    const { targets: found } = await targets('south reader', south)
    const of = new Map(found.map((target) => [target.id, target]))
    expect(parts[0]?.progress.every(({ targetId }) => of.has(targetId))).toBe(true)
    expect(parts[0]?.progress.some(({ targetId }) => of.get(targetId)?.isAbove)).toBe(true)
    expect((await world.ask('north reader', 'GET', path)).status).toBe(404)
    expect(
      (await world.ask('south reader', 'GET', `/targets/progress?unitId=${south}&measureId=${south}`)).status,
    ).toBe(404)
  })
})
