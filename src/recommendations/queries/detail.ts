import { sql } from 'kysely'
import type { z } from 'zod'
import { listPersonNames } from '#access'
import { notFound, type Context } from '#platform'
import { keptMechanisms } from '../keeping.ts'
import type { ProposedParts, RecommendationDetail, SourceDocument } from '../model.ts'
import { partsOf } from '../reading/paragraphs.ts'
import { summariesOf } from './list.ts'

type Short = RecommendationDetail['parts'][number]
/** In few words. */
export type ShortRecommendation = Short & { isSplit: boolean }
type Base = Pick<
  RecommendationDetail,
  'rawText' | 'source' | 'isSplit' | 'isUrgentPrinted' | 'positionPrinted' | 'responsePrinted' | 'suggested'
> & {
  wholeId: string | null
}
type By<T, K extends string> = Omit<T, K> & Record<K, string>

/** One recommendation with everything that is kept of it. @throws notFound */
export async function getRecommendation(ctx: Context, id: string): Promise<RecommendationDetail> {
  const [summary] = await summariesOf(ctx, [id])
  if (summary === undefined) throw notFound()
  const base = await baseOf(ctx, id)
  const kept = await keptOf(ctx, id)
  const [document] = await documentsOf(ctx, { ids: [summary.documentId] })
  if (document === undefined) throw new Error('a recommendation without its document')
  const { wholeId, ...printed } = base
  return {
    ...summary,
    ...printed,
    document,
    ...kept,
    whole: wholeId === null ? null : ((await shortOf(ctx, [wholeId]))[0] ?? null),
    parts: await shortBy(ctx, sql`r.whole_id = ${id}`),
    history: await historyOf(ctx, id),
    keeps: (await keptMechanisms(ctx)).includes(summary.mechanism),
  }
}

async function baseOf(ctx: Context, id: string): Promise<Base> {
  const { rows } =
    await sql<Base>`select o.raw_text, r.source, r.is_split, r.is_urgent_printed, r.position_printed, o.response as response_printed, r.suggested, r.whole_id
    from recommendations.recommendation r join recommendations.official_text o on o.recommendation_id = r.id where r.id = ${id}`.execute(
      ctx.db,
    )
  const [row] = rows
  if (row === undefined) throw notFound()
  return row
}

type Kept = Pick<
  RecommendationDetail,
  'tags' | 'wordings' | 'standpoint' | 'assessments' | 'earlierTexts' | 'hasIncoming'
>

async function keptOf(ctx: Context, id: string): Promise<Kept> {
  type Tag = By<Kept['tags'][number], 'decidedBy'>
  const tags = await sql<Tag>`select term, state, origin, reason, decided_by, decided_at from recommendations.tag
    where recommendation_id = ${id} order by term`.execute(ctx.db)
  type Wording = By<Kept['wordings'][number], 'changedBy'>
  const wordings =
    await sql<Wording>`select w.kind, w.language, w.text, w.of_hash <> r.text_hash as is_outdated, w.changed_by, w.changed_at, w.version
    from recommendations.wording w join recommendations.recommendation r on r.id = w.recommendation_id
    where w.recommendation_id = ${id} order by w.kind, w.language`.execute(ctx.db)
  type Standpoint = By<NonNullable<Kept['standpoint']>, 'changedBy'>
  const standpoints = await sql<Standpoint>`select position, response, is_urgent, changed_by, changed_at, version
    from recommendations.standpoint where recommendation_id = ${id}`.execute(ctx.db)
  type Assessment = By<Kept['assessments'][number], 'enteredBy'>
  const assessments =
    await sql<Assessment>`select id, aspect, rating, finding, evidence, assessor, assessed_on, entered_by, entered_at
    from recommendations.assessment where recommendation_id = ${id} and withdrawn_at is null order by assessed_on desc, id`.execute(
      ctx.db,
    )
  const earlier = await sql<Kept['earlierTexts'][number]>`select text, until from recommendations.earlier_text
    where recommendation_id = ${id} order by until desc`.execute(ctx.db)
  const incoming =
    await sql`select from recommendations.incoming where recommendation_id = ${id} and state = 'open'`.execute(ctx.db)
  const names = await listPersonNames(ctx, [
    ...tags.rows.map(({ decidedBy }) => decidedBy),
    ...wordings.rows.map(({ changedBy }) => changedBy),
    ...standpoints.rows.map(({ changedBy }) => changedBy),
    ...assessments.rows.map(({ enteredBy }) => enteredBy),
  ])
  const [standpoint] = standpoints.rows
  return {
    tags: tags.rows.map((row) => ({ ...row, decidedBy: names.get(row.decidedBy) ?? null })),
    wordings: wordings.rows.map((row) => ({ ...row, changedBy: names.get(row.changedBy) ?? null })),
    standpoint: standpoint === undefined ? null : { ...standpoint, changedBy: names.get(standpoint.changedBy) ?? null },
    assessments: assessments.rows.map((row) => ({ ...row, enteredBy: names.get(row.enteredBy) ?? null })),
    earlierTexts: earlier.rows,
    hasIncoming: incoming.rows.length > 0,
  }
}

/** Recommendations in few words, in the order of their documents. */
export function shortOf(ctx: Context, ids: readonly string[]): Promise<ShortRecommendation[]> {
  return shortBy(ctx, sql`r.id = any (${ids}::uuid[])`)
}

/** The paragraphs that parts were split from. */
export async function wholesOf(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    wholeId: string
  }>`select distinct whole_id from recommendations.recommendation where id = any (${ids}::uuid[]) and whole_id is not null`.execute(
    ctx.db,
  )
  return rows.map(({ wholeId }) => wholeId)
}

async function shortBy(ctx: Context, where: ReturnType<typeof sql>): Promise<ShortRecommendation[]> {
  const { rows } =
    await sql<ShortRecommendation>`select r.id, r.is_split, r.mechanism, d.symbol, r.published_on, r.paragraph, r.part, o.text, w.text as translation
    from recommendations.recommendation r join recommendations.source_document d on d.id = r.document_id
      join recommendations.official_text o on o.recommendation_id = r.id
      left join recommendations.wording w on w.recommendation_id = r.id and w.kind = 'translation' and w.language = ${ctx.language}
    where ${where} order by r.published_on, r.sort_key, r.part nulls first, r.id limit 500`.execute(ctx.db)
  return rows
}

/** What persons called the same, and what those were called the same as: the asking across cycles and bodies. */
async function historyOf(ctx: Context, id: string): Promise<Short[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive same(id) as (
      select ${id}::uuid
      union
      select case when l.left_id = same.id then l.right_id else l.left_id end
      from same join recommendations.likeness l on l.state = 'confirmed' and same.id in (l.left_id, l.right_id)
    ) select id from same where id <> ${id} limit 100`.execute(ctx.db)
  return rows.length === 0
    ? []
    : shortOf(
        ctx,
        rows.map((row) => row.id),
      )
}

/** Documents with how much they recommend, newest first. */
export async function documentsOf(
  ctx: Context,
  which: { ids: readonly string[] } | { own: boolean; mechanism: string | null; limit: number; offset: number },
): Promise<SourceDocument[]> {
  const where =
    'ids' in which
      ? sql`d.id = any (${which.ids}::uuid[])`
      : sql`(d.is_own or not ${which.own}::boolean) and (${which.mechanism}::text is null or d.mechanism = ${which.mechanism})`
  const { rows } = await sql<SourceDocument>`
    select d.id, d.mechanism, d.symbol, d.title, d.published_on, d.cycle, d.session, d.states, d.is_own,
      (select count(*)::integer from recommendations.recommendation r where r.document_id = d.id and not r.is_split and r.kind = 'recommendation') as recommendations
    from recommendations.source_document d where ${where}
    order by d.published_on desc nulls last, d.id limit ${'ids' in which ? which.ids.length : which.limit} offset ${'ids' in which ? 0 : which.offset}`.execute(
    ctx.db,
  )
  return rows
}

/** The parts that a paragraph's printed letters propose, for a person to edit. @throws notFound */
export async function proposeParts(ctx: Context, id: string): Promise<z.infer<typeof ProposedParts>> {
  const [summary] = await summariesOf(ctx, [id])
  if (summary === undefined) throw notFound()
  const { lead, parts } = partsOf(summary.text)
  const { wordings } = await keptOf(ctx, id)
  const split = wordings.map(({ kind, language, text }) => ({ kind, language, parts: partsOf(text).parts }))
  return {
    lead,
    parts: parts.map((one) => ({
      ...one,
      wordings: split.flatMap(({ kind, language, parts: own }) =>
        own.filter(({ part }) => part === one.part).map(({ text }) => ({ kind, language, text })),
      ),
    })),
  }
}
