import { sql } from 'kysely'
import type { Context } from '#platform'
import { foldedWords } from './words.ts'

/** Works out anew what lists filter by, from what was printed and what persons said: terms, position, urgency; what is printed as urgent stays so. */
export async function workOut(ctx: Context, ids: readonly string[]): Promise<void> {
  await sql`update recommendations.recommendation r set
      terms = coalesce((select array_agg(x.term order by x.term) from (
        (select unnest(r.suggested) as term union select t.term from recommendations.tag t where t.recommendation_id = r.id and t.state = 'confirmed')
        except select t.term from recommendations.tag t where t.recommendation_id = r.id and t.state = 'refused') x), '{}'),
      position = coalesce((select s.position from recommendations.standpoint s where s.recommendation_id = r.id), r.position_printed),
      is_urgent = r.is_urgent_printed or coalesce((select s.is_urgent from recommendations.standpoint s where s.recommendation_id = r.id), false)
    where r.id = any (${ids}::uuid[])`.execute(ctx.db)
}

type Worded = { id: string; text: string; wordings: string[] | null }

/** Makes recommendations searchable by the words they have now, in all their wordings. */
export async function indexWords(ctx: Context, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<Worded>`select o.recommendation_id as id, o.text,
      (select array_agg(w.text) from recommendations.wording w where w.recommendation_id = o.recommendation_id) as wordings
    from recommendations.official_text o where o.recommendation_id = any (${ids}::uuid[])`.execute(ctx.db)
  await saveWords(ctx, rows)
}

/** How many at most take part in one step of making searchable. */
const step = 1000

/**
 * Makes some searchable that are not yet, behind a place in the order of their ids.
 * @returns how many, and the place behind them; undefined when none are left
 */
export async function indexMore(ctx: Context, after: string): Promise<{ count: number; last: string } | undefined> {
  const { rows } = await sql<Worded>`select r.id, o.text,
      (select array_agg(w.text) from recommendations.wording w where w.recommendation_id = r.id) as wordings
    from recommendations.recommendation r join recommendations.official_text o on o.recommendation_id = r.id
    where r.id > ${after} and not exists (select from recommendations.search_words s where s.recommendation_id = r.id)
    order by r.id limit ${step}`.execute(ctx.db)
  const last = rows.at(-1)
  if (last === undefined) return undefined
  await saveWords(ctx, rows)
  return { count: rows.length, last: last.id }
}

async function saveWords(ctx: Context, rows: readonly Worded[]): Promise<void> {
  const words = rows.map(({ text, wordings }) => foldedWords(text, ...(wordings ?? [])).join(' '))
  await sql`insert into recommendations.search_words (recommendation_id, words)
    select t.id, array_to_tsvector(string_to_array(t.words, ' ')) from unnest(${rows.map(({ id }) => id)}::uuid[], ${words}::text[]) as t(id, words)
    on conflict (recommendation_id) do update set words = excluded.words`.execute(ctx.db)
}
