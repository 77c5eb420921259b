import { describe, expect, test } from 'vitest'
import { versionOn } from '#territory/model'
import { map } from './map.ts'
import { readTerritory } from './territory-file.ts'

const { units, types } = readTerritory()
const provinces = new Set(types.filter(({ level }) => level === 'province').map(({ type }) => type))

function provincesOn(day: string): string[] {
  return units.flatMap((unit) => {
    const version = versionOn(unit, day)
    return version !== undefined && provinces.has(version.type) ? [version.code] : []
  })
}

describe.each([
  ['2025-06-30', 63],
  ['2025-07-01', 34],
  ['2026-06-01', 34],
])('on %s', (day, count) => {
  const layout = map.layouts.find(({ from, to }) => (from === null || from <= day) && (to === null || day < to))

  test('every province has a tile of its own, and no tile is of another', () => {
    const own = (layout?.tiles ?? []).filter(({ islands }) => islands === null)
    expect(own.map(({ code }) => code).sort()).toEqual(provincesOn(day).sort())
    expect(own.length).toBe(count)
  })

  test('no two tiles lie on one place, or bear one name', () => {
    const tiles = layout?.tiles ?? []
    expect(new Set(tiles.map(({ column, row }) => `${column} ${row}`)).size).toBe(tiles.length)
    expect(new Set(tiles.map(({ label }) => label)).size).toBe(tiles.length)
  })

  test('Hoàng Sa is shown in Đà Nẵng and Trường Sa in Khánh Hòa', () => {
    const islands = (layout?.tiles ?? []).filter((tile) => tile.islands !== null)
    expect(islands.map(({ code, islands: name }) => [name, code])).toEqual([
      ['Hoàng Sa', '48'],
      ['Trường Sa', '56'],
    ])
    expect(map.insets.map(({ name, code }) => [name, code])).toEqual(islands.map((tile) => [tile.islands, tile.code]))
  })
})
