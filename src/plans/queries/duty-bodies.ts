import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import type { DutyBody } from '../model.ts'
import { getPlan } from '../store/plans.ts'

/** The real bodies behind one duty of a plan, by the name of today's holder. Three statements, whatever the page. */
export async function listDutyBodies(
  ctx: Context,
  duty: { id: string; dutyId: string },
  page: { page: number; size: number },
): Promise<Page<DutyBody>> {
  await getPlan(ctx, duty.id)
  const of = sql`from plans.duty_body b where b.plan_id = ${duty.id} and b.duty_id = ${duty.dutyId}`
  const counted = await sql<{ total: number }>`select count(*) as total ${of}`.execute(ctx.db)
  const { rows } = await sql<{
    addressedId: string
    agencyId: string
  }>`select b.addressed_id, b.agency_id ${of} order by b.agency_id, b.addressed_id limit ${page.size} offset ${(page.page - 1) * page.size}`.execute(
    ctx.db,
  )
  const names = await listAgencyNames(
    ctx,
    rows.flatMap((row) => [row.addressedId, row.agencyId]),
    ctx.today,
  )
  const nameOf = (id: string) => names.get(id) ?? { id, name: '', endedOn: null }
  return {
    items: rows.map((row) => ({ addressed: nameOf(row.addressedId), holder: nameOf(row.agencyId) })),
    total: counted.rows[0]?.total ?? 0,
    ...page,
  }
}
