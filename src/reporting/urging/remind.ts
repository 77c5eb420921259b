import { sql } from 'kysely'
import { retellEach, tellBodies, tellEach } from '#notifications'
import type { Context } from '#platform'
import { readBodies } from '../regimes/land.ts'
import { isAwaited, working } from './awaited.ts'
import { escalatesOn, stagesToTell, type Awaited, type Stage } from './rules.ts'

type Row = Omit<Awaited, 'setOn'> & {
  id: string
  roundId: string
  ownerId: string
  agencyId: string
  receiverId: string | null
  setAt: string
}

/** How far ahead a reminder may stand (`remindDays` of a regime). */
const farthest = 60

/**
 * Reminds those who have not sent a report, and tells those above of what is late: each stage once a due day, so that running twice tells
 * nothing twice, and after days of sleep only the nearest stage is told. To be called as the product itself.
 * @returns how many bodies were reminded, and how many reports were told of above
 */
export async function remindOfReports(ctx: Context): Promise<{ reminded: number; escalated: number }> {
  await settleSent(ctx)
  const rows = await readAwaited(ctx)
  const stages = rows.flatMap((row) =>
    stagesToTell({ ...row, setOn: ctx.dateOf(row.setAt) }, ctx.today).map((stage) => ({ row, stage })),
  )
  const news = await keepNew(ctx, stages)
  const ofKind = (kind: Stage['kind']) => news.filter(({ stage }) => stage.kind === kind).map(({ row }) => row)
  const escalated = ofKind('escalated')
  await remindBodies(ctx, 'report-due', ofKind('due'))
  await remindBodies(ctx, 'report-overdue', ofKind('overdue'))
  await tellAbove(ctx, { all: rows, news: escalated })
  const reminded = news.length - escalated.length
  for (const [roundId, some] of Map.groupBy(news, ({ row }) => row.roundId)) {
    const above = some.filter(({ stage }) => stage.kind === 'escalated').length
    const of = { kind: 'reporting.round', id: roundId, agencyId: some[0]?.row.ownerId ?? null }
    await ctx.record('reporting.reminded', of, { reminded: some.length - above, escalated: above })
  }
  return { reminded, escalated: escalated.length }
}

/** How long after it was told a reminder may still stand unread. */
const longestUnread = 120

/** Reminders of what was sent meanwhile, or is owed no more, are settled: nobody is left with one that wants nothing. */
async function settleSent(ctx: Context): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct t.obligation_id as id from reporting.reminding t join reporting.obligation o on o.id = t.obligation_id
    join reporting.round d on d.id = o.round_id left join reporting.report r on r.obligation_id = o.id
    where t.told_at > ${ctx.now}::timestamptz - make_interval(days => ${longestUnread}) and not ${isAwaited}`.execute(
    ctx.db,
  )
  for (const kind of ['report-due', 'report-overdue'] as const)
    await retellEach(
      ctx,
      { kind, recordKind: 'reporting.obligation' },
      rows.map(({ id }) => ({ recordId: id, params: null })),
    )
}

/** Reports still to be sent whose due day is near or over, with what was told of that day. */
async function readAwaited(ctx: Context): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select o.id, o.round_id, o.owner_id, o.agency_id, o.receiver_id, coalesce(r.due_on, o.due_on) as due_on, o.is_requested,
      (d.dates->>'graceDays')::integer as grace_days, d.dates->'remindDays' as remind_days, (d.dates->>'escalateAfterDays')::integer as escalate_after_days,
      greatest(d.opened_at, (select max(c.changed_at) from reporting.obligation_change c where c.obligation_id = o.id and c.kind in ('extended', 'restored')),
        (select max(s.taken_at) from reporting.step s where s.report_id = r.id and s.kind = 'returned')) as set_at,
      coalesce((select jsonb_agg(jsonb_build_object('kind', t.kind, 'days', t.days)) from reporting.reminding t
        where t.obligation_id = o.id and t.due_on = coalesce(r.due_on, o.due_on)), '[]'::jsonb) as told
    from reporting.obligation o join reporting.round d on d.id = o.round_id left join reporting.report r on r.obligation_id = o.id
    where ${isAwaited} and coalesce(r.due_on, o.due_on) <= ${ctx.today}::date + ${farthest}::integer order by o.id`.execute(
    ctx.db,
  )
  return rows
}

type News = { row: Row; stage: Stage }

/** Keeps what is told; what another run has told meanwhile is not told again. */
async function keepNew(ctx: Context, stages: readonly News[]): Promise<News[]> {
  if (stages.length === 0) return []
  const told = stages.map(({ row, stage }) => ({ id: row.id, agencyId: row.agencyId, dueOn: row.dueOn, ...stage }))
  const { rows } = await sql<{ id: string; kind: string; days: number }>`
    insert into reporting.reminding (obligation_id, due_on, kind, days, agency_id, told_at)
    select t.id, t."dueOn", t.kind, t.days, t."agencyId", ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t(id uuid, "dueOn" date, kind text, days integer, "agencyId" uuid)
    on conflict do nothing returning obligation_id as id, kind, days`.execute(ctx.db)
  const kept = new Set(rows.map(({ id, kind, days }) => `${id} ${kind} ${days}`))
  return stages.filter(({ row, stage }) => kept.has(`${row.id} ${stage.kind} ${stage.days}`))
}

async function remindBodies(ctx: Context, kind: 'report-due' | 'report-overdue', rows: readonly Row[]): Promise<void> {
  await tellEach(
    ctx,
    { kind, recordKind: 'reporting.obligation', roles: working },
    rows.map(({ id, agencyId, dueOn }) => ({ recordId: id, agencyId, params: { to: dueOn } })),
  )
}

/** Tells receivers, and the bodies standing over the late ones: once a round, with how many are late in all. */
async function tellAbove(ctx: Context, { all, news }: { all: readonly Row[]; news: readonly Row[] }): Promise<void> {
  if (news.length === 0) return
  const late = all.filter((row) => !row.isRequested && ctx.today >= escalatesOn(row))
  const bodies = await readBodies(
    ctx,
    late.map(({ agencyId }) => agencyId),
    ctx.today,
  )
  const above = (row: Row) =>
    new Set([row.receiverId, bodies.get(row.agencyId)?.superiorId].filter((id) => typeof id === 'string'))
  const told = news.flatMap((row) => [...above(row)].map((agencyId) => ({ roundId: row.roundId, agencyId })))
  for (const [roundId, some] of Map.groupBy(told, (one) => one.roundId)) {
    const ofRound = late.filter((row) => row.roundId === roundId)
    for (const agencyId of new Set(some.map((one) => one.agencyId))) {
      const count = ofRound.filter((row) => above(row).has(agencyId)).length
      const record = { kind: 'reporting.round', id: roundId }
      await tellBodies(
        ctx,
        { kind: 'report-escalated', record, params: { late: count } },
        { agencyIds: [agencyId], roles: working },
      )
    }
  }
}
