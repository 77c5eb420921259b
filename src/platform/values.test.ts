import { expect, test } from 'vitest'
import { newId } from './values.ts'

test('ids are of version 7: in the order of time, no two the same', () => {
  const ids = Array.from({ length: 1_000 }, (_none, at) => newId(1_700_000_000_000 + at))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids.map((id) => id.slice(15))).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(newId(0)).toMatch(/^00000000-0000-7/)
})
