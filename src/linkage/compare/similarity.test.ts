import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layTexts } from '../values/text-book.ts'
import { isOneSlipApart, jaroWinkler, mostAlike } from './similarity.ts'

/** Jaro–Winkler written down from its definition, with no thought of speed. */
function byDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 1 : 0
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const used = Array.from(a, () => false)
  const matched: string[] = []
  ;[...b].forEach((letter, at) => {
    const other = [...a].findIndex((one, place) => one === letter && !used[place] && Math.abs(place - at) <= reach)
    if (other < 0) return
    used[other] = true
    matched.push(letter)
  })
  if (matched.length === 0) return 0
  const partners = [...a].filter((_letter, at) => used[at])
  const half = Math.floor(partners.filter((letter, at) => letter !== matched[at]).length / 2)
  const jaro = (matched.length / a.length + matched.length / b.length + (matched.length - half) / matched.length) / 3
  let prefix = 0
  while (prefix < Math.min(4, a.length, b.length) && a[prefix] === b[prefix]) prefix++
  return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro
}

function alike(a: string, b: string): number {
  const letters = Int32Array.from(a + b, (letter) => letter.charCodeAt(0))
  return jaroWinkler(letters, 0, a.length, a.length, a.length + b.length)
}

function slips(a: string, b: string): boolean {
  const letters = Int32Array.from(a + b, (letter) => letter.charCodeAt(0))
  return isOneSlipApart(letters, 0, a.length, a.length, a.length + b.length)
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'n', 'h'), maxLength: 40 })

describe('likeness of letters', () => {
  test('by bits and by loops it is what its definition says, of short and of long runs', () => {
    fc.assert(
      fc.property(text, text, (a, b) => alike(a, b) === byDefinition(a, b)),
      { numRuns: 3000 },
    )
  })

  test('is never more than what a glance allows', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aăbcdđefgh ijnouy'), minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 6 }), (a, b, shared) => {
        const other = a.slice(0, shared) + b
        const { glances } = layTexts(['', a, other])
        return mostAlike(glances, 1, 2) >= alike(a, other) && mostAlike(glances, 2, 1) >= alike(a, other)
      }),
      { numRuns: 5000 },
    )
  })

  test('one letter put in, left out, exchanged, or two exchanged is one slip', () => {
    expect(['anh', 'an', 'ahn', 'ank', 'anhh'].map((other) => slips('anh', other))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect(['a', 'hna', 'anhhh', 'bnk'].map((other) => slips('anh', other))).toEqual([false, false, false, false])
  })

  test('a slip is one from either side', () => {
    fc.assert(fc.property(text, text, (a, b) => slips(a, b) === slips(b, a)))
  })
})
