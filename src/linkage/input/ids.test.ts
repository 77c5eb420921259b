import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appendBytes, newByteList } from '../values/byte-dictionary.ts'
import { newIdBook, noteIds } from './ids.ts'

function listOf(ids: readonly string[]) {
  const list = newByteList(16)
  for (const id of ids) {
    const bytes = new TextEncoder().encode(id)
    appendBytes(list, bytes, 0, bytes.length)
  }
  return list
}

test('an id that stood before is seen, in whichever part it stands', () => {
  const parts = fc.array(fc.array(fc.nat({ max: 3000 }).map(String), { maxLength: 900 }), { maxLength: 5 })
  fc.assert(
    fc.property(parts, (all) => {
      const book = newIdBook()
      for (const ids of all) noteIds(book, listOf(ids))
      const flat = all.flat()
      const again = flat.filter((id, at) => flat.indexOf(id) < at)
      expect([book.repeated, book.examples]).toEqual([again.length, again.slice(0, 5)])
    }),
    { numRuns: 60 },
  )
})
