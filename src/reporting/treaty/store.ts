import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { listPersonNames } from '#access'
import { notFound, type Context } from '#platform'
import type { Language, LocalizedText, Page, PageQuery } from '#platform/model'
import { treatyClusters } from '#recommendations'
import {
  countTreaty,
  numbered,
  TreatyParagraph,
  type TreatyReport,
  type TreatyReportHead,
  type TreatySource,
} from './model.ts'

const paragraphsOf = z.array(TreatyParagraph)
const titles = new Map(treatyClusters.map(({ code, names }) => [code, names]))

/** Reports to treaty bodies of the acting body, the newest first. */
export async function listTreatyReports(ctx: Context, { page, size }: PageQuery): Promise<Page<TreatyReportHead>> {
  const { rows } = await sql<TreatyReportHead & { total: number }>`
    select t.id, t.mechanism, t.kind, t.cycle, t.word_limit, t.languages, t.made_at, count(*) over ()::integer as total,
      (select coalesce(sum(jsonb_array_length(s.paragraphs)), 0)::integer from reporting.treaty_section s where s.treaty_report_id = t.id) as paragraphs
    from reporting.treaty_report t where t.agency_id = ${ctx.actor.agencyId}::uuid
    order by t.made_at desc, t.id limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0, page, size }
}

/** A report to a treaty body with everything written in it, and its words counted. @throws notFound for any but its own body */
export async function getTreatyReport(ctx: Context, id: string): Promise<TreatyReport> {
  const head = await ctx.db
    .selectFrom('reporting.treatyReport')
    .select(['id', 'mechanism', 'kind', 'cycle', 'wordLimit', 'languages', 'madeAt'])
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .executeTakeFirst()
  if (head === undefined) throw notFound()
  const rows = await ctx.db
    .selectFrom('reporting.treatySection')
    .select(['cluster', 'paragraphs', 'version', 'savedAt', 'savedBy'])
    .where('treatyReportId', '=', id)
    .orderBy('rank')
    .execute()
  const names = await listPersonNames(
    ctx,
    rows.map(({ savedBy }) => savedBy),
  )
  const sections = numbered(
    rows.map(({ savedBy, ...row }) => ({
      ...row,
      title: titles.get(row.cluster) ?? ({} satisfies LocalizedText),
      paragraphs: paragraphsOf.parse(row.paragraphs),
      savedByName: names.get(savedBy) ?? null,
    })),
  )
  const report = { ...head, languages: head.languages as TreatyReport['languages'], sections }
  return { ...report, counts: countTreaty(sections, report) }
}

/**
 * Paragraphs of the acting body's own national reports, as what was accepted of them says; the newest first. It holds while a report is open again,
 * until the corrected one is accepted.
 */
const sources = (ctx: Context) => sql`(
  select s.report_id, s.number, sec->>'key' || '/' || (p->>'key') as line, v.definition->'names' as regime_names, n.period, n.period_from,
    coalesce((select f->'heading'->>${ctx.language} from jsonb_array_elements(fm.definition->'sections') f where f->>'key' = sec->>'key' limit 1), sec->>'key') as heading,
    p->>'text' as text, place
  from reporting.report r join reporting.obligation o on o.id = r.obligation_id join reporting.round n on n.id = o.round_id
  join reporting.regime_version v on v.regime_id = n.regime_id and v.number = n.regime_number
  join reporting.submission s on s.report_id = r.id and s.number = r.accepted_number and not s.is_nil
  join reporting.form fm on fm.id = s.form_id
  cross join lateral jsonb_array_elements(s.content->'sections') with ordinality as x(sec, place)
  cross join lateral jsonb_array_elements(sec->'content'->'paragraphs') as p
  where r.agency_id = ${ctx.actor.agencyId}::uuid and sec->'content'->>'kind' = 'narrative' and trim(p->>'text') <> '')`

/** Text as one looks for it: without marks and capitals, the same in every locale of a database. */
const folded = (text: RawBuilder<unknown>) =>
  sql`lower(regexp_replace(translate(normalize(${text}, NFD), 'Đđ', 'Dd'), '[\u0300-\u036f]', '', 'g'))`

/** What may be drawn into a report to a treaty body; `words`: what its text holds. */
export async function listTreatySources(
  ctx: Context,
  { words, page, size, language }: { words: string; language: Language } & PageQuery,
): Promise<Page<TreatySource>> {
  const { rows } = await sql<Omit<TreatySource, 'language'> & { total: number }>`
    select q.report_id, q.number, q.line, q.regime_names, q.period, q.heading, q.text, count(*) over ()::integer as total from ${sources(ctx)} q
    where position(${folded(sql`${words}::text`)} in ${folded(sql`q.text`)}) > 0
    order by q.period_from desc, q.report_id, q.place, q.line limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  return { items: rows.map(({ total: _, ...row }) => ({ ...row, language })), total: rows[0]?.total ?? 0, page, size }
}

/** Of origins, those that are no line one may draw from. */
export async function strangeOrigins(ctx: Context, paragraphs: readonly TreatyParagraph[]): Promise<string[]> {
  const asked = JSON.stringify(paragraphs.flatMap(({ origins }) => origins))
  const { rows } = await sql<{ line: string }>`
    select distinct a.line from jsonb_to_recordset(${asked}::jsonb) as a("reportId" uuid, number integer, line text)
    where not exists (select 1 from ${sources(ctx)} q where q.report_id = a."reportId" and q.number = a.number and q.line = a.line)`.execute(
    ctx.db,
  )
  return rows.map(({ line }) => line)
}
