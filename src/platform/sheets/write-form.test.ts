import { Workbook } from '@cj-tech-master/excelts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FormBook, FormCell, FormRule } from './form.ts'
import { readBook } from './read.ts'
import { writeForm } from './write-form.ts'

const limits = { rows: 200, columns: 20, sheets: 10, keepsLines: true } as const
const rules: FormRule[] = [
  { kind: 'words', most: 40 },
  { kind: 'number' },
  { kind: 'whole' },
  { kind: 'choice', list: 'why' },
]

function bookOf(rows: FormCell[][]): FormBook {
  return {
    sheets: [
      { name: 'Số liệu', widths: [8, 20, 20], frozen: 1, hiddenColumns: 1, rows },
      { name: 'Khác', widths: [8], frozen: 1, hiddenColumns: 0, rows: [[{ value: 'x', look: 'title' }]] },
    ],
    back: { name: 'back', rows: [['mark', 1, null, 'ế']] },
    lists: [{ name: 'why', words: ['Chưa biết', 'Không áp dụng'] }],
    refusal: { title: 'Không hợp lệ', words: { words: 'w', number: 'n', whole: 'h', choice: 'c' } },
  }
}

const word = fc
  .array(fc.constantFrom('=', '+', '@', '0', 'a', 'Đ', 'ế', '<', '&', '"', '>', '\n', '😀', "'", ']'), { maxLength: 8 })
  .map((signs) => signs.join('').trim())
const cell = fc.record({
  value: fc.oneof(
    word,
    fc.double({ noNaN: true, min: -1e12, max: 1e12 }).map((one) => one + 0),
    fc.constant(null),
  ),
  rule: fc.constantFrom(undefined, ...rules),
  look: fc.constantFrom('title', 'head', 'plain'),
})
const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 })

test('every cell of a form is in the file as it was given: its words, whether it is closed, its rule, however often its form was written', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (drawn) => {
      const rows = drawn.map((cells) =>
        cells.map(({ value, rule, look }): FormCell => ({ value, look: look as 'plain', ...(rule && { rule }) })),
      )
      const book = new Workbook()
      await book.xlsx.load(await writeForm(bookOf(rows)))
      const sheet = book.getWorksheet('Số liệu')
      for (const [at, cells] of rows.entries())
        for (const [column, { value, rule }] of cells.entries()) {
          const is = sheet?.getCell(at + 1, column + 1)
          expect(is?.value ?? '').toBe(value ?? '')
          expect(is?.formula ?? null).toBe(null)
          expect(is?.protection?.locked ?? true).toBe(rule === undefined)
          expect(is?.dataValidation?.type ?? null).toBe(rule === undefined ? null : types[rule.kind])
        }
    }),
    { numRuns: 60 },
  )
}, 60_000)

const types = { words: 'textLength', number: 'decimal', whole: 'whole', choice: 'list' } as const

test('hidden sheets hold what they were given, and a list its words', async () => {
  const bytes = await writeForm(bookOf([[{ value: 'a', rule: { kind: 'choice', list: 'why' } }]]))
  const sheets = await readBook(bytes, limits)
  expect(sheets.map(({ name, rows }) => [name, rows.map(({ cells }) => cells)])).toEqual([
    ['Số liệu', [['a']]],
    ['Khác', [['x']]],
    ['lists', [['Chưa biết'], ['Không áp dụng']]],
    ['back', [['mark', '1', '', 'ế']]],
  ])
  const book = new Workbook()
  await book.xlsx.load(bytes)
  expect(book.worksheets.map(({ state }) => state)).toEqual(['visible', 'visible', 'veryHidden', 'veryHidden'])
  expect(book.getWorksheet('Số liệu')?.getCell('A1').dataValidation).toMatchObject({ formulae: ['lists!$A$1:$A$2'] })
})

test('signs that no file can hold are left out, the rest stays', async () => {
  const bytes = await writeForm(bookOf([[{ value: 'a\u0000b\u000b\ud800c\ufffe' }]]))
  const [first] = await readBook(bytes, limits)
  expect(first?.rows[0]?.cells[0]?.replace('\ufffd', '')).toBe('abc')
})
