import { describe, expect, test } from 'vitest'
import { escalatesOn, stagesToTell, type Awaited, type Stage } from './rules.ts'

const of = (over: Partial<Awaited> = {}): Awaited => ({
  ...{ dueOn: '2031-05-10', setOn: '2031-03-04', isRequested: false, graceDays: 0 },
  ...{ remindDays: [14, 3, 0], escalateAfterDays: 3, told: [] },
  ...over,
})
const due = (days: number): Stage => ({ kind: 'due', days })
const overdue: Stage = { kind: 'overdue', days: 0 }
const escalated: Stage = { kind: 'escalated', days: 0 }

describe('what is told of a report not yet sent', () => {
  test.each<[day: string, told: Stage[], expected: Stage[]]>([
    ['2031-04-25', [], []],
    ['2031-04-26', [], [due(14)]],
    ['2031-04-26', [due(14)], []],
    ['2031-05-06', [due(14)], []],
    ['2031-05-07', [due(14)], [due(3)]],
    ['2031-05-10', [due(14), due(3)], [due(0)]],
    ['2031-05-11', [due(14), due(3), due(0)], []],
    ['2031-05-13', [due(14), due(3), due(0)], [overdue, escalated]],
    ['2031-05-14', [due(14), due(3), due(0), overdue, escalated], []],
  ])('on %s, after %j, is %j', (day, told, expected) => {
    expect(stagesToTell(of({ told }), day)).toEqual(expected)
  })

  test('after days of sleep is the nearest alone, and after the due day that it is late', () => {
    expect(stagesToTell(of(), '2031-05-08')).toEqual([due(3)])
    expect(stagesToTell(of({ told: [due(14)] }), '2031-05-11')).toEqual([overdue])
    expect(stagesToTell(of({ told: [due(14)] }), '2031-05-18')).toEqual([overdue, escalated])
  })

  test('leaves out days that had gone by when the due day was set', () => {
    expect(stagesToTell(of({ setOn: '2031-05-01' }), '2031-05-02')).toEqual([])
    expect(stagesToTell(of({ setOn: '2031-05-01' }), '2031-05-07')).toEqual([due(3)])
  })

  test('is never that it is late where the executive only asks, nor within the days of grace', () => {
    expect(stagesToTell(of({ isRequested: true, told: [due(0)] }), '2031-06-10')).toEqual([])
    expect(stagesToTell(of({ graceDays: 5, told: [due(0)] }), '2031-05-15')).toEqual([])
    expect(stagesToTell(of({ graceDays: 5, told: [due(0)] }), '2031-05-16')).toEqual([overdue, escalated])
    expect(escalatesOn(of({ graceDays: 5 }))).toBe('2031-05-16')
  })
})
