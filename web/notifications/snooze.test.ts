import { expect, test } from 'vitest'
import { daysAfter, nextMonday } from './snooze.ts'

test.each([
  ['2031-03-03', '2031-03-10'],
  ['2031-03-04', '2031-03-10'],
  ['2031-03-09', '2031-03-10'],
  ['2031-12-31', '2032-01-05'],
])('the Monday after %s is %s', (day, monday) => {
  expect(nextMonday(day)).toBe(monday)
})

test('tomorrow of the last day of a month is the first of the next', () => {
  expect(daysAfter('2031-02-28', 1)).toBe('2031-03-01')
})
