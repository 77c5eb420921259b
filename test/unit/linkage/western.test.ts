import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'
import { layRecords } from '../../../src/linkage/input/records.ts'
import { LinkageConfig } from '../../../src/linkage/model.ts'
import { readFiles } from '../../../src/linkage/read.ts'
import { linkRecords } from '../../../src/linkage/run.ts'
import { makeWestern, westernHeadings, type WesternLine } from '../../kit/linkage/western.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-western-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The levels that Splink's guide sets for such a list; no rarity. */
const splinks = {
  comparisons: [
    { field: 'name', method: 'similarity', levels: [0.92, 0.88, 0.7] },
    { field: 'date', method: 'near-dates' },
    { field: 'text city', method: 'same' },
    { field: 'text email', method: 'similarity', levels: [0.92, 0.8] },
  ],
  termFrequency: false,
}

/** F1 of the decision, and of the best that could be made with the weights. */
async function judge(lines: readonly WesternLine[], settings: object): Promise<{ own: number; best: number }> {
  const file = path.join(folder, 'list.csv')
  writeFileSync(file, `${[westernHeadings, ...lines.map(({ cells }) => cells.join(','))].join('\n')}\n`)
  const config = LinkageConfig.parse({ ...settings, threads: 1 })
  const { reading } = await readFiles([file], { config, knowledge: linkageKnowledge, progress: () => undefined })
  const { records, books } = await layRecords(reading)
  const { scored, linked } = await linkRecords(records, books, { config, model: null, progress: () => undefined })
  const sizes = [...Map.groupBy(lines, ({ person }) => person).values()].map(({ length }) => length)
  const truth = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  const isRight = (at: number) => lines[scored.left[at] ?? 0]?.person === lines[scored.right[at] ?? 0]?.person
  const order = Array.from({ length: scored.length }, (_none, at) => at)
  order.sort((a, b) => (scored.weights[b] ?? 0) - (scored.weights[a] ?? 0))
  let [right, best] = [0, 0]
  order.forEach((at, place) => {
    if (isRight(at)) right++
    best = Math.max(best, (2 * right) / (place + 1 + truth))
  })
  const chosen = order.filter((at) => linked[at] === 1)
  return { own: (2 * chosen.filter(isRight).length) / (chosen.length + truth), best }
}

describe('a list with Western names', () => {
  test.each([
    ['small', makeWestern(1000, 1), 0.93],
    ['of 5,000', makeWestern(5000, 2), 0.93],
    ['of 20,000, with many of the same name', makeWestern(20_000, 3), 0.91],
    ['written carelessly', makeWestern(5000, 4, { errors: 1.6 }), 0.88],
    ['with twice as much left out', makeWestern(5000, 5, { missing: 2 }), 0.82],
    ['written with care', makeWestern(5000, 6, { errors: 0.5, missing: 0.3 }), 0.98],
  ])(
    '%s is linked without being told anything, better than by the usual levels at their best',
    async (_how, lines, least) => {
      const [mine, usual] = [await judge(lines, {}), await judge(lines, splinks)]
      expect(mine.own).toBeGreaterThan(least)
      expect(mine.own).toBeGreaterThan(usual.best)
      expect(mine.best - mine.own).toBeLessThan(0.03)
    },
    60_000,
  )
})
