import { describe, expect, it } from 'vitest'
import { contrast } from './shades.ts'
import { tokens, type Token } from './theme.ts'

const grounds: readonly Token[] = ['paper', 'sheet', 'sunk', 'hover']
const inks: readonly Token[] = ['ink', 'quiet', 'doneInk', 'lateInk', 'overdueInk', 'linkInk', 'guessInk']
const marks: readonly Token[] = ['done', 'late', 'overdue', 'link', 'guess', 'line']
const own: readonly (readonly [Token, Token])[] = [
  ['doneInk', 'doneGround'],
  ['lateInk', 'lateGround'],
  ['overdueInk', 'overdueGround'],
  ['linkInk', 'linkGround'],
  ['guessInk', 'guessGround'],
]

describe.each(['light', 'dark'] as const)('the %s theme', (scheme) => {
  const colors = tokens[scheme]

  it('has every text at 4.5 : 1 or more on every ground', () => {
    for (const ink of inks)
      for (const ground of grounds)
        expect(contrast(colors[ink], colors[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    for (const [ink, ground] of own)
      expect(contrast(colors[ink], colors[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })

  it('has every mark and boundary at 3 : 1 or more on paper and sheets', () => {
    for (const mark of marks)
      for (const ground of ['paper', 'sheet'] as const)
        expect(contrast(colors[mark], colors[ground]), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3)
  })
})
