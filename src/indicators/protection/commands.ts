import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, forbidden, idOfKey, invalid, newId, notFound, type Context, type JobKind } from '#platform'
import { openLand, type Land } from '../land.ts'
import { PeriodId, readPeriod, type Calendar, type Period, type ReleaseTrial } from '../model.ts'
import { seesAllOf } from '../queries/sight.ts'
import { lastDay, lineOn, unitsOn } from '../rollup/ground.ts'
import { readMeasures, type MeasureRules } from '../store.ts'
import { release, type GivenCell, type ReleasedCell } from './release.ts'
import { cellName } from './table.ts'

const releaseJobKind = 'indicators.release-figures'
const trialJobKind = 'indicators.try-release'

/** `smallCounts`: the least that is hidden where a measure is sensitive. */
export type ReleaseParts = { calendars: readonly Calendar[]; smallCounts: number }

type Asked = { measureId: string; period: string }

/**
 * Lets a measure and period be told to everyone: a job works it out. For a body that sees the whole country.
 * @returns the job's id
 * @throws forbidden `indicators.no-body`; notFound; invalid `indicators.unknown-period`; conflict `indicators.release-early`,
 * `indicators.release-overlaps`
 */
export async function askRelease(
  ctx: Context,
  asked: Asked,
  calendars: readonly Calendar[],
): Promise<{ jobId: string }> {
  await mayRelease(ctx, asked, calendars)
  const jobId = await ctx.enqueue(releaseJobKind, asked)
  await ctx.record(
    'indicators.release-asked',
    { kind: 'indicators.measure', id: asked.measureId, agencyId: ctx.actor.agencyId },
    { period: asked.period },
  )
  return { jobId }
}

type Releasable = { measure: MeasureRules; period: Period; land: Land; agencyId: string }

async function mayRelease(ctx: Context, asked: Asked, calendars: readonly Calendar[]): Promise<Releasable> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw forbidden('indicators.no-body')
  const measure = (await readMeasures(ctx, [asked.measureId])).get(asked.measureId)
  if (measure === undefined) throw notFound()
  const period = readPeriod(asked.period, calendars)
  if (period === undefined) throw invalid('indicators.unknown-period', { period: asked.period })
  if (period.to > ctx.today) throw conflict('indicators.release-early', { period: period.id })
  const land = await openLand(ctx)
  const sources = land.answering(measure.level, lastDay(period))
  if (!(await seesAllOf(ctx, measure.id, () => [...sources]))) throw notFound()
  if (measure.smallCounts !== null) await refuseOverlap(ctx, measure.id, period)
  return { measure, period, land, agencyId }
}

/** Of a sensitive measure no two spans that share a day are told: their difference would be a table of its own. */
async function refuseOverlap(ctx: Context, measureId: string, { id, from, to }: Period): Promise<void> {
  const other = await ctx.db
    .selectFrom('indicators.release')
    .select('period')
    .where('measureId', '=', measureId)
    .where('period', '<>', id)
    .where('periodFrom', '<', to)
    .where('periodTo', '>', from)
    .executeTakeFirst()
  if (other !== undefined) throw conflict('indicators.release-overlaps', { period: id, other: other.period })
}

/**
 * Works out what a release would tell, without telling it: a job does.
 * @returns the job's id; its result is a `ReleaseTrial`
 * @throws as `askRelease`
 */
export async function askTrial(ctx: Context, asked: Asked, calendars: readonly Calendar[]): Promise<{ jobId: string }> {
  await mayRelease(ctx, asked, calendars)
  const jobId = await ctx.enqueue(trialJobKind, asked)
  await ctx.record(
    'indicators.release-tried',
    { kind: 'indicators.measure', id: asked.measureId, agencyId: ctx.actor.agencyId },
    { period: asked.period },
  )
  return { jobId }
}

const Payload = z.object({ measureId: z.uuid(), period: PeriodId })

/** Works releases out, and trials of them. */
export function releaseJobs(parts: ReleaseParts): JobKind[] {
  return [
    {
      kind: releaseJobKind,
      isLong: true,
      async run(work) {
        const asked = Payload.parse(work.payload)
        await work.progress(0, null)
        return work.inTransaction(async (ctx) => ({ releaseId: await makeRelease(ctx, asked, parts) }))
      },
    },
    {
      kind: trialJobKind,
      isLong: true,
      async run(work) {
        const asked = Payload.parse(work.payload)
        await work.progress(0, null)
        return work.inTransaction((ctx) => tryRelease(ctx, asked, parts))
      },
    },
  ]
}

/**
 * Tells a measure and period to everyone, once and for all.
 * @throws as `askRelease`; conflict `indicators.release-empty`, `indicators.release-unsafe`
 */
export async function makeRelease(ctx: Context, asked: Asked, parts: ReleaseParts): Promise<string> {
  // One release of an indicator at a time: each is held against those before it.
  await sql`select pg_advisory_xact_lock(hashtext('indicators.release'))`.execute(ctx.db)
  const { measure, period, land, agencyId, bound, given, cells, unsafe } = await workOut(ctx, asked, parts)
  if (given.length === 0) throw conflict('indicators.release-empty', { period: period.id })
  if (unsafe.length > 0) throw conflict('indicators.release-unsafe', { period: period.id, count: unsafe.length })
  const id = newId()
  const hiddenCount = cells.filter(({ isHidden }) => isHidden).length
  await ctx.db
    .insertInto('indicators.release')
    .values({
      ...{ id, measureId: measure.id, period: period.id, periodFrom: period.from, periodTo: period.to },
      ...{ agencyId, bound, cellCount: cells.length, hiddenCount },
      ...{ releasedBy: ctx.actor.personId, releasedAt: ctx.now },
    })
    .execute()
  await insertReleased(ctx, id, withCompleteness(land, { measure, period, given, cells }))
  await ctx.record(
    'indicators.figures-released',
    { kind: 'indicators.release', id, agencyId },
    { period: period.id, cells: cells.length, hidden: hiddenCount, bound },
  )
  return id
}

/** What a release would tell now, beside the one before it. @throws as `askRelease` */
export async function tryRelease(ctx: Context, asked: Asked, parts: ReleaseParts): Promise<ReleaseTrial> {
  const { measure, period, land, bound, cells, small, kept, unsafe } = await workOut(ctx, asked, parts)
  const before = await readNewest(ctx, { measure, period, land })
  const hidden = cells.filter(({ isHidden }) => isHidden).map((cell) => cellName(cell.unit, cell.breakdown))
  const isNew = (name: string) => !small.has(name)
  const each = cells.map((cell) => ({ cell, was: before?.cells.get(cellName(cell.unit, cell.breakdown)) }))
  const told = each.filter(({ cell }) => !cell.isHidden)
  return {
    ...{ cells: cells.length, bound, hidden: hidden.length, small: small.size, unsafe: unsafe.length },
    kept: hidden.filter((name) => isNew(name) && kept.has(name)).length,
    beside: hidden.filter((name) => isNew(name) && !kept.has(name)).length,
    changed: told.filter(({ cell, was }) => was?.isHidden === false && !isToldSame(cell, was)).length,
    nowTold: before === null ? 0 : told.filter(({ was }) => was === undefined || was.isHidden).length,
    nowHidden: each.filter(({ cell, was }) => cell.isHidden && was?.isHidden === false).length,
    before: before?.releasedAt ?? null,
  }
}

function isToldSame(cell: ReleasedCell, was: Pick<ReleasedCell, 'numerator' | 'denominator'>): boolean {
  return cell.numerator === was.numerator && cell.denominator === was.denominator
}

/** The newest release of a measure and period, by cells. */
async function readNewest(ctx: Context, { measure, period, land }: About) {
  const newest = await ctx.db
    .selectFrom('indicators.release')
    .select(['id', 'releasedAt'])
    .where('measureId', '=', measure.id)
    .where('period', '=', period.id)
    .orderBy('releasedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (newest === undefined) return null
  const { rows } = await sql<Omit<ReleasedCell, 'unit' | 'value'> & { unitId: string }>`
    select unit_id, breakdown, is_hidden, numerator::float8 as numerator, denominator::float8 as denominator
    from indicators.released_cell where release_id = ${newest.id}`.execute(ctx.db)
  const cells = new Map(rows.map((row) => [cellName(land.keyOf.get(row.unitId) ?? '', row.breakdown), row]))
  return { releasedAt: newest.releasedAt, cells }
}

/** Everything a release is made of; writes nothing. */
async function workOut(ctx: Context, asked: Asked, parts: ReleaseParts) {
  const about = await mayRelease(ctx, asked, parts.calendars)
  const { measure, period, land } = about
  const bound = measure.smallCounts === null ? null : Math.max(measure.smallCounts, parts.smallCounts)
  const given = await readGiven(ctx, about)
  const { kept, told } = await readReleased(ctx, { measure, period, given })
  const worked = release({
    ...{ cells: given, bound, kept, told },
    parents: parentsOf(land, given, lastDay(period)),
    dimensions: dimensionsOf(given),
    measure: { rule: measure.aggregation, isShare: measure.isShare, factor: measure.factor },
  })
  return { ...about, ...worked, bound, given, kept }
}

type About = { measure: MeasureRules; period: Period; land: Land }

/** Accepted figures of the units that answer, whole and by breakdown. */
async function readGiven(ctx: Context, { measure, period, land }: About): Promise<GivenCell[]> {
  const { rows } = await sql<Omit<GivenCell, 'unit'> & { unitId: string }>`
    select c.unit_id, c.breakdown, o.numerator::float8 as numerator, o.denominator::float8 as denominator
    from indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage
    where c.measure_id = ${measure.id} and c.period = ${period.id} and o.status is not null order by c.unit_id, c.breakdown`.execute(
    ctx.db,
  )
  const sources = land.answering(measure.level, lastDay(period))
  return rows.flatMap(({ unitId, ...cell }) => {
    const unit = land.keyOf.get(unitId)
    return unit === undefined || (measure.aggregation !== 'none' && !sources.has(unit)) ? [] : [{ ...cell, unit }]
  })
}

function parentsOf(land: Land, given: readonly GivenCell[], day: string): Map<string, string | null> {
  const parents = new Map<string, string | null>()
  for (const { unit } of given)
    for (const [at, one] of lineOn(land.ground, unit, day).entries())
      parents.set(one, lineOn(land.ground, unit, day)[at + 1] ?? null)
  return parents
}

/** The breakdowns that were given, by their dimension. */
function dimensionsOf(given: readonly GivenCell[]): string[][] {
  const slices = [...new Set(given.map(({ breakdown }) => breakdown))].filter((slice) => slice !== '').sort()
  return [...Map.groupBy(slices, (slice) => slice.slice(0, slice.indexOf('='))).values()]
}

/** What earlier releases of the same children hid, and what each cell was told as last, where it still holds. */
async function readReleased(
  ctx: Context,
  { measure, period, given }: { measure: MeasureRules; period: Period; given: readonly GivenCell[] },
): Promise<{ kept: Set<string>; told: Set<string> }> {
  const { rows } = await sql<{
    unitId: string
    breakdown: string
    isHidden: boolean
    isOwn: boolean
    numerator: number | null
    denominator: number | null
  }>`
    select distinct on (c.unit_id, c.breakdown, c.is_hidden, r.measure_id) c.unit_id, c.breakdown, c.is_hidden, r.measure_id = ${measure.id} as is_own, c.numerator::float8 as numerator, c.denominator::float8 as denominator
    from indicators.release r join indicators.released_cell c on c.release_id = r.id
    where r.period = ${period.id} and r.bound is not null and r.measure_id in (select other.id from indicators.measure m
      join indicators.measure other on other.indicator_id = m.indicator_id where m.id = ${measure.id})
    order by c.unit_id, c.breakdown, c.is_hidden, r.measure_id, r.released_at desc, r.id desc`.execute(ctx.db)
  const land = await openLand(ctx)
  const now = sumsOf(land, given, lastDay(period))
  const [kept, told] = [new Set<string>(), new Set<string>()]
  for (const row of rows) {
    const name = cellName(land.keyOf.get(row.unitId) ?? '', row.breakdown)
    if (row.isHidden) kept.add(name)
    else {
      const sum = now.get(name)
      const isSame =
        sum?.denominator === row.denominator && (measure.aggregation === 'weighted' || sum.numerator === row.numerator)
      if (isSame || !row.isOwn) told.add(name)
    }
  }
  for (const name of kept) told.delete(name)
  return { kept, told }
}

type Sum = { numerator: number; denominator: number | null }

/** What every unit's cells come to now. */
function sumsOf(land: Land, given: readonly GivenCell[], day: string): Map<string, Sum> {
  const sums = new Map<string, Sum>()
  for (const { unit, breakdown, numerator, denominator } of given)
    for (const above of lineOn(land.ground, unit, day)) {
      const sum = sums.get(cellName(above, breakdown)) ?? { numerator: 0, denominator: null }
      const base = denominator === null ? sum.denominator : (sum.denominator ?? 0) + denominator
      sums.set(cellName(above, breakdown), { numerator: sum.numerator + numerator, denominator: base })
    }
  return sums
}

type Told = ReleasedCell & { expected: number; reported: number }

/** Beside each figure of how many units below it one was due, and how many gave one. */
function withCompleteness(
  land: Land,
  {
    measure,
    period,
    given,
    cells,
  }: { measure: MeasureRules; period: Period; given: readonly GivenCell[]; cells: readonly ReleasedCell[] },
): Told[] {
  const day = lastDay(period)
  const count = (units: Iterable<string>) => {
    const counts = new Map<string, number>()
    for (const unit of units)
      for (const above of lineOn(land.ground, unit, day)) counts.set(above, (counts.get(above) ?? 0) + 1)
    return counts
  }
  const isAlone = measure.aggregation === 'none'
  const expected = count(isAlone ? unitsOn(land.ground, measure.level, day) : land.answering(measure.level, day))
  const bySlice = new Map(
    [...Map.groupBy(given, ({ breakdown }) => breakdown)].map(([slice, of]) => [
      slice,
      count(of.map(({ unit }) => unit)),
    ]),
  )
  return cells.map((cell) => {
    const reported = isAlone ? 1 : (bySlice.get(cell.breakdown)?.get(cell.unit) ?? 0)
    return { ...cell, reported, expected: isAlone ? 1 : Math.max(expected.get(cell.unit) ?? 0, reported) }
  })
}

async function insertReleased(ctx: Context, id: string, cells: readonly Told[]): Promise<void> {
  const rows = cells.map(({ unit, ...cell }) => ({ ...cell, unitId: idOfKey(unit) }))
  await sql`insert into indicators.released_cell (release_id, unit_id, breakdown, is_hidden, numerator, denominator, value, expected, reported)
    select ${id}, "unitId", breakdown, "isHidden", numerator, denominator, value, expected, reported
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("unitId" uuid, breakdown text, "isHidden" boolean, numerator numeric,
      denominator numeric, value numeric, expected integer, reported integer)`.execute(ctx.db)
}
