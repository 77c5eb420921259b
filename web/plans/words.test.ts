import { describe, expect, it } from 'vitest'
import { blankNode, withKnownIds } from './draft.ts'
import { periodWords, shorten, sumNumbers } from './words.ts'

const say = (key: string, values?: object) => `${key} ${JSON.stringify(values)}`

describe('words of work', () => {
  it.each([
    ['2026-Q2', 'plans.period-quarter {"year":"2026","of":"2"}'],
    ['2026-H1', 'plans.period-half {"year":"2026","of":"1"}'],
    ['2026-W07', 'plans.period-week {"year":"2026","of":"7"}'],
    ['2026-03', 'plans.period-month {"year":"2026","of":"3"}'],
    ['2026', 'plans.period-year {"year":"2026"}'],
  ])('says the period %s', (period, said) => {
    expect(periodWords(period, say)).toBe(said)
  })

  it('says no period for work that is owed once', () => {
    expect(periodWords('all', say)).toBeUndefined()
  })

  it('cuts a long text at a word and leaves a short one whole', () => {
    expect(shorten('Rà soát, sửa đổi quy trình hỗ trợ trẻ em', 16)).toBe('Rà soát, sửa…')
    expect(shorten('Rà soát', 16)).toBe('Rà soát')
  })

  it('adds the numbers of several tasks, requested bodies apart', () => {
    const one = { doneOnTime: 1, doneLate: 2, pendingInTime: 3, overdue: 4, noDueDate: 5 }
    const requested = { done: 1, open: 2 }
    const sum = sumNumbers(
      [
        { ...one, requested, asOf: '2026-01-01' },
        { ...one, requested, asOf: '2026-01-01' },
      ],
      'x',
    )
    expect(sum).toEqual({
      doneOnTime: 2,
      doneLate: 4,
      pendingInTime: 6,
      overdue: 8,
      noDueDate: 10,
      requested: { done: 2, open: 4 },
      asOf: 'x',
    })
  })
})

describe('a draft saved again', () => {
  it('names nodes by the ids they were given, in parents too', () => {
    const group = { ...blankNode('group', null, '1'), key: 'mine' }
    const task = { ...blankNode('task', 'mine', '1.1'), key: 'other' }
    const known = withKnownIds([group, task], new Map([['mine', 'id-1']]))
    expect(known.map(({ key, parentKey }) => [key, parentKey])).toEqual([
      ['id-1', null],
      ['other', 'id-1'],
    ])
  })
})
