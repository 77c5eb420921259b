import { sql } from 'kysely'
import type { Context } from '#platform'
import type { UnitLevel } from '#territory/model'
import type { AggregationRule, FigurePart, Names, Rhythm } from '../../model.ts'

/** A measure as other systems need to know it. */
export type MeasureThing = {
  id: string
  code: string
  names: Names
  aggregation: AggregationRule
  factor: number
  level: UnitLevel
  periods: Rhythm[]
  breakdowns: (Rhythm & { dimension: string })[]
}
export type DimensionThing = { code: string; names: Names; values: { code: string; names: Names }[] }
export type Things = { measures: MeasureThing[]; dimensions: DimensionThing[] }

/** Our measures and breakdowns, in the order of their documents. */
export async function readThings(ctx: Context): Promise<Things> {
  const { rows: measures } = await sql<MeasureThing>`
    select m.id, m.code, m.names, m.aggregation, m.factor::float8 as factor, m.level,
      (select coalesce(jsonb_agg(jsonb_build_object('calendar', p.calendar, 'frequency', p.frequency) order by p.calendar, p.frequency), '[]')
        from indicators.measure_period p where p.measure_id = m.id) as periods,
      (select coalesce(jsonb_agg(jsonb_build_object('dimension', b.dimension, 'calendar', b.calendar, 'frequency', b.frequency) order by b.dimension), '[]')
        from indicators.measure_breakdown b where b.measure_id = m.id) as breakdowns
    from indicators.measure m order by m.rank, m.code`.execute(ctx.db)
  const { rows: dimensions } = await sql<DimensionThing>`
    select d.code, d.names, (select jsonb_agg(jsonb_build_object('code', v.code, 'names', v.names) order by v.rank)
      from indicators.dimension_value v where v.dimension = d.code) as values
    from indicators.dimension d order by d.rank`.execute(ctx.db)
  return { measures, dimensions }
}

/** What of a measure's figures other systems see as elements: a rate is two. */
export function partsOf({ aggregation }: Pick<MeasureThing, 'aggregation'>): FigurePart[] {
  return aggregation === 'ratio' || aggregation === 'weighted' ? ['numerator', 'denominator'] : ['value']
}

/** The code of an element of ours. */
export function elementCode(code: string, part: FigurePart): string {
  return part === 'value' ? code : `${code}.${part}`
}

/** The rhythms a measure keeps: of the whole, or of what it is broken down into. */
export function rhythmsOf(measure: MeasureThing, breakdown: string): Rhythm[] {
  if (breakdown === '') return measure.periods
  const dimension = breakdown.slice(0, breakdown.indexOf('='))
  return measure.breakdowns.filter((one) => one.dimension === dimension)
}

/** The code of the form that holds all measures of one rhythm. */
export function formCode({ calendar, frequency }: Rhythm): string {
  return calendar === '' ? frequency : `${calendar}:${frequency}`
}

/** The forms there are, one for each rhythm any measure keeps, with the measures in it. */
export function formsOf({ measures }: Things): { code: string; rhythm: Rhythm; measures: MeasureThing[] }[] {
  const forms = new Map<string, { code: string; rhythm: Rhythm; measures: MeasureThing[] }>()
  for (const measure of measures)
    for (const rhythm of measure.periods) {
      const code = formCode(rhythm)
      const form = forms.get(code) ?? { code, rhythm, measures: [] }
      form.measures.push(measure)
      forms.set(code, form)
    }
  return [...forms.values()].toSorted((one, other) => one.code.localeCompare(other.code))
}
