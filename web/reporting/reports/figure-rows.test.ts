import { describe, expect, test } from 'vitest'
import type { Standing } from '../../indicators/entry/rows.ts'
import { emptyLine, isUnsaid, laid, lineOf, saidOf, type FigureRow, type Writing } from './figure-rows.ts'

const writing: Writing = {
  ...{ locale: 'vi-VN', usual: 'A' },
  print: (value) => new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 4 }).format(value),
  named: new Map<string, Standing>([['ước tính', 'E']]),
}
const line = emptyLine('a')
const after = (row: FigureRow, ...changes: ['numerator' | 'denominator' | 'standing' | 'comment', string][]) =>
  changes.reduce((now, [column, text]) => laid(now, { key: 'a', column, text }, writing), row)

describe('a row of figures of a report', () => {
  test('takes numbers as they are written, and the status figures of its period have', () => {
    const row = after(line, ['numerator', '1.234,5'], ['denominator', '2.000'], ['comment', 'từ sổ'])
    expect(lineOf(row)).toEqual({ ...line, status: 'A', numerator: 1234.5, denominator: 2000, comment: 'từ sổ' })
    expect(saidOf(row, writing.print)).toEqual({
      ...{ numerator: '1.234,5', denominator: '2.000', standing: 'A', comment: 'từ sổ' },
    })
    expect(after(row, ['standing', 'Ước tính']).status).toBe('E')
  })

  test('keeps what is no number to be corrected, and saves none', () => {
    const wrong = after(line, ['numerator', '5'], ['numerator', 'x5'])
    expect(wrong).toMatchObject({ numerator: null, numeratorTyped: 'x5' })
    expect(lineOf(wrong)).not.toHaveProperty('numeratorTyped')
    expect(saidOf(wrong, writing.print).numerator).toBe('x5')
    expect(after(wrong, ['numerator', '0'])).toMatchObject({ numerator: 0, numeratorTyped: undefined })
  })

  test('a reason why there is no figure takes it off; a figure takes off the reason; nothing written is nothing said', () => {
    const absent = after(line, ['numerator', '5'], ['standing', 'not-applicable'])
    expect(lineOf(absent)).toEqual({ ...line, absence: 'not-applicable' })
    expect(lineOf(after(absent, ['numerator', '0']))).toEqual({ ...line, status: 'A', numerator: 0 })
    expect(isUnsaid(lineOf(after(absent, ['standing', ''])))).toBe(true)
    expect(isUnsaid(lineOf(after(line, ['numerator', '0'])))).toBe(false)
  })

  test('a number finer than it is shown stays exact while other cells are written', () => {
    const fine = { ...line, status: 'A' as const, numerator: 1.234567 }
    expect(after(fine, ['denominator', '3'], ['comment', 'x']).numerator).toBe(1.234567)
  })
})
