import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import { featuresOf } from '../likeness/features.ts'
import { likeTexts, suggestTerms, worthShowing } from '../likeness/suggest.ts'
import { TermScheme, type Suggestions, type TermsSuggested } from '../model.ts'
import { shortOf } from './detail.ts'
import { openLearned, textsOf, type LearnedTexts } from './learned.ts'

const mostSimilar = 5

/**
 * What likeness of words suggests for one recommendation: terms that do not hold of it and were not refused, and recommendations of
 * other documents of the own State of which nobody has said yet whether they ask the same. @throws notFound
 */
export async function suggestFor(ctx: Context, id: string): Promise<Suggestions> {
  const [one] = await textsOf(ctx, [id])
  if (one === undefined) throw notFound()
  const learned = await openLearned(ctx)
  const features = featuresOf(...one.texts)
  const decided = await decidedOf(ctx, id)
  const place = (other: string) => learned.places.get(other)
  const settled = new Set([...one.terms, ...decided.terms])
  const terms = termsFor(learned, one, settled)
  const others = new Set([id, ...decided.others])
  const similar = likeTexts(learned.corpus, features, {
    most: mostSimilar,
    isWanted: (known) => {
      const at = place(known.id)
      return at !== undefined && at.isOwn && at.documentId !== one.documentId && !others.has(known.id)
    },
  })
  const named = new Map(
    (
      await shortOf(
        ctx,
        [...terms.flatMap(({ learnedFrom }) => learnedFrom), ...similar].map((each) => each.id),
      )
    ).map(({ isSplit: _isSplit, ...short }) => [short.id, short]),
  )
  const withWords = <T extends { id: string }>(each: T) => {
    const short = named.get(each.id)
    return short === undefined ? [] : [{ ...short, ...each }]
  }
  return {
    terms: terms.map(({ learnedFrom, scheme, ...term }) => ({
      ...{ ...term, scheme: TermScheme.parse(scheme), learnedFrom: learnedFrom.flatMap(withWords) },
    })),
    similar: similar.flatMap(withWords),
    learnedFrom: learned.corpus.known.length,
  }
}

/**
 * Terms that likeness of words suggests for several recommendations, that do not hold of them and were not refused; between two, others
 * are served. Those that are not there are left out.
 */
export async function suggestTermsFor(ctx: Context, ids: readonly string[]): Promise<TermsSuggested> {
  const rows = await textsOf(ctx, [...new Set(ids)])
  const learned = await openLearned(ctx)
  const { rows: tags } = await sql<{
    id: string
    term: number
  }>`select recommendation_id as id, term from recommendations.tag
    where recommendation_id = any (${rows.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
  const decided = Map.groupBy(tags, ({ id }) => id)
  const items: TermsSuggested['items'] = []
  for (const row of rows) {
    const settled = new Set([...row.terms, ...(decided.get(row.id) ?? []).map(({ term }) => term)])
    items.push({
      recommendationId: row.id,
      terms: termsFor(learned, row, settled).map(({ term, score, words, isNamed }) => ({
        term,
        score,
        words,
        isNamed,
      })),
    })
    await setImmediate()
  }
  return { items }
}

/** Terms worth showing for a text, never learned from itself or from parts of it. */
function termsFor(learned: LearnedTexts, { id, texts }: { id: string; texts: string[] }, settled: ReadonlySet<number>) {
  const suggested = suggestTerms(
    learned,
    featuresOf(...texts),
    (known) => known.id !== id && learned.places.get(known.id)?.wholeId !== id,
  )
  return worthShowing(suggested.filter(({ term }) => !settled.has(term)))
}

/** What a person has said before: terms refused or confirmed, and others called the same or not. */
async function decidedOf(ctx: Context, id: string): Promise<{ terms: number[]; others: string[] }> {
  const { rows } = await sql<{ terms: number[]; others: string[] }>`select
      array(select t.term from recommendations.tag t where t.recommendation_id = ${id}) as terms,
      array(select case when l.left_id = ${id} then l.right_id else l.left_id end from recommendations.likeness l
        where ${id}::uuid in (l.left_id, l.right_id)) as others`.execute(ctx.db)
  return rows[0] ?? { terms: [], others: [] }
}
