import { describe, expect, test } from 'vitest'
import { pasted } from './rows.ts'

const columns = (['first', 'second', 'third', 'note'] as const).map((name) => ({ name }))
type Name = (typeof columns)[number]['name']
const cell = (isOpen: boolean) => ({ text: '', words: '', label: '', isOpen, isFaulty: false })
const aRow = (key: string, closed: readonly Name[] = []) => ({
  key,
  cells: {
    first: cell(!closed.includes('first')),
    second: cell(!closed.includes('second')),
    third: cell(!closed.includes('third')),
    note: cell(!closed.includes('note')),
  },
})
const all = columns.map(({ name }) => name)

describe('a block from a spreadsheet', () => {
  test('is laid on the cells from the chosen one on; what has no place is counted', () => {
    const rows = [aRow('a'), aRow('b', ['second']), aRow('c', all), aRow('d', all)]
    const { changes, left } = pasted(
      '1.000\t2.000\tA\r\n7\t\tE\r\n5\t6\r\n8\r\n',
      { rows, columns },
      { row: 0, column: 0 },
    )
    expect(changes).toEqual([
      { key: 'a', column: 'first', text: '1.000' },
      { key: 'a', column: 'second', text: '2.000' },
      { key: 'a', column: 'third', text: 'A' },
      { key: 'b', column: 'first', text: '7' },
      { key: 'b', column: 'third', text: 'E' },
    ])
    expect(left).toBe(3)
  })

  test('begins where the cell is, and what lies beyond the last column or row is counted', () => {
    const { changes, left } = pasted('1\t2\n3\t4\n', { rows: [aRow('a'), aRow('b')], columns }, { row: 1, column: 3 })
    expect(changes).toEqual([{ key: 'b', column: 'note', text: '1' }])
    expect(left).toBe(3)
  })

  test('keeps its lines where a note holds a line break, a tab or quotes', () => {
    const rows = [aRow('a'), aRow('b')]
    const { changes, left } = pasted(
      '1\t2\tA\t"hai\ndòng, ""gồm"" cả\ttab"\n3\t4\tA\t5" dài\n',
      { rows, columns },
      { row: 0, column: 0 },
    )
    expect(changes.map(({ key, text }) => [key, text])).toEqual([
      ...['1', '2', 'A', 'hai\ndòng, "gồm" cả\ttab'].map((text) => ['a', text]),
      ...['3', '4', 'A', '5" dài'].map((text) => ['b', text]),
    ])
    expect(left).toBe(0)
  })
})
