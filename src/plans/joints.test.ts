import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holds, jointFault, nextHome, strictestDueOn, timesFault, type JointEnd } from './joints.ts'
import { standingOf, type Frequency, type TaskTime } from './model.ts'
import { dueInstances } from './rules.ts'

const time = (kind: TaskTime['kind'], frequency: Frequency | null = null): TaskTime => ({
  kind,
  text: 'x',
  from: kind === 'range' ? '2031-01-01' : null,
  to: kind === 'by' || kind === 'range' ? '2031-06-30' : null,
  frequency,
})
const every = (frequency: Frequency) => time('recurring', frequency)

describe('whose periods map on whose', () => {
  test.each([
    ['two done once', time('by'), time('range'), null],
    ['done once and undated', time('by'), null, null],
    ['two ongoing', time('continuous'), time('on-event'), null],
    ['ongoing and daily', time('continuous'), every('day'), null],
    ['two of every month', every('month'), every('month'), null],
    ['two of every week', every('week'), every('week'), null],
    ['a quarter entered month by month', every('month'), every('quarter'), null],
    ['a half-year entered quarter by quarter', every('quarter'), every('half-year'), null],
    ['a year entered month by month', every('month'), every('year'), null],
    ['a month entered once a quarter', every('quarter'), every('month'), 'plans.joint-home-coarser'],
    ['a quarter entered once a year', every('year'), every('quarter'), 'plans.joint-home-coarser'],
    ['weeks and months', every('week'), every('month'), 'plans.joint-periods-do-not-nest'],
    ['months and weeks', every('month'), every('week'), 'plans.joint-periods-do-not-nest'],
    ['done once and recurring', time('by'), every('month'), 'plans.joint-times-differ'],
    ['recurring and done once', every('year'), time('by'), 'plans.joint-times-differ'],
    ['ongoing and done once', time('continuous'), time('by'), 'plans.joint-times-differ'],
    ['ongoing and recurring', time('continuous'), every('quarter'), 'plans.joint-times-differ'],
  ] as const)('%s', (_name, home, served, fault) => {
    expect(timesFault(home, served)).toBe(fault)
  })

  test('where they map, every longer period ends with exactly one of the shorter ones', () => {
    const span = { issuedOn: '2030-02-11', periodTo: null, until: '2032-12-31' }
    const frequencies: Frequency[] = ['week', 'month', 'quarter', 'half-year', 'year']
    for (const home of frequencies)
      for (const served of frequencies) {
        if (timesFault(every(home), every(served)) !== null) continue
        const ends = dueInstances(every(home), span).map((piece) => piece.dueOn)
        for (const piece of dueInstances(every(served), { ...span, until: '2032-06-30' }))
          expect([home, served, ends.filter((end) => end === piece.dueOn)]).toEqual([home, served, [piece.dueOn]])
      }
  })
})

const end = (over: Partial<JointEnd> = {}): JointEnd => ({
  nodeId: 'a',
  planId: 'A',
  time: null,
  openCount: 1,
  hasOpenUpdate: false,
  homeNodeId: null,
  servedCount: 0,
  ...over,
})
const other = (over: Partial<JointEnd> = {}) => end({ nodeId: 'b', planId: 'B', ...over })

describe('which tasks can be one piece of work', () => {
  test.each([
    ['two free tasks', end(), other(), null],
    ['of one plan', end(), other({ planId: 'A' }), 'plans.joint-same-plan'],
    ['one whose home is that very task', end({ servedCount: 1 }), other({ homeNodeId: 'a' }), 'plans.joint-already'],
    ['its home, asked from the other side', end({ homeNodeId: 'b' }), other({ servedCount: 1 }), 'plans.joint-already'],
    ['two that share a third', end({ homeNodeId: 'c' }), other({ homeNodeId: 'c' }), 'plans.joint-already'],
    ['one more at a home', end({ servedCount: 2 }), other(), null],
    ['one more beside a served one', end({ homeNodeId: 'c' }), other(), null],
    ['a home entered elsewhere', end(), other({ servedCount: 1 }), 'plans.joint-other-is-home'],
    ['a served one entered elsewhere', end(), other({ homeNodeId: 'c' }), 'plans.joint-other-is-home'],
    ['two groups', end({ servedCount: 1 }), other({ servedCount: 1 }), 'plans.joint-both-joined'],
    ['nothing open here', end({ openCount: 0 }), other(), 'plans.joint-nothing-open'],
    ['nothing open there', end(), other({ openCount: 0 }), 'plans.joint-nothing-open'],
    ['an update underway at the home', end({ hasOpenUpdate: true }), other(), null],
    ['an update underway at the served', end(), other({ hasOpenUpdate: true }), 'plans.joint-update-open'],
    ['times that differ', end({ time: time('by') }), other({ time: every('month') }), 'plans.joint-times-differ'],
  ] as const)('%s', (_name, home, served, fault) => {
    expect(jointFault(home, served)).toBe(fault)
  })
})

describe('what is left of joined work', () => {
  test('holds while one body leads on both and the periods map', () => {
    expect(holds({ isLed: true, homeTime: every('month'), time: every('quarter') })).toBe(true)
    expect(holds({ isLed: true, homeTime: every('year'), time: every('quarter') })).toBe(false)
    expect(holds({ isLed: false, homeTime: null, time: null })).toBe(false)
  })

  test('goes on at the first task whose periods map on all the others', () => {
    const [year, quarter, month] = [every('year'), every('quarter'), every('month')].map((of, at) => ({
      nodeId: String(at),
      time: of,
    }))
    if (!year || !quarter || !month) throw new Error('three tasks')
    expect(nextHome([year, quarter, month])).toBe(month)
    expect(nextHome([quarter, year])).toBe(quarter)
    expect(nextHome([{ nodeId: 'w', time: every('week') }, month])).toBeUndefined()
    expect(nextHome([month])).toBeUndefined()
  })
})

/** ADR 0017: the due dates of two plans, where each stands, and where both stand taken together. */
describe('where joined work stands in each plan and in all', () => {
  const today = '2031-03-04'
  test.each([
    // due A, due B, done on → A, B, together
    ['2031-02-28', '2031-06-30', null, 'overdue', 'pending-in-time', 'overdue'],
    ['2031-06-30', '2031-12-31', null, 'pending-in-time', 'pending-in-time', 'pending-in-time'],
    ['2031-01-31', '2031-02-28', null, 'overdue', 'overdue', 'overdue'],
    ['2031-02-28', '2031-06-30', '2031-03-01', 'done-late', 'done-on-time', 'done-late'],
    ['2031-02-28', '2031-06-30', '2031-02-01', 'done-on-time', 'done-on-time', 'done-on-time'],
    ['2031-06-30', null, null, 'pending-in-time', 'no-due-date', 'pending-in-time'],
    ['2031-02-28', null, null, 'overdue', 'no-due-date', 'overdue'],
    [null, null, null, 'no-due-date', 'no-due-date', 'no-due-date'],
  ] as const)('due %s and %s, done %s: %s, %s, together %s', (a, b, doneOn, ofA, ofB, together) => {
    const at = (dueOn: string | null) => standingOf({ dueOn, doneOn, isRequested: false }, today)
    expect([at(a), at(b), at(strictestDueOn([a, b]))]).toEqual([ofA, ofB, together])
    expect(strictestDueOn([b, a])).toBe(strictestDueOn([a, b]))
  })

  test('taken together it never stands better than in the plan that asks for it first', () => {
    const day = fc
      .integer({ min: 0, max: 80 })
      .map((n) => new Date(Date.UTC(2031, 0, 20 + n)).toISOString().slice(0, 10))
    const worse = ['done-late', 'overdue']
    fc.assert(
      fc.property(fc.array(fc.option(day), { minLength: 1, maxLength: 6 }), fc.option(day), (dueOns, doneOn) => {
        const at = (dueOn: string | null) => standingOf({ dueOn, doneOn, isRequested: false }, today)
        expect(worse.includes(at(strictestDueOn(dueOns)))).toBe(dueOns.some((dueOn) => worse.includes(at(dueOn))))
      }),
    )
  })
})
