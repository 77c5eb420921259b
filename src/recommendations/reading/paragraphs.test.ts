import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { growth, mostGrowth } from '../../../test/kit/growth.ts'
import { cleanText } from './clean-text.ts'
import { numberOf, partsOf, sortKey } from './paragraphs.ts'

describe('the number before a text', () => {
  test.each([
    ['4.The Committee recommends', '4', 'The Committee recommends'],
    ['140.10 Ratify the treaty', '140.10', 'Ratify the treaty'],
    ['121.1. Ratify', '121.1', 'Ratify'],
    ['Para. 12: Take steps', '12', 'Take steps'],
    ['paragraph 7 Take steps', '7', 'Take steps'],
    ['Recommendation No. 3, para. 12: 4 Take steps', '12.4', 'Take steps'],
    ['30 (b) Prohibit', null, '30 (b) Prohibit'],
    ['2.5 million children are', null, '2.5 million children are'],
    ['2030 is the year', null, '2030 is the year'],
    ['Take steps', null, 'Take steps'],
    ['12 States recommend that', null, '12 States recommend that'],
    ['18 Years is the minimum', null, '18 Years is the minimum'],
    ['18. Years of war', '18', 'Years of war'],
  ])('%s', (text, paragraph, rest) => {
    expect(numberOf(text)).toEqual({ paragraph, text: rest })
  })

  test('is words: 140.10 stands after 140.9 and before 141, parts after their whole', () => {
    const keys = [
      sortKey('140', null),
      sortKey('140.9', null),
      sortKey('140.10', null),
      sortKey('141', null),
      sortKey('141', 'a'),
      sortKey('141', 'b.ii'),
      sortKey('141', 'b.x'),
    ]
    expect([...keys].sort()).toEqual(keys)
  })
})

describe('parts of a paragraph', () => {
  test('letters and small Roman numbers in their order, what stands before belongs to each', () => {
    const text =
      'The Committee urges the State party: (a) To amend article 3 (b) of the law; (b) To ensure: (i) that schools open; and (ii) that none is shut out; (c) To report.'
    expect(partsOf(text)).toEqual({
      lead: 'The Committee urges the State party:',
      parts: [
        { part: 'a', text: 'To amend article 3 (b) of the law' },
        { part: 'b.i', text: 'To ensure: that schools open' },
        { part: 'b.ii', text: 'To ensure: that none is shut out' },
        { part: 'c', text: 'To report.' },
      ],
    })
  })

  test.each([
    'Take steps (a) alone',
    'In line with article 24 (a) and article 25 (b)',
    'Nothing lettered',
    '(b) before (a)',
  ])('none in %j', (text) => expect(partsOf(text)).toEqual({ lead: text, parts: [] }))

  test('are found in time that grows with the text only', async () => {
    const text = (times: number) => '4 (a) '.repeat(times)
    expect(partsOf(text(16_000))).toEqual({ lead: text(16_000), parts: [] })
    const grown = await growth(1_000, (times) => {
      const made = text(times)
      return () => partsOf(made)
    })
    expect(grown).toBeLessThan(mostGrowth)
  })

  test('as many letters as are printed come back, with their words', () => {
    const words = fc.stringMatching(/^[a-z]{3,9}( [a-z]{5,9}){0,4}$/).filter((one) => !/ (?:and|et)$/.test(one))
    fc.assert(
      fc.property(fc.array(words, { minLength: 2, maxLength: 20 }), (texts) => {
        const text = `Asks: ${texts.map((one, at) => `(${String.fromCharCode(97 + at)}) ${one}`).join('; ')}`
        expect(partsOf(text).parts.map((part) => part.text)).toEqual(texts)
      }),
    )
  })
})

describe('words of a text that came as HTML', () => {
  test.each([
    [
      '<p>4.The&nbsp;Committee <b>re</b>commends:</p><p>(a)&#160;Schools</p>',
      '4.The Committee recommends:\n(a) Schools',
    ],
    ['a &lt; b &amp; c', 'a < b & c'],
    ['under < 5 % of children', 'under < 5 % of children'],
    ['<script>alert(1)</script>Text<style>p{}</style>', 'Text'],
    ['Tre\u0309 em', 'Trẻ em'],
    ['soft\u00adhyphen zero\u200bwidth', 'softhyphen zerowidth'],
  ])('%j', (raw, text) => expect(cleanText(raw)).toBe(text))

  test('cleaned text stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const once = cleanText(raw.replaceAll(/[<&]/g, ''))
        expect(cleanText(once)).toBe(once)
      }),
    )
  }, 30_000)
})
