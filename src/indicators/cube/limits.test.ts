import { describe, expect, test } from 'vitest'
import { openGround } from '../rollup/ground.ts'
import { restateOn } from '../rollup/restate.ts'
import type { Cell } from '../rollup/total.ts'
import { acceptCell, cubeTotal, holdLane, openCube, rollUpHeld } from './cube.ts'
import { plainKernel, simdKernel } from './kernel.ts'
import { largest, longestGrain } from './layout.ts'

const version = (type: string, parent: string | null) => ({
  ...{ from: null, to: null, code: 'x', name: 'x', nameEn: 'x', legalBasis: null },
  ...{ type, parent },
})
const count = 70_000
const parishes = Array.from({ length: count }, (_none, place) => `u:${place}`)
const ground = openGround({
  units: [
    { key: 'u:L', versions: [version('land', null)] },
    { key: 'u:P', versions: [version('shire', 'u:L')] },
    ...parishes.map((key) => ({ key, versions: [version('parish', 'u:P')] })),
  ],
  succession: [],
  levels: new Map([
    ['land', 'country'],
    ['shire', 'province'],
    ['parish', 'commune'],
  ] as const),
})
const year = { from: '2030-01-01', to: '2031-01-01' }
const lane = { period: year, measuring: { rule: 'ratio', factor: 1, level: 'commune' } as const }
const saying = (unit: string, numerator: number): Cell => {
  return { unit, isLate: true, status: 'F', numerator, denominator: largest, absence: null }
}
const restated = restateOn(ground, '2030-12-31')
const full = [0, 1, 16]
const openFull = () => {
  const cube = openCube({ ground, restated: () => restated, asIs: '2030-12-31' })
  // Seventeen lanes, one more than a group has room for; the first, the second and the last are full.
  for (let name = 0; name < 17; name++) {
    const units = full.includes(name) ? parishes : parishes.slice(0, 1)
    holdLane(cube, `${name}`, { ...lane, cells: units.map((unit) => saying(unit, name === 1 ? -largest : largest)) })
  }
  return cube
}

describe('a province of 70,000 communes, each with the largest figure that is packed', { timeout: 60_000 }, () => {
  test.each([
    ['in WebAssembly', simdKernel],
    ['in plain TypeScript', plainKernel],
  ])('has its exact sum and counts %s', (_name, kernelOf) => {
    const cube = openFull()
    expect(longestGrain * largest).toBeLessThan(2 ** 31)
    rollUpHeld(cube, kernelOf(cube.room.memory))
    expect(cube.groups.length).toBe(2)
    for (const unit of ['u:P', 'u:L'])
      for (const name of full)
        expect(cubeTotal(cube, `${name}`, { unit, view: 'as-is' })).toMatchObject({
          ...{ numerator: count * largest * (name === 1 ? -1 : 1), denominator: count * largest },
          ...{ expected: count, reported: count, late: count, estimated: count },
        })
  })

  test('keeps a figure that cannot be packed, with all the others of its lane', () => {
    const cube = openFull()
    rollUpHeld(cube, simdKernel(cube.room.memory))
    acceptCell(cube, '0', { ...lane, cell: { ...saying('u:5', largest + 1), denominator: 0.5 } as Cell })
    expect(cubeTotal(cube, '0', { unit: 'u:L', view: 'as-was' })).toMatchObject({
      numerator: count * largest + 1,
      denominator: (count - 1) * largest + 0.5,
    })
    expect(cubeTotal(cube, '16', { unit: 'u:L', view: 'as-was' })?.numerator).toBe(count * largest)
  })
})
