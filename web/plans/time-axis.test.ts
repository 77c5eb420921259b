import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TimelineRow } from '#plans/model'
import { daysBetween } from '../kit/format.ts'
import { axisOf, barOf, byMonth, isDated, placeOf, worstOf } from './time-axis.ts'

const none = { kind: null, from: null, to: null, frequency: null } as const

function aRow(over: Partial<TimelineRow> = {}): TimelineRow {
  const agency = { id: 'a', name: 'Sở Y tế', endedOn: null }
  const words = { planTitle: 'Kế hoạch', planNumber: null, path: '1', text: 'Tập huấn' }
  const rest = { group: null, time: none, issuedOn: '2026-01-10', pieces: [], milestones: [] }
  return { planId: 'p', nodeId: 'n', agency, ...words, ...rest, ...over }
}

function aPiece(dueOn: string | null, standing: TimelineRow['pieces'][number]['standing'] = 'pending-in-time') {
  return { id: `piece ${dueOn}`, period: 'all', dueOn, doneOn: null, standing }
}

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('the axis of time', () => {
  it('is counted in months, quarters or years, whole ones', () => {
    expect(axisOf(['2026-02-10', '2026-11-05'])).toMatchObject({ from: '2026-02-01', to: '2026-12-01', unit: 'month' })
    expect(axisOf(['2026-02-10', '2029-11-05'])).toMatchObject({
      from: '2026-01-01',
      to: '2030-01-01',
      unit: 'quarter',
    })
    expect(axisOf(['2020-02-10', '2035-11-05'])).toMatchObject({ from: '2020-01-01', to: '2036-01-01', unit: 'year' })
    expect(axisOf([])).toBeNull()
  })

  it('holds every day in its order, and its steps lie side by side from end to end', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 12 }), (days) => {
        const axis = axisOf(days)
        if (axis === null) throw new Error('an axis')
        const places = days.toSorted().map((each) => placeOf(each, axis))
        expect(places).toEqual(places.toSorted((one, other) => one - other))
        for (const each of days) {
          expect(axis.from <= each && each < axis.to).toBe(true)
          expect(placeOf(each, axis)).toBeGreaterThan(0)
          expect(placeOf(each, axis)).toBeLessThan(1)
        }
        expect(axis.steps.length).toBeLessThanOrEqual(72)
        let at = 0
        for (const step of axis.steps) {
          expect(step.at).toBeCloseTo(at, 9)
          at = step.at + step.width
        }
        expect(at).toBeCloseTo(1, 9)
        expect(daysBetween(axis.from, axis.to)).toBeGreaterThan(27)
      }),
    )
  })
})

describe('a row of the timeline', () => {
  const axis = axisOf(['2026-01-01', '2026-12-31'])
  if (axis === null) throw new Error('an axis')

  it('is a bar for a range, an open bar for what is done all the time, and marks alone for the rest', () => {
    const range = { kind: 'range', from: '2026-04-01', to: '2026-06-30', frequency: null } as const
    const bar = barOf(aRow({ time: range }), axis)
    expect(bar?.from).toBeCloseTo(90.5 / 365, 5)
    expect(bar).toMatchObject({ isOpen: false })
    expect(barOf(aRow({ time: { ...none, kind: 'continuous' } }), axis)).toMatchObject({ to: 1, isOpen: true })
    expect(barOf(aRow({ time: { ...none, kind: 'by', to: '2026-06-30' } }), axis)).toBeNull()
    expect(barOf(aRow({ time: { ...range, from: null }, issuedOn: null }), axis)).toBeNull()
  })

  it('without a day on it stands apart', () => {
    expect(isDated(aRow({ pieces: [aPiece(null)] }))).toBe(false)
    expect(isDated(aRow({ pieces: [aPiece('2026-03-01')] }))).toBe(true)
    expect(isDated(aRow({ time: { ...none, kind: 'continuous' } }))).toBe(true)
    const milestone = { occurrenceId: 'o', name: 'x', dueOn: '2026-03-01', doneOn: null }
    expect(isDated(aRow({ pieces: [aPiece(null)], milestones: [milestone] }))).toBe(true)
  })

  it('stands as its most urgent piece', () => {
    const pieces = [aPiece('2026-01-01', 'done-on-time'), aPiece('2026-02-01', 'overdue'), aPiece('2026-09-01')]
    expect(worstOf({ pieces })).toBe('overdue')
    expect(worstOf({ pieces: pieces.slice(0, 1) })).toBe('done-on-time')
    expect(worstOf({ pieces: [] })).toBe('no-due-date')
  })

  it('falls into its months, each thing once, in the order of the days', () => {
    const milestone = { occurrenceId: 'o', name: 'Sơ kết', dueOn: '2026-03-20', doneOn: null }
    const rows = [aRow({ pieces: [aPiece('2026-04-02'), aPiece(null)] }), aRow({ milestones: [milestone] })]
    rows.push(aRow({ pieces: [aPiece('2026-03-31')] }))
    expect(byMonth(rows).map(([month, dated]) => [month, dated.map(({ on }) => on)])).toEqual([
      ['2026-03', ['2026-03-20', '2026-03-31']],
      ['2026-04', ['2026-04-02']],
    ])
  })
})
