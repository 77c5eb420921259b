import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import { sortKey } from '../reading/paragraphs.ts'
import { hashOf, oneLine, weightOf } from '../reading/record.ts'
import { indexWords, workOut } from '../search.ts'

/**
 * Lays parts of a paragraph beside it; from then on they stand for it. What its source suggested, and what persons decided of
 * its terms, its position and its urgency, holds of each.
 * @returns their ids, in their order
 */
export async function addParts(
  ctx: Context,
  wholeId: string,
  of: { parts: readonly { part: string; text: string }[]; importId: string | null },
): Promise<string[]> {
  const { paragraph } = await ctx.db
    .selectFrom('recommendations.recommendation')
    .select('paragraph')
    .where('id', '=', wholeId)
    .executeTakeFirstOrThrow()
  const parts = of.parts.map((one) => ({ ...one, id: newId() }))
  for (const { id, part, text } of parts) {
    await sql`insert into recommendations.recommendation (id, document_id, whole_id, part, mechanism, cycle, published_on, paragraph, sort_key, kind,
        language, text_hash, record_hash, is_urgent_printed, is_urgent, weight, position_printed, position, recommending_states, suggested, terms,
        is_own, source, import_id, created_at)
      select ${id}, document_id, id, ${part}, mechanism, cycle, published_on, paragraph, ${sortKey(paragraph, part)}, 'recommendation',
        language, ${hashOf(oneLine(text))}, ${hashOf(text)}, is_urgent_printed, is_urgent, coalesce(${weightOf(text)}::text, weight),
        position_printed, position, recommending_states, suggested, terms, is_own, 'split', ${of.importId}, ${ctx.now}
      from recommendations.recommendation where id = ${wholeId}`.execute(ctx.db)
    await sql`insert into recommendations.official_text (recommendation_id, text) values (${id}, ${text})`.execute(
      ctx.db,
    )
  }
  await sql`update recommendations.recommendation set is_split = true, version = version + 1 where id = ${wholeId} and not is_split`.execute(
    ctx.db,
  )
  const ids = parts.map(({ id }) => id)
  await copySaid(ctx, wholeId, ids)
  await workOut(ctx, ids)
  await indexWords(ctx, ids)
  return ids
}

async function copySaid(ctx: Context, wholeId: string, ids: readonly string[]): Promise<void> {
  if (ctx.actor.agencyId === null) return
  await sql`insert into recommendations.tag (recommendation_id, term, state, origin, reason, agency_id, decided_by, decided_at)
    select p.id, t.term, t.state, t.origin, t.reason, ${ctx.actor.agencyId}, t.decided_by, t.decided_at
    from recommendations.tag t, unnest(${ids}::uuid[]) as p(id) where t.recommendation_id = ${wholeId}`.execute(ctx.db)
  await sql`insert into recommendations.standpoint (recommendation_id, position, response, is_urgent, agency_id, changed_by, changed_at)
    select p.id, s.position, s.response, s.is_urgent, ${ctx.actor.agencyId}, s.changed_by, s.changed_at
    from recommendations.standpoint s, unnest(${ids}::uuid[]) as p(id) where s.recommendation_id = ${wholeId}`.execute(
    ctx.db,
  )
}
