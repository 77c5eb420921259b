import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import { idOfKey, notFound, type Context } from '#platform'
import { getUnitKey, openLand, refOf } from '../land.ts'
import type { AgainstAbove, Calendar, SeriesPoint, UnitProgress, UnitTarget, UnitTargets } from '../model.ts'
import { levelOn, lineOn } from '../rollup/ground.ts'
import { progressOf } from '../rules.ts'
import { listMeasureIds, readAnswering, readMeasures } from '../store.ts'
import { seesAllOf } from './sight.ts'
import { readSeries } from './totals.ts'

type Row = Omit<UnitTarget, 'unit' | 'isAbove' | 'against'>

/** The targets in force for a unit and the units it lies in, as far as the actor sees them. */
async function readTargets(ctx: Context, of: { unitIds: readonly string[]; measureId?: string }): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select t.id, t.measure_id, t.unit_id, t.breakdown, t.kind, t.year_from, t.year, t.comparator, t.value::float8 as value,
      t.agency_id is not null as is_own, t.agency_id, t.version, t.set_at,
      case when t.agency_id is not null then ${nameOfBody(sql`t.agency_id`, ctx.today)} end as agency_name,
      (t.agency_id = ${ctx.actor.agencyId}::uuid) is true as may_change
    from indicators.target t join indicators.measure m on m.id = t.measure_id
    where t.unit_id = any (${[...of.unitIds]}::uuid[]) and t.ended_at is null
      and (${of.measureId ?? null}::uuid is null or t.measure_id = ${of.measureId ?? null})
    order by m.rank, t.breakdown, t.year, t.kind, array_position(${[...of.unitIds]}::uuid[], t.unit_id) desc, t.id`.execute(
    ctx.db,
  )
  return rows
}

/** The unit and those it lies in today, itself first. @throws notFound where it is not in being */
async function lineOf(ctx: Context, unitId: string) {
  const land = await openLand(ctx)
  const unit = getUnitKey(land, unitId)
  if (levelOn(land.ground, unit, ctx.today) === undefined) throw notFound()
  return { land, unit, unitIds: lineOn(land.ground, unit, ctx.today).map(idOfKey) }
}

/** All that a unit is to reach: what was set for it, and above it. @throws notFound */
export async function listUnitTargets(ctx: Context, unitId: string): Promise<UnitTargets> {
  const { land, unit, unitIds } = await lineOf(ctx, unitId)
  const measures = await readMeasures(ctx, await listMeasureIds(ctx))
  const answering = await readAnswering(ctx)
  const isOwn = answering.unitIds.has(unitId)
  const rows = await readTargets(ctx, { unitIds })
  return {
    unit: refOf(land, unit, ctx.today, ctx.language),
    settable: [...measures.values()]
      .filter((measure) => isOwn && (answering.isHead || answering.functions.has(measure.function)))
      .map(({ id }) => id),
    targets: rows.map((row) => ({
      ...row,
      unit: refOf(land, getUnitKey(land, row.unitId), ctx.today, ctx.language),
      isAbove: row.unitId !== unitId,
      against:
        row.unitId === unitId ? againstAbove(row, rows, unitIds, measures.get(row.measureId)?.direction ?? 'up') : null,
    })),
  }
}

/** How a unit's own target stands to that of the nearest unit above which set one of the same kind and year. */
function againstAbove(
  own: Row,
  all: readonly Row[],
  unitIds: readonly string[],
  direction: 'up' | 'down',
): AgainstAbove | null {
  const above = all
    .filter(
      (row) =>
        row.unitId !== own.unitId &&
        row.measureId === own.measureId &&
        row.breakdown === own.breakdown &&
        row.kind === own.kind &&
        row.year === own.year,
    )
    .toSorted((one, other) => unitIds.indexOf(one.unitId) - unitIds.indexOf(other.unitId))[0]
  if (above === undefined) return null
  if (own.value === above.value) return 'same'
  return own.value > above.value === (direction === 'up') ? 'stricter' : 'looser'
}

/**
 * How a unit stands with every target of a measure that holds there, judged by the unit's own figures: also with those set above it.
 * @throws as totals
 */
export async function readUnitProgress(
  ctx: Context,
  of: { unitId: string; measureId: string },
  calendars: readonly Calendar[],
): Promise<UnitProgress> {
  const measure = (await readMeasures(ctx, [of.measureId])).get(of.measureId)
  if (measure === undefined) throw notFound()
  const { land, unit, unitIds } = await lineOf(ctx, of.unitId)
  const inside = () => [...land.ground.units.keys()].filter((key) => lineOn(land.ground, key, ctx.today).includes(unit))
  if (!(await seesAllOf(ctx, measure.id, inside))) throw notFound()
  const targets = await readTargets(ctx, { unitIds, measureId: of.measureId })
  const byPart = Map.groupBy(targets, ({ breakdown }) => breakdown)
  const parts: UnitProgress['parts'] = []
  for (const [breakdown, own] of byPart) {
    const { points } = await readSeries(ctx, { ...of, breakdown, asOf: undefined }, calendars)
    const series = points.map(({ year, total }): SeriesPoint => {
      const { value = null, isEstimate = false, expected = 0, reported = 0 } = total ?? {}
      return { year, value, isEstimate, expected, reported }
    })
    parts.push({
      breakdown,
      series,
      progress: own.map((target) => ({ targetId: target.id, ...progressOf(target, series, measure) })),
    })
  }
  return { parts }
}
