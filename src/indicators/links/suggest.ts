import { sql } from 'kysely'
import type { Context } from '#platform'
import { comparableOf, featuresOf, gather, layOut, likeAnyWording, startGathering } from '#recommendations'
import type { LikelyMeasure, Names } from '../model.ts'
import { measuresInShort } from './queries.ts'

/** Measures told. */
const most = 5
/** What a target of the goals, and an article of the Convention, that both name weighs beside the words; and what is least worth telling. */
const weights = { sdg: 0.5, article: 0.15, near: 0.6 }
const least = 0.3

/** Of what measures are compared with: its wordings and names as of recommendations, the terms it is filed under. */
export type Compared = {
  wordings: Parameters<typeof likeAnyWording>[1]
  sdgTargets: readonly string[]
  articles: readonly string[]
  /** Measures that tell of something near to it. */
  near?: ReadonlySet<string>
  /** Measures that are laid to it already. */
  held: ReadonlySet<string>
}

type Row = { id: string; indicatorId: string; texts: Names[]; sdgTargets: string[]; articles: string[] }

/** Measures that may tell of something, the likeliest of each indicator, the likeliest first; each says why. */
export async function measuresLike(ctx: Context, of: Compared): Promise<LikelyMeasure[]> {
  const { rows } = await sql<Row>`
    select m.id, m.indicator_id, i.sdg_targets, i.articles,
      array_remove(array[i.names, i.definition, m.names, m.numerator], null) as texts
    from indicators.measure m join indicators.indicator i on i.id = m.indicator_id order by m.rank`.execute(ctx.db)
  const gathering = startGathering()
  for (const { id, texts } of rows)
    gather(gathering, { id, terms: [] }, featuresOf(...texts.flatMap(({ vi, en, fr }) => [vi, en, fr])))
  const like = new Map(likeAnyWording(layOut(gathering), of.wordings).map((one) => [one.id, one]))
  const told = rows
    .map(({ id, indicatorId, ...row }) => {
      const own = like.get(id)
      const sdgTargets = row.sdgTargets.filter((code) => of.sdgTargets.includes(code))
      const articles = row.articles.filter((code) => of.articles.includes(code))
      const isNear = of.near?.has(id) === true
      const reasons = [
        own?.likeness ?? 0,
        ...(sdgTargets.length > 0 ? [weights.sdg] : []),
        ...(articles.length > 0 ? [weights.article] : []),
        ...(isNear ? [weights.near] : []),
      ]
      const likeness = 1 - reasons.reduce((rest, reason) => rest * (1 - reason), 1)
      return { id, indicatorId, likeness, words: own?.words ?? [], sdgTargets, articles, isNear }
    })
    .filter(({ id, likeness }) => likeness >= least && !of.held.has(id))
    .sort((one, other) => other.likeness - one.likeness)
  const best = [...new Map(told.toReversed().map((one) => [one.indicatorId, one])).values()]
    .sort((one, other) => other.likeness - one.likeness || (one.id < other.id ? -1 : 1))
    .slice(0, most)
  const short = new Map(
    (
      await measuresInShort(
        ctx,
        best.map(({ id }) => id),
      )
    ).map((one) => [one.measureId, one]),
  )
  return best.flatMap(({ id, indicatorId: _, ...why }) => {
    const measure = short.get(id)
    return measure === undefined ? [] : [{ ...measure, ...why }]
  })
}

/** Measures that may tell of a recommendation, by the terms it is filed under and by the words both have. @throws notFound */
export async function suggestMeasures(ctx: Context, recommendationId: string): Promise<LikelyMeasure[]> {
  const wordings = await comparableOf(ctx, recommendationId)
  const held = await ctx.db
    .selectFrom('indicators.recommendationMeasure')
    .select('measureId')
    .where('recommendationId', '=', recommendationId)
    .where('endedAt', 'is', null)
    .execute()
  return measuresLike(ctx, {
    wordings,
    ...(await codesOf(ctx, [recommendationId])),
    held: new Set(held.map(({ measureId }) => measureId)),
  })
}

/** The targets of the goals and the articles under which recommendations are filed. */
export async function codesOf(
  ctx: Context,
  recommendationIds: readonly string[],
): Promise<{ sdgTargets: string[]; articles: string[] }> {
  const { rows } = await sql<{ scheme: string; code: string }>`
    select distinct t.scheme, t.code from recommendations.recommendation r join recommendations.term t on t.number = any (r.terms)
    where r.id = any (${recommendationIds}::uuid[]) and t.scheme in ('sdg', 'article')`.execute(ctx.db)
  const codes = (scheme: string) => rows.filter((row) => row.scheme === scheme).map(({ code }) => code)
  return { sdgTargets: codes('sdg'), articles: codes('article') }
}
