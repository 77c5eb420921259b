import { conflict, forbidden, newId, notFound, type Context } from '#platform'
import type { ChangeTarget, Comparator, SetTarget } from '../model.ts'
import { readAnswering, readDimensionValues, readMeasures } from '../store.ts'

/**
 * Sets what a measure of one's own unit is to reach.
 * @throws notFound for an unknown measure or another's unit; conflict `indicators.target-there`, `indicators.unknown-breakdown`
 */
export async function setTarget(ctx: Context, input: SetTarget): Promise<{ id: string; version: number }> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw forbidden('indicators.no-body')
  const measure = (await readMeasures(ctx, [input.measureId])).get(input.measureId)
  const answering = await readAnswering(ctx)
  const isOwn = answering.unitIds.has(input.unitId)
  if (measure === undefined || !isOwn || !(answering.isHead || answering.functions.has(measure.function)))
    throw notFound()
  const values = await readDimensionValues(ctx)
  const isKnown =
    input.breakdown === '' ||
    input.breakdown.split(';').every((part) => {
      const [dimension = '', value = ''] = part.split('=')
      return measure.breakdowns.some((by) => by.dimension === dimension) && values.get(dimension)?.has(value) === true
    })
  if (!isKnown) throw conflict('indicators.unknown-breakdown', { breakdown: input.breakdown })
  const id = newId()
  const laid = await ctx.db
    .insertInto('indicators.target')
    .values({ id, ...input, value: String(input.value), agencyId, setBy: ctx.actor.personId, setAt: ctx.now })
    .onConflict((on) =>
      on.columns(['measureId', 'unitId', 'breakdown', 'kind', 'year']).where('endedAt', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (laid === undefined) throw conflict('indicators.target-there')
  await ctx.record('indicators.target-set', { kind: 'indicators.target', id, agencyId }, goalOf(input))
  return { id, version: 1 }
}

/** Changes a target one's body set. @throws notFound; conflict `platform.stale-version` */
export async function changeTarget(
  ctx: Context,
  id: string,
  { version, ...goal }: ChangeTarget,
): Promise<{ version: number }> {
  const { agencyId } = await takeTarget(ctx, id, version)
  await saveTarget(ctx, id, { ...goal, value: String(goal.value), version: version + 1 })
  await ctx.record('indicators.target-changed', { kind: 'indicators.target', id, agencyId }, goal)
  return { version: version + 1 }
}

/** Ends a target one's body set; it is kept. @throws notFound; conflict `platform.stale-version` */
export async function endTarget(ctx: Context, id: string, version: number): Promise<void> {
  const { agencyId } = await takeTarget(ctx, id, version)
  await saveTarget(ctx, id, { endedAt: ctx.now, version: version + 1 })
  await ctx.record('indicators.target-ended', { kind: 'indicators.target', id, agencyId }, {})
}

function goalOf({ year, comparator, value }: SetTarget) {
  return { year, comparator, value }
}

async function takeTarget(ctx: Context, id: string, seen: number) {
  const row = await ctx.db
    .selectFrom('indicators.target')
    .select(['agencyId', 'version'])
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.version !== seen) throw conflict('platform.stale-version')
  return row
}

async function saveTarget(
  ctx: Context,
  id: string,
  change: { version: number; endedAt?: string; comparator?: Comparator; value?: string },
): Promise<void> {
  await ctx.db
    .updateTable('indicators.target')
    .set({ ...change, setBy: ctx.actor.personId, setAt: ctx.now })
    .where('id', '=', id)
    .execute()
}
