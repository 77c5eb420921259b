import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName } from '#territory/model'
import { foldedWords, queryOf } from './words.ts'

describe('the words of a text', () => {
  test('are the same with and without diacritics', () => {
    expect(foldedWords('Trẻ em được đăng ký khai sinh')).toEqual(['tre', 'em', 'dang', 'ky', 'khai', 'sinh'])
    expect(foldedWords('TRE EM dang ky khai sinh')).toEqual(['tre', 'em', 'dang', 'ky', 'khai', 'sinh'])
    expect(foldedWords('l’État prévoit')).toEqual(foldedWords("l'Etat prevoit"))
  })

  test('are those of the folded name, word by word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Hoà', 'Hòa', 'Ngô', 'Éducation', 'droits', 'children', 'D’Arc', 'x-ray', '24')),
        (parts) => {
          const text = parts.join(', ')
          expect(foldedWords(text)).toEqual([...new Set(foldName(text).split(' '))].filter((word) => word !== ''))
        },
      ),
    )
  })
})

describe('what a person typed', () => {
  test.each([
    ['trẻ em', 'tre & em'],
    ['inclusive educa', 'inclusive & educa:*'],
    ['education ', 'education'],
    ['the of và', undefined],
    ["'; drop table & ! | <-> :*", 'drop & table:*'],
    ['', undefined],
  ])('%j is asked for as %j', (typed, query) => {
    expect(queryOf(typed)).toBe(query)
  })
})
