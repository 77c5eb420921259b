import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Found, Params, Rule } from './checks.ts'

/** The rules in force, in the order of the data. */
export async function readRules(ctx: Context): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select code, kind, measure_id, side, comparator, other_measure_id, other_side, dimension, threshold::float8 as threshold
    from indicators.rule where is_active order by rank`.execute(ctx.db)
  return rows
}

/** The newest vintage of a cell as it is checked, also while it waits to be accepted. */
export type CheckedCell = {
  cellId: string
  unitId: string
  breakdown: string
  agencyId: string
  vintage: number
  numerator: number | null
  denominator: number | null
}

/** All newest vintages of measures in a period, by measure. @param of.unitId of this unit only */
export async function readNewestCells(
  ctx: Context,
  of: { measureIds: readonly string[]; period: string; unitId?: string },
): Promise<Map<string, CheckedCell[]>> {
  const inUnit = of.unitId === undefined ? sql`` : sql`and c.unit_id = ${of.unitId}::uuid`
  const { rows } = await sql<CheckedCell & { measureId: string }>`
    select c.measure_id, c.id as cell_id, c.unit_id, c.breakdown, c.agency_id, c.vintage, o.numerator::float8 as numerator,
      o.denominator::float8 as denominator
    from indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage
    where c.measure_id = any (${[...of.measureIds]}::uuid[]) and c.period = ${of.period} ${inUnit} order by c.unit_id, c.breakdown`.execute(
    ctx.db,
  )
  return Map.groupBy(rows, ({ measureId }) => measureId)
}

/** Measures of which bodies gave figures in a period; of all bodies without. */
export async function readGivenMeasures(
  ctx: Context,
  of: { period: string; agencyIds: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ measureId: string }>`
    select distinct measure_id from indicators.cell where period = ${of.period} and agency_id = any (${[...of.agencyIds]}::uuid[])`.execute(
    ctx.db,
  )
  return rows.map(({ measureId }) => measureId)
}

/**
 * Writes what was found in figures that were looked at. What is found again in the same vintage keeps its answer; in a later one it is
 * open anew. What is no longer found was corrected where the figure changed since, and is gone where it did not.
 */
export async function saveFindings(
  ctx: Context,
  of: { rules: readonly string[]; looked: readonly CheckedCell[]; found: readonly Found[] },
): Promise<void> {
  const cells = of.looked.map(({ cellId, vintage }) => ({ cellId, vintage }))
  await sql`
    insert into indicators.finding (id, rule, agency_id, cell_id, measure_id, unit_id, period, breakdown, vintage, params, state, found_at)
    select gen_random_uuid(), f.rule, c.agency_id, c.id, c.measure_id, c.unit_id, c.period, c.breakdown, c.vintage, f.params, 'open', ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(of.found)}::jsonb) as f(rule text, "cellId" uuid, params jsonb) join indicators.cell c on c.id = f."cellId"
    on conflict (rule, cell_id) where cell_id is not null do update set params = excluded.params, vintage = excluded.vintage,
      found_at = case when indicators.finding.vintage = excluded.vintage then indicators.finding.found_at else excluded.found_at end,
      told_at = case when indicators.finding.vintage = excluded.vintage and indicators.finding.state <> 'corrected' then indicators.finding.told_at end,
      state = case when indicators.finding.state = 'confirmed' and indicators.finding.vintage = excluded.vintage then 'confirmed' else 'open' end`.execute(
    ctx.db,
  )
  const looked = sql`jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as l("cellId" uuid, vintage integer)`
  const isGone = sql`f.cell_id = l."cellId" and f.rule = any (${[...of.rules]}::text[])
    and not exists (select 1 from jsonb_to_recordset(${JSON.stringify(of.found)}::jsonb) as n(rule text, "cellId" uuid)
      where n.rule = f.rule and n."cellId" = f.cell_id)`
  await sql`update indicators.finding f set state = 'corrected', vintage = l.vintage, answered_at = ${ctx.now}::timestamptz
    from ${looked} where ${isGone} and f.state <> 'corrected' and f.vintage < l.vintage`.execute(ctx.db)
  await sql`delete from indicators.finding f using ${looked} where ${isGone} and f.state = 'open' and f.vintage = l.vintage`.execute(
    ctx.db,
  )
}

/** Counts of each body in a period, for its last digits: whole numbers of measures that are counted, not surveyed. */
export async function readNumbers(
  ctx: Context,
  of: { period: string; agencyIds: readonly string[] },
): Promise<{ agencyId: string; unitId: string; numbers: number[] }[]> {
  const { rows } = await sql<{ agencyId: string; unitId: string; numbers: number[] }>`
    select c.agency_id, c.unit_id, array_agg(n.number order by n.number) as numbers
    from indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage
      join indicators.measure m on m.id = c.measure_id and m.aggregation in ('sum', 'ratio', 'last')
      cross join lateral (values (o.numerator::float8), (o.denominator::float8)) as n(number)
    where c.period = ${of.period} and c.agency_id = any (${[...of.agencyIds]}::uuid[]) and n.number is not null
    group by c.agency_id, c.unit_id`.execute(ctx.db)
  return rows
}

/** Writes what was found in all figures of bodies; of those looked at and not found it is gone, or corrected where it was answered. */
export async function saveBodyFindings(
  ctx: Context,
  of: {
    rule: string
    period: string
    agencyIds: readonly string[]
    found: readonly { agencyId: string; unitId: string; params: Params }[]
  },
): Promise<void> {
  await sql`
    insert into indicators.finding (id, rule, agency_id, unit_id, period, breakdown, params, state, found_at)
    select gen_random_uuid(), ${of.rule}, f."agencyId", f."unitId", ${of.period}, '', f.params, 'open', ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(of.found)}::jsonb) as f("agencyId" uuid, "unitId" uuid, params jsonb)
    on conflict (rule, agency_id, unit_id, period) where cell_id is null do update set params = excluded.params,
      told_at = case when indicators.finding.state = 'open' or (indicators.finding.state = 'confirmed' and indicators.finding.params = excluded.params)
        then indicators.finding.told_at end,
      state = case when indicators.finding.state = 'confirmed' and indicators.finding.params = excluded.params then 'confirmed' else 'open' end`.execute(
    ctx.db,
  )
  await sql`update indicators.finding f set state = 'corrected', answered_at = ${ctx.now}::timestamptz
    where f.rule = ${of.rule} and f.period = ${of.period} and f.cell_id is null and f.state <> 'corrected' and f.agency_id = any (${[...of.agencyIds]}::uuid[])
      and not exists (select 1 from jsonb_to_recordset(${JSON.stringify(of.found)}::jsonb) as n("agencyId" uuid, "unitId" uuid)
        where n."agencyId" = f.agency_id and n."unitId" = f.unit_id)`.execute(ctx.db)
}
