import { sql } from 'kysely'
import { namesOfAgencies } from '#access'
import type { Context } from '#platform'
import type { WaitingPart } from '../../model.ts'

/** What waits at an obligation of one's own to be taken in, the newest first. */
export async function waitingParts(ctx: Context, obligationId: string): Promise<WaitingPart[]> {
  const { rows } = await sql<Omit<WaitingPart, 'fromAgencyName'> & { fromAgencyId: string }>`
    select p.id, p.from_agency_id, p.file_name, p.cells, p.handed_at from reporting.workbook_part p
    where p.obligation_id = ${obligationId}::uuid and p.agency_id = ${ctx.actor.agencyId}::uuid and p.state = 'waiting'
    order by p.handed_at desc, p.id`.execute(ctx.db)
  const names = await namesOfAgencies(
    ctx,
    rows.map(({ fromAgencyId }) => fromAgencyId),
  )
  return rows.map(({ fromAgencyId, ...row }) => ({ ...row, fromAgencyName: names.get(fromAgencyId) ?? '' }))
}
