import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateText, readDate, settleDates } from '../values/dates.ts'
import { dateLevel, dateLevels, nearDateLevel } from './dates.ts'

function dateOf(text: string): number {
  const bytes = new TextEncoder().encode(text)
  return readDate(bytes, 0, bytes.length)
}

const written = fc
  .tuple(fc.integer({ min: 1990, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${day}/${month}/${year}`)

describe('dates', () => {
  test.each([
    ['03/07/2019', '2019-07-03'],
    ['2019-07-03T00:00:00Z', '2019-07-03'],
    ['3.7.2019', '2019-07-03'],
    ['20190703', '2019-07-03'],
    ['03072019', '2019-07-03'],
    ['7/2019', '2019-07'],
    ['2019', '2019'],
    ['31/31/2019', '2019-31-31'],
    ['chưa rõ', ''],
  ])('%s is read as %s', (text, read) => {
    expect(dateText(dateOf(text))).toBe(read)
  })

  test('a column whose second numbers pass twelve writes the month first', () => {
    const dates = Int32Array.from(['7/25/2019', '3/4/2018', '12/31/2017'], dateOf)
    settleDates(dates)
    expect(Array.from(dates, dateText)).toEqual(['2019-07-25', '2018-03-04', '2017-12-31'])
  })

  test.each([
    ['03/07/2019', '03/07/2019', 'same'],
    ['03/07/2019', '07/03/2019', 'day-month-exchanged'],
    ['03/07/2019', '08/07/2019', 'one-digit'],
    ['31/07/2019', '01/08/2019', 'one-digit'],
    ['17/09/2019', '01/01/2019', 'year-known'],
    ['17/09/2019', '17/09/2003', 'other-year'],
    ['11/09/2019', '28/09/2019', 'same-month'],
    ['17/09/2019', '28/02/2019', 'same-year'],
    ['17/12/2019', '28/02/2020', 'within-year'],
    ['17/12/2012', '28/02/2020', 'different'],
  ])('%s and %s: %s', (a, b, label) => {
    expect(dateLevels[dateLevel(dateOf(a), dateOf(b)) - 1]).toBe(label)
  })

  test('two dates relate the same from either side', () => {
    fc.assert(
      fc.property(written, written, (a, b) => {
        const [left, right] = [dateOf(a), dateOf(b)]
        return (
          dateLevel(left, right) === dateLevel(right, left) && nearDateLevel(left, right) === nearDateLevel(right, left)
        )
      }),
    )
  })
})
