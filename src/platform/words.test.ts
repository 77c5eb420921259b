import { expect, test } from 'vitest'
import { countWords } from './model.ts'

test.each([
  ['', 0],
  ['  one\ttwo\n three ', 3],
  ['Ủy ban khuyến nghị: (a) cấm', 6],
  ['l’État partie – 140.10', 4],
  ['a\u00a0b\u202fc', 3],
])('words are what stands between spaces: %j has %i', (text, count) => {
  expect(countWords(text)).toBe(count)
})

test('words of several texts are those of each: what ends one and begins the next is not one word', () => {
  expect(countWords('trẻ', 'em', '', 'một hai')).toBe(4)
  expect(countWords()).toBe(0)
})
