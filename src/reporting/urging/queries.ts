import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { nameOfBody } from '#agencies'
import { notFound, type Context } from '#platform'
import type { Page, PageQuery } from '#platform/model'
import { isOverdue } from '../regimes/list.ts'
import { readRounds } from '../regimes/queries/rounds.ts'
import { isAwaited, isConsolidated } from './awaited.ts'
import type { AwaitedRound, ReportUrging } from './model.ts'

/** How many rounds the home page tells of. */
const mostRounds = 20

/** Open rounds in which the acting body consolidates and somebody has not reported: most late first. */
export async function listAwaitedRounds(ctx: Context): Promise<AwaitedRound[]> {
  const { rows } = await sql<AwaitedRound>`
    with below as (
      select o.round_id, o.due_on, ${isAwaited} as is_awaited, ${isOverdue(ctx)} as is_late, coalesce(r.number, 0) > 0 as is_sent, r.id is null as is_new,
        coalesce(r.due_on, o.due_on) as holds_on
      from reporting.obligation o join reporting.round d on d.id = o.round_id and d.state = 'open' left join reporting.report r on r.obligation_id = o.id
      where o.state = 'owed' and ${isConsolidated(ctx)}),
    counted as (
      select round_id, count(*)::integer as owed, count(*) filter (where is_sent)::integer as sent, count(*) filter (where is_late)::integer as late,
        count(*) filter (where is_new)::integer as not_begun, count(*) filter (where is_awaited)::integer as awaited,
        coalesce(min(holds_on) filter (where is_awaited and holds_on >= ${ctx.today}::date), min(holds_on) filter (where is_awaited)) as due_on
      from below group by round_id)
    select c.*, v.definition->'names' as regime_names, d.period, d.period_from, d.period_to,
      (select max(u.as_of) from reporting.urging u where u.round_id = d.id and u.agency_id = ${ctx.actor.agencyId}::uuid) as last_urged_on
    from counted c join reporting.round d on d.id = c.round_id
    join reporting.regime_version v on v.regime_id = d.regime_id and v.number = d.regime_number
    where c.awaited > 0 order by c.late desc, c.due_on, d.id limit ${mostRounds}`.execute(ctx.db)
  return rows
}

/** Letters by which bodies were urged in a round, the newest first, as far as one sees them. @throws notFound for a round out of sight */
export async function listReportUrgings(
  ctx: Context,
  of: { roundId: string } & PageQuery,
): Promise<Page<ReportUrging>> {
  const { page, size } = of
  if ((await readRounds(ctx, [of.roundId])).length === 0) throw notFound()
  const { rows } = await sql<Omit<ReportUrging, 'byName'> & { madeBy: string; total: number }>`
    select u.id, u.number, u.issued_on, u.post, u.signer, u.report_by, u.as_of, u.made_at, u.made_by, ${nameOfBody(sql`u.agency_id`, ctx.today)} as agency_name,
      (select count(*)::integer from reporting.urging_addressee a where a.urging_id = u.id) as urged,
      (select count(*)::integer from reporting.urging_addressee a join reporting.report r on r.obligation_id = a.obligation_id
        where a.urging_id = u.id and exists (select 1 from reporting.step s where s.report_id = r.id and s.kind = 'submitted' and s.taken_at > u.made_at)) as sent_since,
      (u.agency_id = ${ctx.actor.agencyId}::uuid) is true as may_export, count(*) over ()::integer as total
    from reporting.urging u where u.round_id = ${of.roundId}::uuid
    order by u.made_at desc, u.id limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  const names = await listPersonNames(
    ctx,
    rows.map(({ madeBy }) => madeBy),
  )
  const items = rows.map(({ madeBy, total: _, ...row }) => ({ ...row, byName: names.get(madeBy) ?? null }))
  return { items, total: rows[0]?.total ?? 0, page, size }
}
