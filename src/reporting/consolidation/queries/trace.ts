import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { nameOfBody } from '#agencies'
import { describeVintages, type DescribedVintage } from '#indicators'
import { notFound, type Context } from '#platform'
import type {
  AbsentBody,
  Origin,
  QuotedFigure,
  ReportContent,
  Trace,
  TracedFigure,
  TracedLine,
  TracedObstacle,
} from '../../model.ts'
import { lateFrom } from '../../reports/rules.ts'
import { drawable } from '../draw.ts'
import { acceptedBy, isLate, readBelow, readContents } from '../store.ts'

type Head = {
  reportId: string
  obligationId: string
  number: number
  roundId: string
  agencyName: string
  submittedAt: string
  acceptedNumber: number | null
  dueOn: string
  graceDays: number
  isRequested: boolean
  firstSubmittedAt: string | null
}

/**
 * Where a line of a submission comes from, one step down: lines of reports below for words, obstacles, tasks and money; vintages for
 * figures, each with the report that said it. Followed step by step it ends at the commune's own line.
 * @throws notFound where there is no such line, or it is out of sight
 */
export async function traceLine(ctx: Context, of: { reportId: string; number: number; line: string }): Promise<Trace> {
  const contents = await readContents(ctx, [of])
  const content = contents.get(`${of.reportId} ${of.number}`)
  const said = content === undefined ? undefined : saidAt(content, of.line)
  const heads = await readHeads(ctx, [of])
  const head = heads[0]
  if (said === undefined || head === undefined) throw notFound()
  const lines = await linesOf(ctx, said.origins)
  const { figures, hidden } = await figuresOf(ctx, said.figure, head.roundId)
  return {
    of: tracedOf(ctx, head, {
      line: of.line,
      ...said,
      isSuperseded: await isSuperseded(ctx, head, of.line, said.words),
    }),
    lines,
    figures,
    absent: said.origins.length > 0 || said.figure?.made ? await absentFrom(ctx, head) : [],
    obstacles: await obstaclesAt(ctx, [of, ...said.origins]),
    hidden: hidden + said.origins.length - lines.length,
  }
}

type Said = { words: string; origins: Origin[]; figure: QuotedFigure | undefined }

/** What a line of a submission says, with its origins. */
function saidAt(content: ReportContent, name: string): Said | undefined {
  for (const { key, content: section } of content.sections) {
    const is = (line: string) => `${key}/${line}` === name
    switch (section.kind) {
      case 'narrative': {
        const found = section.paragraphs.find((one) => is(one.key))
        if (found) return { words: found.text, origins: found.origins, figure: undefined }
        break
      }
      case 'tasks':
      case 'obstacles': {
        const found = section.lines.find((one) => is(one.key))
        if (found) return { words: found.text, origins: found.origins, figure: undefined }
        break
      }
      case 'money': {
        const found = section.lines.find((one) => is(`${one.key}:${one.source}`))
        if (found) return { words: found.amount ?? '', origins: found.origins ?? [], figure: undefined }
        break
      }
      case 'quoted': {
        const found = section.lines.find((one) => is(one.key))
        if (found) return { words: found.comment, origins: [], figure: found }
        break
      }
      case 'figures':
      case 'attachments':
        break
    }
  }
  return undefined
}

async function readHeads(ctx: Context, of: readonly { reportId: string; number: number }[]): Promise<Head[]> {
  if (of.length === 0) return []
  const { rows } = await sql<Head>`
    select s.report_id, o.id as obligation_id, s.number, o.round_id, ${nameOfBody(sql`s.agency_id`, ctx.today)} as agency_name, s.submitted_at, r.accepted_number,
      o.due_on, coalesce((n.dates->>'graceDays')::integer, 0) as grace_days, o.is_requested, r.first_submitted_at
    from (select distinct "reportId", number from jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as w("reportId" uuid, number integer)) w
    join reporting.submission s on s.report_id = w."reportId" and s.number = w.number join reporting.report r on r.id = s.report_id
    join reporting.obligation o on o.id = r.obligation_id join reporting.round n on n.id = o.round_id`.execute(ctx.db)
  return rows
}

/** Obstacles within sight that lines of reports said. */
async function obstaclesAt(ctx: Context, at: readonly Pick<Origin, 'reportId' | 'line'>[]): Promise<TracedObstacle[]> {
  const lines = at.map(({ reportId, line }) => ({ reportId, line }))
  const { rows } = await sql<TracedObstacle>`
    select b.id, b.words, b.state, ${nameOfBody(sql`b.agency_id`, ctx.today)} as by_name, ${nameOfBody(sql`b.routed_to_id`, ctx.today)} as routed_to_name
    from reporting.obstacle b where b.said_in @> any (select jsonb_build_array(said) from jsonb_array_elements(${JSON.stringify(lines)}::jsonb) said)
    order by b.raised_at, b.id`.execute(ctx.db)
  return rows
}

/** Bodies right below whose report was not accepted when it was sent, and those that came late. */
async function absentFrom(ctx: Context, head: Head): Promise<AbsentBody[]> {
  const below = await readBelow(ctx, head.obligationId)
  const ids = below.flatMap(({ reportId }) => reportId ?? [])
  const accepted = await acceptedBy(ctx, ids, head.submittedAt)
  return below.flatMap((row): AbsentBody[] => {
    if (row.obligationState !== 'owed') return []
    if (row.reportId === null || !accepted.has(row.reportId)) return [{ agencyName: row.agencyName, kind: 'missing' }]
    return isLate(ctx, row) ? [{ agencyName: row.agencyName, kind: 'late' }] : []
  })
}

function tracedOf(
  ctx: Context,
  head: Head,
  of: { line: string; words: string; origins: Origin[]; isSuperseded: boolean },
): TracedLine {
  const first = head.firstSubmittedAt
  return {
    ...{ reportId: head.reportId, number: head.number, line: of.line, agencyName: head.agencyName },
    ...{ submittedAt: head.submittedAt, words: of.words, origins: of.origins, isSuperseded: of.isSuperseded },
    isLate: !head.isRequested && first !== null && ctx.dateOf(first) >= lateFrom(head.dueOn, head.graceDays),
  }
}

async function isSuperseded(ctx: Context, head: Head, line: string, words: string): Promise<boolean> {
  if (head.acceptedNumber === null || head.acceptedNumber <= head.number) return false
  const newer = await readContents(ctx, [{ reportId: head.reportId, number: head.acceptedNumber }])
  const content = newer.get(`${head.reportId} ${head.acceptedNumber}`)
  return content === undefined || saidAt(content, line)?.words !== words
}

async function linesOf(ctx: Context, origins: readonly Origin[]): Promise<TracedLine[]> {
  const contents = await readContents(ctx, origins, { drawableOnly: true })
  const heads = new Map((await readHeads(ctx, origins)).map((head) => [`${head.reportId} ${head.number}`, head]))
  const newest = await readContents(
    ctx,
    [...heads.values()].flatMap(({ reportId, number, acceptedNumber }) =>
      acceptedNumber !== null && acceptedNumber > number ? [{ reportId, number: acceptedNumber }] : [],
    ),
    { drawableOnly: true },
  )
  return origins.flatMap(({ reportId, number, line }) => {
    const at = `${reportId} ${number}`
    const [content, head] = [contents.get(at), heads.get(at)]
    const said = content === undefined ? undefined : saidAt(content, line)
    if (said === undefined || head === undefined) return []
    const now = newest.get(`${reportId} ${head.acceptedNumber ?? 0}`)
    const lineNow = now === undefined ? undefined : drawable(now).find((one) => one.line === line)
    const isOld = now !== undefined && (lineNow?.amount ?? lineNow?.words) !== said.words
    return [tracedOf(ctx, head, { line, words: said.words, origins: said.origins, isSuperseded: isOld })]
  })
}

/** The vintages a quoted figure is made of, or its own. */
async function figuresOf(
  ctx: Context,
  figure: QuotedFigure | undefined,
  roundId: string,
): Promise<{ figures: TracedFigure[]; hidden: number }> {
  if (figure === undefined) return { figures: [], hidden: 0 }
  const own =
    figure.cellId === null || figure.vintage === null ? [] : [{ cellId: figure.cellId, vintage: figure.vintage }]
  const parts = figure.made?.parts ?? own
  const described = await describeVintages(ctx, parts)
  const said = await whoSaid(ctx, described, roundId)
  const names = await listPersonNames(
    ctx,
    described.map(({ enteredBy }) => enteredBy),
  )
  return {
    figures: described.map(({ unitId: _, enteredBy, ...one }) => ({
      ...{ ...one, enteredBy: names.get(enteredBy) ?? null },
      said: said.get(`${one.cellId} ${one.vintage}`) ?? null,
    })),
    hidden: parts.length - described.length,
  }
}

/** The submissions of a round that said vintages. */
async function whoSaid(
  ctx: Context,
  of: readonly DescribedVintage[],
  roundId: string,
): Promise<Map<string, NonNullable<TracedFigure['said']>>> {
  if (of.length === 0) return new Map()
  const wanted = of.map(({ cellId, vintage, unitId }) => ({ cellId, vintage, unitId }))
  const { rows } = await sql<{ reportId: string; number: number; line: string; cellId: string; vintage: number }>`
    select s.report_id, s.number, (section ->> 'key') || '/' || (said ->> 'key') as line, w."cellId" as cell_id, w.vintage
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("cellId" uuid, vintage integer, "unitId" uuid)
    join reporting.obligation o on o.round_id = ${roundId}::uuid and o.unit_id = w."unitId" join reporting.report r on r.obligation_id = o.id
    join reporting.submission s on s.report_id = r.id
    cross join jsonb_array_elements(s.content -> 'sections') section cross join jsonb_array_elements(coalesce(section -> 'content' -> 'lines', '[]'::jsonb)) said
    where section -> 'content' ->> 'kind' = 'quoted' and said ->> 'cellId' = w."cellId"::text and (said ->> 'vintage')::integer = w.vintage and said ->> 'mode' = 'typed'`.execute(
    ctx.db,
  )
  return new Map(
    rows.map(({ cellId, vintage, reportId, number, line }) => [`${cellId} ${vintage}`, { reportId, number, line }]),
  )
}
