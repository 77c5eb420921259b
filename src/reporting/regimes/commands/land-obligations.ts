import { sql } from 'kysely'
import { holdersOf } from '#agencies'
import { asEverywhere, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import { whereToLand, type Held, type Landing } from '../landing.ts'
import { chainReceivers, ownReason } from './lay-obligations.ts'

type Row = Held & { roundId: string; ownerId: string; owedOn: PlainDate }

/**
 * Lets the obligations of open rounds follow the bodies that owe them: after a reform each is in exactly one place. What was sent stays
 * and counts; what was not is merged into that of the body that took over, or goes over to it. Safe to run twice.
 * @returns how many obligations were moved
 */
export function landObligations(ctx: Context, functionCode: string): Promise<number> {
  return asEverywhere(ctx, async () => {
    let moved = 0
    for (const ofRound of Map.groupBy(await readTouched(ctx), ({ roundId }) => roundId).values())
      moved += await landRound(ctx, ofRound, functionCode)
    return moved
  })
}

/** The obligations of every open round in which some body that holds one has ended or handed work on. */
async function readTouched(ctx: Context): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with touched as materialized (
      select d.id, d.owed_on from reporting.round d where d.state = 'open' and exists (
        select 1 from reporting.obligation t join agencies.agency b on b.id = t.agency_id
        where t.round_id = d.id and t.state in ('owed', 'exempt') and (b.valid_to <= ${ctx.today}::date or exists (select 1 from agencies.succession s
          where s.from_id = t.agency_id and s.on_date <= ${ctx.today}::date and s.on_date > d.owed_on)))
    )
    select o.id, o.round_id, o.owner_id, o.tier, o.addressed_id, o.agency_id, d.owed_on, coalesce(r.number, 0) > 0 as is_sent,
      a.valid_to as ended_on
    from touched d join reporting.obligation o on o.round_id = d.id
    join agencies.agency a on a.id = o.agency_id left join reporting.report r on r.obligation_id = o.id
    where o.state in ('owed', 'exempt')
    order by o.id`.execute(ctx.db)
  return rows
}

async function landRound(ctx: Context, rows: readonly Row[], functionCode: string): Promise<number> {
  const [first] = rows
  if (first === undefined) return 0
  const { roundId, ownerId, owedOn } = first
  const ids = rows.map(({ agencyId }) => agencyId)
  const holders = await holdersOf(ctx, ids, { on: ctx.today, since: owedOn, function: functionCode })
  const landings = whereToLand(rows, { holders, today: ctx.today })
  if (landings.length === 0) return 0
  await writeLandings(ctx, landings)
  await chainReceivers(ctx, [roundId])
  const count = (kind: Landing['kind']) => landings.filter((one) => one.kind === kind).length
  const of = { kind: 'reporting.round', id: roundId, agencyId: ownerId }
  const said = { merged: count('merged'), passed: count('passed'), withdrawn: count('withdrawn') }
  await ctx.record('reporting.obligations-landed', of, said)
  return landings.length
}

/** Writes where each went, keeps why, and takes along what was being written. */
async function writeLandings(ctx: Context, landings: readonly Landing[]): Promise<void> {
  const rows = landings.map((one) => ({
    ...one,
    reason: one.kind === 'withdrawn' ? ownReason.withdrawn : ownReason.merged,
  }))
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, kind text, "agencyId" uuid, "intoId" uuid, reason text)`
  await sql`update reporting.obligation o set agency_id = t."agencyId", merged_into_id = t."intoId", version = version + 1,
      state = case t.kind when 'passed' then o.state else t.kind end, reason = case t.kind when 'passed' then o.reason else t.reason end
    from ${given} where o.id = t.id`.execute(ctx.db)
  await sql`insert into reporting.obligation_change (id, obligation_id, agency_id, kind, reason, by_agency_id, changed_by, changed_at)
    select gen_random_uuid(), t.id, t."agencyId", t.kind, t.reason, null, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz from ${given}`.execute(
    ctx.db,
  )
  await sql`update reporting.report r set agency_id = t."agencyId", version = version + 1 from ${given}
    where r.obligation_id = t.id and r.agency_id <> t."agencyId"`.execute(ctx.db)
  await sql`update reporting.draft_section s set agency_id = t."agencyId" from reporting.report r, ${given}
    where s.report_id = r.id and r.obligation_id = t.id and s.agency_id <> t."agencyId"`.execute(ctx.db)
}
