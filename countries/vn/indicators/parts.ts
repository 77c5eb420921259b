import type { Indicator, Measure, Names } from '#indicators/model'
import { tellsOf } from './tells-of.ts'

/** Words in the three languages, Vietnamese first. */
export function words(vi: string, en: string, fr: string): Names {
  return { vi, en, fr }
}

const yearly = [{ calendar: '', frequency: 'year' as const }]
const bySex = [{ dimension: 'sex', calendar: '', frequency: 'year' as const, everyYears: 1 }]

const common = { periods: yearly, dueDays: 45, breakdowns: bySex, smallCounts: null, largest: null }

type Given = Pick<Measure, 'code' | 'names' | 'function'> & Partial<Omit<Measure, 'largest'>>

const percent = words('%', '%', '%')

/** A share counted in communes: how many of how many. */
export function shareOf(numerator: Names, denominator: Names, given: Given): Measure {
  return {
    ...common,
    ...{ unitOfMeasure: percent, factor: 100, isShare: true, direction: 'up', aggregation: 'ratio', level: 'commune' },
    ...{ numerator, denominator },
    ...given,
  }
}

/** A share, rate or other figure that a survey or the statistics office gives for a province: never put together from below. */
export function surveyed(given: Given): Measure {
  return {
    ...common,
    ...{ unitOfMeasure: percent, factor: 1, isShare: false, direction: 'down', aggregation: 'none', level: 'province' },
    ...{ numerator: null, denominator: null, dueDays: 90, largest: given.unitOfMeasure === undefined ? 100 : null },
    ...given,
  }
}

/** An indicator of the decision. */
export function decided(
  item: number,
  names: Names,
  of: Pick<Indicator, 'aspect' | 'measures'> & Partial<Omit<Indicator, 'sdgTargets' | 'articles'>>,
): Indicator {
  return {
    code: `qd23-${String(item).padStart(2, '0')}`,
    names,
    definition: null,
    ages: null,
    source: { document: '23/QĐ-TTg', item: String(item) },
    remark: null,
    ...{ supporting: [], dataSources: [] },
    ...{ sdgTargets: [], articles: [], ...tellsOf[item] },
    ...of,
  }
}
