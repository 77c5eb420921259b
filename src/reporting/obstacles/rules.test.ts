import { describe, expect, test } from 'vitest'
import type { DaysOff } from '../model.ts'
import { answerDay, routeOf, type RoutedBody } from './rules.ts'

const body = (id: string, level: RoutedBody['level'], unitId: string): RoutedBody => ({ id, level, unitId })
const line = [body('province', 'province', 'p1'), body('council', 'central', 'land')]
const experts = [
  body('office of another province', 'province', 'p2'),
  body('office', 'province', 'p1'),
  body('ministry', 'central', 'land'),
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
