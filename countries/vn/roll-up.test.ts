import { describe, expect, test } from 'vitest'
import { answeringOn, commonAreas, openGround, restateOn, rollUp, unitsOn, type Cell } from '#indicators'
import { readTerritory } from './territory-file.ts'

const territory = readTerritory()
const ground = openGround({ ...territory, levels: new Map(territory.types.map(({ type, level }) => [type, level])) })
const eve = '2025-06-30'
const today = '2026-06-01'
const period = { from: '2024-12-15', to: '2025-07-01' }

/** One child more in each commune than in the one before, so that no two are alike. */
const old = answeringOn(ground, 'commune', eve).toSorted()
const cells = old.map((unit, place): Cell => {
  return { unit, isLate: false, status: 'A', numerator: place + 1, denominator: null, absence: null }
})
const whole = (old.length * (old.length + 1)) / 2
const measuring = { rule: 'sum', factor: 1, level: 'commune' } as const
const totalsOn = (day: string) => rollUp(ground, { cells, period, measuring, to: restateOn(ground, day) })

describe('figures of the communes of June 2025, through the reform', () => {
  test('as they were: 63 provinces, and the country is their sum', () => {
    const { totals, outside, lost } = totalsOn(eve)
    const provinces = unitsOn(ground, 'province', eve)
    expect(unitsOn(ground, 'commune', eve).length).toBe(10_035)
    expect(old.length).toBe(10_040) // five island districts had no communes
    expect(provinces.length).toBe(63)
    expect(totals.get('u:VN')).toMatchObject({ value: whole, reported: 10_040, isEstimate: false })
    expect(provinces.reduce((sum, unit) => sum + (totals.get(unit)?.value ?? 0), 0)).toBe(whole)
    expect([outside, lost]).toEqual([[], []])
  })

  test('as they are today: every province has its exact figure, and no figure is lost', () => {
    const { totals, lost } = totalsOn(today)
    const provinces = unitsOn(ground, 'province', today)
    expect(provinces.length).toBe(34)
    expect(provinces.filter((unit) => totals.get(unit)?.reason !== null)).toEqual([])
    expect(provinces.reduce((sum, unit) => sum + (totals.get(unit)?.value ?? 0), 0)).toBe(whole)
    expect(totals.get('u:VN')).toMatchObject({ value: whole, isEstimate: false })
    expect(lost).toEqual([])
  })

  test('a commune of today has its exact figure where it took whole communes, and else says that it is not comparable', () => {
    const { totals } = totalsOn(today)
    const communes = unitsOn(ground, 'commune', today)
    const reasons = Map.groupBy(communes, (unit) => totals.get(unit)?.reason ?? 'exact')
    expect(communes.length).toBe(3321)
    expect(communes.filter((unit) => !totals.has(unit))).toEqual([])
    expect([...reasons].map(([reason, units]) => [reason, units.length])).toEqual([
      ['exact', 2909],
      ['part-without-weight', 412],
    ])
    const parted = new Set(territory.succession.filter(({ kind }) => kind === 'part').map(({ to }) => to))
    const exactFromParts = (reasons.get('exact') ?? []).filter((unit) => parted.has(unit))
    // Made of all the parts of a commune: whole again.
    for (const unit of exactFromParts) expect(totals.get(unit)?.parts.every(({ share }) => share === 1)).toBe(true)
  })

  test('in areas common to both days, the figures of before are the figures of after, with no weights', () => {
    const areas = commonAreas(ground, { level: 'province', finest: 'commune', from: eve, to: today })
    expect(areas.length).toBe(34)
    const [before, after] = [totalsOn(eve).totals, totalsOn(today).totals]
    const sum = (units: string[], of: typeof before) => units.reduce((all, unit) => all + (of.get(unit)?.value ?? 0), 0)
    for (const area of areas) expect(sum(area.before, before)).toBe(sum(area.after, after))
    const communes = commonAreas(ground, { level: 'commune', finest: 'commune', from: eve, to: today })
    expect(communes.length).toBe(3031)
    expect(communes.flatMap(({ before: units }) => units).length).toBe(10_035)
  })
})
