import { sql } from 'kysely'
import { conflict, invalid, newId, notFound, type Context } from '#platform'
import { holdRecommendation, type Held } from '../keeping.ts'
import type { AddAssessment, DecideLikeness, SaveStandpoint, SaveWording } from '../model.ts'
import { indexWords, workOut } from '../search.ts'

const recordKind = 'recommendations.recommendation'

/** Keeps in the record of acts what was done to a recommendation. */
export async function recorded(ctx: Context, action: string, held: Pick<Held, 'id'>, params = {}): Promise<void> {
  await ctx.record(action, { kind: recordKind, id: held.id, agencyId: ctx.actor.agencyId }, params)
}

/** The body that acts: what is kept is kept in its name. */
export function actingAgency(ctx: Context): string {
  if (ctx.actor.agencyId === null) throw notFound()
  return ctx.actor.agencyId
}

/**
 * Keeps a translation or a twin in plain words. It remembers which text it renders.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `platform.stale-version`
 */
export async function saveWording(ctx: Context, id: string, input: SaveWording): Promise<number> {
  const held = await holdRecommendation(ctx, id)
  const of = { recommendationId: id, kind: input.kind, language: input.language }
  const before = await ctx.db
    .selectFrom('recommendations.wording')
    .select('version')
    .where((eb) => eb.and(of))
    .forUpdate()
    .executeTakeFirst()
  if ((before?.version ?? null) !== input.version) throw conflict('platform.stale-version')
  const version = (before?.version ?? 0) + 1
  const words = {
    text: input.text,
    ofHash: held.textHash,
    agencyId: actingAgency(ctx),
    changedBy: ctx.actor.personId,
    changedAt: ctx.now,
    version,
  }
  await ctx.db
    .insertInto('recommendations.wording')
    .values({ ...of, ...words })
    .onConflict((conflicting) => conflicting.columns(['recommendationId', 'kind', 'language']).doUpdateSet(words))
    .execute()
  await indexWords(ctx, [id])
  await recorded(ctx, 'recommendations.wording-saved', held, { kind: input.kind, language: input.language })
  return version
}

/**
 * Keeps the State's own position, answer and urgency.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `platform.stale-version`
 */
export async function saveStandpoint(ctx: Context, id: string, input: SaveStandpoint): Promise<number> {
  const held = await holdRecommendation(ctx, id)
  const before = await ctx.db
    .selectFrom('recommendations.standpoint')
    .select('version')
    .where('recommendationId', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if ((before?.version ?? null) !== input.version) throw conflict('platform.stale-version')
  const { position, response, isUrgent } = input
  const version = (before?.version ?? 0) + 1
  const said = {
    position,
    response,
    isUrgent,
    agencyId: actingAgency(ctx),
    changedBy: ctx.actor.personId,
    changedAt: ctx.now,
    version,
  }
  await ctx.db
    .insertInto('recommendations.standpoint')
    .values({ recommendationId: id, ...said })
    .onConflict((conflicting) => conflicting.column('recommendationId').doUpdateSet(said))
    .execute()
  await workOut(ctx, [id])
  await recorded(ctx, 'recommendations.standpoint-saved', held, { position, isUrgent })
  return version
}

/**
 * Keeps an independent assessment with its evidence.
 * @throws notFound; forbidden `recommendations.not-keeper`; invalid `recommendations.assessed-in-future`
 */
export async function addAssessment(ctx: Context, id: string, input: AddAssessment): Promise<string> {
  const held = await holdRecommendation(ctx, id)
  if (input.assessedOn > ctx.today) throw invalid('recommendations.assessed-in-future')
  const assessmentId = newId()
  await ctx.db
    .insertInto('recommendations.assessment')
    .values({
      ...input,
      id: assessmentId,
      recommendationId: id,
      agencyId: actingAgency(ctx),
      enteredBy: ctx.actor.personId,
      enteredAt: ctx.now,
    })
    .execute()
  await recorded(ctx, 'recommendations.assessment-added', held, { aspect: input.aspect, rating: input.rating })
  return assessmentId
}

/** Takes an assessment back: it is kept, and no longer shown. @throws notFound; forbidden `recommendations.not-keeper` */
export async function withdrawAssessment(ctx: Context, id: string, assessmentId: string): Promise<void> {
  const held = await holdRecommendation(ctx, id)
  const done = await ctx.db
    .updateTable('recommendations.assessment')
    .set({ withdrawnAt: ctx.now, version: sql`version + 1` })
    .where('id', '=', assessmentId)
    .where('recommendationId', '=', id)
    .where('withdrawnAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (done === undefined) throw notFound()
  await recorded(ctx, 'recommendations.assessment-withdrawn', held)
}

/**
 * Says whether two recommendations ask the same; a pair that was refused is not proposed again.
 * @throws notFound; forbidden `recommendations.not-keeper`; invalid `recommendations.like-itself`
 */
export async function decideLikeness(ctx: Context, id: string, input: DecideLikeness): Promise<void> {
  if (id === input.otherId) throw invalid('recommendations.like-itself')
  const held = await holdRecommendation(ctx, id)
  const other = await ctx.db
    .selectFrom('recommendations.recommendation')
    .select('id')
    .where('id', '=', input.otherId)
    .executeTakeFirst()
  if (other === undefined) throw notFound()
  const [leftId, rightId] = id < input.otherId ? [id, input.otherId] : [input.otherId, id]
  const said = {
    state: input.state,
    reason: input.reason,
    agencyId: actingAgency(ctx),
    decidedBy: ctx.actor.personId,
    decidedAt: ctx.now,
  }
  await ctx.db
    .insertInto('recommendations.likeness')
    .values({ leftId, rightId, ...said })
    .onConflict((conflicting) => conflicting.columns(['leftId', 'rightId']).doUpdateSet(said))
    .execute()
  await recorded(ctx, 'recommendations.likeness-decided', held, { otherId: input.otherId, state: input.state })
}
