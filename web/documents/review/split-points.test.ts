import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecesOf, splitPoints } from './split-points.ts'

describe('places where a task may be parted', () => {
  test('are after sentences, clauses and lines, and before listed parts', () => {
    const pieces = piecesOf('Plant trees; water them. Report:\n- each month - a) to the office, b) to all').map(
      (piece) => piece.text,
    )
    expect(pieces).toEqual([
      'Plant trees; ',
      'water them. ',
      'Report:\n',
      '- each month ',
      '- ',
      'a) to the office, ',
      'b) to all',
    ])
  })

  test('are none in one plain phrase, and none inside a number', () => {
    expect(splitPoints('Plant 1.500 trees')).toEqual([])
  })

  test('leave the whole text when all pieces are put together', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '.', ';', '\n', '-', ')', ',') }), (text) => {
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
