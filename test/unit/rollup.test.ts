import { expect, test } from 'vitest'
import { besideRules } from '../../bench/rollup/equality.ts'
import { holdWorld, layWorld } from '../../bench/rollup/world.ts'
import { rollUpHeld } from '../../src/indicators/cube/cube.ts'
import { openCrew } from '../../src/indicators/cube/crew.ts'
import { simdKernel } from '../../src/indicators/cube/kernel.ts'

// The short form of `npm run bench -- rollup`: sixty months of one measure over the communes of before and after the reform.
const world = layWorld({ cells: 400_000, seed: 7 })
const lanes = [0, 1, 29, 30, 45, 59]

test(
  'the cube of a country answers for every unit as the rules for one total do, on both sides of the reform',
  { timeout: 60_000 },
  () => {
    const { cube, places } = holdWorld(world)
    expect(places).toBeGreaterThan(350_000)
    rollUpHeld(cube, simdKernel(cube.room.memory))
    const { rows, differing, first } = besideRules(world, cube, lanes)
    expect(rows).toBeGreaterThan(60_000)
    expect([differing, first]).toEqual([0, null])
  },
)

test('two threads make the sums that one makes', { timeout: 60_000 }, async () => {
  const { cube } = holdWorld(world)
  const crew = openCrew(cube, 2)
  await crew.rollUp()
  await crew.close()
  expect(besideRules(world, cube, lanes).differing).toBe(0)
})
