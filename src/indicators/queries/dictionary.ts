import { sql, type RawBuilder } from 'kysely'
import { nameOfBody } from '#agencies'
import type { Context } from '#platform'
import type { DimensionRow, IndicatorRow, MeasureRow } from '../model.ts'

/** The whole dictionary in the reader's language, in the order of its documents. */
export async function readDictionary(
  ctx: Context,
): Promise<{ indicators: IndicatorRow[]; dimensions: DimensionRow[] }> {
  const language = ctx.language
  const measures = await sql<MeasureRow & { indicatorId: string }>`
    select m.indicator_id, m.id, m.code, m.names ->> ${language} as name, m.unit_of_measure ->> ${language} as unit_of_measure, m.factor::float8 as factor,
      m.numerator ->> ${language} as numerator, m.denominator ->> ${language} as denominator, m.is_share, m.largest::float8 as largest, m.direction, m.aggregation, m.level,
      m.small_counts, m.function, coalesce(f.names ->> ${language}, m.function) as function_name, m.due_days,
      ${holdersOf(sql`m.function`, ctx)} as owners,
      (select coalesce(jsonb_agg(jsonb_build_object('calendar', p.calendar, 'frequency', p.frequency) order by p.calendar, p.frequency), '[]')
        from indicators.measure_period p where p.measure_id = m.id) as periods,
      (select coalesce(jsonb_agg(jsonb_build_object('dimension', b.dimension, 'calendar', b.calendar, 'frequency', b.frequency, 'everyYears', b.every_years)
        order by b.dimension), '[]') from indicators.measure_breakdown b where b.measure_id = m.id) as breakdowns
    from indicators.measure m join agencies.function f on f.code = m.function order by m.rank, m.code`.execute(ctx.db)
  const indicators = await sql<
    Omit<IndicatorRow, 'measures' | 'ages' | 'source'> & {
      fromAge: number | null
      toAge: number | null
      ageBasis: 'law' | 'convention' | 'own' | null
      document: string
      item: string
    }
  >`
    select i.id, i.code, i.names ->> ${language} as name, i.definition ->> ${language} as definition, i.aspect, i.from_age, i.to_age, i.age_basis,
      i.source_document as document, i.source_item as item, i.remark ->> ${language} as remark, i.sdg_targets, i.articles,
      (select coalesce(jsonb_agg(s ->> ${language} order by n), '[]') from jsonb_array_elements(i.data_sources) with ordinality as d(s, n)) as data_sources,
      (select coalesce(jsonb_agg(jsonb_build_object('function', f.code, 'name', coalesce(f.names ->> ${language}, f.code), 'bodies', ${holdersOf(sql`f.code`, ctx)})
        order by array_position(i.supporting, f.code)), '[]') from agencies.function f where f.code = any (i.supporting)) as supporting,
      case when i.agency_id is null then null else jsonb_build_object('id', i.agency_id, 'name', ${nameOfBody(sql`i.agency_id`, ctx.today)}) end as kept_by
    from indicators.indicator i order by i.rank, i.code`.execute(ctx.db)
  const dimensions = await sql<DimensionRow>`
    select d.code, d.names ->> ${language} as name, (select jsonb_agg(jsonb_build_object('code', v.code, 'name', v.names ->> ${language}) order by v.rank)
      from indicators.dimension_value v where v.dimension = d.code) as values
    from indicators.dimension d order by d.rank`.execute(ctx.db)
  const byIndicator = Map.groupBy(measures.rows, ({ indicatorId }) => indicatorId)
  return {
    indicators: indicators.rows.map(({ fromAge, toAge, ageBasis, document, item, ...one }) => ({
      ...one,
      ages: fromAge === null || toAge === null || ageBasis === null ? null : { fromAge, toAge, basis: ageBasis },
      source: { document, item },
      measures: (byIndicator.get(one.id) ?? []).map(({ indicatorId: _, ...measure }) => measure),
    })),
    dimensions: dimensions.rows,
  }
}

/** The central bodies that hold a field of work today, as `[{ id, name }]`. */
function holdersOf(of: RawBuilder<unknown>, ctx: Context): RawBuilder<unknown> {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', ${nameOfBody(sql`a.id`, ctx.today)}) order by a.rank, a.id), '[]')
        from agencies.agency a join agencies.mandate d on d.agency_id = a.id and d.function = ${of}
          and (d.valid_from is null or d.valid_from <= ${ctx.today}::date) and (d.valid_to is null or ${ctx.today}::date < d.valid_to)
        where a.level = 'central' and (a.valid_to is null or ${ctx.today}::date < a.valid_to))`
}
