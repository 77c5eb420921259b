import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOfXml } from './check-package.ts'
import { shareOut } from './table-rows.ts'
import { printable } from './text.ts'
import { roman } from '../roman.ts'

describe('printable text', () => {
  it('puts letters and accents typed apart together', () => {
    expect(printable('Đắk Lắk'.normalize('NFD'))).toBe('Đắk Lắk'.normalize('NFC'))
  })

  it('drops what cannot be seen and what turns the direction of writing, and keeps line breaks', () => {
    expect(printable(' a\u0000b\u202Ec\uFEFF\td\r\ne\u2028f \u001b')).toBe('abc d\ne\nf')
  })

  it('is always text that XML can carry, and printing it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = printable(text)
        expect(printable(once)).toBe(once)
        expect(
          faultsOfXml(`<a>${once.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</a>`),
        ).toEqual([])
      }),
    )
  })
})

it('columns share out the whole width', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 20_000 }),
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 }),
      (total, weights) => {
        const widths = shareOut(total, weights)
        expect(widths.reduce((sum, width) => sum + width, 0)).toBe(total)
        expect(Math.min(...widths)).toBeGreaterThanOrEqual(0)
      },
    ),
  )
})

it.each([
  [1, 'I'],
  [4, 'IV'],
  [9, 'IX'],
  [14, 'XIV'],
  [40, 'XL'],
  [1990, 'MCMXC'],
  [0, 'I'],
  [2_000_000_000, 'MMMCMXCIX'],
])('%i is %s in Roman numbers', (value, expected) => {
  expect(roman(value)).toBe(expected)
})
