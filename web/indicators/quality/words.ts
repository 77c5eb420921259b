import type { Finding } from '#indicators/model'
import type { Say } from '../../kit/catalogue.ts'
import type { Formatter } from '../../kit/format.ts'

/** What was found, in a sentence with its numbers. */
export function findingWords(one: Finding, t: Say, format: Formatter): string {
  const number = (key: string) => {
    const value = one.params[key]
    return typeof value === 'number' ? format.number(value, Math.abs(value) < 100 ? 2 : 1) : ''
  }
  const percent = one.params['percent']
  return t('indicators.quality-says', {
    ...{ kind: one.kind, rule: one.ruleName ?? '', side: String(one.params['side'] ?? '') },
    ...{ own: number('own'), other: number('other'), sum: number('sum'), whole: number('whole') },
    ...{ now: number('now'), then: number('then'), z: number('z'), count: number('count') },
    ...{ numerator: number('numerator'), round: number('round'), of: number('of') },
    change: typeof percent === 'number' ? format.number(Math.abs(percent), 0) : '',
    way: typeof percent === 'number' && percent < 0 ? 'down' : 'up',
  })
}
