import { sql, type RawBuilder, type SqlBool } from 'kysely'
import {
  declareList,
  type Catalogue,
  type Condition,
  type Context,
  type Facet,
  type List,
  type ListFilter,
} from '#platform'
import { Id, text, type Language } from '#platform/model'
import { Position, Reach, RecommendationKind, TermScheme, Weight } from '../model.ts'
import { queryOf } from '../words.ts'
import { recommendationFacets } from './facets.ts'

/** The newest cycle of each mechanism for the own State. */
const newestCycles = sql`(select distinct on (d.mechanism) d.mechanism, coalesce(d.cycle, '') from recommendations.source_document d
  where d.is_own order by d.mechanism, d.published_on desc nulls last, d.id desc)`

const conditions: readonly Condition[] = [
  {
    key: 'reach',
    accepts: Reach,
    otherwise: ['latest'],
    where: (_ctx, [reach], filter) =>
      reach === 'all' || (filter['reach'] === undefined && filter['id'] !== undefined)
        ? sql<SqlBool>`true`
        : reach === 'own'
          ? sql<SqlBool>`r.is_own`
          : sql<SqlBool>`(r.is_own and (r.mechanism, coalesce(r.cycle, '')) in ${newestCycles})`,
  },
  {
    key: 'search',
    accepts: text(400),
    where: (_ctx, [typed]) => {
      const words = queryOf(typed ?? '')
      return words === undefined
        ? sql<SqlBool>`true`
        : sql<SqlBool>`r.id in (select s.recommendation_id from recommendations.search_words s where s.words @@ to_tsquery('simple', ${words}))`
    },
  },
  { key: 'id', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`r.id = any (${ids}::uuid[])` },
  {
    key: 'documentId',
    accepts: Id,
    isMany: true,
    where: (_ctx, ids) => sql<SqlBool>`r.document_id = any (${ids}::uuid[])`,
  },
  {
    /** What a file brought that was not here before. */
    key: 'importId',
    accepts: Id,
    isMany: true,
    where: (_ctx, ids) => sql<SqlBool>`r.import_id = any (${ids}::uuid[])`,
  },
  {
    key: 'state',
    accepts: text(100),
    isMany: true,
    where: (_ctx, states) =>
      sql<SqlBool>`r.document_id in (select d.id from recommendations.source_document d where d.states && ${states}::text[])`,
  },
  {
    /** Without a confirmed tag of one of these schemes: what a person still has to look at. */
    key: 'unconfirmed',
    accepts: TermScheme,
    isMany: true,
    where: (_ctx, schemes) =>
      sql<SqlBool>`exists (select from unnest(${schemes}::text[]) as asked(scheme) where not exists (select from recommendations.tag t
        join recommendations.term m on m.number = t.term where t.recommendation_id = r.id and t.state = 'confirmed' and m.scheme = asked.scheme))`,
  },
]

const named = (ctx: Context, names: RawBuilder<unknown>, otherwise: RawBuilder<unknown>) =>
  sql`coalesce(${names} ->> ${ctx.language}, ${names} ->> 'en', ${otherwise})`

/** The names of the terms of a scheme that hold of the row, parted as in our own table. */
function termsOf(scheme: TermScheme) {
  return (ctx: Context) =>
    sql`(select string_agg(${named(ctx, sql`m.names`, sql`m.code`)}, ' | ' order by m.rank, m.number) from recommendations.term m
      where m.number = any (r.terms) and m.scheme = ${scheme})`
}

function wordOf(of: 'kind' | 'position' | 'weight') {
  return (say: Catalogue, language: Language, code: string): string =>
    say(language, `recommendations.in-file-${of}`, { code: code.replaceAll('-', '_') })
}

const wording = (kind: 'translation' | 'plain') => (ctx: Context) =>
  sql`(select w.text from recommendations.wording w where w.recommendation_id = r.id and w.kind = ${kind} and w.language = ${ctx.language})`

const columns: List['columns'] = [
  { key: 'id', kind: 'text', width: 38, isSpare: true, of: () => sql`r.id` },
  {
    key: 'mechanism',
    kind: 'text',
    width: 30,
    of: (ctx) =>
      sql`(select ${named(ctx, sql`m.names`, sql`m.code`)} from recommendations.mechanism m where m.code = r.mechanism)`,
  },
  { key: 'symbol', kind: 'text', width: 22, of: () => sql`d.symbol` },
  { key: 'publishedOn', kind: 'date', width: 12, of: () => sql`r.published_on` },
  { key: 'cycle', kind: 'text', width: 8, of: () => sql`r.cycle` },
  { key: 'paragraph', kind: 'text', width: 10, of: () => sql`concat(r.paragraph, '(' || r.part || ')')` },
  { key: 'text', kind: 'text', width: 90, of: () => sql`o.text` },
  { key: 'translation', kind: 'text', width: 90, of: wording('translation') },
  { key: 'plain', kind: 'text', width: 60, isSpare: true, of: wording('plain') },
  {
    key: 'urgent',
    kind: 'code',
    width: 8,
    codes: ['urgent'],
    of: () => sql`case when r.is_urgent then 'urgent' end`,
    word: (say, language) => say(language, 'recommendations.in-file-urgent'),
  },
  {
    key: 'position',
    kind: 'code',
    width: 16,
    codes: Position.options,
    of: () => sql`r.position`,
    word: wordOf('position'),
  },
  {
    key: 'response',
    kind: 'text',
    width: 60,
    isSpare: true,
    of: () => sql`(select s.response from recommendations.standpoint s where s.recommendation_id = r.id)`,
  },
  { key: 'clusters', kind: 'text', width: 36, of: termsOf('cluster') },
  { key: 'articles', kind: 'text', width: 24, of: termsOf('article') },
  { key: 'themes', kind: 'text', width: 40, of: termsOf('theme') },
  { key: 'groups', kind: 'text', width: 30, of: termsOf('group') },
  { key: 'sdgs', kind: 'text', width: 30, of: termsOf('sdg') },
  { key: 'own', kind: 'text', width: 30, isSpare: true, of: termsOf('own') },
  {
    key: 'kind',
    kind: 'code',
    width: 16,
    isSpare: true,
    codes: RecommendationKind.options,
    of: () => sql`r.kind`,
    word: wordOf('kind'),
  },
  {
    key: 'weight',
    kind: 'code',
    width: 14,
    isSpare: true,
    codes: Weight.options,
    of: () => sql`r.weight`,
    word: wordOf('weight'),
  },
  { key: 'language', kind: 'text', width: 8, isSpare: true, of: () => sql`r.language` },
  {
    key: 'states',
    kind: 'text',
    width: 24,
    isSpare: true,
    of: () => sql`array_to_string(d.states, ' | ')`,
  },
  {
    key: 'recommending',
    kind: 'text',
    width: 24,
    isSpare: true,
    of: () => sql`array_to_string(r.recommending_states, ' | ')`,
  },
]

/** What is more is said to be more: of the own State hardly ever, of all States that were brought in soon. */
export function mostCounted(filter: ListFilter): number {
  return filter.reach?.includes('all') === true ? 1_000 : 5_000
}

/**
 * Recommendations, the parts of a split paragraph in its place: what recommends, of the newest cycle for the own State, unless a
 * filter says otherwise or picks them one by one. Later modules hand in what they know of them. The row is `recommendations.recommendation r`.
 */
export function recommendationList(more: { facets: readonly Facet[]; conditions: readonly Condition[] }): List {
  return declareList({
    key: 'recommendations.registry',
    allow: 'recommendations.read',
    words: { file: 'recommendations.list-file', column: 'recommendations.list-column' },
    from: sql`recommendations.recommendation r`,
    id: sql`r.id`,
    within: () => sql<SqlBool>`not r.is_split`,
    mostCounted,
    facets: [...recommendationFacets, ...more.facets],
    conditions: [...conditions, ...more.conditions],
    joins: () => sql`join recommendations.source_document d on d.id = r.document_id
      join recommendations.official_text o on o.recommendation_id = r.id`,
    columns,
    orders: {
      usual: () => sql`r.published_on desc nulls last, r.id`,
      printed: () => sql`r.published_on desc nulls last, r.document_id, r.sort_key, r.part nulls first, r.id`,
    },
  })
}
