import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runAddCommand, runLinkageCommand } from '#linkage'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'
import { csvOf, makeRegister, registerHeadings, type Line } from '../../kit/linkage/register.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-add-'))
afterAll(() => rmSync(folder, { recursive: true }))

const lines: Line[] = []
const model = path.join(folder, 'model.json')
const config = path.join(folder, 'config.json')
let made = 0

const write = (rows: readonly string[], headings = registerHeadings) => {
  const file = path.join(folder, `${++made}.csv`)
  writeFileSync(file, `${[headings, ...rows].join('\n')}\n`)
  return file
}
const said: string[] = []
const io = { err: (text: string) => void said.push(text), isTerminal: false }
const common = { model, config, language: 'en' as const }

async function pairs(files: string[]): Promise<string[]> {
  const out = path.join(folder, `${++made}-pairs.csv`)
  expect(await runLinkageCommand({ ...common, files, out }, linkageKnowledge, io)).toBe(0)
  return readFileSync(out, 'utf8').trim().split('\n').slice(1)
}

async function added(register: string, guests: string): Promise<string[]> {
  const out = path.join(folder, `${++made}-added.csv`)
  expect(await runAddCommand({ ...common, register, added: guests, out }, linkageKnowledge, io)).toBe(0)
  return readFileSync(out, 'utf8').trim().split('\n').slice(1)
}

beforeAll(async () => {
  makeRegister(2500, 23, (line) => lines.push(line), 0.25)
  writeFileSync(config, JSON.stringify({ threads: 1 }))
  const out = path.join(folder, 'learning.csv')
  const request = { ...common, model: undefined, modelOut: model, files: [write(lines.map(csvOf))], out }
  expect(await runLinkageCommand(request, linkageKnowledge, io)).toBe(0)
}, 60_000)

/** Of pairs of a whole list those of one record, its own id right. */
function ofOne(rows: readonly string[], id: string): string[] {
  return rows.flatMap((row) => {
    const [left = '', right = '', ...rest] = row.split(',')
    return left === id || right === id ? [[left === id ? right : left, id, ...rest].join(',')] : []
  })
}

describe('adding to a register', () => {
  test('finds for a new record, whichever it is, what the whole list with it would, to the last digit', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2499 }), async (at) => {
        const guest = lines[at]
        if (!guest) throw new Error('no such line')
        const rest = write(lines.filter((line) => line !== guest).map(csvOf))
        const mine = await added(rest, write([csvOf(guest)]))
        const whole = ofOne(
          await pairs([write([...lines.filter((line) => line !== guest), guest].map(csvOf))]),
          guest.id,
        )
        expect([...mine].sort()).toEqual([...whole].sort())
        found += mine.length
      }),
      {
        numRuns: 12,
        examples: lines
          .flatMap((line, at) => (lines.findIndex((one) => one.child === line.child) < at ? [[at] as [number]] : []))
          .slice(0, 6),
      },
    )
    expect(found).toBeGreaterThan(4)
  }, 120_000)

  test('reads columns in another order, and says how many were found', async () => {
    const register = write(lines.slice(0, 1000).map(csvOf))
    const guests = lines.slice(0, 30).map((line) => ({ ...line, id: `M${line.id}` }))
    const plain = await added(register, write(guests.map(csvOf)))
    const turned = guests.map((line) =>
      [line.mother, line.birthDate, line.id, line.name, line.commune, line.number, line.sex].join(';'),
    )
    said.length = 0
    const other = await added(
      register,
      write(turned, 'Họ tên mẹ;Ngày sinh;Mã hồ sơ;Họ và tên;Xã/phường;Số định danh cá nhân;Giới tính'),
    )
    expect(other).toEqual(plain)
    expect(plain.length).toBeGreaterThanOrEqual(30)
    expect(said.join('')).toContain('30 new records looked for among 1,000 records')
  }, 60_000)

  test('says what it understood of the new file, which rows it left out, and which columns the register lacks', async () => {
    const register = write(
      lines.slice(0, 1000).map((line) => `${csvOf(line)},Thôn ${line.id}`),
      `${registerHeadings},Địa chỉ`,
    )
    const [line] = lines
    if (!line) throw new Error('no line')
    said.length = 0
    const out = path.join(folder, 'told.csv')
    const guests = write(
      [`${csvOf(line)},Thôn ${line.id},01/09/2025`, 'một,hai'],
      `${registerHeadings},${'Địa chỉ'.normalize('NFD')},Ngày cấp thẻ`,
    )
    const request = { ...common, model: undefined, register, added: guests, out }
    expect(await runAddCommand(request, linkageKnowledge, io)).toBe(0)
    const toldOfNew = said.join('').slice(said.join('').indexOf(path.basename(guests)))
    expect(toldOfNew).toMatch(/1 row left out.*line 3/)
    expect(toldOfNew.normalize('NFC')).toContain('Địa chỉ: free text')
    expect(toldOfNew).toContain('Ngày cấp thẻ: not used')
  }, 60_000)

  test('refuses new records of which two have one id', async () => {
    const register = write(lines.slice(0, 100).map(csvOf))
    const row = lines.slice(0, 1).map(csvOf)
    said.length = 0
    const request = { ...common, register, added: write([...row, ...row]), out: path.join(folder, 'twice.csv') }
    expect(await runAddCommand(request, linkageKnowledge, io)).toBe(2)
    expect(said.join('')).toContain('An id stands more than once')
  })

  test('refuses new records that cannot be read in a sentence', async () => {
    const out = path.join(folder, 'none.csv')
    const register = write(lines.slice(0, 100).map(csvOf))
    said.length = 0
    const code = await runAddCommand({ ...common, register, added: write([]), out }, linkageKnowledge, io)
    expect([code, said.join('').includes('holds no data')]).toEqual([2, true])
  })
})
