import { sql } from 'kysely'
import { listPersonNames, ownName } from '#access'
import { nameOfBody } from '#agencies'
import { readMeasureRules } from '#indicators'
import type { Context } from '#platform'
import type { FigureBelow, KeptWords, Origin, ReportBelow, ReportContent } from '../model.ts'
import { lateFrom } from './rules.ts'
import type { HeldReport } from './store.ts'

type Of = { content: ReportContent; signedBy: string; at: string }

/**
 * What the paper of a submission says beside its content, as it stood at an instant: names, the reports below it was put together from
 * and what they give for each total, bodies missing.
 */
export async function keptWords(ctx: Context, report: HeldReport, { content, signedBy, at }: Of): Promise<KeptWords> {
  const name =
    signedBy === ctx.actor.personId
      ? await ownName(ctx)
      : ((await listPersonNames(ctx, [signedBy])).get(signedBy) ?? '')
  const { below, missing } = await readBelow(ctx, report.obligationId, { content, at })
  return {
    signedBy: name,
    measures: await measuresOf(ctx, content),
    ...{ below, missing },
    figures: await figuresBelow(ctx, content, below),
  }
}

async function measuresOf(ctx: Context, content: ReportContent): Promise<KeptWords['measures']> {
  const ids = content.sections.flatMap(({ content: said }) =>
    said.kind === 'quoted' ? said.lines.map(({ measureId }) => measureId) : [],
  )
  if (ids.length === 0) return {}
  const rules = await readMeasureRules(ctx, ids)
  return Object.fromEntries(
    [...rules].map(([id, { names, unitOfMeasure, aggregation }]) => [id, { names, unitOfMeasure, aggregation }]),
  )
}

type Row = {
  agencyName: string
  isOwed: boolean
  reportId: string | null
  number: number | null
  acceptedAt: string | null
  submittedAt: string | null
  isNil: boolean | null
  isRequested: boolean
  dueOn: string
  graceDays: number
  firstSubmittedAt: string | null
}

/** Changes by which an obligation is owed no more, or again. */
const freeing = ['exempted', 'restored', 'merged', 'withdrawn']

/** Whether the report of an obligation was owed at an instant: later exemptions change nothing. */
const wasOwed = (at: string) => sql<boolean>`(case when not exists (select 1 from reporting.obligation_change c
    where c.obligation_id = o.id and c.kind = any (${freeing}::text[]) and c.changed_at > ${at}::timestamptz) then o.state = 'owed'
  else coalesce((select c.kind from reporting.obligation_change c where c.obligation_id = o.id and c.kind = any (${freeing}::text[])
    and c.changed_at <= ${at}::timestamptz order by c.changed_at desc, c.id desc limit 1), 'restored') = 'restored' end)`

/** The acceptance of a submission by an instant, or the newest one of its report. */
const acceptance = (
  at: string,
  number = sql`t.number`,
) => sql`lateral (select t.number, t.taken_at from reporting.step t
  where t.report_id = r.id and t.kind = 'accepted' and t.number = ${number} and t.taken_at <= ${at}::timestamptz order by t.taken_at desc limit 1)`

const columns = (
  ctx: Context,
  at: string,
) => sql`${nameOfBody(sql`o.agency_id`, ctx.dateOf(at))} as agency_name, ${wasOwed(at)} as is_owed,
  r.id as report_id, a.number, a.taken_at as accepted_at, s.submitted_at, s.is_nil, o.is_requested, o.due_on,
  coalesce((n.dates ->> 'graceDays')::integer, 0) as grace_days, r.first_submitted_at`

/**
 * The reports accepted right below at an instant, by their due days and names, and those whose words were taken over from another
 * submission than the one accepted then; and who owed one of which none was accepted.
 */
async function readBelow(
  ctx: Context,
  obligationId: string,
  { content, at }: Pick<Of, 'content' | 'at'>,
): Promise<{ below: ReportBelow[]; missing: string[] }> {
  const { rows } = await sql<Row>`
    select ${columns(ctx, at)} from reporting.obligation o join reporting.round n on n.id = o.round_id
    left join reporting.report r on r.obligation_id = o.id left join ${acceptance(at)} a on true
    left join reporting.submission s on s.report_id = r.id and s.number = a.number
    where o.parent_id = ${obligationId}::uuid order by o.due_on, agency_name, o.id`.execute(ctx.db)
  const accepted = rows.flatMap((row) => belowOf(ctx, row))
  const known = new Set(accepted.map(nameOf))
  const others = [...originsIn(content)].filter(([name]) => !known.has(name)).map(([, origin]) => origin)
  return {
    below: [...accepted, ...(await readOthers(ctx, others, at))],
    missing: rows.filter(({ isOwed, number }) => isOwed && number === null).map(({ agencyName }) => agencyName),
  }
}

async function readOthers(ctx: Context, origins: readonly Origin[], at: string): Promise<ReportBelow[]> {
  if (origins.length === 0) return []
  const wanted = origins.map(({ reportId, number }) => ({ reportId, number }))
  const { rows } = await sql<Row>`
    select ${columns(ctx, at)} from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("reportId" uuid, number integer)
    join reporting.report r on r.id = w."reportId" join reporting.obligation o on o.id = r.obligation_id
    join reporting.round n on n.id = o.round_id join ${acceptance(at, sql`w.number`)} a on true
    join reporting.submission s on s.report_id = r.id and s.number = w.number
    order by o.due_on, agency_name, o.id, a.number`.execute(ctx.db)
  return rows.flatMap((row) => belowOf(ctx, row))
}

function belowOf(ctx: Context, row: Row): ReportBelow[] {
  const { reportId, number, agencyName, submittedAt, acceptedAt, firstSubmittedAt, isNil } = row
  if (reportId === null || number === null || submittedAt === null || acceptedAt === null) return []
  const first = ctx.dateOf(firstSubmittedAt ?? submittedAt)
  return [
    {
      ...{ reportId, number, agencyName, sentOn: ctx.dateOf(submittedAt), acceptedOn: ctx.dateOf(acceptedAt) },
      ...{ isLate: !row.isRequested && first >= lateFrom(row.dueOn, row.graceDays), isNil: isNil ?? false },
    },
  ]
}

const nameOf = ({ reportId, number }: Pick<Origin, 'reportId' | 'number'>): string => `${reportId} ${number}`

/** The origins of every line, each submission once. */
function originsIn({ sections }: ReportContent): Map<string, Origin> {
  const all = sections.flatMap(({ content: said }): readonly Origin[] => {
    switch (said.kind) {
      case 'narrative':
        return said.paragraphs.flatMap(({ origins }) => origins)
      case 'tasks':
      case 'obstacles':
        return said.lines.flatMap(({ origins }) => origins)
      case 'money':
        return said.lines.flatMap(({ origins }) => origins ?? [])
      case 'quoted':
      case 'figures':
      case 'attachments':
        return []
    }
  })
  return new Map(all.map((origin) => [nameOf(origin), origin]))
}

/** What the reports below give for each total: those that give nothing, and those that give an estimate. */
async function figuresBelow(
  ctx: Context,
  { sections }: ReportContent,
  below: readonly ReportBelow[],
): Promise<Record<string, FigureBelow>> {
  const totals = sections.flatMap(({ key, content: said }) =>
    said.kind === 'quoted'
      ? said.lines.filter(({ mode }) => mode === 'total').map((line) => ({ section: key, key: line.key }))
      : [],
  )
  if (totals.length === 0 || below.length === 0) return {}
  const wanted = below.map(({ reportId, number }) => ({ reportId, number }))
  const { rows } = await sql<{
    reportId: string
    number: number
    section: string
    said: string[]
    estimated: string[]
  }>`
    select s.report_id, s.number, p ->> 'key' as section,
      jsonb_path_query_array(p, '$.content.lines[*] ? (@.value != null).key') as said,
      jsonb_path_query_array(p, '$.content.lines[*] ? (@.value != null && @.status != "A").key') as estimated
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("reportId" uuid, number integer)
    join reporting.submission s on s.report_id = w."reportId" and s.number = w.number
    cross join jsonb_array_elements(s.content -> 'sections') p where p #>> '{content,kind}' = 'quoted'`.execute(ctx.db)
  const bySection = new Map(
    rows.map((row) => [
      `${nameOf(row)} ${row.section}`,
      { said: new Set(row.said), estimated: new Set(row.estimated) },
    ]),
  )
  return Object.fromEntries(
    totals.map(({ section, key }): [string, FigureBelow] => {
      const of = below.map((report) => bySection.get(`${nameOf(report)} ${section}`))
      const places = (is: (one: (typeof of)[number]) => boolean) => of.flatMap((one, at) => (is(one) ? [at] : []))
      return [
        `${section}/${key}`,
        {
          without: places((one) => one?.said.has(key) !== true),
          estimated: places((one) => one?.estimated.has(key) === true),
        },
      ]
    }),
  )
}
