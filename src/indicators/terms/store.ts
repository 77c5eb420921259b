import { sql } from 'kysely'
import type { Context } from '#platform'
import { Dimension, TermIndicator, Measure, type TermRecord } from '../model.ts'
import type { MeasureRecord } from './columns.ts'

/** A measure as it is kept, and by whom; null: the country's data. */
export type KeptTerm = { record: MeasureRecord; agencyId: string | null; hasFigures: boolean }

/** What is said of every measure, in the order of the dictionary. */
export async function readKeptTerms(ctx: Context): Promise<KeptTerm[]> {
  const { rows } = await sql<{
    indicator: unknown
    measure: unknown
    agencyId: string | null
    hasFigures: boolean
  }>`
    select jsonb_build_object('code', i.code, 'names', i.names, 'definition', i.definition, 'aspect', i.aspect,
        'ages', case when i.from_age is null then null else jsonb_build_object('fromAge', i.from_age, 'toAge', i.to_age, 'basis', i.age_basis) end,
        'source', jsonb_build_object('document', i.source_document, 'item', i.source_item), 'remark', i.remark, 'sdgTargets', to_jsonb(i.sdg_targets),
        'articles', to_jsonb(i.articles), 'supporting', to_jsonb(i.supporting), 'dataSources', i.data_sources) as indicator,
      jsonb_build_object('code', m.code, 'names', m.names, 'unitOfMeasure', m.unit_of_measure, 'factor', m.factor::float8, 'numerator', m.numerator,
        'denominator', m.denominator, 'isShare', m.is_share, 'largest', m.largest::float8, 'direction', m.direction, 'aggregation', m.aggregation,
        'level', m.level, 'function', m.function, 'smallCounts', m.small_counts, 'dueDays', m.due_days,
        'periods', (select coalesce(jsonb_agg(jsonb_build_object('calendar', p.calendar, 'frequency', p.frequency) order by p.calendar, p.frequency), '[]')
          from indicators.measure_period p where p.measure_id = m.id),
        'breakdowns', (select coalesce(jsonb_agg(jsonb_build_object('dimension', b.dimension, 'calendar', b.calendar, 'frequency', b.frequency,
          'everyYears', b.every_years) order by b.dimension, b.calendar, b.frequency), '[]') from indicators.measure_breakdown b where b.measure_id = m.id)) as measure,
      i.agency_id, indicators.has_figures(m.id) as has_figures
    from indicators.measure m join indicators.indicator i on i.id = m.indicator_id order by i.rank, i.code, m.rank, m.code`.execute(
    ctx.db,
  )
  return rows.map(({ indicator, measure, agencyId, hasFigures }) => ({
    record: { kind: 'measure', indicator: TermIndicator.parse(indicator), measure: Measure.parse(measure) },
    ...{ agencyId, hasFigures },
  }))
}

/** Every dimension with who keeps it. */
export async function readKeptDimensions(ctx: Context): Promise<{ dimension: Dimension; agencyId: string | null }[]> {
  const { rows } = await sql<{ dimension: unknown; agencyId: string | null }>`
    select jsonb_build_object('code', d.code, 'names', d.names, 'values', (select jsonb_agg(jsonb_build_object('code', v.code, 'names', v.names) order by v.rank, v.code)
      from indicators.dimension_value v where v.dimension = d.code)) as dimension, d.agency_id
    from indicators.dimension d order by d.rank, d.code`.execute(ctx.db)
  return rows.map(({ dimension, agencyId }) => ({ dimension: Dimension.parse(dimension), agencyId }))
}

/** Fields of work there are, and those whose bodies of the country the acting one is. */
export async function readFields(ctx: Context): Promise<{ all: Set<string>; own: Set<string> }> {
  const { rows } = await sql<{ code: string; isOwn: boolean }>`
    select f.code, exists (select 1 from agencies.mandate d join agencies.agency a on a.id = d.agency_id where d.function = f.code
      and a.id = ${ctx.actor.agencyId}::uuid and a.level = 'central' and (d.valid_from is null or d.valid_from <= ${ctx.today}::date)
      and (d.valid_to is null or ${ctx.today}::date < d.valid_to)) as is_own from agencies.function f`.execute(ctx.db)
  return {
    all: new Set(rows.map(({ code }) => code)),
    own: new Set(rows.flatMap(({ code, isOwn }) => (isOwn ? [code] : []))),
  }
}

export type WaitingTerm = {
  rowNumber: number
  outcome: 'added' | 'changed' | 'same'
  kind: TermRecord['kind']
  code: string
  name: string
  record: TermRecord
}

export async function insertTerms(ctx: Context, importId: string, terms: readonly WaitingTerm[]): Promise<void> {
  if (terms.length === 0) return
  await sql`insert into indicators.import_term (import_id, row_number, outcome, kind, code, name, record)
    select ${importId}, "rowNumber", outcome, kind, code, name, record
    from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) as t("rowNumber" integer, outcome text, kind text, code text, name text, record jsonb)`.execute(
    ctx.db,
  )
}

/** Keeps only those chosen to be taken in. */
export async function chooseTerms(ctx: Context, importId: string, rows: readonly number[]): Promise<void> {
  await sql`update indicators.import_term set is_chosen = (row_number = any (${[...rows]}::integer[])) where import_id = ${importId}`.execute(
    ctx.db,
  )
}

export async function listTerms(
  ctx: Context,
  importId: string,
  of: { outcome: WaitingTerm['outcome'] | null; isChosen: boolean; page: number; size: number },
): Promise<{ rows: WaitingTerm[]; total: number }> {
  const { rows } = await sql<WaitingTerm & { total: number }>`
    select row_number, outcome, kind, code, name, record, count(*) over ()::integer as total from indicators.import_term
    where import_id = ${importId} and (${of.outcome}::text is null or outcome = ${of.outcome}) and (is_chosen or not ${of.isChosen})
    order by row_number limit ${of.size} offset ${(of.page - 1) * of.size}`.execute(ctx.db)
  return { rows, total: rows[0]?.total ?? 0 }
}

export async function deleteTerms(ctx: Context, importId: string): Promise<void> {
  await sql`delete from indicators.import_term where import_id = ${importId}`.execute(ctx.db)
}
