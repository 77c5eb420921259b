import { sql } from 'kysely'
import { asEverywhere, conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import { keptMechanisms, shortOf } from '#recommendations'
import type { EndMeasureLink, LinkedMeasures, LinkRecommendationMeasures } from '../model.ts'
import { readMeasures } from '../store.ts'

const record = 'indicators.recommendation-measure'

/**
 * Lays measures to recommendations of which they tell. What holds already is left as it is.
 * @returns how many were laid, and how many held already
 * @throws notFound for a recommendation or a measure that is not there; invalid `indicators.link-of-split` where its parts stand
 *   for it; forbidden `indicators.link-not-yours` for who does not keep its mechanism's documents
 */
export async function linkRecommendationMeasures(
  ctx: Context,
  input: LinkRecommendationMeasures,
): Promise<LinkedMeasures> {
  const { agencyId, personId } = ctx.actor
  if (agencyId === null) throw invalid('indicators.no-body')
  const asked = [...new Map(input.links.map((one) => [`${one.recommendationId} ${one.measureId}`, one])).values()]
  await requireKept(ctx, [...new Set(asked.map((one) => one.recommendationId))])
  await requireMeasures(
    ctx,
    asked.map(({ measureId }) => measureId),
  )
  let linked = 0
  for (const one of asked) {
    const id = newId()
    const laid = await ctx.db
      .insertInto('indicators.recommendationMeasure')
      .values({ id, ...one, agencyId, linkedBy: personId, linkedAt: ctx.now })
      .onConflict((on) => on.columns(['recommendationId', 'measureId']).where('endedAt', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (laid === undefined) continue
    linked += 1
    const { recommendationId, measureId } = one
    await ctx.record('indicators.measure-linked', { kind: record, id, agencyId }, { recommendationId, measureId })
  }
  // A write says so even where all held already.
  if (linked === 0)
    await ctx.record('indicators.measures-held', { kind: record, id: null, agencyId }, { count: asked.length })
  return { linked, same: asked.length - linked }
}

async function requireKept(ctx: Context, ids: string[]): Promise<void> {
  const rows = await shortOf(ctx, ids)
  if (rows.length < ids.length) throw notFound()
  if (rows.some((row) => row.isSplit)) throw invalid('indicators.link-of-split')
  const kept = await keptMechanisms(ctx)
  if (rows.some((row) => !kept.includes(row.mechanism))) throw forbidden('indicators.link-not-yours')
}

/** @throws notFound where one of them is not in the dictionary */
export async function requireMeasures(ctx: Context, ids: readonly string[]): Promise<void> {
  const known = await readMeasures(ctx, ids)
  if (ids.some((id) => !known.has(id))) throw notFound()
}

/**
 * Says that a measure does not tell of a recommendation after all; what was said is kept.
 * @throws notFound; forbidden `indicators.link-not-yours`; conflict `platform.stale-version`
 */
export async function endRecommendationMeasure(
  ctx: Context,
  id: string,
  { version, reason }: EndMeasureLink,
): Promise<void> {
  const held = await ctx.db
    .selectFrom('indicators.recommendationMeasure')
    .select(['recommendationId', 'measureId'])
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (held === undefined) throw notFound()
  const [recommendation] = await shortOf(ctx, [held.recommendationId])
  if (!(await keptMechanisms(ctx)).includes(recommendation?.mechanism ?? ''))
    throw forbidden('indicators.link-not-yours')
  const ended = await ctx.db
    .updateTable('indicators.recommendationMeasure')
    .set({ endedBy: ctx.actor.personId, endedAt: ctx.now, endReason: reason, version: version + 1 })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where('version', '=', version)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw conflict('platform.stale-version')
  await ctx.record('indicators.measure-unlinked', { kind: record, id, agencyId: ctx.actor.agencyId }, held)
}

/** Lays the measures of a paragraph to all its parts when it is split; who said so, and when, stays. */
export async function moveMeasures(ctx: Context, wholeId: string, partIds: readonly string[]): Promise<void> {
  const held = await ctx.db
    .selectFrom('indicators.recommendationMeasure')
    .select('id')
    .where('recommendationId', '=', wholeId)
    .where('endedAt', 'is', null)
    .forUpdate()
    .execute()
  if (held.length === 0) return
  const laid = held.flatMap(({ id: from }) => partIds.map((to) => ({ id: newId(), from, to })))
  // The splitter keeps the mechanism, but did not say all of it: whose words they are stays as it is.
  await asEverywhere(ctx, async () => {
    await sql`insert into indicators.recommendation_measure (id, recommendation_id, measure_id, origin, reason, agency_id, linked_by, linked_at)
      select t.id, t."to", l.measure_id, l.origin, l.reason, l.agency_id, l.linked_by, l.linked_at
      from jsonb_to_recordset(${JSON.stringify(laid)}::jsonb) as t(id uuid, "from" uuid, "to" uuid)
      join indicators.recommendation_measure l on l.id = t."from"`.execute(ctx.db)
    await sql`update indicators.recommendation_measure set ended_by = ${ctx.actor.personId}, ended_at = ${ctx.now}, end_reason = 'split', version = version + 1
      where id = any (${held.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
  })
  await ctx.record(
    'indicators.measures-moved',
    { kind: 'recommendations.recommendation', id: wholeId, agencyId: ctx.actor.agencyId },
    { count: held.length, parts: partIds.length },
  )
}
