import { idOfKey, Problem, type Context } from '#platform'
import type { PlainDate, UnitKey } from '#territory/model'
import { openLand, refOf, type Land } from '../land.ts'
import type { MeasureStanding, StandingLine } from '../model.ts'
import { seesAllOf } from '../queries/sight.ts'
import { listTargets, readProgress } from '../queries/targets.ts'
import { lineOn, unitsOn } from '../rollup/ground.ts'
import { saysOf } from '../rules.ts'
import { measuresInShort } from './queries.ts'

/**
 * How measures stand in the country or, where the actor may not see a figure of it, in the widest of his own units whose figure he sees.
 * Measures that are not there are left out.
 */
export async function readStandings(ctx: Context, measureIds: readonly string[]): Promise<MeasureStanding[]> {
  const land = await openLand(ctx)
  const units = (await widestFirst(ctx, land)).map((key) => ({ key, below: belowOf(land, key, ctx.today) }))
  const standings: MeasureStanding[] = []
  for (const measure of await measuresInShort(ctx, measureIds)) {
    const found = await firstSeen(ctx, land, { measureId: measure.measureId, units })
    standings.push({ ...measure, ...found, asOf: ctx.today })
  }
  return standings
}

/** The country, and the units one's own body lies in, down to its own. */
async function widestFirst(ctx: Context, land: Land): Promise<UnitKey[]> {
  const own =
    ctx.actor.agencyId === null
      ? undefined
      : await ctx.db
          .selectFrom('agencies.agency')
          .select('unitId')
          .where('id', '=', ctx.actor.agencyId)
          .executeTakeFirst()
  const key = own && land.keyOf.get(own.unitId)
  return [
    ...new Set([
      ...unitsOn(land.ground, 'country', ctx.today),
      ...(key === undefined ? [] : lineOn(land.ground, key, ctx.today).toReversed()),
    ]),
  ]
}

async function firstSeen(
  ctx: Context,
  land: Land,
  { measureId, units }: { measureId: string; units: readonly { key: UnitKey; below: UnitKey[] }[] },
): Promise<Omit<MeasureStanding, 'asOf' | 'measureId' | 'indicatorId' | 'indicatorName' | 'name' | 'unitOfMeasure'>> {
  for (const [place, { key, below }] of units.entries()) {
    // Whoever sees no figure of others would take theirs for absent: asked before the figures are.
    if (!(await seesAllOf(ctx, measureId, () => [key, ...below]))) continue
    const lines = await readLines(ctx, { measureId, unitId: idOfKey(key) })
    if (lines === undefined) continue
    const unit = refOf(land, key, ctx.today, ctx.language)
    return { unit, isNational: place === 0, lines, ...saysOf(lines, ctx.today) }
  }
  return { unit: null, isNational: false, lines: [], says: 'unseen', year: null }
}

/** The units right below one. */
function belowOf(land: Land, unit: UnitKey, on: PlainDate): UnitKey[] {
  return [...land.ground.units.keys()].filter((key) => lineOn(land.ground, key, on)[1] === unit)
}

/** The whole, and breakdowns with targets of their own; undefined where the actor may not see them. */
async function readLines(ctx: Context, of: { measureId: string; unitId: string }): Promise<StandingLine[] | undefined> {
  const breakdowns = new Set(['', ...(await listTargets(ctx, of)).map(({ breakdown }) => breakdown)])
  try {
    const lines: StandingLine[] = []
    for (const breakdown of breakdowns)
      lines.push({ breakdown, ...(await readProgress(ctx, { ...of, breakdown, asOf: undefined }, [])) })
    const told = lines.filter(
      ({ breakdown, series, targets }) => breakdown !== '' || series.length + targets.length > 0,
    )
    return told.length > 0 ? told : lines
  } catch (problem) {
    if (problem instanceof Problem && problem.kind === 'notFound') return undefined
    throw problem
  }
}
