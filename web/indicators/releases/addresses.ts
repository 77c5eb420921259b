import { stringifySearch } from '../../kit/url.ts'
import { names as common } from '../addresses.ts'

export const releasesTo = '/chi-tieu/cong-bo'

/** Names of what the pages of releases are asked for, as they stand in an address. */
export const names = {
  measure: common.measure,
  period: common.period,
  unit: common.unit,
  breakdown: common.breakdown,
} as const

/** What was told of a measure in a period. */
export function releasedTo(measureId: string, period: string): string {
  return `${releasesTo}/${measureId}${stringifySearch({ [names.period]: period })}`
}
