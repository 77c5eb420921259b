import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readStretch } from './csv.ts'
import { joinOutcomes, readHead } from './csv-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-csv-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(content: string | Uint8Array): {
  headings: string[]
  rows: string[][]
  broken: number
  brokenLines: number[]
} {
  const file = path.join(folder, 'a.csv')
  writeFileSync(file, content)
  const rows: string[][] = []
  const head = readHead(file)
  const { delimiter, from, size, headings } = head
  const stretch = { from, to: size, isExact: true, delimiter, columns: headings.length }
  const outcome = readStretch(file, stretch, (bytes, starts, ends, count) =>
    rows.push(
      Array.from({ length: count }, (_none, at) => new TextDecoder().decode(bytes.subarray(starts[at], ends[at]))),
    ),
  )
  const { broken, brokenLines } = joinOutcomes(head, [outcome])
  return { headings, rows, broken, brokenLines }
}

describe('reading CSV', () => {
  test('semicolons, a byte order mark, quoted line breaks and doubled marks are read as a spreadsheet writes them', () => {
    const { headings, rows } = read('\ufeffMã;Họ tên\r\n1;"An ""Tí"" Nguyễn;\nthôn 2"\r\n2; Bình \r\n')
    expect(headings).toEqual(['Mã', 'Họ tên'])
    expect(rows).toEqual([
      ['1', 'An "Tí" Nguyễn;\nthôn 2'],
      ['2', 'Bình'],
    ])
  })

  test('rows with another number of cells are counted with their lines, the rest is read', () => {
    const { rows, broken, brokenLines } = read('a,b\n1,2\n3\n4,5,6\n7,8\n9,10\n')
    expect([rows.length, broken, brokenLines]).toEqual([3, 2, [3, 4]])
  })

  test('a stray quotation mark costs its own row, not the file', () => {
    const rest = Array.from({ length: 20_000 }, (_none, at) => `${at},dòng ${at}`).join('\n')
    const { rows, broken } = read(`a,b\n0,"An\n${rest}\n`)
    expect([rows.length, broken]).toEqual([20_000, 1])
  })

  test('a file larger than the buffer is read whole', () => {
    const { rows } = read(
      `a,b\n${Array.from({ length: 200_000 }, (_none, at) => `${at},"Nguyễn ""${at}"" Văn An xã Hòa Phú"`).join('\n')}`,
    )
    expect(rows.length).toBe(200_000)
    expect(rows.at(-1)).toEqual(['199999', 'Nguyễn "199999" Văn An xã Hòa Phú'])
  })

  test.each([
    ['', 'linkage.file-empty'],
    ['a,b\n', 'linkage.file-empty'],
    ['a,b\n1\n2\n3,4\n', 'linkage.mostly-broken'],
  ])('%j is refused: %s', (content, code) => {
    expect(() => read(content)).toThrow(code)
  })

  test('another encoding is refused, whether marked or not', () => {
    expect(() => read(Uint8Array.from([0xff, 0xfe, 97, 0, 44, 0, 98, 0, 10, 0]))).toThrow('linkage.not-utf8')
    expect(() => read(Uint8Array.from([97, 44, 98, 10, 0xe0, 44, 0x41, 10]))).toThrow('linkage.not-utf8')
  })
})
