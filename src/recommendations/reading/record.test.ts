import { describe, expect, test } from 'vitest'
import { isUnclearPosition, positionOf, richness } from './record.ts'

describe('what a label of a position means', () => {
  test.each([
    ['Supported', 'supported'],
    ['Enjoys the support of the State', 'supported'],
    ['Accepted', 'supported'],
    ['Chấp thuận', 'supported'],
    ['Acceptée', 'supported'],
    ['Noted', 'noted'],
    ['Not supported', 'noted'],
    ['Does not enjoy support', 'noted'],
    ["Doesn't enjoy the support of the State", 'noted'],
    ['Không chấp thuận', 'noted'],
    ['Chưa chấp thuận', 'noted'],
    ['Không ủng hộ', 'noted'],
    ['Ghi nhận', 'noted'],
    ["N'est pas soutenue", 'noted'],
    ['Notée', 'noted'],
    ['Rejected', 'noted'],
    ['Partially supported', 'partly'],
    ['Supported in part', 'partly'],
    ['Chấp thuận một phần', 'partly'],
    ['', null],
  ])('"%s" is %s', (label, position) => {
    expect([positionOf(label), isUnclearPosition(label)]).toEqual([position, false])
    expect(positionOf(label.normalize('NFD').toUpperCase())).toBe(position)
  })

  test.each(['Supported/Noted', 'Không chấp thuận một phần', 'Not yet decided', 'Pending'])(
    '"%s" is none of these, and told',
    (label) => expect([positionOf(label), isUnclearPosition(label)]).toEqual(['other', true]),
  )

  test('"Other" is what it says', () =>
    expect([positionOf('other'), isUnclearPosition('other')]).toEqual(['other', false]))
})

test('of two records with one key whole letters win over many words and labels', () => {
  const broken = {
    text: `Register every birth of a child\ufffd, ${'without delay '.repeat(500)}`,
    suggested: [1, 2, 3],
  }
  expect(richness({ text: 'Register every birth', suggested: [] })).toBeGreaterThan(richness(broken))
})
