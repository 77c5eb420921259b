import { filterWithinReach } from '#access'
import { conflict, invalid, newId, notFound, type Context } from '#platform'
import { getPlan } from '../store/plans.ts'
import { workVisible } from '../store/visible.ts'

export type UrgingInput = {
  planId: string | null
  text: string
  answerBy: string | null
  agencyIds: string[]
  occurrenceIds: string[]
}

/**
 * Urges (đôn đốc) one or many bodies about work they owe: logged, shown to each on its own page, answered by each.
 * Only bodies whose work the actor sees: a body without a named piece of work must lie within reach.
 * @throws invalid `plans.urging-needs-addressees`; notFound for a plan, bodies or work out of reach
 */
export async function urge(ctx: Context, input: UrgingInput): Promise<{ id: string }> {
  const owner = ctx.actor.agencyId
  if (owner === null) throw invalid('plans.no-acting-agency')
  if (input.planId !== null) await getPlan(ctx, input.planId)
  const work =
    input.occurrenceIds.length === 0
      ? []
      : await ctx.db
          .selectFrom('plans.occurrence')
          .select(['id', 'agencyId'])
          .where('id', 'in', input.occurrenceIds)
          .where(workVisible(ctx, 'plans.occurrence'))
          .execute()
  if (work.length !== new Set(input.occurrenceIds).size) throw notFound()
  const addressees = [...new Set([...input.agencyIds, ...work.map((row) => row.agencyId)])].filter((id) => id !== owner)
  if (addressees.length === 0) throw invalid('plans.urging-needs-addressees')
  await checkReach(
    ctx,
    addressees.filter((id) => !work.some((row) => row.agencyId === id)),
  )
  const id = newId()
  await ctx.db
    .insertInto('plans.urging')
    .values({
      id,
      agencyId: owner,
      planId: input.planId,
      text: input.text,
      answerBy: input.answerBy,
      personId: ctx.actor.personId,
      sentAt: ctx.now,
    })
    .execute()
  await ctx.db
    .insertInto('plans.urgingAddressee')
    .values(addressees.map((agencyId) => ({ urgingId: id, agencyId, ownerId: owner })))
    .execute()
  if (work.length > 0)
    await ctx.db
      .insertInto('plans.urgingTask')
      .values(work.map((row) => ({ urgingId: id, agencyId: row.agencyId, ownerId: owner, occurrenceId: row.id })))
      .execute()
  await ctx.record(
    'plans.urged',
    { kind: 'plans.urging', id, agencyId: owner },
    { addressees: addressees.length, work: work.length },
  )
  return { id }
}

async function checkReach(ctx: Context, agencyIds: string[]): Promise<void> {
  if ((await filterWithinReach(ctx, agencyIds)).size !== agencyIds.length) throw notFound()
}

/**
 * Answers an urging as the acting agency; the answer may be changed until the end of the day it is due. A first answer
 * is taken however late it comes.
 * @throws conflict `plans.urging-answer-closed`, `platform.stale-version`
 */
export async function answerUrging(
  ctx: Context,
  urgingId: string,
  input: { answer: string; version: number },
): Promise<void> {
  const row = await ctx.db
    .selectFrom('plans.urgingAddressee')
    .select(['version', 'answeredAt'])
    .where('urgingId', '=', urgingId)
    .where('agencyId', '=', ctx.actor.agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  if (row.version !== input.version) throw conflict('platform.stale-version')
  const urging = await ctx.db
    .selectFrom('plans.urging')
    .select('answerBy')
    .where('id', '=', urgingId)
    .executeTakeFirstOrThrow()
  if (row.answeredAt !== null && urging.answerBy !== null && urging.answerBy < ctx.today)
    throw conflict('plans.urging-answer-closed')
  await ctx.db
    .updateTable('plans.urgingAddressee')
    .set({ answer: input.answer, answeredBy: ctx.actor.personId, answeredAt: ctx.now, version: row.version + 1 })
    .where('urgingId', '=', urgingId)
    .where('agencyId', '=', ctx.actor.agencyId)
    .execute()
  await ctx.record('plans.urging-answered', { kind: 'plans.urging', id: urgingId, agencyId: ctx.actor.agencyId }, {})
}
