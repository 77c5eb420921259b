import { sql } from 'kysely'
import { invalid, notFound, type Context } from '#platform'
import { requireKeeper } from '../keeping.ts'
import type { DecideTags, TagValue } from '../model.ts'
import { workOut } from '../search.ts'
import { actingAgency, recorded } from './kept.ts'

/**
 * Confirms or refuses terms on recommendations, one or many at once: all or none.
 * @returns how many were decided anew, and how many had been so before
 * @throws notFound; forbidden `recommendations.not-keeper`; invalid `recommendations.no-such-term`
 */
export async function decideTags(ctx: Context, input: DecideTags): Promise<{ decided: number; same: number }> {
  const ids = await holdAll(
    ctx,
    input.decisions.map(({ recommendationId }) => recommendationId),
  )
  await requireTerms(
    ctx,
    input.decisions.map(({ term }) => term),
  )
  const agencyId = actingAgency(ctx)
  const last = new Map(input.decisions.map((one) => [`${one.recommendationId} ${one.term}`, one]))
  const { rows: decided } = await sql<{ recommendationId: string; term: number; state: string }>`
    insert into recommendations.tag as t (recommendation_id, term, state, origin, reason, agency_id, decided_by, decided_at)
    select x."recommendationId", x.term, x.state, x.origin, x.reason, ${agencyId}, ${ctx.actor.personId}, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify([...last.values()])}::jsonb) as x("recommendationId" uuid, term integer, state text, origin text, reason text)
    on conflict (recommendation_id, term) do update set state = excluded.state, origin = excluded.origin, reason = excluded.reason,
      agency_id = excluded.agency_id, decided_by = excluded.decided_by, decided_at = excluded.decided_at
      where t.state <> excluded.state
    returning t.recommendation_id, t.term, t.state`.execute(ctx.db)
  await workOut(ctx, ids)
  for (const { recommendationId, term, state } of decided)
    await recorded(ctx, 'recommendations.tag-decided', { id: recommendationId }, { term, state })
  return { decided: decided.length, same: last.size - decided.length }
}

async function requireTerms(ctx: Context, numbers: readonly number[]): Promise<void> {
  const wanted = [...new Set(numbers)]
  const known = await ctx.db.selectFrom('recommendations.term').select('number').where('number', 'in', wanted).execute()
  if (known.length < wanted.length) throw invalid('recommendations.no-such-term')
}

/** Locks recommendations that the acting body keeps. @returns their ids @throws notFound; forbidden `recommendations.not-keeper` */
async function holdAll(ctx: Context, wanted: readonly string[]): Promise<string[]> {
  const ids = [...new Set(wanted)].sort()
  const rows = await ctx.db
    .selectFrom('recommendations.recommendation')
    .select(['id', 'mechanism'])
    .where('id', 'in', ids)
    .execute()
  if (rows.length < ids.length) throw notFound()
  await requireKeeper(
    ctx,
    rows.map(({ mechanism }) => mechanism),
  )
  await sql`select 1 from recommendations.recommendation where id = any (${ids}::uuid[]) order by id for update`.execute(
    ctx.db,
  )
  return ids
}

/** What persons said of terms, by recommendation and term; what nobody decided is not there. */
export async function tagsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Map<number, TagValue>>> {
  const { rows } = await sql<TagValue & { id: string }>`select recommendation_id as id, term, state, origin, reason
    from recommendations.tag where recommendation_id = any (${ids}::uuid[]) order by term`.execute(ctx.db)
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, tags]) => [
      id,
      new Map(tags.map(({ id: _id, ...tag }) => [tag.term, tag])),
    ]),
  )
}

/**
 * Sets terms of recommendations to what they were or shall be; `open` takes a decision back. Where a term no longer stands as it was
 * seen, none of that recommendation's is set.
 * @returns the recommendations that were left
 * @throws notFound; forbidden `recommendations.not-keeper`
 */
export async function setTags(
  ctx: Context,
  changes: readonly { id: string; was: readonly TagValue[]; becomes: readonly TagValue[] }[],
): Promise<Set<string>> {
  const ids = await holdAll(
    ctx,
    changes.map(({ id }) => id),
  )
  const now = await tagsOf(ctx, ids)
  const left = new Set(
    changes.flatMap(({ id, was }) =>
      was.every(({ term, state }) => (now.get(id)?.get(term)?.state ?? 'open') === state) ? [] : id,
    ),
  )
  const set = changes.filter(({ id }) => !left.has(id))
  const becomes = set.flatMap(({ id, becomes: tags }) => tags.map((tag) => ({ ...tag, recommendationId: id })))
  const open = becomes.filter(({ state }) => state === 'open')
  const decisions = becomes.flatMap(({ state, ...tag }) => (state === 'open' ? [] : { ...tag, state }))
  if (open.length > 0) {
    await sql`delete from recommendations.tag t using jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as x("recommendationId" uuid, term integer)
      where t.recommendation_id = x."recommendationId" and t.term = x.term`.execute(ctx.db)
    await workOut(ctx, ids)
    for (const { recommendationId, term } of open)
      await recorded(ctx, 'recommendations.tag-taken-back', { id: recommendationId }, { term })
  }
  if (decisions.length > 0) await decideTags(ctx, { decisions })
  return left
}
