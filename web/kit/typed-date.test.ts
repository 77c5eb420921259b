import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatter } from './format.ts'
import { parseTypedDate } from './typed-date.ts'

const today = '2026-05-19'

describe('a typed date', () => {
  it.each([
    ['22/5/2026', '2026-05-22'],
    ['22/05/2026', '2026-05-22'],
    ['22-5-26', '2026-05-22'],
    ['22.5', '2026-05-22'],
    ['22052026', '2026-05-22'],
    ['2026-05-22', '2026-05-22'],
    ['ngày 22 tháng 5 năm 2026', '2026-05-22'],
    [' 1 / 1 / 2027 ', '2027-01-01'],
    ['29/2/2028', '2028-02-29'],
  ])('%s is read day first', (typed, date) => {
    expect(parseTypedDate(typed, today)).toBe(date)
  })

  it.each(['', 'mai', '31/2/2026', '29/2/2026', '5/22/2026', '22', '1/2/3/4', '22/5/202', '00/5/2026', '123/5/2026'])(
    '%j is not a date',
    (typed) => {
      expect(parseTypedDate(typed, today)).toBeUndefined()
    },
  )

  it('comes back from how any language writes it', () => {
    const locales = ['vi-VN', 'en-GB', 'fr-FR'].map((locale) => formatter(locale))
    const days = fc.integer({ min: 0, max: 60_000 })
    fc.assert(
      fc.property(days, fc.constantFrom(...locales), (offset, format) => {
        const date = new Date(Date.UTC(1950, 0, 1 + offset)).toISOString().slice(0, 10)
        return parseTypedDate(format.date(date), today) === date
      }),
    )
  })
})
