import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runLinkageCommand } from '#linkage'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'
import { getField } from '../../../src/linkage/blocking/keys.ts'
import { layRecords } from '../../../src/linkage/input/records.ts'
import { columnOf } from '../../../src/linkage/input/rows.ts'
import { LinkageConfig } from '../../../src/linkage/model.ts'
import { idOf } from '../../../src/linkage/output/results.ts'
import { readFiles } from '../../../src/linkage/read.ts'
import { linkRecords } from '../../../src/linkage/run.ts'
import { newScorer, weigh } from '../../../src/linkage/scoring/scorer.ts'
import { csvOf, makeRegister, registerHeadings, type Line } from '../../kit/linkage/register.ts'
import { makeWestern, westernHeadings } from '../../kit/linkage/western.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-pairs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A register in which some cells are emptied: every third, every tenth or none. */
function registerOf(size: number, seed: number, emptied: number): string {
  const lines: Line[] = []
  makeRegister(size, seed, (line) => lines.push(line), 0.25)
  let cell = 0
  const rows = lines.map((line) =>
    csvOf(line)
      .split(',')
      .map((text, at) => (at > 0 && emptied > 0 && (cell += 7) % emptied < 7 ? '' : text))
      .join(','),
  )
  return `${[registerHeadings, ...rows].join('\n')}\n`
}

function westernOf(size: number, seed: number, missing: number): string {
  const rows = makeWestern(size, seed, { missing }).map(({ cells }) => cells.join(','))
  return `${[westernHeadings, ...rows].join('\n')}\n`
}

type Case = [string, string, { threshold?: number; leastProbability?: number }]
const cases: Case[] = [
  ['a register', registerOf(1500, 1, 0), {}],
  ['a register with a tenth of its cells empty', registerOf(1500, 2, 70), {}],
  ['a register with a third of its cells empty', registerOf(1200, 3, 21), {}],
  ['a Western list', westernOf(1200, 4, 1), {}],
  ['a Western list with much left out', westernOf(1200, 5, 2.5), {}],
  ['a register at a very low threshold', registerOf(1200, 6, 0), { threshold: 0.02 }],
  ['a register at a high threshold', registerOf(1200, 7, 0), { threshold: 0.98 }],
  ['a register written out down to one in ten thousand', registerOf(1200, 8, 0), { leastProbability: 0.0001 }],
]

describe('the pairs that are written', () => {
  test.each(cases)(
    'of %s are all of the least probability or more, and half is where it links',
    async (_of, text, settings) => {
      const [file, out] = [path.join(folder, 'list.csv'), path.join(folder, 'pairs.csv')]
      const [configFile, groups] = [path.join(folder, 'config.json'), path.join(folder, 'groups.csv')]
      writeFileSync(file, text)
      writeFileSync(configFile, JSON.stringify({ ...settings, threads: 1 }))
      const request = { files: [file], out, groups, config: configFile, language: 'en' as const }
      expect(await runLinkageCommand(request, linkageKnowledge, { err: () => undefined, isTerminal: false })).toBe(0)
      const written = new Map(
        readFileSync(out, 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((row) => {
            const [left = '', right = '', , probability] = row.split(',')
            return [[left, right].sort().join(' '), Number(probability)]
          }),
      )
      const { expected, linked } = await everyPair(file, settings)
      expect(new Set(written.keys())).toEqual(new Set(expected.keys()))
      for (const [pair, probability] of expected) expect(written.get(pair)).toBeCloseTo(probability, 4)
      const above = [...written].filter(([, probability]) => probability >= 0.5).map(([pair]) => pair)
      expect(new Set(above)).toEqual(linked)
      expect(linked.size).toBeGreaterThan(20)
      const grouped = new Set(
        readFileSync(groups, 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((row) => row.split(',')[0]),
      )
      // Links that would chain two groups are not followed.
      const ends = new Set(above.flatMap((pair) => pair.split(' ')))
      expect([...grouped].filter((id) => !ends.has(id ?? ''))).toEqual([])
      expect(grouped.size).toBeGreaterThan(ends.size * 0.95)
    },
    60_000,
  )
})

/** Every pair that any rule brings together, weighed without screen, bound or cut: what should be written, and linked. */
async function everyPair(file: string, settings: object) {
  const config = LinkageConfig.parse({ ...settings, threads: 1 })
  const { reading } = await readFiles([file], { config, knowledge: linkageKnowledge, progress: () => undefined })
  const { records, books } = await layRecords(reading)
  const { comparisons, model, rules, threshold } = await linkRecords(records, books, {
    ...{ config, model: null },
    progress: () => undefined,
  })
  const [left, right]: [number[], number[]] = [[], []]
  for (let a = 0; a < records.count; a++)
    for (let b = a + 1; b < records.count; b++)
      if (rules.some(({ keys }) => keys[a] !== 0 && keys[a] === keys[b])) {
        left.push(a)
        right.push(b)
      }
  const scorer = newScorer(records, comparisons, model, { room: left.length })
  const values = comparisons.map((comparison) => columnOf(getField(records, comparison.field)))
  const batch = { left: Int32Array.from(left), right: Int32Array.from(right), room: left.length }
  const kept = weigh(scorer, values, batch, left.length, -1e9)
  expect(kept).toBe(left.length)
  const expected = new Map<string, number>()
  const linked = new Set<string>()
  const odds = threshold / (1 - threshold)
  for (let at = 0; at < kept; at++) {
    const probability = 1 / (1 + odds * 2 ** -(scorer.weights[at] ?? 0))
    const pair = [idOf(books, batch.left[at] ?? 0), idOf(books, batch.right[at] ?? 0)].sort().join(' ')
    if (probability >= config.leastProbability) expected.set(pair, probability)
    if (probability >= 0.5) linked.add(pair)
  }
  return { expected, linked }
}
