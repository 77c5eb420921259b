import { sql } from 'kysely'
import { retellEach, tellEach } from '#notifications'
import { asEverywhere, type Context } from '#platform'

/** Whoever may answer for a figure (`indicators.answer-findings`). */
const answering = ['officer', 'consolidator']

const news = { kind: 'findings-open', recordKind: 'indicators.findings' } as const

/**
 * Tells bodies what was found in their figures and they were not told yet: one notice a body, however much it is, that says how much is
 * open. What was corrected meanwhile counts no more.
 */
export async function tellOfFindings(ctx: Context, agencyIds: readonly string[]): Promise<void> {
  await asEverywhere(ctx, async () => {
    const { rows } = await sql<{ agencyId: string }>`
      with told as (update indicators.finding set told_at = ${ctx.now}::timestamptz
        where agency_id = any (${[...agencyIds]}::uuid[]) and state = 'open' and told_at is null returning agency_id)
      select distinct agency_id from told`.execute(ctx.db)
    const open = await countOpen(
      ctx,
      rows.map(({ agencyId }) => agencyId),
    )
    const each = [...open].map(([agencyId, count]) => ({ agencyId, recordId: agencyId, params: { open: count } }))
    await tellEach(ctx, { ...news, roles: answering, byProduct: true }, each)
  })
  await settleFindings(ctx, agencyIds)
}

/** What bodies were told says how much is still open; where nothing is, it is settled. */
export async function settleFindings(ctx: Context, agencyIds: readonly string[]): Promise<void> {
  await asEverywhere(ctx, async () => {
    const open = await countOpen(ctx, agencyIds)
    const left = agencyIds.map((recordId) => {
      const count = open.get(recordId)
      return { recordId, params: count === undefined ? null : { open: count } }
    })
    await retellEach(ctx, news, left)
  })
}

async function countOpen(ctx: Context, agencyIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ agencyId: string; open: number }>`
    select agency_id, count(*)::integer as open from indicators.finding
    where agency_id = any (${[...agencyIds]}::uuid[]) and state = 'open' group by agency_id`.execute(ctx.db)
  return new Map(rows.map(({ agencyId, open }) => [agencyId, open]))
}
