import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import { invalid, notFound, type Context } from '#platform'
import type { Page } from '#platform/model'
import type { UnitLevel } from '#territory/model'
import { getUnitKey, openLand, refOf } from '../land.ts'
import {
  readPeriod,
  type Calendar,
  type FigureRelease,
  type ListedRelease,
  type ReleasedFigure,
  type ReleasedPicture,
} from '../model.ts'
import { coarseToFine, lastDay, levelOn, lineOn } from '../rollup/ground.ts'
import { readMeasures } from '../store.ts'

type PageOf = { page: number; size: number }

/** Releases of a measure, newest first. */
async function listReleases(ctx: Context, of: { measureId: string; period?: string }): Promise<FigureRelease[]> {
  const { rows } = await sql<FigureRelease>`
    select r.id, r.measure_id, r.period, r.bound, r.cell_count, r.hidden_count, ${nameOfBody(sql`r.agency_id`, ctx.today)} as agency_name, r.released_at
    from indicators.release r where r.measure_id = ${of.measureId} and (${of.period ?? null}::text is null or r.period = ${of.period ?? null})
    order by r.released_at desc, r.id desc limit 200`.execute(ctx.db)
  return rows
}

type Listed = ListedRelease & { total: number }

/** What was told to everyone, of all measures, newest first. */
export async function listAllReleases(
  ctx: Context,
  { measureId = null, period = null, page, size }: { measureId?: string | null; period?: string | null } & PageOf,
): Promise<Page<ListedRelease>> {
  const { rows } = await sql<Listed>`
    select r.id, r.measure_id, r.period, r.bound, r.cell_count, r.hidden_count, ${nameOfBody(sql`r.agency_id`, ctx.today)} as agency_name, r.released_at,
      not exists (select 1 from indicators.release later where later.measure_id = r.measure_id and later.period = r.period
        and (later.released_at, later.id) > (r.released_at, r.id)) as is_newest,
      count(*) over ()::integer as total
    from indicators.release r
    where (${measureId}::uuid is null or r.measure_id = ${measureId}) and (${period}::text is null or r.period = ${period})
    order by r.released_at desc, r.id desc limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0, page, size }
}

/** All that was told of a measure. @throws notFound where there is no such measure */
export async function releasesOf(ctx: Context, measureId: string): Promise<FigureRelease[]> {
  if ((await readMeasures(ctx, [measureId])).size === 0) throw notFound()
  return listReleases(ctx, { measureId })
}

/**
 * What everyone may know of a measure and period: a unit's figure and those of the units of a level in it, as they were on the period's
 * last day. It reads nothing but what was released.
 * @throws notFound where nothing was released; invalid `indicators.unknown-period`
 */
export async function getReleased(
  ctx: Context,
  query: { measureId: string; unitId: string; period: string; breakdown: string; level?: UnitLevel | undefined },
  calendars: readonly Calendar[],
): Promise<ReleasedPicture> {
  const period = readPeriod(query.period, calendars)
  if (period === undefined) throw invalid('indicators.unknown-period', { period: query.period })
  const [release] = await listReleases(ctx, { measureId: query.measureId, period: period.id })
  if (release === undefined) throw notFound()
  const land = await openLand(ctx)
  const day = lastDay(period)
  const unit = getUnitKey(land, query.unitId)
  const own = levelOn(land.ground, unit, day)
  if (own === undefined) throw notFound()
  const { rows } = await sql<Omit<ReleasedFigure, 'unit'> & { unitId: string }>`
    select unit_id, is_hidden, numerator::float8 as numerator, denominator::float8 as denominator, value::float8 as value, expected, reported
    from indicators.released_cell where release_id = ${release.id} and breakdown = ${query.breakdown}`.execute(ctx.db)
  const inside = rows.flatMap(({ unitId, ...row }) => {
    const key = land.keyOf.get(unitId)
    return key !== undefined && lineOn(land.ground, key, day).includes(unit) ? [{ key, row }] : []
  })
  const levels = new Set(inside.map(({ key }) => levelOn(land.ground, key, day)))
  const below = coarseToFine.slice(coarseToFine.indexOf(own) + 1).find((level) => levels.has(level))
  const level = query.level ?? below ?? own
  const told = ({ key, row }: (typeof inside)[number]): ReleasedFigure => ({
    ...row,
    unit: refOf(land, key, day, ctx.language),
  })
  const total = inside.find(({ key }) => key === unit)
  return {
    ...{ release, breakdown: query.breakdown, level, total: total === undefined ? null : told(total) },
    rows: inside
      .filter(({ key }) => key !== unit && levelOn(land.ground, key, day) === level)
      .map(told)
      .toSorted((one, other) => one.unit.code.localeCompare(other.unit.code)),
  }
}
