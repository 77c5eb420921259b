import { describe, expect, test } from 'vitest'
import { ReportState, type SectionContent } from '#reporting/model'
import { actsFrom, canonical, changesBetween, closedChanges, lateFrom, requireState, withdrawnTo } from './rules.ts'

/** State × act, written by hand: what is not named is refused. */
const allowed: Record<string, ReportState[]> = {
  save: ['draft', 'returned', 'reopened'],
  submit: ['draft', 'returned', 'reopened'],
  withdraw: ['submitted'],
  review: ['submitted'],
  mark: ['submitted', 'in-review'],
  return: ['submitted', 'in-review'],
  accept: ['submitted', 'in-review'],
}
const acts = Object.keys(actsFrom) as (keyof typeof actsFrom)[]

describe('what may be done to a report', () => {
  test('every act has a row', () => {
    expect(acts.toSorted()).toEqual(Object.keys(allowed).toSorted())
  })
  test.each(acts.flatMap((act) => ReportState.options.map((state) => [act, state] as const)))(
    '%s when it is %s',
    (act, state) => {
      const work = () => requireState(state, act)
      if (allowed[act]?.includes(state)) expect(work).not.toThrow()
      else expect(work).toThrow('reporting.not-in-that-state')
    },
  )
  test('a withdrawn report is again what it was', () => {
    expect(withdrawnTo({ acceptedNumber: null, openLines: null })).toBe('draft')
    expect(withdrawnTo({ acceptedNumber: null, openLines: ['a/b'] })).toBe('returned')
    expect(withdrawnTo({ acceptedNumber: 1, openLines: ['a/b'] })).toBe('reopened')
  })
})

const words = (...texts: [string, string][]): SectionContent => ({
  kind: 'narrative',
  paragraphs: texts.map(([key, text]) => ({ key, text, origins: [] })),
})

describe('lines that are not open', () => {
  const before = words(['a', 'Một'], ['b', 'Hai'], ['c', 'Ba'])
  const closed = (after: SectionContent, ...open: string[]) => closedChanges('s', { before, after, open })
  test('cannot be changed, added, removed or moved', () => {
    expect(closed(words(['a', 'Một'], ['b', 'Khác'], ['c', 'Ba']), 's/b')).toEqual([])
    expect(closed(words(['a', 'Khác'], ['b', 'Khác'], ['c', 'Ba']), 's/b')).toEqual(['a'])
    expect(closed(words(['a', 'Một'], ['b', 'Hai']), 's/b')).toEqual(['c'])
    expect(closed(words(['a', 'Một'], ['b', 'Hai'], ['c', 'Ba'], ['d', 'Bốn']), 's/b')).toEqual(['d'])
    expect(closed(words(['c', 'Ba'], ['b', 'Hai'], ['a', 'Một']), 's/b')).toEqual(['c', 'a'])
  })
  test('are none where the whole section was returned', () => {
    expect(closed(words(['d', 'Bốn']), 's/*')).toEqual([])
    expect(closed(words(['d', 'Bốn']), 't/*').length).toBeGreaterThan(0)
  })
})

test('two states of a section differ by line, whatever the order of keys', () => {
  const after = { kind: 'narrative', paragraphs: [{ origins: [], text: 'Một', key: 'a' }] } as const
  expect(
    changesBetween(words(['a', 'Một']), {
      ...after,
      paragraphs: [...after.paragraphs].map((one) => ({ ...one, origins: [] })),
    }),
  ).toEqual([])
  expect(changesBetween(words(['a', 'Một']), words(['b', 'Một']))).toEqual([
    { line: 'b', kind: 'added' },
    { line: 'a', kind: 'removed' },
  ])
  expect(canonical({ b: 1, a: [null, 'x'] })).toBe('{"a":[null,"x"],"b":1}')
})

test('a report is late on the day after its due day and its grace', () => {
  expect(lateFrom('2026-05-25', 0)).toBe('2026-05-26')
  expect(lateFrom('2026-12-30', 3)).toBe('2027-01-03')
})
