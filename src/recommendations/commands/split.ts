import { sql } from 'kysely'
import { conflict, invalid, newId, type Context } from '#platform'
import { holdRecommendation } from '../keeping.ts'
import type { SplitParagraph } from '../model.ts'
import { sortKey } from '../reading/paragraphs.ts'
import { hashOf, oneLine, weightOf } from '../reading/record.ts'
import { indexWords } from '../search.ts'

const recordKind = 'recommendations.recommendation'

/**
 * Splits a paragraph into parts that stand for it. What its source suggested is suggested for each; what persons said of
 * the whole stays with the whole.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `platform.stale-version`, `recommendations.already-split`,
 *   `recommendations.is-part`; invalid `recommendations.part-twice`
 */
export async function splitParagraph(ctx: Context, id: string, input: SplitParagraph): Promise<string[]> {
  const held = await holdRecommendation(ctx, id)
  if (held.version !== input.version) throw conflict('platform.stale-version')
  if (held.isSplit) throw conflict('recommendations.already-split')
  if (held.wholeId !== null) throw conflict('recommendations.is-part')
  const letters = input.parts.map(({ part }) => part)
  if (new Set(letters).size < letters.length) throw invalid('recommendations.part-twice')
  const parts = input.parts.map(({ part, text }) => ({ id: newId(), part, text }))
  for (const { id: partId, part, text } of parts) {
    await sql`insert into recommendations.recommendation (id, document_id, whole_id, part, mechanism, cycle, published_on, paragraph, sort_key, kind,
        language, text_hash, record_hash, is_urgent_printed, is_urgent, weight, position_printed, position, recommending_states, suggested, terms,
        is_own, source, import_id, created_at)
      select ${partId}, document_id, id, ${part}, mechanism, cycle, published_on, paragraph, ${sortKey(await paragraphOf(ctx, id), part)}, 'recommendation',
        language, ${hashOf(oneLine(text))}, ${hashOf(text)}, is_urgent_printed, is_urgent, coalesce(${weightOf(text)}::text, weight),
        position_printed, position, recommending_states, suggested, terms, is_own, 'split', null, ${ctx.now}
      from recommendations.recommendation where id = ${id}`.execute(ctx.db)
    await sql`insert into recommendations.official_text (recommendation_id, text) values (${partId}, ${text})`.execute(
      ctx.db,
    )
  }
  await sql`update recommendations.recommendation set is_split = true, version = version + 1 where id = ${id}`.execute(
    ctx.db,
  )
  const ids = parts.map((one) => one.id)
  await indexWords(ctx, ids)
  await ctx.record(
    'recommendations.paragraph-split',
    { kind: recordKind, id, agencyId: ctx.actor.agencyId },
    { parts: ids.length },
  )
  return ids
}

async function paragraphOf(ctx: Context, id: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('recommendations.recommendation')
    .select('paragraph')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.paragraph
}
