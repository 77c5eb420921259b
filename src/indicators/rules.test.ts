import { describe, expect, test } from 'vitest'
import { readPeriod, type FigureEntry, type SeriesPoint } from './model.ts'
import { entryFault, meets, progressOf, type Known } from './rules.ts'

const calendars = [{ code: 'rep', shiftMonths: -1, day: 15 }]

describe('periods', () => {
  test.each([
    ['2026', '2026-01-01', '2027-01-01'],
    ['2026-Q3', '2026-07-01', '2026-10-01'],
    ['2026-02', '2026-02-01', '2026-03-01'],
    ['2026-S2', '2026-07-01', '2027-01-01'],
    ['rep:2026', '2025-12-15', '2026-12-15'],
    ['rep:2026-S1', '2025-12-15', '2026-06-15'],
    ['rep:2026-S2', '2026-06-15', '2026-12-15'],
    ['rep:2026-M9', '2025-12-15', '2026-09-15'],
    ['rep:2026-01', '2025-12-15', '2026-01-15'],
    ['rep:2026-Q1', '2025-12-15', '2026-03-15'],
  ])('%s runs from %s until %s', (id, from, to) => {
    expect(readPeriod(id, calendars)).toMatchObject({ id, from, to })
  })

  test('what is no period, or of no known calendar, is none', () => {
    for (const id of ['2026-Q5', '2026-13', '2026-00', 'rep:26', 'other:2026', '2026-M8', '', '2026-S3'])
      expect([id, readPeriod(id, calendars)]).toEqual([id, undefined])
  })
})

const year = readPeriod('2030', [])
const known: Known = {
  measure: {
    ...{ aggregation: 'ratio', isShare: true, periods: [{ calendar: '', frequency: 'year' }] },
    breakdowns: [{ dimension: 'sex', calendar: '', frequency: 'year', everyYears: 1 }],
  },
  period: year ?? { id: '', calendar: '', frequency: 'year', from: '', to: '' },
  ...{ answers: true, isOwn: true, isLocked: false, held: null, today: '2031-02-01' },
  values: new Map([['sex', new Set(['male', 'female'])]]),
}
const entry: FigureEntry = {
  ...{ measureId: '', unitId: '', period: '2030', breakdown: '', seen: null },
  ...{ status: 'A', numerator: 3, denominator: 4, absence: null, comment: null },
}
const count = { aggregation: 'sum' as const, isShare: false }

describe('an entry', () => {
  test('that is right is taken', () => {
    expect(entryFault(entry, known)).toBeNull()
    expect(entryFault({ ...entry, breakdown: 'sex=male' }, known)).toBeNull()
    const absent = { ...entry, status: null, numerator: null, denominator: null, absence: 'not-applicable' as const }
    expect(entryFault(absent, known)).toBeNull()
  })

  test.each<[string, Partial<FigureEntry>, Partial<Known>?]>([
    ['not-ones-unit', {}, { isOwn: false }],
    ['unit-does-not-answer', {}, { answers: false }],
    ['unknown-breakdown', { breakdown: 'sex=other' }],
    ['unknown-breakdown', { breakdown: 'colour=red' }],
    ['unknown-breakdown', { breakdown: 'sex=male;sex=female' }],
    ['period-not-of-measure', {}, { period: readPeriod('2030-Q1', []) ?? known.period }],
    ['period-is-locked', {}, { isLocked: true }],
    ['value-or-absence', { absence: 'missing' }],
    ['value-or-absence', { status: null }],
    ['value-or-absence', { numerator: null }],
    ['value-or-absence', { status: null, numerator: null, absence: 'missing', denominator: 4 }],
    ['period-to-come', {}, { today: '2029-12-31' }],
    ['final-before-end', {}, { today: '2030-12-31' }],
    ['denominator-missing', { denominator: null }],
    ['denominator-unwanted', {}, { measure: { ...known.measure, ...count } }],
    ['not-whole', { numerator: 1.5 }],
    ['denominator-not-whole', { denominator: 4.5 }],
    ['denominator-not-whole', { numerator: 0, denominator: -4 }],
    ['below-zero', { numerator: -1 }],
    ['part-above-whole', { numerator: 5 }],
    [
      'too-many-decimals',
      { numerator: 1.234567, denominator: null },
      { measure: { ...known.measure, aggregation: 'none' } },
    ],
    ['other-body-answers', {}, { held: { vintage: 1, isOthers: true } }],
    ['entered-meanwhile', {}, { held: { vintage: 1, isOthers: false } }],
    ['entered-meanwhile', { seen: 2 }],
  ])('is refused as %s', (code, over, more = {}) => {
    expect(entryFault({ ...entry, ...over }, { ...known, ...more })?.code).toBe(`indicators.${code}`)
  })

  test('an estimate of a period that runs is taken', () => {
    expect(entryFault({ ...entry, status: 'E' }, { ...known, today: '2030-06-01' })).toBeNull()
  })
})

const series = (...values: (number | null)[]): SeriesPoint[] =>
  values.map((value, place) => ({ year: 2026 + place, value, isEstimate: false, expected: 1, reported: 1 }))
const goal = { kind: 'level', yearFrom: null, year: 2030, comparator: '>=', value: 90 } as const
const fall = { kind: 'yearly-change', yearFrom: 2026, year: 2030, comparator: '<=', value: -2 } as const

describe('how things stand with a target', () => {
  test.each([
    ['nothing known', series(), 'no-data', 'none', null],
    ['only gaps', series(null, null), 'no-data', 'none', null],
    ['one figure, not there yet', series(80), 'no-data', 'newest', null],
    ['there already', series(80, 91), 'reached', 'newest', null],
    ['rising fast enough', series(80, 82.5), 'on-course', 'line', 90],
    ['rising too slowly, with a gap', series(80, null, 82), 'off-course', 'line', 84],
    ['in the year itself', series(80, 82, 84, 86, 88), 'off-course', 'newest', null],
  ] as const)('%s', (_, points, state, method, projected) => {
    expect(progressOf(goal, points, 'up')).toMatchObject({ state, method, projected })
  })

  test('a figure of after the year says nothing of it', () => {
    expect(progressOf({ ...goal, year: 2026 }, series(80, 95), 'up').state).toBe('off-course')
  })

  test('a yearly fall must have happened every year', () => {
    expect(progressOf(fall, series(100, 97, 94), 'down').state).toBe('on-course')
    expect(progressOf(fall, series(100, 97, 96.5), 'down').state).toBe('off-course')
    expect(progressOf(fall, series(100, 97, 94, 91, 88), 'down').state).toBe('reached')
    expect(progressOf(fall, series(100), 'down').state).toBe('no-data')
    expect(progressOf(fall, series(0, 1), 'down').state).toBe('no-data')
  })

  test('a figure printed without a sign is reached at it or beyond it, the way the measure is to go', () => {
    expect([
      meets(5, { comparator: '=', value: 4.9 }, 'down'),
      meets(5, { comparator: '=', value: 4.9 }, 'up'),
    ]).toEqual([false, true])
    expect(meets(9, { comparator: '<', value: 9 }, 'down')).toBe(false)
    expect(meets(96, { comparator: '~', value: 100 }, 'up')).toBe(true)
  })
})
