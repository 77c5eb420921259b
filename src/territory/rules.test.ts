import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayBefore, fateOf, shownOn, type Edge } from './rules.ts'

const edge = (fromId: string, toId: string, kind: Edge['kind'], onDate: string): Edge => ({
  fromId,
  toId,
  kind,
  onDate,
})
const fate = (edges: Edge[], inBeing: string[], on = '2040-01-01') =>
  fateOf('a', edges, on, (id) => inBeing.includes(id)).map((each) => `${each.extent} ${each.unitId}`)

describe('where the ground of a unit lies', () => {
  test.each<[string, Edge[], string[], string[]]>([
    [
      'a part of the whole is a part',
      [edge('a', 'b', 'part', '2030-01-01'), edge('b', 'c', 'whole', '2032-01-01')],
      ['c'],
      ['part c'],
    ],
    [
      'a renamed whole is the whole',
      [edge('a', 'b', 'renamed', '2030-01-01'), edge('b', 'c', 'whole', '2032-01-01')],
      ['c'],
      ['whole c'],
    ],
    [
      'renamed twice is renamed',
      [edge('a', 'b', 'renamed', '2030-01-01'), edge('b', 'c', 'renamed', '2032-01-01')],
      ['c'],
      ['renamed c'],
    ],
    [
      'a unit in being ends the way',
      [edge('a', 'b', 'whole', '2030-01-01'), edge('b', 'c', 'part', '2032-01-01')],
      ['b', 'c'],
      ['whole b'],
    ],
    [
      'what came before the unit was made is not its way',
      [edge('a', 'b', 'whole', '2032-01-01'), edge('b', 'c', 'whole', '2030-01-01')],
      ['c'],
      [],
    ],
    ['steps after the day asked about do not count', [edge('a', 'b', 'whole', '2041-01-01')], ['b'], []],
  ])('%s', (_name, edges, inBeing, expected) => {
    expect(fate(edges, inBeing)).toEqual(expected)
  })

  test('is found in the end whatever the edges are, rings too, and never in the unit itself', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const edges = fc.array(
      fc.record({
        fromId: id,
        toId: id,
        kind: fc.constantFrom('whole', 'part', 'renamed'),
        onDate: fc.constantFrom('2030-01-01', '2031-01-01'),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(edges, (each) =>
        fateOf('a', each, '2040-01-01', (unit) => unit === 'd').every((one) => one.unitId === 'd'),
      ),
    )
  })
})

describe('the day a unit is shown for', () => {
  test('is the asked one, its last day, or its first', () => {
    expect(shownOn({ validFrom: null, validTo: null }, '2030-05-05')).toBe('2030-05-05')
    expect(shownOn({ validFrom: null, validTo: '2030-01-01' }, '2030-05-05')).toBe('2029-12-31')
    expect(shownOn({ validFrom: '2031-01-01', validTo: null }, '2030-05-05')).toBe('2031-01-01')
  })

  test('counts days over the ends of months and leap years', () => {
    expect(dayBefore('2028-03-01')).toBe('2028-02-29')
    expect(dayBefore('2030-01-01')).toBe('2029-12-31')
  })
})
