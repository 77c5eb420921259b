import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { prepareWorld } from '../../bench/coverage/prepare.ts'
import { scratchDirectory } from '../kit/children.ts'

// The short form of `npm run bench -- coverage`: a small country on an embedded database, answers only.
const scratch = scratchDirectory()
afterAll(() => scratch.remove())

test(
  'lists, four numbers, coverage and search answer what counting all rows in memory gives',
  { timeout: 300_000 },
  async () => {
    const of = { seed: 'another', itemsOfPlan: 30 }
    const { world, equalities } = await prepareWorld(path.join(scratch.path, 'home'), 'testland', of)
    expect(world.work).toBeGreaterThan(200)
    expect(equalities.length).toBeGreaterThan(20)
    expect(equalities.filter((one) => !one.ok)).toEqual([])
  },
)
