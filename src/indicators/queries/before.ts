import { sql } from 'kysely'
import type { Context } from '#platform'
import type { UnitKey } from '#territory/model'
import { openLand, type Land } from '../land.ts'
import { periodBefore, readPeriod, type Calendar, type FigureBefore, type Period } from '../model.ts'
import { lastDay, levelOn } from '../rollup/ground.ts'
import { rollUp, type Cell } from '../rollup/total.ts'
import { placeOf, readMeasures, type MeasureRules } from '../store.ts'
import { readSomeLanes } from './read-lanes.ts'
import { measuringOf } from './totals.ts'

export type Place = { measureId: string; unitId: string; period: string; breakdown: string }

/** Places of one measure, period and breakdown, with whose figures of the period before lie on their ground. */
type Group = {
  measure: MeasureRules
  before: Period
  on: string
  breakdown: string
  places: { place: Place; unit: UnitKey }[]
  sources: Set<UnitKey>
}

/**
 * The accepted figures of the period before, restated to the unit's ground at the end of the period: what was entered is compared
 * with them. Of a unit that came out of a reform they are those of the units it was made of.
 *
 * @param packedFrom from how many units on figures are read packed
 * @returns by `placeOf`; nothing for places whose measure or period is unknown, or that have no ground in the period before
 */
export async function readBefore(
  ctx: Context,
  places: readonly Place[],
  calendars: readonly Calendar[],
  packedFrom = manyUnits,
): Promise<Map<string, FigureBefore>> {
  const groups = await group(ctx, places, calendars)
  const hasMany = ({ sources }: Group): boolean => sources.size >= packedFrom
  const land = await openLand(ctx)
  const [many, few] = [groups.filter(hasMany), groups.filter((one) => !hasMany(one))]
  const ofFew = await readCellsOf(ctx, land, few)
  const ofMany = await readLanesOf(ctx, { land, calendars, groups: many })
  const found = new Map<string, FigureBefore>()
  for (const one of groups) {
    const { measure, before, on, sources } = one
    const given = hasMany(one) ? ofMany(one) : ofFew(one)
    if (given.length === 0) continue
    const { totals } = rollUp(land.ground, {
      cells: given,
      period: before,
      measuring: measuringOf(measure),
      to: land.restated(on),
      answering: sources,
      wanted: new Set(one.places.map(({ unit }) => unit)),
    })
    for (const { place, unit } of one.places) {
      const total = totals.get(unit)
      if (total === undefined || total.reported === 0) continue
      const { numerator, denominator, isEstimate, reason } = total
      const isPartial = total.reported < total.expected
      const known = isPartial || reason !== null ? none : { value: total.value, numerator, denominator }
      found.set(placeOf(place), {
        ...{ period: before.id, isEstimate, ...known },
        reason: reason ?? (isPartial ? 'is-partial' : null),
      })
    }
  }
  return found
}

const none = { value: null, numerator: null, denominator: null }

async function group(ctx: Context, places: readonly Place[], calendars: readonly Calendar[]): Promise<Group[]> {
  const measures = await readMeasures(
    ctx,
    places.map(({ measureId }) => measureId),
  )
  const land = await openLand(ctx)
  const groups = new Map<string, Group>()
  for (const place of places) {
    const measure = measures.get(place.measureId)
    const period = readPeriod(place.period, calendars)
    const before = period && periodBefore(period, calendars)
    const unit = land.keyOf.get(place.unitId)
    if (measure === undefined || period === undefined || before === undefined || unit === undefined) continue
    const name = [measure.id, period.id, place.breakdown].join(' ')
    const known = groups.get(name)
    const one = known ?? {
      ...{ measure, before, breakdown: place.breakdown, places: [], sources: new Set<UnitKey>() },
      on: lastDay(period),
    }
    one.places.push({ place, unit })
    groups.set(name, one)
  }
  const cameFrom = sourcesOf(land)
  for (const one of groups.values())
    for (const { unit } of one.places) for (const source of cameFrom(one, unit)) one.sources.add(source)
  return [...groups.values()]
}

type Sources = Map<UnitKey, UnitKey[]>

/** Whose ground lies where, for as long as the land is the same: the ministry's grid asks of every unit of the country. */
const keptSources = new WeakMap<Land, Map<string, Sources>>()
/** Pairs of days, and levels, that are asked about at a time: few periods are open. */
const mostKept = 8

/** Which units of the period before hold ground of a unit; worked out once for all units of a day and level. */
function sourcesOf(land: Land): (of: Group, unit: UnitKey) => readonly UnitKey[] {
  const known = keptSources.get(land) ?? new Map<string, Sources>()
  keptSources.set(land, known)
  const all = [...land.ground.units.keys()]
  return ({ measure, before, on }, unit) => {
    const day = lastDay(before)
    const isAlone = measure.aggregation === 'none'
    const name = isAlone ? `${day} ${on}` : `${measure.level} ${day} ${on}`
    let onto = known.get(name)
    if (onto === undefined) {
      onto = new Map()
      const sources = isAlone
        ? all.filter((key) => levelOn(land.ground, key, day) !== undefined)
        : land.answering(measure.level, day)
      for (const source of sources)
        for (const target of land.restated(on).portionsOf(source, day).keys()) {
          // Figures that stand alone are compared with those of the same level only, as `rollUp` has it.
          if (isAlone && levelOn(land.ground, target, on) !== levelOn(land.ground, source, day)) continue
          const list = onto.get(target)
          if (list === undefined) onto.set(target, [source])
          else list.push(source)
        }
      known.set(name, onto)
      for (const oldest of known.keys()) {
        if (known.size <= mostKept) break
        known.delete(oldest)
      }
    }
    return onto.get(unit) ?? []
  }
}

/** From so many units on their figures are read whole by measure, packed: to name each unit for each measure would be megabytes. */
const manyUnits = 200

async function readLanesOf(
  ctx: Context,
  { land, calendars, groups }: { land: Land; calendars: readonly Calendar[]; groups: readonly Group[] },
): Promise<(of: Group) => Cell[]> {
  const lanes = groups.map(({ measure, before, breakdown }) => ({ measure, period: before.id, breakdown }))
  const read = await readSomeLanes(ctx, { lanes, land, calendars, withVintages: false })
  const byGroup = new Map(
    read.map(({ asked, cells }) => [[asked.measure.id, asked.period.id, asked.breakdown].join(' '), cells]),
  )
  return ({ measure, before, breakdown, sources }) =>
    (byGroup.get([measure.id, before.id, breakdown].join(' ')) ?? []).filter(({ unit }) => sources.has(unit))
}

/** The accepted cells of groups in one statement, asked for by group. */
async function readCellsOf(ctx: Context, land: Land, groups: readonly Group[]): Promise<(of: Group) => Cell[]> {
  if (groups.length === 0) return () => []
  const wanted = groups.map(({ measure, before, breakdown, sources }) => ({
    measureId: measure.id,
    period: before.id,
    breakdown,
    dueDays: measure.dueDays,
    unitIds: [...sources].flatMap((unit) => land.idOf.get(unit) ?? []),
  }))
  const { rows } = await sql<Cell & { unitId: string; measureId: string; period: string; breakdown: string }>`
    select c.unit_id, c.measure_id, c.period, c.breakdown, o.status, o.numerator::float8 as numerator, o.denominator::float8 as denominator, o.absence,
      coalesce(c.answered_on > c.period_to - 1 + w."dueDays", false) as is_late
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("measureId" uuid, period text, breakdown text, "dueDays" integer, "unitIds" uuid[])
    join indicators.cell c on c.measure_id = w."measureId" and c.period = w.period and c.breakdown = w.breakdown and c.unit_id = any (w."unitIds")
    join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage`.execute(ctx.db)
  const byGroup = Map.groupBy(rows, ({ measureId, period, breakdown }) => [measureId, period, breakdown].join(' '))
  return ({ measure, before, breakdown }) =>
    (byGroup.get([measure.id, before.id, breakdown].join(' ')) ?? []).flatMap(({ unitId, ...cell }) => {
      const unit = land.keyOf.get(unitId)
      return unit === undefined ? [] : [{ ...cell, unit }]
    })
}
