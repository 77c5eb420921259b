import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openLog } from './log.ts'

const home = mkdtempSync(path.join(tmpdir(), 'mangnon-log-'))
const file = path.join(home, 'nhật ký', 'mangnon.log')
afterEach(() => rmSync(path.dirname(file), { recursive: true, force: true }))

const numbersIn = (name: string): number[] =>
  readFileSync(path.join(path.dirname(file), name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(JSON.parse(line).number))

/** Writes so many lines, a few at a time, as a server does. */
async function write(from: number, to: number): Promise<void> {
  const log = openLog(file, 'info', { maxBytes: 2_000, kept: 3 })
  for (let number = from; number <= to; number++) {
    log.info({ number }, 'một dòng của nhật ký')
    if (number % 7 === 0) await sleep(2)
  }
  await sleep(100)
}

test('the log is put aside when it is full, keeps its order, loses no line, and never more files than are kept', async () => {
  await write(1, 50)
  const names = ['mangnon.log.3', 'mangnon.log.2', 'mangnon.log.1', 'mangnon.log']
  const few = readdirSync(path.dirname(file))
  expect(names.flatMap((name) => (few.includes(name) ? numbersIn(name) : []))).toEqual(
    Array.from({ length: 50 }, (_, at) => at + 1),
  )
  await write(51, 400)
  expect(readdirSync(path.dirname(file)).sort()).toEqual([...names].sort())
  const numbers = names.flatMap(numbersIn)
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => 401 - numbers.length + at))
  for (const name of names) {
    const { size, mode } = statSync(path.join(path.dirname(file), name))
    expect([size < 3_500, mode & 0o777]).toEqual([true, 0o600])
  }
})

test('a log that a former process left full is put aside with the first line', async () => {
  await write(1, 1)
  writeFileSync(file, `${JSON.stringify({ number: 0, filler: 'x'.repeat(3_000) })}\n`, { mode: 0o600 })
  await write(2, 3)
  expect(numbersIn('mangnon.log.1')[0]).toBe(0)
  expect([...numbersIn('mangnon.log.1'), ...numbersIn('mangnon.log')]).toEqual([0, 2, 3])
})
