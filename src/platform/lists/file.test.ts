import { sql } from 'kysely'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readSheet } from '../sheets/read.ts'
import { beginFile, type Cell, type FileHead } from './file.ts'
import { declareList, type ListColumn } from './list.ts'
import { readListFile } from '../../../test/kit/list-files.ts'
import { readPlainDate } from './read.ts'

const column = (key: string, kind: ListColumn['kind'], more: Partial<ListColumn> = {}): ListColumn => ({
  key,
  kind,
  width: 12,
  of: () => sql`1`,
  ...more,
})
const colours: Record<string, string> = { red: 'Đỏ', blue: 'Xanh lam' }
const columns = [
  column('id', 'text'),
  column('dueOn', 'date'),
  column('count', 'integer'),
  column('colour', 'code', { codes: ['red', 'blue'], word: (_say, _language, code) => colours[code] ?? code }),
]
const list = declareList({
  key: 'test.things',
  allow: 'test.read',
  words: { file: 'x', column: 'y' },
  from: sql`x`,
  id: sql`x.id`,
  within: () => sql`true`,
  facets: [],
  conditions: [],
  joins: () => sql``,
  columns,
  orders: { usual: () => sql`x.id` },
})
const headIn = (language: FileHead['language']): FileHead => ({
  title: 'Danh sách: việc/[x]',
  language,
  columns: columns.map((one) => ({ column: one, head: `Đầu ${one.key}` })),
  about: { title: 'Về tệp', lines: [['Điều kiện', '=1+1']] },
})
const limits = { rows: 1000, columns: 20 }

async function written(
  format: 'xlsx' | 'csv',
  rows: Cell[][],
  language: FileHead['language'] = 'vi',
): Promise<Uint8Array> {
  const file = await beginFile(format, headIn(language))
  await file.add(rows.slice(0, 1))
  await file.add(rows.slice(1))
  return file.end()
}

const word = fc
  .array(fc.constantFrom('=', '+', '-', '@', '＝', '0', 'a', 'Đ', 'ế', '"', ',', ';', '<', '&', ' ', "'", '[id]'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((signs) => signs.join('').replace(/\s+/g, ' ').trim() || 'x')
const aRow = fc.tuple(
  word,
  fc.option(
    fc
      .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
  ),
  fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })),
  fc.option(fc.constantFrom('Đỏ', 'Xanh lam')),
)

describe.each(['xlsx', 'csv'] as const)('a list as .%s', (format) => {
  test.each(['vi', 'en', 'fr'] as const)(
    'comes back as it went, whatever its words, in %s',
    async (language) => {
      await fc.assert(
        fc.asyncProperty(fc.array(aRow, { minLength: 1, maxLength: 4 }), async (rows) => {
          const back = readListFile(list, await readSheet(await written(format, rows, language), limits))
          expect(back?.keys).toEqual(['id', 'dueOn', 'count', 'colour'])
          expect(
            back?.rows.map(({ cells }) => [
              cells['id'],
              readPlainDate(cells['dueOn'] ?? '') ?? '',
              cells['count'],
              cells['colour'],
            ]),
          ).toEqual(
            rows.map(([id, due, count, colour]) => [id, due ?? '', count === null ? '' : String(count), colour ?? '']),
          )
        }),
        { numRuns: 25 },
      )
    },
    30_000,
  )

  test('without rows has its head only', async () => {
    const back = readListFile(list, await readSheet(await written(format, []), limits))
    expect(back).toEqual({ keys: ['id', 'dueOn', 'count', 'colour'], rows: [] })
  })
})

test('a workbook holds no formula; its keys are hidden, its dates are dates, and a second sheet says what it is', async () => {
  const parts = unzipSync(await written('xlsx', [['=1+1', '2026-05-22', 3, 'Đỏ']]))
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet).not.toContain('<f>')
  expect(sheet).toMatch(/<row r="1" hidden="1"/)
  expect(sheet).toMatch(/<c r="B3" s="\d+"><v>46164<\/v>/)
  expect(strFromU8(parts['xl/styles.xml'] ?? new Uint8Array())).toContain('dd/mm/yyyy')
  expect(strFromU8(parts['xl/worksheets/sheet2.xml'] ?? new Uint8Array())).toContain('Điều kiện')
})

test('a .csv is UTF-8 with a mark, guards formulas, and writes dates as people of the language do', async () => {
  const text = async (language: FileHead['language']) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      await written('csv', [['=cmd()', '2026-05-02', -4, null]], language),
    )
  expect(await text('vi')).toBe(
    '\uFEFF"Đầu id [id]","Đầu dueOn [dueOn]","Đầu count [count]","Đầu colour [colour]"\r\n"\'=cmd()","02/05/2026","-4",""\r\n',
  )
  expect(await text('en')).toContain('"2026-05-02"')
})

test('columns may be moved or left out, those unknown are passed over, and a foreign table is none of ours', () => {
  const rows = [
    { number: 1, cells: ['Màu [colour]', 'Ghi chú', 'Mã [id]'] },
    { number: 2, cells: ['Đỏ', 'x', 'a'] },
  ]
  expect(readListFile(list, rows)).toEqual({
    keys: ['colour', 'id'],
    rows: [{ number: 2, cells: { colour: 'Đỏ', id: 'a' } }],
  })
  expect(readListFile(list, [{ number: 1, cells: ['Tên', 'Mã'] }])).toBeUndefined()
  expect(readListFile(list, [])).toBeUndefined()
})

test.each([
  ['22/05/2026', '2026-05-22'],
  ['2/5/2026', '2026-05-02'],
  ['2026-05-22', '2026-05-22'],
  ['31/02/2026', undefined],
  ['5-2026', undefined],
  ['', undefined],
])('the date %s is %s', (text, date) => {
  expect(readPlainDate(text)).toBe(date)
})

test('a list that says a key twice, or one of paging, is a fault of ours', () => {
  const facet = { kind: 'having' as const, key: 'size', has: () => sql<boolean>`true` }
  expect(() => declareList({ ...list, facets: [facet] })).toThrow('says size twice')
})
