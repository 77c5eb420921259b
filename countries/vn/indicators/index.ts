import type { Calendar, IndicatorData } from '#indicators/model'
import { dimensions } from './dimensions.ts'
import { halfYearlyIndicators } from './half-yearly.ts'
import { participation } from './participation-23.ts'
import { rulesOf } from './rules.ts'
import { targets } from './targets-23.ts'
import { wellBeing } from './well-being-23.ts'

const indicators = [...wellBeing, ...participation, ...halfYearlyIndicators]

/**
 * What the State measures for children: the 24 indicators of the National Programme of Action for Children 2021–2030, and what
 * half-yearly reports ask beside them. Numbers,
 * names and targets follow the decision; how each is counted, where, by whom and how often is [own] until its annex is at hand.
 * @source Decision 23/QĐ-TTg of 7 January 2021; domain notes §3.1
 */
export const indicatorData: IndicatorData = { dimensions, indicators, targets, rules: rulesOf(indicators) }

/**
 * The year of reports runs from 15 December to 14 December, and its parts likewise.
 * @source Decree 09/2019/NĐ-CP; domain notes §3.5
 */
export const calendars: Calendar[] = [{ code: 'vn-report', shiftMonths: -1, day: 15 }]
