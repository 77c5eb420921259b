import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import { withinReach } from '#access'
import type { UrgingState } from '../model.ts'
import { workVisible } from '../store/visible.ts'

type Row = {
  id: string
  agencyId: string
  text: string
  sentAt: string
  answerBy: string | null
  planId: string | null
  planTitle: string | null
}
type Addressee = {
  urgingId: string
  agencyId: string
  answer: string | null
  answeredAt: string | null
  version: number
  workCount: number
}

/** Urgings sent or received within reach, newest first, with the answers of each addressee the actor may see. */
export async function listUrgings(
  ctx: Context,
  filter: {
    id?: string | undefined
    planId?: string | undefined
    toMe?: boolean | undefined
    page: number
    size: number
  },
): Promise<Page<UrgingState>> {
  const where = sql`(${withinReach(ctx, 'u.agencyId')} or exists (select 1 from plans.urging_addressee to_us where to_us.urging_id = u.id and ${workVisible(ctx, 'to_us')})) and ${filter.id === undefined ? sql`true` : sql`u.id = ${filter.id}`} and ${filter.planId === undefined ? sql`true` : sql`u.plan_id = ${filter.planId}`}
    and ${filter.toMe === true ? sql`exists (select 1 from plans.urging_addressee a where a.urging_id = u.id and a.agency_id = ${ctx.actor.agencyId})` : sql`true`}`
  const counted = await sql<{ total: number }>`select count(*) as total from plans.urging u where ${where}`.execute(
    ctx.db,
  )
  const { rows } =
    await sql<Row>`select u.id, u.agency_id, u.text, u.sent_at, u.answer_by, u.plan_id, p.title as plan_title from plans.urging u left join plans.plan p on p.id = u.plan_id
    where ${where} order by u.sent_at desc, u.id limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
      ctx.db,
    )
  const addressees = await sql<Addressee>`select a.urging_id, a.agency_id, a.answer, a.answered_at, a.version,
      (select count(*) from plans.urging_task t where t.urging_id = a.urging_id and t.agency_id = a.agency_id) as work_count
    from plans.urging_addressee a where ${workVisible(ctx, 'a')} and a.urging_id = any (${rows.map((row) => row.id)}::uuid[]) order by a.answered_at nulls first`.execute(
    ctx.db,
  )
  const names = await listAgencyNames(
    ctx,
    [...rows, ...addressees.rows].map((row) => row.agencyId),
    ctx.today,
  )
  const nameOf = (id: string) => names.get(id) ?? { id, name: '', endedOn: null }
  const items = rows.map(({ agencyId, ...row }) => ({
    ...row,
    from: nameOf(agencyId),
    addressees: addressees.rows
      .filter((addressee) => addressee.urgingId === row.id)
      .map(({ agencyId: to, urgingId: _urging, ...said }) => ({ agency: nameOf(to), ...said })),
  }))
  return { items, total: counted.rows[0]?.total ?? 0, page: filter.page, size: filter.size }
}
