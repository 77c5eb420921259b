import { describe, expect, test } from 'vitest'
import { calledIn, mentionAt, partsOf, withMention } from './mention.ts'

describe('calling someone by name while typing', () => {
  test.each([
    ['Nhờ @ngu', 8, 'ngu'],
    ['@', 1, ''],
    ['Nhờ @Nguyễn Th', 14, 'Nguyễn Th'],
    ['thư a@b.vn', 10, null],
    ['Nhờ @an\nxem', 11, null],
    ['Nhờ @an xem', 4, null],
  ])('in “%s” at %i it is %s', (text, caret, expected) => {
    expect(mentionAt(text, caret)?.search ?? null).toBe(expected)
  })

  test('the chosen name stands where it was typed, and the caret after it', () => {
    const text = 'Nhờ @ngu xem giúp'
    expect(withMention(text, mentionAt(text, 8) ?? { from: 0, to: 0, search: '' }, 'Nguyễn An')).toEqual({
      text: 'Nhờ @Nguyễn An xem giúp',
      caret: 15,
    })
  })

  test('only those whose names still stand in the text are called', () => {
    const picked = [
      { id: '1', name: 'Nguyễn An' },
      { id: '2', name: 'Lê Bình' },
    ]
    expect(calledIn('Nhờ @Nguyễn An xem', picked)).toEqual(['1'])
  })

  test('names are set off in the words, the longer one first', () => {
    const people = [
      { id: '1', name: 'An' },
      { id: '2', name: 'An Bình' },
    ]
    expect(partsOf('@An Bình và @An', people)).toEqual([
      { text: '@An Bình', isMention: true },
      { text: ' và ', isMention: false },
      { text: '@An', isMention: true },
    ])
    expect(partsOf('chỉ lời', [])).toEqual([{ text: 'chỉ lời', isMention: false }])
  })
})
