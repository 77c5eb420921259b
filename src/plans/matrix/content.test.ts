import { describe, expect, test } from 'vitest'
import { countMatrix, matrixColumns, sectionsOf, type Matrix, type MatrixRow } from './content.ts'

const cells = (text: string) => Object.fromEntries(matrixColumns.map((key) => [key, key === 'text' ? text : ''])) as MatrixRow['cells'] // prettier-ignore
const row = (text: string, group: MatrixRow['group']): MatrixRow => ({ cells: cells(text), group, isInvented: false })
const violence = { key: '5', rank: 5, name: 'Violence against children' }
const measures = { key: '1', rank: 1, name: 'General measures' }

describe('words of a matrix', () => {
  test('sections stand in the order of their list, those of no group last, and every recommendation once', () => {
    const sections = sectionsOf([row('a b', violence), row('c', null), row('d e f', measures), row('g', violence)], 'Without a cluster') // prettier-ignore
    expect(sections.map(({ label, name, rows }) => [label, name, rows.map((one) => one.cells.text)])).toEqual([
      ['I', 'General measures', ['d e f']],
      ['II', 'Violence against children', ['a b', 'g']],
      ['III', 'Without a cluster', ['c']],
    ])
    const heads = Object.fromEntries(matrixColumns.map((key) => [key, 'head'])) as Matrix['heads']
    const counts = countMatrix({ title: 'A title', about: ['of x'], heads, groupBy: 'cluster', sections })
    expect(counts).toEqual({
      total: 11 + 6 + 7 + 5,
      head: 11,
      sections: [
        { name: 'General measures', recommendations: 1, words: 6 },
        { name: 'Violence against children', recommendations: 2, words: 7 },
        { name: 'Without a cluster', recommendations: 1, words: 5 },
      ],
    })
  })
})
