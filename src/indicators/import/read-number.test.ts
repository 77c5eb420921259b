import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNumber } from './read-number.ts'

describe('a number as people write it', () => {
  test.each([
    ['1234', 1234],
    ['0', 0],
    ['-5', -5],
    ['−5', -5],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1 234,5', 1234.5],
    ['12 345 678', 12_345_678],
    ['1.234.567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['0,125', 0.125],
    ['0.125', 0.125],
    ['1234.567', 1234.567],
    ['1,2345', 1.2345],
    ['1.5E+05', 150_000],
    ['2E3', 2000],
  ])('%s is %d in whatever file', (words, value) => {
    expect(readNumber(words, null)).toEqual({ value })
  })

  test('what may be a thousand or one and a bit is not guessed, but read as the file was said to be', () => {
    expect(readNumber('1.234', null)).toEqual({ code: 'number-ambiguous' })
    expect(readNumber('12,345', null)).toEqual({ code: 'number-ambiguous' })
    expect(readNumber('1.234', ',')).toEqual({ value: 1234 })
    expect(readNumber('1.234', '.')).toEqual({ value: 1.234 })
    expect(readNumber('1.234,5', ',')).toEqual({ value: 1234.5 })
    expect(readNumber('1.234,5', '.')).toEqual({ code: 'number-unreadable' })
  })

  test.each([
    ...[
      '',
      'NaN',
      'Infinity',
      '-',
      '12%',
      '1e400',
      '1.2.3',
      '1.23.456',
      '01.234.567',
      '1 23',
      '12,',
      ',5',
      '1..2',
      'một',
    ],
    ...['١٢', '１２', '0x1F', '1_000', '1,234.567,8', '1.234,567.8', '--1', '1-2', '1e'],
  ])('%j is none', (words) => {
    expect(readNumber(words, null)).toEqual({ code: 'number-unreadable' })
  })

  test('whatever a language prints is read back when the decimals of the file are told', () => {
    const value = fc.integer({ min: -1e9, max: 1e9 }).map((whole) => whole / 100)
    fc.assert(
      fc.property(value, fc.constantFrom('vi', 'en', 'fr'), (number, language) => {
        const words = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(number).replace(/\s/g, ' ')
        expect(readNumber(words, language === 'en' ? '.' : ',')).toEqual({ value: number === 0 ? 0 : number })
      }),
    )
  })

  test('without that it is read rightly or not at all, never wrongly', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.constantFrom('vi', 'en', 'fr'),
        (number, language) => {
          const words = new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(number).replace(/\s/g, ' ')
          const read = readNumber(words, null)
          if ('value' in read) expect(read.value).toBeCloseTo(number, 3)
          else expect(read.code).toBe('number-ambiguous')
        },
      ),
    )
  })
})
