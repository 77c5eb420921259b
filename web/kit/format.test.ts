import { describe, expect, it } from 'vitest'
import { daysBetween, formatter, weekdayOf } from './format.ts'

const zone = 'Asia/Ho_Chi_Minh'
const vi = formatter('vi-VN', zone)
const fr = formatter('fr-FR', zone)
const en = formatter('en-GB', zone)
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

describe('dates and numbers', () => {
  it('are written as an official of the country writes them', () => {
    expect(vi.date('2026-05-22')).toBe('22/5/2026')
    expect(vi.dayMonth('2026-05-22')).toBe('22/5')
    expect(vi.number(1234.5)).toBe('1.234,5')
    expect(plain(vi.percent(0.882))).toBe('88,2%')
  })

  it('keep the day first in every language', () => {
    expect(en.date('2026-05-22')).toBe('22/05/2026')
    expect(fr.date('2026-05-22')).toBe('22/05/2026')
  })

  it('show an instant in the time zone of the country', () => {
    expect(vi.time('2026-05-22T07:32:00Z')).toBe('14:32')
    expect(vi.dateTime('2026-05-22T18:05:00Z')).toBe('01:05 23/5/2026')
  })

  it('never move a calendar date, whatever the zone', () => {
    expect(formatter('vi-VN', 'Pacific/Kiritimati').date('2026-01-01')).toBe('1/1/2026')
    expect(formatter('vi-VN', 'Pacific/Pago_Pago').date('2026-01-01')).toBe('1/1/2026')
  })

  it('name a time zone as people call it', () => {
    expect([vi, en].map((one) => one.zoneName(zone))).toEqual(['Giờ Việt Nam', 'Vietnam Time'])
  })

  it('keep every digit of an exact amount', () => {
    expect(vi.exact('12345678901234567890.5')).toBe('12.345.678.901.234.567.890,5')
  })

  it('give sizes in units people know', () => {
    expect(vi.size(900)).toBe('900 B')
    expect(vi.size(1_250_000)).toBe('1,3 MB')
    expect(plain(fr.size(20_000_000))).toBe('20 MB')
  })
})

describe('days', () => {
  it('are counted over months and leap years, both ways', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(daysBetween('2026-05-22', '2026-05-19')).toBe(-3)
  })

  it('of the week begin on Monday', () => {
    expect(weekdayOf('2026-05-22')).toBe(5)
    expect(weekdayOf('2026-05-24')).toBe(7)
  })
})
