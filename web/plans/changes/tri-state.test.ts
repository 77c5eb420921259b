import { expect, test } from 'vitest'
import { pressed, stateOf, type TriState } from './tri-state.ts'

test.each<[number, number, TriState]>([
  [0, 3, 'none'],
  [1, 3, 'some'],
  [3, 3, 'all'],
])('on %i of %i is %s', (on, total, state) => {
  expect(stateOf(on, total)).toBe(state)
})

test('a box that was on some goes to all, to none, and back to being left alone; others only to all and none', () => {
  const walk = (start: TriState) => [1, 2, 3].reduce<TriState[]>((line) => [...line, pressed(line.at(-1) ?? start, start)], [start]) // prettier-ignore
  expect(walk('some')).toEqual(['some', 'all', 'none', 'some'])
  expect(walk('none')).toEqual(['none', 'all', 'none', 'all'])
  expect(walk('all')).toEqual(['all', 'none', 'all', 'none'])
})
