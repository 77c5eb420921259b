import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'
import { layRecords } from '../../../src/linkage/input/records.ts'
import { LinkageConfig } from '../../../src/linkage/model.ts'
import { idOf } from '../../../src/linkage/output/results.ts'
import { readFiles } from '../../../src/linkage/read.ts'
import { holdRegister } from '../../../src/linkage/register/hold.ts'
import { findInRegister, openRegister } from '../../../src/linkage/register/register.ts'
import { linkRecords } from '../../../src/linkage/run.ts'
import { evenProbability } from '../../../src/linkage/scoring/weights.ts'
import { csvOf, makeRegister, registerHeadings, type Line } from '../../kit/linkage/register.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-register-'))
afterAll(() => rmSync(folder, { recursive: true }))

const config = LinkageConfig.parse({ threads: 1 })
let made = 0

async function read(lines: readonly Line[]) {
  const file = path.join(folder, `${++made}.csv`)
  writeFileSync(file, `${[registerHeadings, ...lines.map(csvOf)].join('\n')}\n`)
  const { reading } = await readFiles([file], { config, knowledge: linkageKnowledge, progress: () => undefined })
  const plan = reading.files[0]?.plan
  if (!plan) throw new Error('nothing read')
  return { plan, ...(await layRecords(reading)) }
}

const cellsOf = (line: Line) => csvOf(line).split(',')

describe('a new record', () => {
  const lines: Line[] = []
  makeRegister(4000, 11, (line) => lines.push(line))

  test('finds in the register what the whole list with it would find, with the same weights', async () => {
    const guests = lines.filter((_line, at) => at % 250 === 7)
    const before = lines.filter((_line, at) => at % 250 !== 7)
    const { records, books, plan } = await read(before)
    const learnt = await linkRecords(records, books, { config, model: null, progress: () => undefined })
    const register = await openRegister(records, books, {
      ...{ plan, config, model: learnt.model },
      knowledge: linkageKnowledge,
    })
    let found = 0
    for (const guest of guests) {
      const matches = findInRegister(register, cellsOf(guest))
      const whole = await read([...before, guest])
      const batch = await linkRecords(whole.records, whole.books, {
        ...{ config, model: learnt.model },
        progress: () => undefined,
      })
      const expected = new Map<string, number>()
      for (let at = 0; at < batch.scored.length; at++) {
        const [left, right] = [batch.scored.left[at] ?? 0, batch.scored.right[at] ?? 0]
        if (right === before.length) expected.set(idOf(whole.books, left), batch.scored.weights[at] ?? 0)
      }
      for (const [id, weight] of expected) {
        const match = matches.find((one) => one.id === id)
        if (match) expect(match.weight, `${guest.id} ${id}`).toBeCloseTo(weight, 9)
        else expect(evenProbability(weight, batch.threshold)).toBeLessThan(config.leastProbability)
      }
      expect(matches.filter(({ id }) => !expected.has(id))).toEqual([])
      found += matches.filter((match) => match.isLinked).length
    }
    expect(found).toBeGreaterThan(0)
  }, 60_000)

  test('leaves the register as it was: asked again, it answers the same', async () => {
    const file = path.join(folder, 'held.csv')
    writeFileSync(file, `${[registerHeadings, ...lines.slice(0, 2000).map(csvOf)].join('\n')}\n`)
    const progress = () => undefined
    const { register } = await holdRegister(file, { config, knowledge: linkageKnowledge, model: null, progress })
    const ask = () => lines.slice(0, 300).map((line) => findInRegister(register, cellsOf(line)))
    const [first, second] = [ask(), ask()]
    expect(second).toEqual(first)
    expect(first.filter((matches, at) => matches[0]?.id === lines[at]?.id).length).toBeGreaterThan(250)
  }, 60_000)
})
