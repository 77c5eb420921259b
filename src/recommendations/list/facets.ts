import { sql, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { Context, Facet } from '#platform'
import { LocalizedText } from '#platform/model'
import { termNumbers } from '../lists/lists.ts'
import { Position, RecommendationKind, Weight, type TermScheme } from '../model.ts'

/** Names of mechanisms by code, in the reader's language. */
export async function mechanismNames(ctx: Context, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db
    .selectFrom('recommendations.mechanism')
    .select(['code', 'names'])
    .where('code', 'in', [...codes, ''])
    .execute()
  return new Map(rows.map(({ code, names }) => [code, nameIn(ctx, names, code)]))
}

/** Names of terms by number, in the reader's language. */
export async function termNames(ctx: Context, numbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db
    .selectFrom('recommendations.term')
    .select(['number', 'names', 'code'])
    .where('number', 'in', [...numbers.map(Number).filter(Number.isInteger), -1])
    .execute()
  return new Map(rows.map(({ number, names, code }) => [String(number), nameIn(ctx, names, code)]))
}

function nameIn(ctx: Context, names: unknown, otherwise: string): string {
  const texts = LocalizedText.parse(names)
  return texts[ctx.language] ?? Object.values(texts)[0] ?? otherwise
}

const schemes = ['cluster', 'article', 'theme', 'group', 'sdg'] as const satisfies TermScheme[]

/** The terms of a scheme that hold of the row: what its source suggested and nobody refused, and what persons confirmed. */
function terms(scheme: TermScheme): Facet {
  return {
    kind: 'several',
    key: scheme,
    type: 'integer',
    values: null,
    accepts: z.string().regex(/^\d{1,6}$/),
    names: termNames,
    of: () => sql`r.terms`,
    among: () => sql`${termNumbers(scheme)}::integer[]`,
  }
}

/** Groupings of bodies' own: made by persons, so asked for. */
const ownGroupings: Facet = {
  ...{ kind: 'several', key: 'own', type: 'integer', values: null, names: termNames },
  accepts: z.string().regex(/^\d{1,9}$/),
  of: () => sql`r.terms`,
  among: () =>
    sql`(select coalesce(array_agg(m.number), '{}') from recommendations.term m where m.scheme = 'own')::integer[]`,
}

const worded = (kind: 'translation' | 'plain', ctx: Context) =>
  sql<SqlBool>`r.id in (select w.recommendation_id from recommendations.wording w where w.kind = ${kind} and w.language = ${ctx.language})`

/** What recommendations are counted by; the row is `recommendations.recommendation r`. */
export const recommendationFacets: readonly Facet[] = [
  { kind: 'choice', key: 'mechanism', values: null, names: mechanismNames, of: () => sql`r.mechanism` },
  { kind: 'choice', key: 'cycle', values: null, of: () => sql`r.cycle` },
  {
    ...{ kind: 'choice', key: 'kind', values: RecommendationKind.options, of: () => sql`r.kind` },
    // Of rows picked one by one nothing is held back.
    otherwise: (filter) => (filter['id'] === undefined ? ['recommendation'] : []),
  },
  { kind: 'choice', key: 'position', values: Position.options, of: () => sql`r.position` },
  { kind: 'choice', key: 'weight', values: Weight.options, of: () => sql`r.weight` },
  { kind: 'having', key: 'urgent', has: () => sql<SqlBool>`r.is_urgent` },
  ...schemes.map(terms),
  ownGroupings,
  { kind: 'having', key: 'translation', has: (ctx) => worded('translation', ctx) },
  { kind: 'having', key: 'plain', has: (ctx) => worded('plain', ctx) },
  {
    kind: 'having',
    key: 'outdated',
    has: () =>
      sql<SqlBool>`r.id in (select w.recommendation_id from recommendations.wording w
        join recommendations.recommendation worded on worded.id = w.recommendation_id where w.of_hash <> worded.text_hash)`,
  },
  {
    kind: 'having',
    key: 'assessment',
    has: () =>
      sql<SqlBool>`r.id in (select a.recommendation_id from recommendations.assessment a where a.withdrawn_at is null)`,
  },
  {
    kind: 'having',
    key: 'likeness',
    has: () =>
      sql<SqlBool>`r.id in (select unnest(array[l.left_id, l.right_id]) from recommendations.likeness l where l.state = 'confirmed')`,
  },
]
