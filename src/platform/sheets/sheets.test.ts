import { Readable } from 'node:stream'
import fc from 'fast-check'
import { unzipSync, zipSync, strFromU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { cellAddress, readSheet, type SheetRow } from './read.ts'
import { streamCsv } from './stream.ts'
import { writeCsv } from './write-csv.ts'
import { writeSheets } from './write.ts'

const limits = { rows: 100, columns: 20 }
const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('a written sheet', () => {
  test('is read back as it was, whatever the words: no formula, no lost zero', async () => {
    const word = fc
      .array(fc.constantFrom('=', '+', '-', '@', '0', '1', 'a', 'Đ', 'ế', '"', '<', '&', ' ', "'"), {
        minLength: 1,
        maxLength: 8,
      })
      .map((signs) => signs.join('').replace(/\s+/g, ' ').trim() || 'x')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(word, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const columns = ['Một', 'Hai', 'Ba'].map((head) => ({ head, width: 10 }))
          const read = await readSheet(await writeSheets([{ name: 'Bảng', columns, rows }]), limits)
          expect(read.map((row) => row.cells)).toEqual([['Một', 'Hai', 'Ba'], ...rows])
        },
      ),
      { numRuns: 40 },
    )
  })

  test('holds no formula cell, and its words are marked as text', async () => {
    const bytes = await writeSheets([
      { name: 'x', columns: [{ head: 'a', width: 9 }], rows: [['=1+1'], ['@SUM(A1)'], ['007']] },
    ])
    const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).not.toContain('<f>')
    expect(sheet.match(/t="(s|inlineStr|str)"/g)).toHaveLength(4)
  })
})

describe('reading', () => {
  test('takes .csv with comma, semicolon or tab, with or without a mark at its head, and takes guards away', async () => {
    for (const sign of [',', ';', '\t']) {
      const rows = await readSheet(bytesOf(`\uFEFFTên${sign}Mã\r\n"Lê ""A"""${sign}'=1\r\n\r\nB${sign}2`), limits)
      expect(rows).toEqual([
        { number: 1, cells: ['Tên', 'Mã'] },
        { number: 2, cells: ['Lê "A"', '=1'] },
        { number: expect.any(Number) as number, cells: ['B', '2'] },
      ])
    }
  })

  test('takes what a formula shows: words, a figure, a date, the sign of its failure', async () => {
    const { Workbook } = await import('@cj-tech-master/excelts')
    const book = new Workbook()
    book
      .addWorksheet('x')
      .addRow([
        { formula: '"a"&"b"', result: 'ab' },
        { formula: '1/8', result: 0.125 },
        { formula: 'DATE(2022,10,21)', result: new Date('2022-10-21T00:00:00Z') },
        { formula: '1/0', result: { error: '#DIV/0!' } },
        { error: '#N/A' },
      ])
    const [row] = await readSheet(new Uint8Array(await book.xlsx.writeBuffer()), limits)
    expect(row?.cells).toEqual(['ab', '0.125', '2022-10-21', '#DIV/0!', '#N/A'])
    expect(row?.numbers).toEqual([1])
  })

  test('refuses what is no table, too many rows, and other code pages', async () => {
    await expect(readSheet(new Uint8Array([0x50, 0x4b, 1, 2, 3]), limits)).rejects.toMatchObject({
      code: 'platform.sheet-unreadable',
    })
    await expect(readSheet(new Uint8Array([0xff, 0xfe, 0x41]), limits)).rejects.toMatchObject({
      code: 'platform.sheet-unreadable',
    })
    await expect(readSheet(zipSync({ 'a.txt': bytesOf('x') }), limits)).rejects.toMatchObject({
      code: 'platform.sheet-unreadable',
    })
    const many = bytesOf('a\n'.repeat(101))
    await expect(readSheet(many, limits)).rejects.toMatchObject({ code: 'platform.sheet-too-large' })
    const rows = Array.from({ length: 101 }, (_, at) => [at])
    const sheet = await writeSheets([{ name: 'x', columns: [{ head: 'a', width: 5 }], rows }])
    await expect(readSheet(sheet, limits)).rejects.toMatchObject({ code: 'platform.sheet-too-large' })
  })

  test('a small file that unpacks to hundreds of megabytes is refused before it is unpacked', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(200 * 1024 * 1024) }, { level: 9 })
    expect(bomb.byteLength).toBeLessThan(1024 * 1024)
    await expect(readSheet(bomb, limits)).rejects.toMatchObject({ code: 'platform.sheet-too-large' })
  })
})

test.each([
  [0, 1, 'A1'],
  [25, 7, 'Z7'],
  [26, 2, 'AA2'],
  [701, 10, 'ZZ10'],
])('column %i of row %i is %s', (column, row, address) => {
  expect(cellAddress(column, row)).toBe(address)
})

describe('a .csv that streams', () => {
  const streamed = async (chunks: Uint8Array[], most = limits) => {
    const rows: SheetRow[] = []
    for await (const row of streamCsv(Readable.from(chunks), most)) rows.push(row)
    return rows
  }
  /** Cuts bytes into pieces of so many, in the midst of letters too. */
  const cut = (bytes: Uint8Array, size: number) =>
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))

  test('gives what reading it whole gives, wherever its pieces end', async () => {
    const cell = fc.stringMatching(/^[aĐế1=+"',; \n]{0,6}$/)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const bytes = writeCsv({ columns: [{ head: 'a', width: 1 }], rows })
          expect(await streamed(cut(bytes, size))).toEqual(await readSheet(bytes, limits))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is refused where a quote does not close, bytes are no words, or rows are too many', async () => {
    await expect(streamed([bytesOf('a,b\n"c,d')])).rejects.toMatchObject({ code: 'platform.sheet-unreadable' })
    await expect(streamed([new Uint8Array([0x61, 0xff, 0xfe])])).rejects.toMatchObject({
      code: 'platform.sheet-unreadable',
    })
    await expect(streamed([bytesOf('a\n'.repeat(101))])).rejects.toMatchObject({ code: 'platform.sheet-too-large' })
  })

  test('stops taking in when its reader stops', async () => {
    let made = 0
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          made++
          yield bytesOf('1;2;3\n'.repeat(1000))
        }
      })(),
    )
    for await (const row of streamCsv(endless, { rows: 1e9, columns: 5 })) if (row.number === 50_000) break
    expect(made).toBeLessThan(200)
  })
})
