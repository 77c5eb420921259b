import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCatalogue, readMessages } from '#platform'
import { layoutOf, recordOfTableRow, type TableOf } from './tables.ts'

const say = openCatalogue(readMessages([path.join(import.meta.dirname, '..', 'messages')]))
const of: TableOf = {
  own: { code: 'TLD', names: ['Testland'], keepers: { byMechanism: {}, otherwise: '' } },
  ...{ language: 'en', mechanism: null, symbol: null, cycle: null, publishedOn: null },
}

function keysOf(head: string[], rows: string[][], options: Partial<TableOf> = {}, source = 'sheet' as const): string[] {
  const layout = layoutOf(head, source, say)
  return rows.map((cells, at) => {
    const { record } = recordOfTableRow({ number: at + 2, cells }, layout, { ...of, ...options })
    return record?.externalId ?? ''
  })
}
const impact = (rows: string[][], options: Partial<TableOf>) =>
  keysOf(['reference', 'title'], rows, options, 'impact-oss' as 'sheet')

describe('the key of a row without one', () => {
  test.each([
    [
      ['mechanism', 'text'],
      [
        ['CRC', 'One'],
        ['CRC', 'Two'],
      ],
    ],
    [
      ['mechanism', 'symbol', 'text'],
      [
        ['CRC', 'CRC/C/1', 'One'],
        ['CRC', 'CRC/C/1', 'Two'],
      ],
    ],
    [
      ['mechanism', 'paragraph', 'text'],
      [
        ['CRC', '4', 'One'],
        ['CRC', '4', 'Two'],
      ],
    ],
    [
      ['mechanism', 'published', 'paragraph', 'text'],
      [
        ['CRC', '2012-01-01', '4', 'One'],
        ['CRC', '2022-01-01', '4', 'One'],
      ],
    ],
  ])('tells rows apart by what they say: %j', (head, rows) => {
    const keys = keysOf(head, rows)
    expect(new Set(keys).size).toBe(2)
    expect(keysOf(head, rows)).toEqual(keys)
  })

  test('is the document and the number where both are named, so that a changed text is found again', () => {
    const head = ['mechanism', 'symbol', 'paragraph', 'text']
    expect(
      keysOf(head, [
        ['CRC', 'CRC/C/1', '4', 'One'],
        ['CRC', 'CRC/C/1', '4', 'Other words'],
      ]),
    ).toEqual(['crc CRC/C/1#4', 'crc CRC/C/1#4'])
  })

  test('of another system is its reference under its mechanism and document: "12" of two bodies are two', () => {
    const row = [['12', 'Ratify']]
    const keys = [
      ...impact(row, { mechanism: 'crc' }),
      ...impact(row, { mechanism: 'upr' }),
      ...impact(row, { mechanism: 'upr', symbol: 'A/HRC/1/1' }),
    ]
    expect(new Set(keys).size).toBe(3)
    expect(impact([['12', 'Changed']], { mechanism: 'upr' })).toEqual([keys[1]])
  })
})

test('a table that left when columns were called otherwise comes in whole', () => {
  const head = ['Cơ chế', 'Ký hiệu văn bản', 'Nguyên văn', 'Cụm', 'Nhóm đối tượng']
  const { columns, unknown } = layoutOf(head, 'sheet', say)
  expect(unknown).toEqual([])
  expect([columns.get('symbol'), columns.get('clusters'), columns.get('groups')]).toEqual([1, 3, 4])
})

describe('a row', () => {
  const layout = layoutOf(['mechanism', 'text', 'states', 'cycle'], 'sheet', say)
  const read = (cells: string[]) => recordOfTableRow({ number: 2, cells }, layout, of)

  test('in which a formula failed is refused, with the cell', () => {
    const { record, notes } = read(['CRC', '#DIV/0!', '', '#REF!'])
    expect(record).toBeNull()
    expect(notes).toContainEqual({
      ...{ code: 'recommendations.record-failed-formula', isRefused: true },
      params: { cell: 'B2', value: '#DIV/0!' },
    })
  })

  test('of a State nobody knows is taken in, and told with the cell', () => {
    expect(read(['CRC', 'Act', 'Testland | Atlantis', ''])).toMatchObject({
      record: { document: { states: ['Testland', 'Atlantis'] } },
      notes: [{ code: 'recommendations.record-no-such-state', params: { cell: 'C2' }, isRefused: false }],
    })
    expect(read(['CRC', 'Act', 'Testland | Việt Nam | Peru', '']).notes).toEqual([])
  })
})
