import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markAfter, newMarks, seekMarks, wideFinder } from './marks.ts'

const bytesOf = (content: string) => new TextEncoder().encode(content)
/** One byte at a time: what is found is where a line or a cell ends. */
const plainMarks = (bytes: Uint8Array, sign: number, add: number): number[] =>
  [...bytes.keys()].flatMap((at) => (bytes[at] === sign || bytes[at] === 10 ? [at + add] : []))

const anyBytes = fc.uint8Array({ maxLength: 200 })
const delimiter = fc.constantFrom(59, 9, 44, 124)

test('sixteen bytes at a time finds the marks that one byte at a time finds', () => {
  const wide = wideFinder()
  fc.assert(
    fc.property(anyBytes, delimiter, fc.nat(1_000_000), (bytes, sign, more) => {
      const many = bytes.map((byte, at) => (at % 3 === 0 ? sign : byte))
      const count = wide.find(many, sign, more)
      expect([...wide.places.subarray(0, count)]).toEqual(plainMarks(many, sign, more))
    }),
  )
})

test('marks are handed out one by one, over many windows, and again from a place before', () => {
  const bytes = bytesOf('Nguyễn Thị Hoa;Phan Thiết\n'.repeat(5000))
  const expected = [...bytes.keys()].filter((at) => bytes[at] === 59 || bytes[at] === 10)
  const marks = newMarks(59)
  const all = (): number[] => {
    const found: number[] = []
    for (let at = 0; ;) {
      at = marks.next < marks.count ? (marks.places[marks.next++] ?? 0) : markAfter(marks, bytes)
      if (at === bytes.length) return found
      found.push(at)
    }
  }
  expect(all()).toEqual(expected)
  seekMarks(marks, 100_000)
  expect(all()).toEqual(expected.filter((at) => at >= 100_000))
})
