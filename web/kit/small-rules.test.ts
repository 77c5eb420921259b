import { describe, expect, it } from 'vitest'
import { fieldIdOf } from './field-problems.ts'
import { faultOf } from './file-check.ts'
import { paceOf, saveIn } from './pace.ts'
import { problemOf } from './problem.ts'
import { tickOf, toggleAll, toggleOne } from './selection.ts'

describe('a file that is given', () => {
  const rule = { endings: ['.docx', '.txt'], maxBytes: 1000 }
  it.each([
    [{ name: 'KH 12.DOCX', size: 10 }, undefined],
    [{ name: 'ke-hoach.pdf', size: 10 }, 'file-wrong-type'],
    [{ name: 'a.docx', size: 0 }, 'file-empty'],
    [{ name: 'a.txt', size: 1001 }, 'file-too-large'],
  ])('%j: %s', (file, fault) => {
    expect(faultOf(file, rule)).toBe(fault)
  })
})

describe('a draft that is typed in', () => {
  /** When it is saved by somebody who strikes a key each so many ms for half a minute, from the first key on. */
  const savedAt = (everyMs: number) => {
    for (let now = 0; now <= 30_000; now += everyMs) {
      const wait = saveIn({ since: 0, now, delayMs: 1200 })
      if (wait < everyMs) return now + wait
    }
    return undefined
  }
  it('is saved in the first pause, and within ten seconds where none comes', () => {
    expect(savedAt(5000)).toBe(1200)
    expect(savedAt(150)).toBe(10_000)
    expect(saveIn({ since: 0, now: 60_000, delayMs: 1200 })).toBe(0)
  })
})

describe('the pace of a job', () => {
  it('is what was seen of it, and tells how long it still takes', () => {
    const samples = [
      { at: 0, done: 0 },
      { at: 10_000, done: 100 },
    ]
    expect(paceOf(samples, 400)).toEqual({ perSecond: 10, remaining: 30 })
    expect(paceOf(samples, null)).toEqual({ perSecond: 10 })
  })

  it('is not guessed from too little', () => {
    expect(paceOf([], 10)).toBeUndefined()
    expect(paceOf([{ at: 0, done: 5 }], 10)).toBeUndefined()
    expect(
      paceOf(
        [
          { at: 0, done: 5 },
          { at: 9_000, done: 5 },
        ],
        10,
      ),
    ).toBeUndefined()
  })
})

describe('selecting rows', () => {
  it('over one page leaves those of other pages alone', () => {
    const before = new Set(['x', 'a'])
    expect(tickOf(['a', 'b'], before)).toBe('some')
    const all = toggleAll(['a', 'b'], before)
    expect([...all].sort()).toEqual(['a', 'b', 'x'])
    expect(tickOf(['a', 'b'], all)).toBe('all')
    expect([...toggleAll(['a', 'b'], all)]).toEqual(['x'])
  })

  it('twice is as not at all', () => {
    expect([...toggleOne('a', toggleOne('a', new Set(['b'])))]).toEqual(['b'])
  })
})

describe('a problem of the server', () => {
  it('keeps its fields, and points at the fields of the form', () => {
    const problem = problemOf(422, {
      code: 'plans.x',
      title: 'Chưa đủ',
      errors: [{ pointer: '/duties/0/agencyId', code: 'y', title: 'Chọn cơ quan' }],
    })
    expect([problem.code, problem.message, problem.status]).toEqual(['plans.x', 'Chưa đủ', 422])
    expect(problem.errors.map((error) => fieldIdOf(error.pointer))).toEqual(['duties.0.agencyId'])
  })

  it('that is no problem document still has its status', () => {
    expect(problemOf(502, '<html>')).toMatchObject({ code: 'http.502', status: 502, errors: [] })
  })
})
