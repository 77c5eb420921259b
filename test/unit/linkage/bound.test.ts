import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'
import { layRecords } from '../../../src/linkage/input/records.ts'
import { columnOf } from '../../../src/linkage/input/rows.ts'
import { LinkageConfig } from '../../../src/linkage/model.ts'
import { readFiles } from '../../../src/linkage/read.ts'
import { linkRecords } from '../../../src/linkage/run.ts'
import { explainPair } from '../../../src/linkage/scoring/explain.ts'
import { newScorer, weigh } from '../../../src/linkage/scoring/scorer.ts'
import { csvOf, makeRegister, registerHeadings } from '../../kit/linkage/register.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-bound-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function learnt() {
  const rows: string[] = [registerHeadings]
  makeRegister(3000, 5, (line) => rows.push(csvOf(line)))
  const file = path.join(folder, 'register.csv')
  writeFileSync(file, `${rows.join('\n')}\n`)
  const config = LinkageConfig.parse({ threads: 1 })
  const { reading } = await readFiles([file], { config, knowledge: linkageKnowledge, progress: () => undefined })
  const { records, books } = await layRecords(reading)
  const outcome = await linkRecords(records, books, { config, model: null, progress: () => undefined })
  return { records, outcome }
}

/** Every record with its 40 neighbours: pairs of families, pairs of one child, and strangers. */
function neighbours(count: number): [number, number][] {
  return Array.from({ length: count }, (_none, a) =>
    Array.from({ length: 40 }, (_other, at): [number, number] => [a, a + at + 1]),
  )
    .flat()
    .filter(([, b]) => b < count)
}

describe('the weight of a pair', () => {
  test('a bound saves comparisons and loses no pair; the same weight is found from either side and explained', async () => {
    const { records, outcome } = await learnt()
    const pairs = neighbours(records.count)
    const weightsOf = (cut: number, turned: boolean): Map<string, number> => {
      const scorer = newScorer(records, outcome.comparisons, outcome.model, { room: pairs.length })
      const values = outcome.comparisons.map((comparison) => {
        const field = records.fields.find((one) => one.name === comparison.field)
        if (!field) throw new Error(`no field ${comparison.field}`)
        return columnOf(field)
      })
      const [left, right] = [
        Int32Array.from(pairs, ([a, b]) => (turned ? b : a)),
        Int32Array.from(pairs, ([a, b]) => (turned ? a : b)),
      ]
      const kept = weigh(scorer, values, { left, right, room: pairs.length }, pairs.length, cut)
      return new Map(
        Array.from({ length: kept }, (_none, at) => [
          [left[at] ?? 0, right[at] ?? 0].sort((a, b) => a - b).join('-'),
          scorer.weights[at] ?? 0,
        ]),
      )
    }
    const all = weightsOf(-1e9, false)
    const bounded = weightsOf(-10, false)
    expect(all.size).toBe(pairs.length)
    expect(bounded).toEqual(new Map([...all].filter(([, weight]) => weight >= -10)))
    expect(bounded.size).toBeGreaterThan(100)
    expect(weightsOf(-10, true)).toEqual(bounded)
    const scorer = newScorer(records, outcome.comparisons, outcome.model, { room: 1 })
    for (const [pair, weight] of [...bounded].slice(0, 200)) {
      const [a = 0, b = 0] = pair.split('-').map(Number)
      expect(explainPair(records, scorer, a, b).weight).toBeCloseTo(weight, 9)
    }
  }, 30_000)
})
