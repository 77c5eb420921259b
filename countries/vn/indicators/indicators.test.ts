import { describe, expect, test } from 'vitest'
import { IndicatorData } from '#indicators/model'
import { calendars, indicatorData } from './index.ts'

const { indicators: all, targets, dimensions } = IndicatorData.parse(indicatorData)
const indicators = all.filter(({ source }) => source.document === '23/QĐ-TTg')
const measures = indicators.flatMap((indicator) => indicator.measures)

describe('the indicators of Decision 23/QĐ-TTg', () => {
  test('are 24, numbered as printed, with 34 measures of different codes', () => {
    expect(indicators.map(({ source }) => source.item)).toEqual(Array.from({ length: 24 }, (_, at) => String(at + 1)))
    expect(measures.length).toBe(34)
    expect(new Set(measures.map(({ code }) => code)).size).toBe(34)
  })

  test('every measure has its target, and every target a measure that admits its breakdown', () => {
    const aimed = new Set(targets.map(({ measure }) => measure))
    expect(measures.filter(({ code }) => !aimed.has(code))).toEqual([])
    for (const { measure, breakdown } of targets) {
      const found = measures.find(({ code }) => code === measure)
      const [dimension = '', value = ''] = breakdown.split('=')
      if (breakdown === '') continue
      expect(found?.breakdowns.map((by) => by.dimension)).toContain(dimension)
      expect(dimensions.find(({ code }) => code === dimension)?.values.map(({ code }) => code)).toContain(value)
    }
    expect(targets.filter(({ year }) => year === 2025).length).toBe(32)
    expect(targets.filter(({ year }) => year === 2030).length).toBe(34)
  })

  test('a rate has both its parts, what stands alone has neither', () => {
    for (const { code, aggregation, numerator, denominator } of measures)
      expect([code, numerator !== null, denominator !== null]).toEqual([
        code,
        aggregation === 'ratio',
        aggregation === 'ratio',
      ])
  })

  test('who is meant by children is said where a measure counts them', () => {
    const ages = (item: string) => indicators.find(({ source }) => source.item === item)?.ages
    expect(ages('10')).toEqual({ fromAge: 5, toAge: 17, basis: 'own' })
    expect(ages('8')).toEqual({ fromAge: 0, toAge: 15, basis: 'law' })
  })

  test('names are said once in each language, and doubt is said aloud', () => {
    for (const { names } of measures) expect(new Set(Object.values(names)).size).toBe(3)
    expect(indicators.filter(({ remark }) => remark !== null).map(({ source }) => source.item)).toEqual([
      '10',
      '13',
      '14',
      '15',
    ])
    expect(calendars.map(({ code }) => code)).toEqual(['vn-report'])
  })
})

describe('what half-yearly reports ask beside them', () => {
  test('is five measures of the year of reports, of no target, whose doubt is said aloud', () => {
    const asked = all.filter(({ source }) => source.document !== '23/QĐ-TTg')
    expect(asked.flatMap((one) => one.measures.map(({ code }) => code))).toEqual([
      'bc-1',
      'bc-2',
      'bc-3',
      'bc-4',
      'bc-5',
    ])
    for (const {
      remark,
      measures: [measure],
    } of asked) {
      expect(remark).not.toBeNull()
      expect(measure?.periods).toEqual([{ calendar: 'vn-report', frequency: 'half-year' }])
    }
  })
})
