import { describe, expect, test } from 'vitest'
import type { GridRow, MeasureRow } from '#indicators/model'
import {
  inLocale,
  judge,
  readStanding,
  settled,
  usualStatus,
  written,
  type EntryRow,
  type Reading,
  type RowDraft,
} from './rows.ts'

const measure = { aggregation: 'ratio', isShare: true, factor: 100 } as MeasureRow
const row = { mayEnter: true, isLocked: false, figure: null } as GridRow
const anEntry = (key: string, over: { measure?: Partial<MeasureRow>; row?: Partial<GridRow> } = {}): EntryRow => ({
  key,
  measure: { ...measure, ...over.measure },
  row: { ...row, ...over.row },
})
const reading: Reading = {
  period: { id: '2030', calendar: '', frequency: 'year', from: '2030-01-01', to: '2031-01-01' },
  today: '2031-02-01',
  locale: 'vi-VN',
  print: String,
}
const empty: RowDraft = { numerator: '', denominator: '', standing: '', comment: '', seen: null }

describe('a row of the grid', () => {
  test('a figure gets the usual status of its period, which may be chosen otherwise', () => {
    expect(usualStatus(reading)).toBe('A')
    expect(usualStatus({ ...reading, today: '2030-06-01' })).toBe('E')
    const typed = written(empty, 'numerator', '5', 'A')
    expect(typed.standing).toBe('A')
    expect(written({ ...typed, standing: 'P' }, 'denominator', '9', 'A').standing).toBe('P')
    expect(written(typed, 'numerator', '', 'A').standing).toBe('')
  })

  test('an absence takes the figures away, and a figure the absence', () => {
    const absent = written({ ...empty, numerator: '5', standing: 'A' }, 'standing', 'missing', 'A')
    expect(absent).toEqual({ ...empty, standing: 'missing' })
    expect(written(absent, 'numerator', '0', 'A')).toMatchObject({ numerator: '0', standing: 'A' })
  })

  test('is judged by the rules of the server', () => {
    const faultOf = (draft: Partial<RowDraft>) =>
      judge(anEntry('a'), { ...empty, ...draft }, reading).fault?.code ?? null
    expect(faultOf({ numerator: '3', denominator: '4', standing: 'A' })).toBeNull()
    expect(faultOf({ numerator: '5', denominator: '4', standing: 'A' })).toBe('indicators.part-above-whole')
    expect(faultOf({ numerator: '5', standing: 'A' })).toBe('indicators.denominator-missing')
    expect(faultOf({ numerator: '5,5', denominator: '9', standing: 'A' })).toBe('indicators.not-whole')
    expect(faultOf({ numerator: '5', denominator: '9'.repeat(25), standing: 'A' })).toBe('indicators.number-too-large')
    expect(faultOf({ numerator: 'x', denominator: '9', standing: 'A' })).toBe('indicators.unreadable')
    expect(faultOf({ standing: 'not-yet-known' })).toBeNull()
    expect(faultOf({})).toBeNull()
  })

  test('nothing written is no change, and zero is a figure', () => {
    expect(judge(anEntry('a'), empty, reading)).toMatchObject({ isChanged: false, value: null })
    const zero = judge(anEntry('a'), { ...empty, numerator: '0', denominator: '40', standing: 'A' }, reading)
    expect(zero).toMatchObject({ isChanged: true, value: 0, fault: null })
  })

  test('that somebody gave another figure meanwhile is said before it is sent, not where it says the same', () => {
    const latest = { vintage: 2, status: 'A', numerator: 3, denominator: 4, absence: null, comment: null }
    const entry = anEntry('a', { row: { figure: { latest } as GridRow['figure'] } })
    const draft: RowDraft = { ...empty, numerator: '2', denominator: '4', standing: 'A', seen: 1 }
    const faultOf = (over: Partial<RowDraft>) => judge(entry, { ...draft, ...over }, reading).fault?.code ?? null
    expect(faultOf({})).toBe('indicators.overtaken')
    expect(faultOf({ seen: null })).toBe('indicators.overtaken')
    expect(faultOf({ seen: 2 })).toBeNull()
    expect(faultOf({ numerator: '3,0' })).toBeNull()
    expect(faultOf({ numerator: '3', comment: 'khác' })).toBe('indicators.overtaken')
  })

  test('what is written on while it is sent stays, as of the vintage that was taken', () => {
    const sent: RowDraft = { ...empty, numerator: '3', denominator: '4', standing: 'A', seen: 1 }
    const drafts = { same: sent, on: { ...sent, numerator: '35' }, other: sent }
    const taken = new Map(['same', 'on'].map((key) => [key, { draft: sent, vintage: 2 }]))
    expect(settled(drafts, taken)).toEqual({ on: { ...sent, numerator: '35', seen: 2 }, other: sent })
  })

  test('kept rows mean the same in another language', () => {
    const drafts = {
      a: { ...empty, numerator: '1.234', denominator: '2.000,5', comment: '1.234' },
      b: { ...empty, numerator: 'x' },
    }
    expect(inLocale(drafts, { from: 'vi-VN', to: 'en-GB' })).toEqual({
      ...{ a: { ...drafts.a, numerator: '1,234', denominator: '2,000.5' }, b: drafts.b },
    })
    expect(inLocale(drafts, { from: 'vi-VN', to: 'vi-VN' })).toBe(drafts)
  })

  test('names a status by its letter, its code or its word', () => {
    const named = new Map([['ước tính', 'E' as const]])
    expect(['e', 'missing', 'Ước tính', '', 'khác'].map((text) => readStanding(text, named))).toEqual([
      ...['E', 'missing', 'E', ''],
      undefined,
    ])
  })
})
