import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'
import { layRecords } from '../../../src/linkage/input/records.ts'
import { LinkageConfig } from '../../../src/linkage/model.ts'
import { idOf } from '../../../src/linkage/output/results.ts'
import { readFiles } from '../../../src/linkage/read.ts'
import { nameText } from '../../../src/linkage/values/name-book.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-parts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const givens = ['An', 'Bình', 'Chi', 'Dũng', 'Giang', 'Hà', 'Khánh']
const words = (row: number) => `Nguyễn ${givens[row % 7] ?? ''} ${givens[(row >> 3) % 7] ?? ''}`

/** Everything that was understood of a file, as it would be told. */
async function understood(file: string, threads: number) {
  const config = LinkageConfig.parse({ threads })
  const { reading, files } = await readFiles([file], { config, knowledge: linkageKnowledge, progress: () => undefined })
  const parts = reading.files[0]?.parts.length ?? 0
  const { records, books } = await layRecords(reading)
  const name = records.fields.find((field) => field.name === 'name')
  const date = records.fields.find((field) => field.name === 'date')
  const rows = Array.from(
    { length: records.count },
    (_none, row) => `${idOf(books, row)} ${nameText(books.names, name?.values[row] ?? 0)} ${date?.values[row] ?? 0}`,
  )
  return { parts, rows, broken: files[0]?.broken, brokenLines: files[0]?.brokenLines }
}

describe('a large file', () => {
  test('read by several threads is what it is read by one, wherever parts are cut: within quoted lines too', async () => {
    const lines = Array.from({ length: 60_000 }, (_none, row) => {
      if (row % 9001 === 17) return `${row},broken`
      const note = `"dòng một ${row}\n${row},${words(row + 1)},01/02/2019,""x""\n\n${'dài '.repeat(row % 23)}"`
      return `${row},${words(row)},${String((row % 28) + 1).padStart(2, '0')}/03/2018,${note}`
    })
    const file = path.join(folder, 'notes.csv')
    writeFileSync(file, `Mã hồ sơ,Họ và tên,Ngày sinh,Ghi chú\n${lines.join('\n')}`)
    const [one, several] = [await understood(file, 1), await understood(file, 3)]
    expect(several.parts).toBeGreaterThan(one.parts)
    expect(several.rows).toEqual(one.rows)
    expect([several.broken, several.brokenLines]).toEqual([one.broken, one.brokenLines])
    expect([one.rows.length, one.broken]).toEqual([59_993, 7])
    expect(one.rows.at(-1)?.startsWith('59999 ')).toBe(true)
  }, 60_000)
})
