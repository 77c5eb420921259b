import { describe, expect, test } from 'vitest'
import { plainly, readNumber } from './read-number.ts'

describe('a number as it is written', () => {
  test.each([
    ['1.234,5', 'vi-VN', 1234.5],
    ['1.234', 'vi-VN', 1234],
    ['1234,5', 'vi-VN', 1234.5],
    ['1,234.5', 'vi-VN', 1234.5],
    ['12.5', 'vi-VN', 12.5],
    ['0.125', 'vi-VN', 0.125],
    ['-0.125', 'vi-VN', -0.125],
    ['0,125', 'en', 0.125],
    ['1.234.567', 'vi-VN', 1234567],
    ['1.234.567,25', 'vi-VN', 1234567.25],
    [' 1 234 ', 'vi-VN', 1234],
    ['1,5', 'vi-VN', 1.5],
    ['−3', 'vi-VN', -3],
    ['0', 'vi-VN', 0],
    ['1,234.5', 'en', 1234.5],
    ['1,234', 'en', 1234],
    ['1\u202f234,5', 'fr', 1234.5],
    ['', 'vi-VN', null],
    ['   ', 'vi-VN', null],
  ])('%j in %s', (typed, locale, value) => {
    expect(readNumber(typed, locale)).toBe(value)
  })

  test.each(['x1', '1.23.4', '12.345,6,7', '1.2345.678', '--1', '1e5', '5%', '.', 'NaN'])('%j is none', (typed) => {
    expect(readNumber(typed, 'vi-VN')).toBeUndefined()
  })

  test('is amended without signs of groups: a digit more makes it ten times as much', () => {
    expect(plainly('1.234,5', 'vi-VN')).toBe('1234,5')
    expect(readNumber(`${plainly('1.234', 'vi-VN')}5`, 'vi-VN')).toBe(12345)
    expect(plainly('x1', 'vi-VN')).toBe('x1')
    expect(plainly('', 'vi-VN')).toBe('')
  })
})
