import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform'
import { LocalizedText } from '#platform/model'
import { TermScheme, type Position, type RecommendationDetail } from '../model.ts'

type Assessment = Pick<
  RecommendationDetail['assessments'][number],
  'aspect' | 'rating' | 'finding' | 'evidence' | 'assessor' | 'assessedOn'
>
type NamedTerm = { number: number; scheme: TermScheme; code: string; name: string; rank: number }

/** A recommendation with what is kept of it in words, as a table for readers has it. */
export type FullRecommendation = {
  id: string
  documentId: string
  documentName: string | null
  mechanism: string
  symbol: string | null
  paragraph: string | null
  part: string | null
  isUrgent: boolean
  language: string
  text: string
  /** In the language of the context, where somebody translated it. */
  translation: string | null
  position: Position | null
  response: string | null
  /** What holds of it, in the order of the lists. */
  terms: NamedTerm[]
  /** Newest first. */
  assessments: Assessment[]
}

type Row = Omit<FullRecommendation, 'mechanism' | 'terms' | 'assessments'> & {
  mechanism: unknown
  mechanismCode: string
  terms: number[]
}

/** Recommendations in full, in the order of their ids and the language of the context. Three statements, however many. */
export async function inFullOf(ctx: Context, ids: readonly string[]): Promise<FullRecommendation[]> {
  const { rows } = await sql<Row>`
    select r.id, r.document_id, d.title as document_name, m.names as mechanism, r.mechanism as mechanism_code, d.symbol, r.paragraph, r.part,
      r.is_urgent, r.language, o.text, w.text as translation, r.position, coalesce(s.response, o.response) as response, r.terms
    from unnest(${ids}::uuid[]) with ordinality as wanted(id, place) join recommendations.recommendation r on r.id = wanted.id
      join recommendations.official_text o on o.recommendation_id = r.id join recommendations.source_document d on d.id = r.document_id
      left join recommendations.mechanism m on m.code = r.mechanism left join recommendations.standpoint s on s.recommendation_id = r.id
      left join recommendations.wording w on w.recommendation_id = r.id and w.kind = 'translation' and w.language = ${ctx.language}
    order by wanted.place`.execute(ctx.db)
  const terms = await termsOf(ctx, new Set(rows.flatMap((row) => row.terms)))
  const assessments = await assessmentsOf(ctx, ids)
  return rows.map(({ mechanismCode, mechanism, ...row }) => ({
    ...row,
    mechanism: nameIn(ctx, mechanism, mechanismCode),
    terms: row.terms.flatMap((number) => terms.get(number) ?? []).sort((a, b) => a.rank - b.rank),
    assessments: assessments.get(row.id) ?? [],
  }))
}

async function termsOf(ctx: Context, numbers: ReadonlySet<number>): Promise<Map<number, NamedTerm>> {
  const rows = await ctx.db
    .selectFrom('recommendations.term')
    .select(['number', 'scheme', 'code', 'names', 'rank'])
    .where('number', 'in', [...numbers, -1])
    .execute()
  return new Map(
    rows.map(({ names, scheme, ...row }) => [
      row.number,
      { ...row, scheme: TermScheme.parse(scheme), name: nameIn(ctx, names, row.code) },
    ]),
  )
}

async function assessmentsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Assessment[]>> {
  const { rows } = await sql<
    Assessment & { of: string }
  >`select recommendation_id as of, aspect, rating, finding, evidence, assessor, assessed_on
    from recommendations.assessment where recommendation_id = any (${ids}::uuid[]) and withdrawn_at is null order by assessed_on desc, id`.execute(
    ctx.db,
  )
  return Map.groupBy(rows, ({ of }) => of)
}

function nameIn(ctx: Context, names: unknown, otherwise: string): string {
  const texts = z.nullable(LocalizedText).parse(names) ?? {}
  return texts[ctx.language] ?? Object.values(texts)[0] ?? otherwise
}
