import { expect, test } from 'vitest'
import { parseSearch, allOf } from '../../kit/url.ts'
import { readTrail, traceTo, trailName } from './trail.ts'

test('the address of a line keeps the way down to it', () => {
  const trail = [
    { reportId: 'a1', number: 2, line: 'situation/p1' },
    { reportId: 'b2', number: 1, line: 'money/care:aid' },
  ]
  const to = traceTo({ reportId: 'c3', number: 1, line: 'situation/p9' }, trail)
  const { pathname, search } = new URL(to, 'http://localhost')
  expect(pathname).toBe('/bao-cao/c3/nguon')
  expect(parseSearch(search)).toMatchObject({ lan: '1', dong: 'situation/p9' })
  expect(readTrail(allOf(parseSearch(search)[trailName]))).toEqual(trail)
})

test('what is no line in an address is left out of the way', () => {
  expect(readTrail(['', 'a~x~b', 'a~0~b', 'a~1', 'a~1~b/c'])).toEqual([{ reportId: 'a', number: 1, line: 'b/c' }])
})
