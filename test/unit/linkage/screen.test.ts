import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'
import { getField } from '../../../src/linkage/blocking/keys.ts'
import { comparisonOf } from '../../../src/linkage/compare/comparison.ts'
import { wordsOf } from '../../../src/linkage/compare/words.ts'
import { layRecords, type Records } from '../../../src/linkage/input/records.ts'
import { columnOf } from '../../../src/linkage/input/rows.ts'
import { ComparisonConfig, LinkageConfig } from '../../../src/linkage/model.ts'
import { readFiles } from '../../../src/linkage/read.ts'
import { linkRecords, type Outcome } from '../../../src/linkage/run.ts'
import { newScorer, rarityOf, weigh } from '../../../src/linkage/scoring/scorer.ts'
import { newScreen, screenBlock } from '../../../src/linkage/screen/screen.ts'
import { csvOf, makeRegister, registerHeadings } from '../../kit/linkage/register.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-screen-'))
afterAll(() => rmSync(folder, { recursive: true }))

const config = LinkageConfig.parse({ threads: 1 })
/** The levels that others compare by: here letters are in the screen. */
const byLikeness = LinkageConfig.parse({
  threads: 1,
  comparisons: [
    { field: 'date', method: 'near-dates' },
    { field: 'identifier', method: 'numbers' },
    { field: 'name', method: 'similarity', levels: [0.92, 0.88, 0.7] },
    { field: 'name of mother', method: 'similarity', levels: [0.92, 0.8] },
    { field: 'place', method: 'same' },
    { field: 'sex', method: 'same' },
  ],
})
let records: Records
type Learnt = { outcome: Outcome; rarities: (Float64Array | null)[] }
let bySyllables: Learnt
let byLetters: Learnt

beforeAll(async () => {
  const rows: string[] = [registerHeadings]
  makeRegister(2500, 3, (line) => rows.push(csvOf(line)), 0.25)
  const file = path.join(folder, 'register.csv')
  writeFileSync(file, `${rows.join('\n')}\n`)
  const { reading } = await readFiles([file], { config, knowledge: linkageKnowledge, progress: () => undefined })
  const laid = await layRecords(reading)
  records = laid.records
  const learn = async (own: LinkageConfig): Promise<Learnt> => {
    const outcome = await linkRecords(records, laid.books, { config: own, model: null, progress: () => undefined })
    return { outcome, rarities: outcome.comparisons.map((comparison) => rarityOf(records, comparison)) }
  }
  bySyllables = await learn(config)
  byLetters = await learn(byLikeness)
}, 30_000)

type Asked = { learnt: Learnt; order: Int32Array; middle: number; cut: number; form: 'simd' | 'plain' }

/** Pairs of a block that the screen lets through. */
function through({ learnt: { outcome, rarities }, order, middle, cut, form }: Asked): string[] {
  const scorer = newScorer(records, outcome.comparisons, outcome.model, { room: 8192, rarities })
  const screen = newScreen(records, scorer, { cut, form })
  const pairs: string[] = []
  screenBlock(screen, { order, start: 0, middle, end: order.length }, (left, right) => pairs.push(`${left}-${right}`))
  return pairs
}

/** Pairs of a block that reach the cut, weighed one and all. */
function reaching({ learnt: { outcome, rarities }, order, middle, cut }: Asked): string[] {
  const scorer = newScorer(records, outcome.comparisons, outcome.model, { room: 8192, rarities })
  const pairs: [number, number][] = []
  for (let a = 0; a < middle; a++)
    for (let b = middle < order.length ? middle : a + 1; b < order.length; b++)
      pairs.push([order[a] ?? 0, order[b] ?? 0])
  const batch = {
    left: Int32Array.from(pairs, ([a]) => a),
    right: Int32Array.from(pairs, ([, b]) => b),
    room: pairs.length,
  }
  const values = outcome.comparisons.map((comparison) => columnOf(getField(records, comparison.field)))
  const kept = weigh(scorer, values, batch, pairs.length, cut)
  return Array.from({ length: kept }, (_none, at) => `${batch.left[at] ?? 0}-${batch.right[at] ?? 0}`)
}

/** Every third record with the 120 that follow it. */
function* neighbours(): Iterable<[number, number]> {
  for (let a = 0; a < records.count; a += 3) for (let b = a + 1; b < Math.min(records.count, a + 120); b++) yield [a, b]
}

function equalWords(laid: Int32Array, a: number, b: number, count: number): number {
  let equal = 0
  for (let word = 0; word < count; word++) if (laid[a + word] === laid[b + word]) equal |= 1 << word
  return equal
}

/** Blocks as they come: neighbours, who are families, among strangers. */
const block = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 2480 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 20 }))
  .map(([starts, length]) => {
    const chosen = new Set(starts.flatMap((start) => Array.from({ length }, (_none, at) => start + at)))
    return Int32Array.from([...chosen].sort((a, b) => a - b).slice(0, 90))
  })

describe('the screen before the scorer', () => {
  test.each([
    ['by syllables', () => bySyllables, 0.6],
    ['by likeness of letters', () => byLetters, 0.4],
  ])(
    '%s, in WebAssembly and in plain TypeScript, lets the same pairs through, and loses none that reaches the cut',
    (_how, learntOf, most) => {
      const learnt = learntOf()
      let screened = 0
      let passed = 0
      fc.assert(
        fc.property(block, fc.integer({ min: -25, max: 10 }), fc.boolean(), (order, cut, isLink) => {
          const middle = isLink ? order.length >> 1 : order.length
          const simd = through({ learnt, order, middle, cut, form: 'simd' })
          expect(through({ learnt, order, middle, cut, form: 'plain' })).toEqual(simd)
          const passing = new Set(simd)
          expect(reaching({ learnt, order, middle, cut, form: 'simd' }).filter((pair) => !passing.has(pair))).toEqual(
            [],
          )
          screened += isLink ? middle * (order.length - middle) : (order.length * (order.length - 1)) / 2
          passed += simd.length
        }),
        { numRuns: 25 },
      )
      expect(passed).toBeGreaterThan(0)
      expect(passed).toBeLessThan(screened * most)
    },
    60_000,
  )

  test('knows of every comparison which levels are possible when some of its words are equal', () => {
    const methods = [
      'date dates',
      'date near-dates',
      'identifier numbers',
      'name names',
      'name similarity',
      'place same',
    ]
    for (const method of methods) {
      const [of = '', name] = method.split(' ')
      const field = getField(records, of)
      const own = columnOf(field)
      const one = ComparisonConfig.parse({ field: of, method: name, levels: name === 'similarity' ? [0.92, 0.8] : [] })
      const comparison = comparisonOf(one, field, records)
      const words = wordsOf(comparison, records)
      const order = Int32Array.from({ length: records.count }, (_none, record) => record)
      const laid = new Int32Array(records.count * (words.count + 1))
      const stretch = { order, start: 0, end: records.count }
      words.lay(own, stretch, { words: laid, row: 0, width: words.count + 1, at: 0, bit: 1 })
      const levels = new Uint8Array(1)
      for (const [a, b] of neighbours()) {
        comparison.fill(own, Int32Array.of(a), Int32Array.of(b), 1, levels)
        const level = levels[0] ?? 0
        const equal = equalWords(laid, a * (words.count + 1), b * (words.count + 1), words.count)
        if (level !== 0 && !words.possible(equal).includes(level))
          expect.fail(`${method}: level ${level} of ${a}, ${b}, words ${equal}`)
      }
    }
  }, 60_000)
})
