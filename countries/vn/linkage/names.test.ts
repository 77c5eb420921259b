import { describe, expect, test } from 'vitest'
import { canonicalSyllable, foldMarks, isTemporaryName } from './names.ts'
import { readPersonalNumber } from './personal-number.ts'

describe('syllables of Vietnamese names', () => {
  test.each([
    ['Hoà', 'Hòa'],
    ['THUỲ', 'Thùy'],
    ['Mỹ', 'Mĩ'],
    ['Lý', 'Lí'],
    ['Nguyễn'.normalize('NFD'), 'Nguyễn'],
    ['H’Mai', "H'Mai"],
  ])('%s and %s are written alike', (a, b) => {
    expect(canonicalSyllable(a)).toBe(canonicalSyllable(b))
  })

  test.each([
    ['Thúy', 'Thuý', true],
    ['Tây', 'Tai', false],
    ['Huy', 'Hui', false],
    ['Hòa', 'Hoá', false],
    ['Quý', 'Quí', false],
  ])('%s, %s: the same is %s', (a, b, isSame) => {
    expect(canonicalSyllable(a) === canonicalSyllable(b)).toBe(isSame)
  })

  test('đ loses its stroke with the marks', () => {
    expect(foldMarks('Đặng Đức')).toBe('Dang Duc')
  })
})

describe('temporary names', () => {
  const words = (text: string) => foldMarks(text).toLowerCase().split(' ')

  test.each([
    'Trai',
    'Gái',
    'Bé gái',
    'Con bà Lan',
    'Con Lan'.replace('Con', 'Cháu bà'),
    'Chưa đặt tên',
    'Nguyễn Văn Trai',
    'Lê Thị Gái',
    'Nguyễn Chưa đặt tên',
  ])('%s stands until a name is given', (text) => {
    expect(isTemporaryName(words(text))).toBe(true)
  })

  test.each(['Nguyễn Thị Bé', 'Trần Con', 'Lê Văn Em', 'Nguyễn Văn Ba', 'Phan Cháu Long', 'Lê Thị Bé Ba'])(
    '%s is a name',
    (text) => {
      expect(isTemporaryName(words(text))).toBe(false)
    },
  )
})

describe('personal numbers', () => {
  test('tell sex, year of birth and whether the beginning is a province of before 2025', () => {
    expect(readPersonalNumber('001219000001')).toEqual({ sex: 'male', birthYear: 2019, isPlaceKnown: true })
    expect(readPersonalNumber('999305000001')).toEqual({ sex: 'female', birthYear: 2005, isPlaceKnown: false })
    expect(readPersonalNumber('12345')).toBeNull()
  })
})
