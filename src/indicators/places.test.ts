import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openPlaces } from './places.ts'

const place = fc.record({
  measureId: fc.constantFrom('one', 'two'),
  unitId: fc.constantFrom('a', 'b', 'c'),
  period: fc.constantFrom('2025', '2026'),
  breakdown: fc.constantFrom('', 'sex=female'),
})

test('gives for each place what was last put there, in whatever order places follow one another', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.nat())), fc.array(place), (put, asked) => {
      const places = openPlaces<number>()
      const plain = new Map<string, number>()
      const nameOf = (of: object) => JSON.stringify(Object.entries(of).toSorted())
      for (const [at, value] of put) {
        places.set(at, value)
        plain.set(nameOf(at), value)
      }
      for (const at of asked) expect(places.get(at)).toBe(plain.get(nameOf(at)))
      expect(places.values().toSorted()).toEqual([...plain.values()].toSorted())
    }),
  )
})
