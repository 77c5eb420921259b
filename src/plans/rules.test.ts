import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { Problem } from '#platform'
import type {
  DutyKind,
  Frequency,
  NodeInput,
  OrderFault,
  PlanAct,
  PlanHeader,
  ProgressState,
  TaskTime,
} from './model.ts'
import { emptyProse, standingOf } from './model.ts'
import {
  checkReadyToIssue,
  countedDuties,
  dueInstances,
  moveProgress,
  nextInBook,
  periodOf,
  stateAfter,
  type DueInstance,
} from './rules.ts'

const span = { issuedOn: '2031-02-10', periodTo: '2035-12-31', until: '2031-07-15' }

function aTime(over: Partial<TaskTime>): TaskTime {
  return { kind: 'continuous', text: 'hằng năm', from: null, to: null, frequency: null, ...over }
}
function recurring(frequency: Frequency, over: Partial<TaskTime> = {}): TaskTime {
  return aTime({ kind: 'recurring', frequency, ...over })
}
const undated: DueInstance[] = [{ period: 'all', dueOn: null }]
const faultsOf = (work: () => unknown): { code: string; fields: string[] } => {
  try {
    work()
  } catch (fault) {
    if (fault instanceof Problem)
      return { code: fault.code, fields: fault.fields.map((field) => `${field.pointer} ${field.code}`) }
    throw fault
  }
  return { code: 'none', fields: [] }
}

describe('the work a time makes', () => {
  test.each<[string, TaskTime | null, Partial<typeof span>, DueInstance[]]>([
    ['a task without a time is owed once, without a due date', null, {}, undated],
    ['continuous work is never due', aTime({ to: '2035-12-31' }), {}, undated],
    ['work on an event is never due', aTime({ kind: 'on-event', to: '2032-01-01' }), {}, undated],
    [
      'work by a date is due on it',
      aTime({ kind: 'by', to: '2031-05-25' }),
      {},
      [{ period: 'all', dueOn: '2031-05-25' }],
    ],
    [
      'a range is due on its last day',
      aTime({ kind: 'range', from: '2031-01-01', to: '2033-06-30' }),
      {},
      [{ period: 'all', dueOn: '2033-06-30' }],
    ],
    ['a range without an end is not due', aTime({ kind: 'range', from: '2031-01-01' }), {}, undated],
    ['daily work is nobody’s to be late with', recurring('day'), {}, undated],
    [
      'quarterly work from the day of issue to today',
      recurring('quarter'),
      {},
      [
        { period: '2031-Q1', dueOn: '2031-03-31' },
        { period: '2031-Q2', dueOn: '2031-06-30' },
        { period: '2031-Q3', dueOn: '2031-09-30' },
      ],
    ],
    [
      'half-yearly work begins with the task’s first day, not the day of issue',
      recurring('half-year', { from: '2030-07-01' }),
      {},
      [
        { period: '2030-H2', dueOn: '2030-12-31' },
        { period: '2031-H1', dueOn: '2031-06-30' },
        { period: '2031-H2', dueOn: '2031-12-31' },
      ],
    ],
    [
      'yearly work ends with the task',
      recurring('year', { to: '2031-12-31' }),
      { until: '2040-01-01' },
      [{ period: '2031', dueOn: '2031-12-31' }],
    ],
    [
      'and with the plan',
      recurring('year'),
      { periodTo: '2032-06-30', until: '2040-01-01' },
      [
        { period: '2031', dueOn: '2031-12-31' },
        { period: '2032', dueOn: '2032-12-31' },
      ],
    ],
    [
      'February of a leap year is due on its 29th',
      recurring('month', { from: '2032-02-03' }),
      { until: '2032-03-01' },
      [
        { period: '2032-02', dueOn: '2032-02-29' },
        { period: '2032-03', dueOn: '2032-03-31' },
      ],
    ],
    [
      'February of a common year on its 28th',
      recurring('month', { from: '2031-02-28' }),
      { until: '2031-02-28' },
      [{ period: '2031-02', dueOn: '2031-02-28' }],
    ],
    [
      'a week belongs to the year its Thursday lies in',
      recurring('week', { from: '2032-12-31' }),
      { until: '2033-01-03' },
      [
        { period: '2032-W53', dueOn: '2033-01-02' },
        { period: '2033-W01', dueOn: '2033-01-09' },
      ],
    ],
    ['work that begins later than today has not begun', recurring('month', { from: '2031-08-01' }), {}, []],
  ])('%s', (_name, time, over, expected) => {
    expect(dueInstances(time, { ...span, ...over })).toEqual(expected)
  })

  const frequencies = ['week', 'month', 'quarter', 'half-year', 'year'] as const
  const someDay = fc
    .integer({ min: 0, max: 40_000 })
    .map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }).toString())

  test('recurring work lies in one period after the other, none twice, none that begins after the end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...frequencies),
        someDay,
        fc.integer({ min: -30, max: 2000 }),
        (frequency, from, more) => {
          const until = Temporal.PlainDate.from(from).add({ days: more }).toString()
          const made = dueInstances(recurring(frequency, { from }), { issuedOn: from, periodTo: null, until })
          expect(new Set(made.map((one) => one.period)).size).toBe(made.length)
          const periods = made.map((one) => periodOf(frequency, Temporal.PlainDate.from(one.dueOn ?? '')))
          periods.forEach((period, at) => {
            expect(period.name).toBe(made[at]?.period)
            expect(period.first.toString() <= until).toBe(true)
            const before = periods[at - 1]
            if (before) expect(before.last.add({ days: 1 }).toString()).toBe(period.first.toString())
          })
          const [first] = periods
          if (first) expect(first.first.toString() <= from && from <= first.last.toString()).toBe(true)
          expect(made.length > 0).toBe(periodOf(frequency, Temporal.PlainDate.from(from)).first.toString() <= until)
        },
      ),
    )
  })

  test('a later day only adds work: what was made stays as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...frequencies), someDay, fc.nat(900), fc.nat(900), (frequency, from, some, more) => {
        const at = (days: number) =>
          dueInstances(recurring(frequency, { from }), {
            issuedOn: from,
            periodTo: null,
            until: Temporal.PlainDate.from(from).add({ days }).toString(),
          })
        const early = at(some)
        expect(at(some + more).slice(0, early.length)).toEqual(early)
      }),
    )
  })

  test('every day of a period names the same period, and the days beside it another', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...frequencies),
        someDay,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (frequency, day, share) => {
          const period = periodOf(frequency, Temporal.PlainDate.from(day))
          expect(period.first.toString() <= day && day <= period.last.toString()).toBe(true)
          const length = period.first.until(period.last).days
          expect(periodOf(frequency, period.first.add({ days: Math.floor(length * share) }))).toEqual(period)
          expect(periodOf(frequency, period.last.add({ days: 1 })).name).not.toBe(period.name)
          expect(periodOf(frequency, period.first.subtract({ days: 1 })).name).not.toBe(period.name)
        },
      ),
    )
  })
})

describe('which duties are counted', () => {
  test.each<[string, DutyKind[], string[]]>([
    ['every lead, and only leads', ['support', 'lead', 'requested', 'lead', 'advise'], ['lead', 'lead']],
    ['without a lead the requested bodies, apart', ['support', 'requested'], ['requested (apart)']],
    ['supporters alone are not counted', ['support', 'advise', 'consolidate'], []],
    ['nobody, where nobody is named', [], []],
  ])('%s', (_name, kinds, expected) => {
    const counted = countedDuties(kinds.map((kind) => ({ kind })))
    expect(counted.map(({ duty, isRequested }) => `${duty.kind}${isRequested ? ' (apart)' : ''}`)).toEqual(expected)
  })
})

describe('what an act makes of a plan', () => {
  const acts: PlanAct[] = ['original', 'amending', 'correcting', 'replacing', 'annulling']
  test.each([
    ['draft', ['issued', 'no', 'no', 'no', 'no']],
    ['issued', ['no', 'issued', 'issued', 'issued', 'annulled']],
    ['replaced', ['no', 'no', 'no', 'no', 'no']],
    ['annulled', ['no', 'no', 'no', 'no', 'no']],
  ] as const)('%s', (state, expected) => {
    const after = acts.map((act) => {
      const { code } = faultsOf(() => stateAfter(state, act))
      return code === 'none' ? stateAfter(state, act) : code === 'plans.act-not-possible' ? 'no' : code
    })
    expect(after).toEqual(expected)
  })
})

const header: PlanHeader = {
  kind: 'KH',
  number: '12/KH-R',
  place: 'Sóla',
  issuedOn: '2031-02-10',
  title: 'Plan for bårn',
  preamble: null,
  signature: { powers: [], post: 'Forman', name: 'Ola Nørd' },
  bases: [],
  recipients: [],
  prose: emptyProse,
  periodFrom: null,
  periodTo: null,
}

function aNode(over: Partial<NodeInput> & { key: string }): NodeInput {
  return {
    parentKey: null,
    kind: 'task',
    path: '1',
    text: 'Arbeid',
    output: null,
    funding: null,
    time: null,
    duties: [{ kind: 'lead', raw: 'alle amter', addressedId: null, classCode: 'ministries' }],
    source: null,
    programmes: [],
    bases: [],
    ...over,
  }
}

const known = { today: '2040-01-01', requestOnly: new Map<string, OrderFault>() }

describe('ready to issue', () => {
  const ready = [aNode({ key: 'a' })]
  test('a document with its head, its signer and a task with a known body is ready', () => {
    expect(faultsOf(() => checkReadyToIssue({ header, nodes: ready }, 'original', known)).code).toBe('none')
  })

  test.each<[string, Partial<PlanHeader>, NodeInput[], string[]]>([
    ['its number is needed', { number: null }, ready, ['/header/number platform.field-missing']],
    ['an empty number is none', { number: '' }, ready, ['/header/number platform.field-missing']],
    ['its place', { place: null }, ready, ['/header/place platform.field-missing']],
    ['its day', { issuedOn: null }, ready, ['/header/issuedOn platform.field-missing']],
    [
      'who signs',
      { signature: { powers: [], post: '', name: '' } },
      ready,
      ['/header/signature/post platform.field-missing', '/header/signature/name platform.field-missing'],
    ],
    ['a plan has a task', {}, [aNode({ key: 'g', kind: 'group', duties: [] })], ['/nodes platform.field-missing']],
    [
      'a task names a body, and the fault says which task',
      {},
      [aNode({ key: 'a' }), aNode({ key: 'b', duties: [] })],
      ['/nodes/1/duties plans.task-without-duty'],
    ],
    [
      'a leading body nobody knows is named by its place; one that helps may stay words',
      {},
      [
        aNode({
          key: 'a',
          duties: [
            { kind: 'support', raw: 'Bedrifter', addressedId: null, classCode: null },
            { kind: 'lead', raw: 'Åmt for Ukjent', addressedId: null, classCode: null },
          ],
        }),
      ],
      ['/nodes/0/duties/1 plans.duty-names-nobody'],
    ],
    [
      'a task that only words are laid on is owed by nobody',
      {},
      [aNode({ key: 'a', duties: [{ kind: 'support', raw: 'Bedrifter', addressedId: null, classCode: null }] })],
      ['/nodes/0/duties plans.task-without-duty'],
    ],
    [
      'everything wrong is said at once',
      { number: null, place: null },
      [],
      [
        '/header/number platform.field-missing',
        '/header/place platform.field-missing',
        '/nodes platform.field-missing',
      ],
    ],
  ])('%s', (_name, over, nodes, faults) => {
    expect(faultsOf(() => checkReadyToIssue({ header: { ...header, ...over }, nodes }, 'original', known))).toEqual({
      code: 'plans.not-ready-to-issue',
      fields: faults,
    })
  })

  test('who helps may stay words where a body leads', () => {
    const duties = [
      { kind: 'lead' as const, raw: 'alle amter', addressedId: null, classCode: 'ministries' },
      { kind: 'support' as const, raw: 'Bedrifter', addressedId: null, classCode: null },
    ]
    const nodes = [aNode({ key: 'a', duties })]
    expect(faultsOf(() => checkReadyToIssue({ header, nodes }, 'original', known)).code).toBe('none')
  })

  test('an annulling document needs its head but no tasks', () => {
    expect(faultsOf(() => checkReadyToIssue({ header, nodes: [] }, 'annulling', known)).code).toBe('none')
    expect(
      faultsOf(() => checkReadyToIssue({ header: { ...header, number: null }, nodes: [] }, 'annulling', known)).code,
    ).toBe('plans.not-ready-to-issue')
  })

  test('a plan does not end before it begins', () => {
    const bad = { ...header, periodFrom: '2032-01-01', periodTo: '2031-12-31' }
    expect(faultsOf(() => checkReadyToIssue({ header: bad, nodes: ready }, 'original', known)).fields).toEqual([
      '/header/periodTo plans.time-ends-before-it-begins',
    ])
  })
})

describe('the moves of a progress update', () => {
  const states: ProgressState[] = ['draft', 'submitted', 'returned', 'accepted']
  test.each([
    ['save', ['draft', 'no', 'draft', 'no']],
    ['submit', ['submitted', 'no', 'submitted', 'no']],
    ['return', ['no', 'returned', 'no', 'no']],
    ['accept', ['no', 'accepted', 'no', 'no']],
  ] as const)('%s', (act, expected) => {
    const after = states.map((state) => {
      const { code } = faultsOf(() => moveProgress(state, act))
      return code === 'none' ? moveProgress(state, act) : 'no'
    })
    expect(after).toEqual(expected)
  })

  test('no sequence of moves leaves what was accepted', () => {
    const act = fc.constantFrom('save', 'submit', 'return', 'accept')
    fc.assert(
      fc.property(fc.array(act as fc.Arbitrary<'save' | 'submit' | 'return' | 'accept'>), (acts) => {
        let state: ProgressState = 'draft'
        const seen: ProgressState[] = [state]
        for (const next of acts) {
          const from: ProgressState = state
          if (faultsOf(() => moveProgress(from, next)).code === 'none') state = moveProgress(from, next)
          seen.push(state)
        }
        const accepted = seen.indexOf('accepted')
        if (accepted !== -1) expect(new Set(seen.slice(accepted))).toEqual(new Set(['accepted']))
        if (accepted > 0) expect(seen[accepted - 1]).toBe('submitted')
      }),
    )
  })
})

describe('where work stands on a day', () => {
  test.each([
    ['proof sent on the day it was due is on time', '2031-03-31', '2031-03-31', false, 'done-on-time'],
    ['a day after is late', '2031-03-31', '2031-04-01', false, 'done-late'],
    ['due today is still in time', '2031-04-01', null, false, 'pending-in-time'],
    ['due yesterday is overdue', '2031-03-31', null, false, 'overdue'],
    ['undated work is never pending in time', null, null, false, 'no-due-date'],
    ['undated work that is done stays apart', null, '2031-01-01', false, 'no-due-date'],
    ['a requested body is never overdue', '2020-01-01', null, true, 'requested-open'],
    ['nor late', '2020-01-01', '2031-01-01', true, 'requested-done'],
  ] as const)('%s', (_name, dueOn, doneOn, isRequested, expected) => {
    expect(standingOf({ dueOn, doneOn, isRequested }, '2031-04-01')).toBe(expected)
  })
})

describe('the next number of a book', () => {
  test.each([
    [[], '01', null],
    [['07/KH-UBND', '8/KH-UBND', '12/KH-UBND'], '13', '12/KH-UBND'],
    [['số không rõ', '/KH-UBND'], '01', null],
    [['099/KH-UBND'], '100', '099/KH-UBND'],
  ])('after %j is %s', (numbers, next, after) => {
    expect(nextInBook(numbers)).toEqual({ next, after })
  })
})
