import { sql, type Kysely, type Transaction } from 'kysely'
import { idOfKey, setSecurityContext, systemActor, type Database } from '#platform'
import { IndicatorData } from './model.ts'

/** The id that belongs to the code of a measure of the country's data. */
export const measureId = (code: string): string => idOfKey(`measure:${code}`)
/** The id that belongs to the code of an indicator. */
const indicatorId = (code: string): string => idOfKey(`indicator:${code}`)

/**
 * Brings the country's dictionary, targets and rules up to date. Nothing is removed: figures hang on it; a target that left the data ends.
 *
 * @param ownerDb connected as the role that owns the tables
 */
export async function loadIndicators(ownerDb: Kysely<Database>, data: IndicatorData): Promise<void> {
  const { dimensions, indicators, targets, rules } = IndicatorData.parse(data)
  await ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    await loadDimensions(db, dimensions)
    await loadDictionary(db, indicators)
    await loadTargets(db, targets)
    await loadRules(db, rules)
  })
}

/** Rows as one parameter, spread by `jsonb_to_recordset`. */
function rows(list: readonly object[]) {
  return sql`${JSON.stringify(list)}::jsonb`
}

/** Writes what figures are broken down by. */
export async function loadDimensions(
  db: Transaction<Database>,
  dimensions: IndicatorData['dimensions'],
  { agencyId, firstRank }: Keeping = { agencyId: null, firstRank: 0 },
): Promise<void> {
  const listed = dimensions.map(({ code, names }, at) => ({ code, names, rank: firstRank + at }))
  const values = dimensions.flatMap((one) => one.values.map((value, rank) => ({ dimension: one.code, ...value, rank })))
  await sql`insert into indicators.dimension (code, names, agency_id, rank)
    select code, names, ${agencyId}::uuid, rank from jsonb_to_recordset(${rows(listed)}) as t(code text, names jsonb, rank integer)
    on conflict (code) do update set names = excluded.names, agency_id = excluded.agency_id, rank = excluded.rank`.execute(
    db,
  )
  await sql`insert into indicators.dimension_value (dimension, code, names, rank)
    select dimension, code, names, rank from jsonb_to_recordset(${rows(values)}) as t(dimension text, code text, names jsonb, rank integer)
    on conflict (dimension, code) do update set names = excluded.names, rank = excluded.rank`.execute(db)
}

/** Whose indicators are written, and where those that are new come in the order of all. */
export type Keeping = { agencyId: string | null; firstRank: number }

/** Writes indicators with their measures, as they are now said. What has a place in the order keeps it where a body writes. */
export async function loadDictionary(
  db: Transaction<Database>,
  indicators: IndicatorData['indicators'],
  { agencyId, firstRank }: Keeping = { agencyId: null, firstRank: 0 },
): Promise<void> {
  const listed = indicators.map(({ measures: _, ages, source, ...one }, at) => ({
    ...{ ...one, id: indicatorId(one.code), rank: firstRank + at, document: source.document, item: source.item },
    ...{ fromAge: ages?.fromAge ?? null, toAge: ages?.toAge ?? null, basis: ages?.basis ?? null },
  }))
  await sql`insert into indicators.indicator (id, code, names, definition, aspect, from_age, to_age, age_basis, source_document, source_item, remark, sdg_targets, articles, supporting,
      data_sources, agency_id, rank)
    select id, code, names, nullif(definition, 'null'), aspect, "fromAge", "toAge", basis, document, item, nullif(remark, 'null'), "sdgTargets", articles,
      supporting, "dataSources", ${agencyId}::uuid, rank
    from jsonb_to_recordset(${rows(listed)}) as t(id uuid, code text, names jsonb, definition jsonb, aspect text, "fromAge" integer, "toAge" integer,
      basis text, document text, item text, remark jsonb, "sdgTargets" text[], articles text[], supporting text[], "dataSources" jsonb, rank integer)
    on conflict (id) do update set names = excluded.names, definition = excluded.definition, aspect = excluded.aspect, from_age = excluded.from_age,
      to_age = excluded.to_age, age_basis = excluded.age_basis, source_document = excluded.source_document, source_item = excluded.source_item,
      remark = excluded.remark, sdg_targets = excluded.sdg_targets, articles = excluded.articles, supporting = excluded.supporting,
      data_sources = excluded.data_sources, agency_id = excluded.agency_id ${agencyId === null ? sql`, rank = excluded.rank` : sql``}`.execute(
    db,
  )
  await loadMeasures(db, indicators, { agencyId, firstRank })
}

async function loadMeasures(
  db: Transaction<Database>,
  indicators: IndicatorData['indicators'],
  { agencyId, firstRank }: Keeping,
): Promise<void> {
  const all = indicators.flatMap((indicator) =>
    indicator.measures.map((one) => ({ indicator: indicator.code, ...one })),
  )
  const measures = all.map(({ periods: _, breakdowns: __, ...one }, at) => ({
    ...{ ...one, id: measureId(one.code), indicatorId: indicatorId(one.indicator), rank: firstRank + at },
  }))
  const periods = all.flatMap((one) => one.periods.map((period) => ({ measureId: measureId(one.code), ...period })))
  const breakdowns = all.flatMap((one) => one.breakdowns.map((by) => ({ measureId: measureId(one.code), ...by })))
  await sql`insert into indicators.measure (id, indicator_id, code, names, unit_of_measure, factor, numerator, denominator, is_share, direction,
      aggregation, level, function, due_days, small_counts, largest, rank)
    select id, "indicatorId", code, names, "unitOfMeasure", factor, nullif(numerator, 'null'), nullif(denominator, 'null'), "isShare", direction,
      aggregation, level, function, "dueDays", "smallCounts", largest, rank
    from jsonb_to_recordset(${rows(measures)}) as t(id uuid, "indicatorId" uuid, code text, names jsonb, "unitOfMeasure" jsonb, factor numeric,
      numerator jsonb, denominator jsonb, "isShare" boolean, direction text, aggregation text, level text, function text, "dueDays" integer, "smallCounts" integer, largest numeric, rank integer)
    on conflict (id) do update set indicator_id = excluded.indicator_id, names = excluded.names, unit_of_measure = excluded.unit_of_measure,
      factor = excluded.factor, numerator = excluded.numerator, denominator = excluded.denominator, is_share = excluded.is_share,
      direction = excluded.direction, aggregation = excluded.aggregation, level = excluded.level, function = excluded.function,
      due_days = excluded.due_days, small_counts = excluded.small_counts, largest = excluded.largest ${agencyId === null ? sql`, rank = excluded.rank` : sql``}`.execute(
    db,
  )
  const ids = sql`${measures.map(({ id }) => id)}::uuid[]`
  await sql`delete from indicators.measure_period where measure_id = any (${ids})`.execute(db)
  await sql`delete from indicators.measure_breakdown where measure_id = any (${ids})`.execute(db)
  await sql`insert into indicators.measure_period (measure_id, calendar, frequency)
    select "measureId", calendar, frequency from jsonb_to_recordset(${rows(periods)}) as t("measureId" uuid, calendar text, frequency text)`.execute(
    db,
  )
  await sql`insert into indicators.measure_breakdown (measure_id, dimension, calendar, frequency, every_years)
    select "measureId", dimension, calendar, frequency, "everyYears"
    from jsonb_to_recordset(${rows(breakdowns)}) as t("measureId" uuid, dimension text, calendar text, frequency text, "everyYears" integer)`.execute(
    db,
  )
}

/** Targets of the country belong to no body; those of bodies are left alone. */
async function loadTargets(db: Transaction<Database>, targets: IndicatorData['targets']): Promise<void> {
  const listed = targets.map((target) => ({
    ...target,
    id: idOfKey(['target', target.measure, target.unit, target.breakdown, target.kind, target.year].join(':')),
    measureId: measureId(target.measure),
    unitId: idOfKey(target.unit),
  }))
  await sql`update indicators.target set ended_at = now() where agency_id is null and ended_at is null
    and id <> all (${listed.map(({ id }) => id)}::uuid[])`.execute(db)
  await sql`insert into indicators.target (id, measure_id, unit_id, breakdown, kind, year_from, year, comparator, value, set_at)
    select id, "measureId", "unitId", breakdown, kind, "yearFrom", year, comparator, value, now()
    from jsonb_to_recordset(${rows(listed)}) as t(id uuid, "measureId" uuid, "unitId" uuid, breakdown text, kind text, "yearFrom" integer, year integer,
      comparator text, value numeric)
    on conflict (id) do update set year_from = excluded.year_from, comparator = excluded.comparator, value = excluded.value, ended_at = null`.execute(
    db,
  )
}

/** Rules that left the data are no longer applied; what was found by them is kept. */
async function loadRules(db: Transaction<Database>, rules: IndicatorData['rules']): Promise<void> {
  const listed = rules.map((rule, rank) => ({
    ...{ code: rule.code, kind: rule.kind, rank },
    measureId: 'measure' in rule ? measureId(rule.measure) : null,
    ...(rule.kind === 'compare'
      ? {
          ...{ side: rule.side, comparator: rule.comparator, otherSide: rule.otherSide, names: rule.names },
          otherMeasureId: measureId(rule.other),
        }
      : {}),
    dimension: rule.kind === 'parts' ? rule.dimension : null,
    threshold: 'threshold' in rule ? rule.threshold : null,
  }))
  await sql`update indicators.rule set is_active = false where code <> all (${listed.map(({ code }) => code)}::text[])`.execute(
    db,
  )
  await sql`insert into indicators.rule (code, kind, measure_id, side, comparator, other_measure_id, other_side, dimension, threshold, names, rank)
    select code, kind, "measureId", side, comparator, "otherMeasureId", "otherSide", dimension, threshold, names, rank
    from jsonb_to_recordset(${rows(listed)}) as t(code text, kind text, "measureId" uuid, side text, comparator text, "otherMeasureId" uuid,
      "otherSide" text, dimension text, threshold numeric, names jsonb, rank integer)
    on conflict (code) do update set kind = excluded.kind, measure_id = excluded.measure_id, side = excluded.side, comparator = excluded.comparator,
      other_measure_id = excluded.other_measure_id, other_side = excluded.other_side, dimension = excluded.dimension,
      threshold = excluded.threshold, names = excluded.names, rank = excluded.rank, is_active = true`.execute(db)
}
