import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasRealDocuments } from '../../../test/kit/gold.ts'
import { readFile } from '../../../test/kit/readings.ts'
import { proposeRegime } from '../../../src/reporting/regimes/from-document/propose.ts'
import { readDays } from './read-days.ts'

const due = (words: string) =>
  readDays({ due: words, sentence: '' }).days.map(({ day, month, year }) => [day, month, year])
const window = (sentence: string) => readDays({ due: null, sentence }).window

describe('days in printed due dates', () => {
  test.each([
    ['trước ngày 25 tháng 5', [[25, 5, 0]]],
    ['trước 20/11', [[20, 11, 0]]],
    ['trước ngày 25/5 và 20/11', [[25, 5, 0], [20, 11, 0]]], // prettier-ignore
    ['trước ngày 15/01', [[15, 1, null]]],
    ['trước ngày 15/01 năm sau', [[15, 1, 1]]],
    ['trước ngày 10/12/2025', [[10, 12, null]]],
    ['trước ngày 31/4', []],
    ['trước ngày 25 hằng tháng', []],
  ])('%s', (words, days) => expect(due(words)).toEqual(days))

  test.each([
    ['từ ngày 15/12 năm trước đến ngày 14/6', [15, 12, 14, 6, -1]],
    ['từ ngày 15 tháng 12 năm trước đến hết ngày 14 tháng 6', [15, 12, 14, 6, -1]],
    ['từ ngày 15/12 đến ngày 14/6', [15, 12, 14, 6, null]],
    ['từ ngày 15/6 đến ngày 14/12', [15, 6, 14, 12, 0]],
  ])('window: %s', (words, [fromDay, fromMonth, day, month, fromYear]) =>
    expect(window(words)).toEqual({
      ...{ from: { day: fromDay, month: fromMonth }, to: { day, month } },
      fromYear,
    }),
  )

  test('one year printed after a day of either half is the year reported, of a single day it is asked', () => {
    const days = (words: string, sentence: string) =>
      readDays({ due: words, sentence }).days.map(({ day, month, year }) => [day, month, year])
    const pair = 'Sở báo cáo Bộ trước ngày 25/5 và 20/11/2017.'
    expect(days('trước ngày 25/5', pair)).toEqual([[25, 5, 0]])
    expect(days('20/11/2017', pair)).toEqual([[20, 11, 0]])
    expect(days('20/11/2017', 'Sở báo cáo Bộ trước ngày 20/11/2017.')).toEqual([[20, 11, null]])
    expect(days('20/3/2018', 'Sở báo cáo Bộ trước ngày 20/1 và 20/3/2018.')).toEqual([[20, 3, null]])
  })

  test('no window is read where none is printed', () => expect(window('Báo cáo trước ngày 25/5.')).toBeNull())
})

const shared = path.join(import.meta.dirname, '../../../../shared')

describe.skipIf(!hasRealDocuments)('real documents (skipped where ../shared is absent)', () => {
  const daysOf = (name: string, folder = 'real-plans') =>
    readFile(path.join(shared, folder, name), name).reporting.flatMap(({ due: words, raw }) =>
      readDays({ due: words, sentence: raw }).days.map(({ day, month, year }) => [day, month, year]),
    )

  test('days of the year are read, days of every month give none', () =>
    expect(daysOf('sonla-2954-qd-ubnd-2025-xuatkhau.txt')).toEqual([
      [16, 6, 0],
      [20, 11, 0],
      [18, 5, 0],
      [30, 11, 0],
    ]))

  test('an order in an article gives both days of its half-yearly report, from whom to whom', () => {
    const name = '001_89369f945dcc066b.txt'
    const { reporting } = readFile(path.join(shared, 'source-documents', name), name)
    expect(reporting.map(({ who, to, due: words, frequency }) => [who, to, words, frequency])).toEqual([
      ['Sở LĐ-TB&XH', 'Bộ LĐ-TB&XH (thông qua Cục trẻ em)', 'trước ngày 25/5', 'half-year'],
      ['Sở LĐ-TB&XH', 'Bộ LĐ-TB&XH (thông qua Cục trẻ em)', '20/11/2017', 'half-year'],
    ])
    expect(daysOf(name, 'source-documents')).toEqual([
      [25, 5, 0],
      [20, 11, 0],
    ])
    const nobody = { agencyId: null, classCode: null, name: null }
    const duties = reporting.map((one) => ({
      ...{ ...one, whoMeans: nobody, toMeans: nobody, isOwn: false, isToOwn: true },
      read: readDays({ due: one.due, sentence: one.raw }),
    }))
    const { definition, unplaced } = proposeRegime(duties, { base: '' })
    expect([definition.window, unplaced]).toMatchObject([{ kind: 'calendar', frequency: 'half-year' }, []])
    expect(definition.tiers.map(({ due: rule }) => rule)).toEqual([
      { kind: 'days', days: { S1: { year: 0, month: 5, day: 25 }, S2: { year: 0, month: 11, day: 20 } } },
    ])
  })

  test('a day with a printed year is not taken for one of every year', () =>
    expect(daysOf('hcm-174-kh-ubnd-2025-binhdanggioi.txt')).toEqual([[16, 12, null]]))
})
