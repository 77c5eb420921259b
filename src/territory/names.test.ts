import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldLoose, foldName, markedKey, similarity, splitPrefix } from './names.ts'

describe('the search key of a name', () => {
  it.each([
    ['Hoà Bình', 'Hòa Bình'],
    ['Hòa Bình', 'hoa binh'],
    ['Hòa Bình'.normalize('NFD'), 'Hòa Bình'],
    ['Xã Ea H’Leo', "xã Ea H'leo"],
    ['Bà Rịa – Vũng Tàu', 'Bà Rịa-Vũng Tàu'],
    ['TP.  Hồ Chí Minh', 'TP Hồ Chí Minh'],
    ['ĐẮK LẮK', 'đắk lắk'],
    ['Ðắk Lắk', 'Đắk Lắk'],
    ['Łódź', 'lodz'],
  ])('is the same for %s and %s', (left, right) => {
    expect(foldName(left)).toBe(foldName(right))
  })

  it('leaves words of plain letters and digits', () => {
    expect(foldName(' Sở LĐ-TB&XH  (Phòng 2) ')).toBe('so ld tb xh phong 2')
    expect(foldName('…')).toBe('')
  })

  it('is its own key', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldName(foldName(text)) === foldName(text)))
  })

  it('with marks ignores the place of the tone but not the tone or the letter', () => {
    expect(markedKey('Hoà Thắng')).toBe(markedKey('Hòa Thắng'))
    expect(markedKey('Thuý')).toBe(markedKey('Thúy'))
    expect(markedKey('Hoà')).not.toBe(markedKey('Hoá'))
    expect(markedKey('Lê')).not.toBe(markedKey('Le'))
  })
})

describe('a loose key', () => {
  it('applies the rules in order and forgets word division and doubled letters', () => {
    const rules = [
      ['y', 'i'],
      [' n t ', ' farm '],
    ] as const
    expect(foldLoose('Quý Đa Krông', rules)).toBe(foldLoose('Quí Đakrông', rules))
    expect(foldLoose('N.T Anna', rules)).toBe('farmana')
  })
})

describe('the word for the kind of unit', () => {
  it('is the longest that fits', () => {
    expect(splitPrefix('Thị xã Sơn Tây', ['thi', 'thi xa'])).toEqual({ prefix: 'thi xa', rest: 'son tay' })
  })

  it('is not taken from the middle of a word or when nothing would be left', () => {
    expect(splitPrefix('Quảng Trị', ['q', 'quan'])).toEqual({ prefix: null, rest: 'quang tri' })
    expect(splitPrefix('Xã', ['xa'])).toEqual({ prefix: null, rest: 'xa' })
  })
})

describe('the likeness of two keys', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(similarity('abcd', 'abdc')).toBe(0.75)
    expect(similarity('', 'ab')).toBe(0)
    expect(similarity('so y te', 'so y te')).toBe(1)
  })

  it('is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const value = similarity(left, right)
        return value === similarity(right, left) && value >= 0 && value <= 1
      }),
    )
  })
})
