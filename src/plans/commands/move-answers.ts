import { sql } from 'kysely'
import { asEverywhere, newId, notFound, type Context } from '#platform'
import type { MoveAnswers } from '#recommendations'

type Held = { id: string; version: number }

/**
 * Lays the tasks that answer a paragraph to its parts when it is split: each to the parts chosen for it, else to all, so
 * that none is lost from the counts, not even of plans the splitter does not see. Who said so, and when, stays; a part that the task
 * answers already is left as it is.
 * @throws notFound where a chosen answer is none of the paragraph's
 */
export const moveAnswers: MoveAnswers = async (ctx, wholeId, { parts, chosen }) => {
  const held = await asEverywhere(ctx, () => lockHeld(ctx, wholeId))
  if (chosen.some(({ id }) => held.every((one) => one.id !== id))) throw notFound()
  if (held.length === 0) return
  const laid = held.flatMap(({ id: from }) => {
    const signs = chosen.find(({ id }) => id === from)?.parts
    return parts
      .filter(({ part }) => signs === undefined || signs.includes(part))
      .map((part) => ({ id: newId(), from, to: part.id }))
  })
  await asEverywhere(ctx, async () => {
    await sql`insert into plans.answer (id, recommendation_id, node_id, plan_id, kind, origin, reason, agency_id, linked_by, linked_at)
      select t.id, t."to", a.node_id, a.plan_id, a.kind, a.origin, a.reason, a.agency_id, a.linked_by, a.linked_at
      from jsonb_to_recordset(${JSON.stringify(laid)}::jsonb) as t(id uuid, "from" uuid, "to" uuid) join plans.answer a on a.id = t."from"
      on conflict (recommendation_id, node_id) where ended_at is null do nothing`.execute(ctx.db)
    await sql`update plans.answer set ended_by = ${ctx.actor.personId}, ended_at = ${ctx.now}, end_reason = 'split', version = version + 1
      where id = any (${held.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
  })
  await ctx.record(
    'plans.answers-moved',
    { kind: 'recommendations.recommendation', id: wholeId, agencyId: ctx.actor.agencyId },
    { count: held.length, parts: parts.length },
  )
}

async function lockHeld(ctx: Context, wholeId: string): Promise<readonly Held[]> {
  const { rows } = await sql<Held>`select id, version from plans.answer
    where recommendation_id = ${wholeId}::uuid and ended_at is null for update`.execute(ctx.db)
  return rows
}
