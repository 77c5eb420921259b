import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { country } from '../index.ts'
import type { DayRule, DayOfYear, RegimeDefinition, Tier } from '#reporting/model'
import { addDays, isDayOff, movedDay } from '../../../src/reporting/regimes/days.ts'
import { judgeRegime } from '../../../src/reporting/regimes/judge.ts'
import { periodsAfter, periodsOfYear, readOwnPeriod, scheduleOf } from '../../../src/reporting/regimes/schedule.ts'

const almanac = { calendars: country.calendars, daysOff: country.reporting.daysOff }
const day = (month: number, date: number, year = 0): DayOfYear => ({ year, month, day: date })
const halves = (first: DayOfYear, second: DayOfYear): DayRule => ({ kind: 'days', days: { S1: first, S2: second } })
const nobody = { classes: [], functions: [], agencies: [], except: [] }
const tier = (code: string, to: string, due: DayRule, over: Partial<Tier> = {}): Tier => ({
  ...{ code, names: { vi: code }, who: { ...nobody, classes: [`class-${code}`] }, to, due, ...over },
})

/** Commune 10 May, province 18 May, ministry 25 May; estimates are asked for. */
function aRegime(over: Partial<RegimeDefinition> = {}): RegimeDefinition {
  return {
    ...{ names: { vi: 'Báo cáo' }, kind: 'periodic', content: 'x', legalBases: ['x'], sending: 'x' },
    window: { kind: 'calendar', calendar: 'vn-report', frequency: 'half-year' },
    cutOff: { kind: 'after-end', days: 0 },
    asksEstimates: true,
    tiers: [
      tier('commune', 'province', halves(day(5, 10), day(11, 5))),
      tier('province', 'owner', halves(day(5, 18), day(11, 13))),
    ],
    rootDue: halves(day(5, 25), day(11, 20)),
    ...{
      graceDays: 0,
      lockAfterDays: 30,
      opensDaysBefore: null,
      onHoliday: 'stands',
      remindDays: [14, 3, 0],
      escalateAfterDays: 3,
    },
    ...over,
  }
}

const codes = (definition: RegimeDefinition) =>
  judgeRegime(definition, almanac, 2026).map(
    ({ code, pointer }) => `${code.replace('reporting.finding-', '')} ${pointer}`,
  )

describe('a regime', () => {
  test('with due days before the cut-off is sound where estimates are asked', () => {
    expect(codes(aRegime())).toEqual([])
  })

  const cases: [string, Partial<RegimeDefinition>, string[]][] = [
    [
      'asks for final figures before they are closed',
      { asksEstimates: false },
      [
        ...['/tiers/0/due', '/tiers/1/due', '/rootDue', '/tiers/0/due', '/tiers/1/due', '/rootDue'].map(
          (at) => `due-before-cut-off ${at}`,
        ),
      ],
    ],
    [
      'has the owner due on the day of those below',
      { rootDue: halves(day(5, 18), day(11, 20)) },
      ['parent-same-day /rootDue'],
    ],
    [
      'has the province due before its communes, as one real plan had',
      {
        tiers: [
          tier('commune', 'province', halves(day(6, 16), day(11, 5))),
          tier('province', 'owner', halves(day(5, 18), day(11, 13))),
        ],
      },
      ['parent-before /tiers/1/due'],
    ],
    [
      'names no day for the second half',
      { rootDue: { kind: 'days', days: { S1: day(5, 25) } } },
      ['day-missing /rootDue/days/S2'],
    ],
    ['names 29 February', { cutOff: halves(day(2, 29), day(12, 14)) }, ['leap-day /cutOff/days/S1']],
    ['names 31 April', { cutOff: halves(day(4, 31), day(12, 14)) }, ['no-such-day /cutOff/days/S1']],
    [
      'sends to a tier that is not there',
      { tiers: [tier('commune', 'district', halves(day(5, 10), day(11, 5)))] },
      ['receiver-missing /tiers/0/to'],
    ],
    [
      'goes in a circle',
      { tiers: [tier('a', 'b', halves(day(5, 10), day(11, 5))), tier('b', 'a', halves(day(5, 12), day(11, 7)))] },
      ['tier-circle /tiers/0/to', 'tier-circle /tiers/1/to'],
    ],
    [
      'binds the same class at two tiers',
      {
        tiers: [
          tier('commune', 'province', halves(day(5, 10), day(11, 5))),
          tier('province', 'owner', halves(day(5, 18), day(11, 13)), {
            who: { ...nobody, classes: ['class-commune'] },
          }),
        ],
      },
      ['bound-twice /tiers/1/who/classes/0'],
    ],
    [
      'binds nobody at a tier',
      { tiers: [tier('commune', 'owner', halves(day(5, 10), day(11, 5)), { who: nobody })] },
      ['tier-empty /tiers/0/who'],
    ],
    [
      'is of an unknown calendar',
      { window: { kind: 'calendar', calendar: 'xx', frequency: 'half-year' } },
      ['unknown-calendar /window/calendar'],
    ],
    [
      'locks before the days of grace are over',
      { graceDays: 5, lockAfterDays: 2, escalateAfterDays: 9 },
      ['locks-in-grace /lockAfterDays'],
    ],
    [
      'is due before the period begins',
      { rootDue: halves(day(5, 25, -1), day(11, 20)) },
      ['parent-before /rootDue', 'due-before-period /rootDue'],
    ],
    [
      'gives a day of grace up to the day of the tier above',
      { graceDays: 7, escalateAfterDays: 8 },
      ['grace-past-parent /tiers/1/due', 'grace-past-parent /tiers/1/due'],
    ],
  ]
  test.each(cases)('that %s is told so', (_, over, expected) => {
    expect(codes(aRegime(over))).toEqual(expected)
  })

  test('finds a due day moved onto that of the tier above by a holiday', () => {
    const found = codes(
      aRegime({
        tiers: [
          tier('commune', 'province', halves(day(5, 10), day(11, 5))),
          tier('province', 'owner', halves(day(5, 23), day(11, 13))),
        ],
        onHoliday: 'after',
      }),
    )
    // 23 May 2026 is a Saturday: it moves to Monday 25 May.
    expect(found).toEqual(['parent-same-day /rootDue'])
  })
})

describe('days off', () => {
  const anyDay = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2025-01-15', days))
  test('a moved due day is a working day, on the side that was asked, with only days off between', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('before' as const, 'after' as const), (on, rule) => {
        const moved = movedDay(on, rule, almanac.daysOff)
        expect(isDayOff(moved, almanac.daysOff)).toBe(false)
        expect(rule === 'after' ? moved >= on : moved <= on).toBe(true)
        const step = rule === 'after' ? 1 : -1
        for (let at = on; at !== moved; at = addDays(at, step)) expect(isDayOff(at, almanac.daysOff)).toBe(true)
      }),
    )
  })
  test('a Saturday that is made up is a day of work, and one of Tết is none', () => {
    expect(['2025-04-26', '2026-02-18', '2026-05-04'].map((on) => isDayOff(on, almanac.daysOff))).toEqual([
      false,
      true,
      false,
    ])
  })
})

const anyPart = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })

describe('periods', () => {
  test.each([
    ['half-year', 'vn-report:2026-S1', '2025-12-15', '2026-06-15'],
    ['half-year', 'vn-report:2026-S2', '2026-06-15', '2026-12-15'],
    ['quarter', 'vn-report:2026-Q2', '2026-03-15', '2026-06-15'],
    ['year', 'vn-report:2026', '2025-12-15', '2026-12-15'],
  ] as const)('of a calendar (%s) %s begin and end as the decree says', (frequency, id, from, to) => {
    const window = { kind: 'calendar' as const, calendar: 'vn-report', frequency }
    expect(readOwnPeriod(id, window, almanac.calendars)).toMatchObject({ from, to })
  })

  test('a name is read back as the period that bears it, of any window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2100 }), anyPart, anyPart, (year, from, to) => {
        const part = { part: 'A1', names: {}, from: { ...from, year: -1 }, to: { ...to, year: 1 } }
        const window = { kind: 'own' as const, parts: [part] }
        for (const period of periodsOfYear(window, year, []))
          expect(readOwnPeriod(period.id, window, [])).toEqual(period)
      }),
    )
  })

  test('those to come end after the day asked, in order', () => {
    const window = { kind: 'calendar' as const, calendar: 'vn-report', frequency: 'quarter' as const }
    const found = periodsAfter(window, { day: '2026-06-15', count: 4, calendars: almanac.calendars })
    expect(found.map(({ id }) => id)).toEqual([
      'vn-report:2026-Q3',
      'vn-report:2026-Q4',
      'vn-report:2027-Q1',
      'vn-report:2027-Q2',
    ])
  })

  test('a regime without findings keeps in every year: cut-off ≥ begin, each tier due before the one above', () => {
    const rule = fc.integer({ min: -40, max: 40 }).map((days): DayRule => ({ kind: 'after-end', days }))
    fc.assert(
      fc.property(
        rule,
        rule,
        rule,
        fc.boolean(),
        fc.constantFrom('stands', 'before', 'after'),
        (low, high, root, asksEstimates, onHoliday) => {
          const definition = aRegime({
            tiers: [tier('commune', 'province', low), tier('province', 'owner', high)],
            ...{ rootDue: root, asksEstimates, onHoliday },
          })
          const isSound = !judgeRegime(definition, almanac, 2026).some(({ severity }) => severity === 'error')
          let holds = true
          for (let year = 2026; year < 2038; year++)
            for (const period of periodsOfYear(definition.window, year, almanac.calendars)) {
              const scheduled = scheduleOf(definition, period, almanac.daysOff)
              const [commune = '', province = '', ministry = ''] = ['commune', 'province', 'root'].map(
                (code) => scheduled?.due[code]?.on,
              )
              const isLate =
                asksEstimates || [commune, province, ministry].every((on) => on >= (scheduled?.cutOffOn ?? ''))
              holds &&= commune < province && province < ministry && isLate && commune >= period.from
            }
          expect(isSound).toBe(holds)
        },
      ),
      { numRuns: 150 },
    )
  })
})
