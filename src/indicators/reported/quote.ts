import { asEverywhere, type Context } from '#platform'
import type { PlainDate, UnitKey, UnitLevel } from '#territory/model'
import { openLand, type Land } from '../land.ts'
import { countOwing } from './owing.ts'
import { readPeriod, type AbsenceReason, type Calendar, type NotComparable, type Period } from '../model.ts'
import { isKept, keepTotals, keptTotals, rowsOf, type Asked, type ReadLane } from '../queries/kept-totals.ts'
import { statesOf } from '../queries/lane-state.ts'
import { readSomeLanes } from '../queries/read-lanes.ts'
import { seenMeasures } from '../queries/sight.ts'
import { measuringOf, unitsIn } from '../queries/totals.ts'
import { lastDay, levelOn } from '../rollup/ground.ts'
import { rollUp, type AcceptedVintage, type Total } from '../rollup/total.ts'
import { readMeasures, type MeasureRules } from '../store.ts'

/** A total as a report quotes it, with what it is made of: each accepted vintage that is in it. */
export type QuotedTotal = {
  value: number | null
  numerator: number | null
  denominator: number | null
  isEstimate: boolean
  reason: NotComparable | null
  absent: Record<AbsenceReason, number>
  expected: number
  reported: number
  late: number
  estimated: number
  parts: AcceptedVintage[]
}

export type TotalsToQuote = {
  unitId: string
  period: string
  rows: readonly { measureId: string; breakdown: string }[]
  /**
   * Bodies that owe the acting body these figures in a report: it sees their totals, though it stands over none of them. The caller has made
   * sure that they do.
   */
  from: readonly string[]
  /** Units that owe these figures in a report: how many gave one is counted of them; empty: of all of the land. */
  owing: readonly string[]
  /** Whether each vintage in a total is told: thousands in a national one, told where it is quoted, not where it is shown. */
  parts: boolean
}

/**
 * Totals of a unit from the newest accepted figures, on the units of the period's last day; all in a few statements, however many rows.
 * @returns in the order of the rows; undefined where the actor does not see all that is in it, or there is no such place
 */
export async function quoteTotals(
  ctx: Context,
  of: TotalsToQuote,
  calendars: readonly Calendar[],
): Promise<(QuotedTotal | undefined)[]> {
  const land = await openLand(ctx)
  const period = readPeriod(of.period, calendars)
  const unit = land.keyOf.get(of.unitId)
  if (period === undefined || unit === undefined || of.rows.length === 0) return of.rows.map(() => undefined)
  const on = lastDay(period)
  if (levelOn(land.ground, unit, on) === undefined) return of.rows.map(() => undefined)
  const measureIds = [...new Set(of.rows.map(({ measureId }) => measureId))]
  const measures = await readMeasures(ctx, measureIds)
  const seen = await seenTotals(ctx, { land, unit, on, from: of.from, measures: [...measures.values()] })
  const asked = of.rows.map(({ measureId, breakdown }): Asked | undefined => {
    const measure = seen.has(measureId) ? measures.get(measureId) : undefined
    return measure && { land, measure, measuring: measuringOf(measure), period, breakdown }
  })
  const { parts } = of
  const wanted = asked.filter((one) => one !== undefined)
  // Of what is in a total the actor may see less than the total itself: it is put together by the product.
  const totals = await asEverywhere(ctx, () =>
    putTogether(ctx, { land, unit, period, wanted, calendars, parts, owing: of.owing }),
  )
  return asked.map((one) => one && totals.get(one))
}

/** Measures of which the actor sees totals of a unit: all in it is within its sight, or each unit that answers for it was asked to give it. */
async function seenTotals(
  ctx: Context,
  of: { land: Land; unit: UnitKey; on: PlainDate; from: readonly string[]; measures: readonly MeasureRules[] },
): Promise<ReadonlySet<string>> {
  const { land, unit, on, from } = of
  const all = of.measures.map(({ id }) => id)
  const seen = new Set(await seenMeasures(ctx, { measureIds: all, units: () => unitsIn(land, unit, on) }))
  const rest = of.measures.filter(({ id }) => !seen.has(id))
  if (from.length === 0) return seen
  for (const [level, measures] of Map.groupBy(rest, (measure) => measure.level)) {
    const units = () => [...behind(land, { unit, level, on })]
    const given = await seenMeasures(ctx, { measureIds: measures.map(({ id }) => id), units, from })
    for (const id of given) seen.add(id)
  }
  return seen
}

/** The units whose figures of a level are in the total of a unit. */
function behind(land: Land, { unit, level, on }: { unit: UnitKey; level: UnitLevel; on: PlainDate }): Set<UnitKey> {
  const to = land.restated(on)
  return new Set([...land.answering(level, on)].filter((source) => to.portionsOf(source, on).has(unit)))
}

type Wanted = {
  land: Land
  unit: UnitKey
  period: Period
  wanted: readonly Asked[]
  calendars: readonly Calendar[]
  parts: boolean
  owing: readonly string[]
}

async function putTogether(ctx: Context, of: Wanted): Promise<Map<Asked, QuotedTotal>> {
  const { land, unit, period, wanted, calendars } = of
  const on = lastDay(period)
  const quoted = new Map<Asked, QuotedTotal>()
  if (!of.parts) {
    const states = await statesOf(ctx, wanted.map(rowsOf))
    for (const [at, asked] of wanted.entries()) {
      const kept = await keptTotals(ctx, asked, { on, units: [unit], state: states[at] ?? '{}' })
      if (kept !== undefined) quoted.set(asked, quotedOf(kept.totals.get(unit), []))
    }
  }
  const lanes = wanted.filter((asked) => !quoted.has(asked))
  const read = await readSomeLanes(ctx, {
    lanes: lanes.map(({ measure, breakdown }) => ({ measure, period: period.id, breakdown })),
    ...{ land, calendars, withVintages: of.parts },
  })
  keepTotals(
    ctx,
    land,
    read.filter((lane) => !isKept(ctx, lane)),
  )
  const byName = new Map(read.map((lane) => [`${lane.asked.measure.id} ${lane.asked.breakdown}`, lane]))
  const inLevel = new Map<UnitLevel, ReadonlySet<UnitKey>>()
  const unitsOf = (level: UnitLevel) => {
    const units = inLevel.get(level) ?? behind(land, { unit, level, on })
    inLevel.set(level, units)
    return units
  }
  for (const asked of lanes) {
    const lane = byName.get(`${asked.measure.id} ${asked.breakdown}`)
    if (lane === undefined) continue
    const kept = await keptTotals(ctx, asked, { on, units: [unit], state: lane.state, exactly: true })
    const total = kept === undefined ? rolledUp(of, asked, lane) : kept.totals.get(unit)
    quoted.set(
      asked,
      quotedOf(total, of.parts ? partsOf(asked, lane, { unit, units: unitsOf(asked.measure.level) }) : []),
    )
  }
  const { id: ofPeriod } = period
  const counts = await countOwing(ctx, {
    land,
    period: ofPeriod,
    asked: [...quoted.keys()],
    owing: of.owing,
    behind: unitsOf,
  })
  for (const [asked, counted] of counts) {
    const total = quoted.get(asked)
    if (total !== undefined) quoted.set(asked, { ...total, ...counted })
  }
  return quoted
}

/** The total of a lane that the cube does not hold. */
function rolledUp({ land, unit, period }: Wanted, { measure, measuring }: Asked, { cells }: ReadLane) {
  const on = lastDay(period)
  const answering = land.answering(measure.level, on)
  const of = { cells, period, measuring, to: land.restated(on), answering, wanted: new Set([unit]) }
  return rollUp(land.ground, of).totals.get(unit)
}

/** The vintages in a total, by their cells. */
function partsOf(
  asked: Asked,
  { cells }: ReadLane,
  { unit, units }: { unit: UnitKey; units: ReadonlySet<UnitKey> },
): AcceptedVintage[] {
  const isIn = (of: UnitKey) => (asked.measuring.rule === 'none' ? of === unit : units.has(of))
  return cells.flatMap((cell) => (cell.accepted !== undefined && isIn(cell.unit) ? [cell.accepted] : []))
}

function quotedOf(total: Omit<Total, 'parts'> | undefined, parts: AcceptedVintage[]): QuotedTotal {
  return {
    ...{ value: total?.value ?? null, numerator: total?.numerator ?? null, denominator: total?.denominator ?? null },
    ...{ isEstimate: total?.isEstimate ?? false, reason: total?.reason ?? null },
    absent: total?.absent ?? { missing: 0, 'not-applicable': 0, 'not-yet-known': 0 },
    ...{ expected: total?.expected ?? 0, reported: total?.reported ?? 0 },
    ...{ late: total?.late ?? 0, estimated: total?.estimated ?? 0, parts },
  }
}
