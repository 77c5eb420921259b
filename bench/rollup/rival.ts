import type { Cube } from '../../src/indicators/cube/cube.ts'
import type { Plan } from '../../src/indicators/cube/plan.ts'
import type { Ask } from '../linkage/rival.ts'
import { nameOf, steps, type World } from './world.ts'

const countColumns = ['given', 'late', 'estimated', 'not_applicable', 'not_yet_known']

/** What DuckDB is given: figures as rows, how ground lies, and the same cuts our cube makes, for the best it can do. */
export async function layRival(ask: Ask, world: World, cube: Cube): Promise<void> {
  await fill(
    ask,
    'size',
    ['unit', 'size'],
    [...world.sizes].map((size, unit) => [unit, size]),
  )
  for (const era of world.eras.keys()) {
    await layGround(ask, world, { era, plan: planOf(cube, world, era) })
    await ask(`create table cell_${era} as ${cellsSql(world, era)}`)
    await ask(`create table packed_${era} as select lane, grain, block, numerator, denominator, ${packedCounts} as counts
      from cell_${era} join grain_${era} using (unit) join block_${era} using (grain) order by lane, grain`)
  }
}

/** The plan of the lanes of an era. */
function planOf(cube: Cube, world: World, era: number): Plan {
  const month = world.months.findIndex((each) => each.era === era)
  const group = cube.lanes.get(nameOf(month * world.lanesAMonth))?.group
  if (!group) throw new Error(`no lane of era ${era}`)
  return group.plan
}

async function fill(ask: Ask, table: string, columns: readonly string[], rows: readonly number[][]): Promise<void> {
  await ask(`create table ${table} (${columns.map((name) => `${name} integer`).join(', ')})`)
  for (let from = 0; from < rows.length; from += 5000) {
    const some = rows
      .slice(from, from + 5000)
      .map((row) => `(${row.map((value) => (Number.isNaN(value) ? 'null' : value)).join(',')})`)
    await ask(`insert into ${table} values ${some.join(',')}`)
  }
}

/**
 * `holds`: which slot lies in which target, of which view, whole or not, above the unit itself. `grain`, `block`, `target`: the
 * cuts of our plan.
 */
async function layGround(ask: Ask, world: World, { era, plan }: { era: number; plan: Plan }): Promise<void> {
  const unitOf = new Map(world.units.map((unit, place) => [unit, place]))
  const holds = eachTarget(world, plan).flatMap(({ view, unit, place }) => {
    const target = plan[view].targets.get(unit)
    const whole = slotsWithin(plan, unit, view, world)
    return [
      ...whole.map((slot) => [slot, view === 'asWas' ? 0 : 1, place, 1]),
      ...(target?.parted ?? []).map(({ slot }) => [slot, view === 'asWas' ? 0 : 1, place, Number.NaN]),
    ]
  })
  const place = (slot: number) => unitOf.get(plan.slots[slot] ?? '') ?? 0
  await fill(
    ask,
    `holds_${era}`,
    ['unit', 'view', 'target', 'share'],
    holds.map(([slot = 0, ...rest]) => [place(slot), ...rest]),
  )
  await fill(
    ask,
    `grain_${era}`,
    ['unit', 'grain'],
    plan.slots.map((_unit, slot) => [place(slot), plan.grainOf[slot] ?? 0]),
  )
  await fill(
    ask,
    `block_${era}`,
    ['grain', 'block'],
    [...plan.blockOf].map((block, grain) => [grain, block]),
  )
  await fill(
    ask,
    `target_${era}`,
    ['block', 'target'],
    plan.blocksOf.flatMap((blocks, target) => [...blocks].map((block) => [block, target])),
  )
}

/** Units whose totals are compared: of every view, but the answering units themselves as they were, and districts. */
export function eachTarget(world: World, plan: Plan): { view: 'asWas' | 'asIs'; unit: string; place: number }[] {
  const keys = [...world.ground.units.keys()]
  const placeOf = new Map(keys.map((key, place) => [key, place]))
  const views = plan.asWas === plan.asIs ? (['asWas'] as const) : (['asWas', 'asIs'] as const)
  return views.flatMap((view) =>
    [...plan[view].targets].flatMap(([unit, target]) => {
      const isOwn = plan.slotOf.has(unit) && view === 'asWas'
      const isDistrict = levelOf(world, unit, plan[view].on) === 'district'
      return isOwn || isDistrict || target.size + target.parted.length === 0
        ? []
        : [{ view, unit, place: placeOf.get(unit) ?? 0 }]
    }),
  )
}

function levelOf(world: World, key: string, on: string) {
  const version = world.ground.units
    .get(key)
    ?.versions.find(({ from, to }) => (from === null || from <= on) && (to === null || on < to))
  return version && world.ground.levelOf(version.type)
}

/** Worked out from where ground lies, not from the plan's runs. */
function slotsWithin(plan: Plan, unit: string, view: 'asWas' | 'asIs', world: World): number[] {
  return wholesOf(plan, view, world).get(unit) ?? []
}

const wholesKnown = new Map<object, Map<string, number[]>>()
function wholesOf(plan: Plan, view: 'asWas' | 'asIs', world: World): Map<string, number[]> {
  const known = wholesKnown.get(plan[view])
  if (known !== undefined) return known
  const wholes = new Map<string, number[]>()
  const to = world.restated(plan[view].on)
  for (const [slot, unit] of plan.slots.entries())
    for (const [target, share] of to.portionsOf(unit, plan.asWas.on))
      if (share === 1) wholes.set(target, [...(wholes.get(target) ?? []), slot])
  wholesKnown.set(plan[view], wholes)
  return wholes
}

/** The figures of `cellAt` as rows: what was not said has none. */
function cellsSql(world: World, era: number): string {
  const months = world.months.flatMap((month, place) => (month.era === era ? [place] : []))
  const [first = 0, last = 0] = [months[0], months.at(-1)]
  const L = world.lanesAMonth
  return `
    with start as (select lane, unit, (lane * ${steps.lane}::bigint + unit * ${steps.unit}::bigint + ${world.seed}) % ${steps.modulus} as start
      from range(${first * L}, ${(last + 1) * L}) l(lane), grain_${era}),
    one as (select lane, unit, (start * ${steps.first}) % ${steps.modulus} as one from start),
    two as (select lane, unit, one, (one * ${steps.second}) % ${steps.modulus} as two from one where one % 100 >= 6),
    whole as (select t.lane, t.unit, one, two, one % 100 >= 8 as given, 1 + (s.size * ((one // 100) % 1000)) // 1000 as whole
      from two t join size s using (unit))
    select lane::integer as lane, unit::smallint as unit,
      case when given then ((whole * ((two // 10000) % 1000)) // 1000)::integer end as numerator,
      case when given and (lane * 7) % 10 < 7 then whole::integer end as denominator,
      given::utinyint as given, (given and two % 100 < 12)::utinyint as late, (given and (two // 100) % 100 < 5)::utinyint as estimated,
      (one % 100 = 6)::utinyint as not_applicable, (one % 100 = 7)::utinyint as not_yet_known
    from whole order by lane, unit`
}

/** What a user writes: every figure joined to all that hold it, grouped. @returns its result as the table `natural_…` */
export async function natural(ask: Ask, world: World): Promise<void> {
  for (const era of world.eras.keys())
    await ask(`create or replace table natural_${era} as select lane, view, target,
      case when count(*) filter (where share is null and given = 1) = 0 then sum(numerator) filter (where share = 1) end::bigint as numerator,
      case when count(*) filter (where share is null and given = 1) = 0 then sum(denominator) filter (where share = 1) end::bigint as denominator,
      sum(given)::integer as given, sum(late)::integer as late, sum(estimated)::integer as estimated,
      sum(not_applicable)::integer as not_applicable, sum(not_yet_known)::integer as not_yet_known
      from cell_${era} join holds_${era} using (unit) group by lane, view, target`)
}

/** Counts of a row in one number, twelve bits each: summing five columns over millions of groups is what costs DuckDB most. */
const packedCounts = countColumns.map((name, place) => `(${name}::bigint << ${12 * place})`).join(' | ')
const sums =
  'sum(numerator)::bigint as numerator, sum(denominator)::bigint as denominator, sum(counts)::bigint as counts'

/**
 * What we would write ourselves on DuckDB: our own cuts stand in every row and rows lie in their order, counts are packed, each level is made from
 * the coarsest that holds it. Shares are left to be read later, as ours are.
 */
export async function best(ask: Ask, world: World): Promise<void> {
  for (const era of world.eras.keys()) {
    await ask(
      `create or replace temp table grains_${era} as select lane, grain, ${sums} from packed_${era} group by lane, grain`,
    )
    await ask(
      `create or replace temp table blocks_${era} as select lane, block, ${sums} from packed_${era} group by lane, block`,
    )
    await ask(`create or replace temp table targets_${era} as select lane, target, sum(numerator)::bigint as numerator, sum(denominator)::bigint as denominator,
      ${countColumns.map((name, place) => `sum(${unpacked(place)})::integer as ${name}`).join(', ')}
      from blocks_${era} join target_${era} using (block) group by lane, target`)
  }
}

/** A count out of packed ones. */
export function unpacked(place: number): string {
  return `((counts >> ${12 * place}) & 4095)::integer`
}
