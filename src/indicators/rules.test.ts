import { describe, expect, test } from 'vitest'
import { readPeriod, type FigureEntry, type SeriesPoint, type StandingLine, type TargetState } from './model.ts'
import { entryFault, meets, progressOf, saysOf, type Known } from './rules.ts'

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
    ...{ aggregation: 'ratio', isShare: true, largest: null, periods: [{ calendar: '', frequency: 'year' }] },
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
    [
      'above-largest',
      { numerator: 100.1, denominator: null },
      { measure: { ...known.measure, aggregation: 'none', largest: 100 } },
    ],
    ['number-too-large', { numerator: 1e13, denominator: 1e13 }],
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
const up = { direction: 'up', isShare: false, factor: 1, largest: null } as const
const down = { ...up, direction: 'down' } as const
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
    expect(progressOf(goal, points, up)).toMatchObject({ state, method, projected })
  })

  test('a figure of after the year says nothing of it', () => {
    expect(progressOf({ ...goal, year: 2026 }, series(80, 95), up).state).toBe('off-course')
  })

  test('figures of fewer units than are enough are passed over, and said to be', () => {
    const thin = series(80, 82.5, 96).map((point, at) => ({ ...point, expected: 100, reported: at < 2 ? 80 : 7 }))
    expect(progressOf(goal, thin, up)).toMatchObject({ state: 'on-course', leftOut: 1, coverage: 0.07 })
    const bare = thin.map((point) => ({ ...point, reported: 79 }))
    expect(progressOf(goal, bare, up)).toMatchObject({ state: 'no-data', method: 'none', leftOut: 3, coverage: 0.79 })
    const nobody = thin.map((point) => ({ ...point, expected: 0, reported: 0 }))
    expect(progressOf(goal, nobody, up).state).toBe('no-data')
    const few = thin.map((point) => ({ ...point, reported: 7 }))
    expect(progressOf(fall, few, down)).toMatchObject({ state: 'no-data', leftOut: 3 })
  })

  test('a line does not go beyond what a figure can be, and says so', () => {
    const share = { ...up, isShare: true, factor: 100 }
    const steep = [{ ...goal, value: 99.5 }, series(60, 75, 88)] as const
    expect(progressOf(...steep, share)).toMatchObject({ state: 'on-course', projected: 100, isBounded: true })
    expect(progressOf(...steep, { ...up, largest: 95 })).toMatchObject({ state: 'off-course', projected: 95 })
    expect(progressOf(...steep, up)).toMatchObject({ isBounded: false })
    expect(progressOf(...steep, up).projected).toBeGreaterThan(100)
    const below = { ...goal, comparator: '<', value: 1 } as const
    expect(progressOf(below, series(9, 6, 3), down)).toMatchObject({
      ...{ state: 'on-course', projected: 0, isBounded: true },
    })
    const change = { ...goal, comparator: '<=', value: -5 } as const
    expect(progressOf(change, series(1, -1, -3), down)).toMatchObject({ state: 'on-course', isBounded: false })
  })

  test('a measure says how it stands with the targets that come next; of several of a year the worst', () => {
    const target = (year: number, state: TargetState, breakdown = ''): StandingLine['targets'][number] => ({
      ...{ id: '', measureId: '', unitId: '', isOwn: false, agencyId: null, version: 1 },
      ...{ ...goal, year, breakdown, progress: { ...progressOf(goal, [], up), state } },
    })
    const lines = (...targets: StandingLine['targets']): StandingLine[] => [{ breakdown: '', series: [], targets }]
    expect(saysOf(lines(), '2031-03-01')).toEqual({ says: 'no-target', year: null })
    const both = lines(target(2030, 'reached'), target(2035, 'on-course'), target(2040, 'off-course'))
    expect(saysOf(both, '2031-03-01')).toEqual({ says: 'on-course', year: 2035 })
    expect(saysOf(both, '2030-12-31')).toEqual({ says: 'reached', year: 2030 })
    expect(saysOf(both, '2050-01-01')).toEqual({ says: 'off-course', year: 2040 })
    const parted = lines(target(2035, 'reached', 'sex=male'), target(2035, 'no-data', 'sex=female'))
    expect(saysOf(parted, '2031-03-01').says).toBe('no-data')
  })

  test('a yearly fall must have happened every year', () => {
    expect(progressOf(fall, series(100, 97, 94), down).state).toBe('on-course')
    expect(progressOf(fall, series(100, 97, 96.5), down).state).toBe('off-course')
    expect(progressOf(fall, series(100, 97, 94, 91, 88), down).state).toBe('reached')
    expect(progressOf(fall, series(100), down).state).toBe('no-data')
    expect(progressOf(fall, series(0, 1), down).state).toBe('no-data')
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
