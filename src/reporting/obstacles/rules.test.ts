import { describe, expect, test } from 'vitest'
import type { DaysOff } from '../model.ts'
import { answerDay, routeOf } from './rules.ts'

type RoutedBody = Parameters<typeof routeOf>[1]['line'][number]

const body = (id: string, level: RoutedBody['level'], superiorId: string | null): RoutedBody => ({
  ...{ id, level, superiorId },
})
const line = [body('province', 'province', 'council'), body('council', 'central', null)]
const experts = [
  body('office of another province', 'province', 'another province'),
  body('office', 'province', 'province'),
  body('bureau', 'central', 'ministry'),
  body('ministry', 'central', 'council'),
]

describe('an obstacle goes to the lowest level that can resolve it', () => {
  test.each([
    ['what the next above can resolve goes to it', { level: 'commune', function: null }, 'province'],
    ['to the body for the field of work in its unit', { level: 'province', function: 'money' }, 'office'],
    ['what only the centre can resolve goes past the province', { level: 'central', function: 'money' }, 'ministry'],
    ['to the superior where there is no such body', { level: 'central', function: null }, 'council'],
  ] as const)('%s', (_name, theme, to) => {
    expect(routeOf(theme, { raiserId: 'commune', line, experts: theme.function === null ? [] : experts })).toBe(to)
  })
  test('never back to the one who raises it', () => {
    const theme = { level: 'province', function: 'money' } as const
    expect(routeOf(theme, { raiserId: 'office', line, experts })).toBe('province')
  })
  test('nor to a body under the one that raises it', () => {
    const theme = { level: 'central', function: 'money' } as const
    expect(routeOf(theme, { raiserId: 'ministry', line: line.slice(1), experts })).toBe('council')
  })
  test('to the highest there is where nobody stands at the level', () => {
    const theme = { level: 'central', function: null } as const
    expect(routeOf(theme, { raiserId: 'commune', line: line.slice(0, 1), experts: [] })).toBe('province')
  })
  test('to nobody where nobody stands above', () => {
    expect(routeOf({ level: 'commune', function: null }, { raiserId: 'a', line: [], experts })).toBeUndefined()
  })
})

describe('the clock of an answer', () => {
  const names = { vi: 'x', en: 'x', fr: 'x' }
  const off: DaysOff = {
    ...{ weekend: [0, 6], knownFrom: '2031-01-01', knownTo: '2031-12-31' },
    holidays: [{ on: '2031-05-01', names }],
    madeUp: [{ on: '2031-05-10', names }],
  }
  test.each([
    ['a Monday', '2031-04-21', 3, '2031-04-24'],
    ['over a weekend', '2031-04-18', 1, '2031-04-21'],
    ['over a holiday', '2031-04-30', 1, '2031-05-02'],
    ['a weekend that is made up for counts', '2031-05-09', 1, '2031-05-10'],
    ['none', '2031-05-09', 0, '2031-05-09'],
  ])('%s', (_name, from, days, to) => {
    expect(answerDay(from, days, off)).toBe(to)
  })
})
