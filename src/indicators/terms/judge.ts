import { isDeepStrictEqual } from 'node:util'
import type { Context } from '#platform'
import type { Fault } from '../rules.ts'
import type { Calendar, Dimension, TermRecord } from '../model.ts'
import type { MeasureRecord } from './columns.ts'
import { readFields, readKeptDimensions, readKeptTerms, type KeptTerm } from './store.ts'

export type JudgedTerm = { outcome: 'added' | 'changed' | 'same' } | { fault: Fault }
/** Judges terms one after another: what one of them makes, the next may rest on. */
export type TermJudge = (record: TermRecord) => JudgedTerm

const refuse = (code: string, params: Fault['params'] = {}): JudgedTerm => ({
  fault: { code: `indicators.${code}`, params },
})

/** Opens the judge of what a body would have in the dictionary. */
export async function openTermJudge(ctx: Context, calendars: readonly Calendar[]): Promise<TermJudge> {
  const [kept, dimensions, fields] = [await readKeptTerms(ctx), await readKeptDimensions(ctx), await readFields(ctx)]
  const own = ctx.actor.agencyId
  const byMeasure = new Map(kept.map((one) => [one.record.measure.code, one]))
  const byIndicator = new Map(kept.map((one) => [one.record.indicator.code, one]))
  const byDimension = new Map(dimensions.map((one) => [one.dimension.code, one]))
  const known = new Set(byDimension.keys())
  const said = new Map<string, MeasureRecord['indicator']>()
  const seen = new Set<string>()

  function judgeDimension(dimension: Dimension): JudgedTerm {
    const before = byDimension.get(dimension.code)
    known.add(dimension.code)
    if (before === undefined)
      return fields.own.size > 0 ? { outcome: 'added' } : refuse('term-not-ones-field', { field: '' })
    if (isDeepStrictEqual(before.dimension, dimension)) return { outcome: 'same' }
    if (before.agencyId === null || before.agencyId !== own) return refuse('term-of-others')
    const codes = new Set(dimension.values.map(({ code }) => code))
    // Figures may hang on every value there is.
    if (before.dimension.values.some(({ code }) => !codes.has(code))) return refuse('term-value-gone')
    return { outcome: 'changed' }
  }

  function judgeMeasure(record: MeasureRecord): JudgedTerm {
    const { indicator, measure } = record
    const before = byMeasure.get(measure.code)
    const above = byIndicator.get(indicator.code)
    const others = said.get(indicator.code)
    if (others !== undefined && !isDeepStrictEqual(others, indicator))
      return refuse('term-differs', { code: indicator.code })
    said.set(indicator.code, indicator)
    if (before !== undefined && isDeepStrictEqual(sorted(before.record), sorted(record))) return { outcome: 'same' }
    const wrong = wrongOf(record)
    if (wrong !== undefined) return wrong
    for (const there of [before, above])
      if (there !== undefined && (there.agencyId === null || there.agencyId !== own)) return refuse('term-of-others')
    if (before !== undefined && before.record.indicator.code !== indicator.code)
      return refuse('term-of-other-indicator', { code: before.record.indicator.code })
    if (before?.hasFigures === true && meansOther(before, record)) return refuse('term-has-figures')
    return { outcome: before === undefined ? 'added' : 'changed' }
  }

  function wrongOf({ indicator, measure }: MeasureRecord): JudgedTerm | undefined {
    const strange = [measure.function, ...indicator.supporting].find((field) => !fields.all.has(field))
    if (strange !== undefined) return refuse('term-unknown-field', { field: strange })
    if (!fields.own.has(measure.function)) return refuse('term-not-ones-field', { field: measure.function })
    const isRate = measure.aggregation === 'ratio' || measure.aggregation === 'weighted'
    if (isRate !== (measure.numerator !== null && measure.denominator !== null)) return refuse('term-parts-unsaid')
    const strangeBy = measure.breakdowns.find(({ dimension }) => !known.has(dimension))
    if (strangeBy !== undefined) return refuse('term-unknown-dimension', { dimension: strangeBy.dimension })
    const rhythms = [...measure.periods, ...measure.breakdowns]
    const strangeTime = rhythms.find(
      ({ calendar }) => calendar !== '' && !calendars.some(({ code }) => code === calendar),
    )
    if (strangeTime !== undefined) return refuse('term-unknown-calendar', { calendar: strangeTime.calendar })
    if (indicator.ages !== null && indicator.ages.fromAge > indicator.ages.toAge) return refuse('term-ages')
    return undefined
  }

  return (record) => {
    const key = record.kind === 'measure' ? `measure ${record.measure.code}` : `dimension ${record.dimension.code}`
    if (seen.has(key)) return refuse('twice')
    seen.add(key)
    return record.kind === 'measure' ? judgeMeasure(record) : judgeDimension(record.dimension)
  }
}

/** In an order of which nobody says anything by it. */
function sorted({ indicator, measure }: MeasureRecord): unknown {
  const by = (list: readonly object[]) => list.map((one) => JSON.stringify(one, Object.keys(one).toSorted())).toSorted()
  return [indicator, { ...measure, periods: by(measure.periods), breakdowns: by(measure.breakdowns) }]
}

/** Whether figures that are there would come to mean something else. */
function meansOther({ record: { measure: was } }: KeptTerm, { measure: is }: MeasureRecord): boolean {
  const meaning = ({ factor, aggregation, level, function: field, isShare }: MeasureRecord['measure']) => [
    ...[factor, aggregation, level, field, isShare],
  ]
  return !isDeepStrictEqual(meaning(was), meaning(is))
}
