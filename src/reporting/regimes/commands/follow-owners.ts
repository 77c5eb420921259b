import { sql } from 'kysely'
import { holdersOf } from '#agencies'
import { asEverywhere, type Context } from '#platform'

/**
 * Lets regimes follow the work of the body that set them: whoever holds it today writes, opens and locks from then on, also rounds of the
 * past. Where a body was split the first holder takes over, as with what the body owes itself. Safe to run twice.
 * @returns how many went over
 */
export function followOwners(ctx: Context, functionCode: string): Promise<number> {
  return asEverywhere(ctx, async () => {
    let moved = 0
    for (const { id, agencyId, madeOn } of await readTouched(ctx)) {
      const query = { on: ctx.today, since: madeOn, function: functionCode }
      const holders = (await holdersOf(ctx, [agencyId], query)).get(agencyId) ?? []
      const [to] = holders
      if (to === undefined || holders.includes(agencyId)) continue
      await handOver(ctx, id, to)
      await ctx.record('reporting.regime-handed-over', { kind: 'reporting.regime', id, agencyId: to }, {})
      moved++
    }
    return moved
  })
}

/** Regimes whose body has ended or handed work on since they were begun. */
async function readTouched(ctx: Context): Promise<{ id: string; agencyId: string; madeOn: string }[]> {
  const { rows } = await sql<{ id: string; agencyId: string; madeAt: string }>`
    select r.id, r.agency_id, r.made_at from reporting.regime r join agencies.agency a on a.id = r.agency_id
    where a.valid_to <= ${ctx.today}::date
      or exists (select 1 from agencies.succession s where s.from_id = r.agency_id and s.on_date <= ${ctx.today}::date and s.on_date > r.made_at::date)
    order by r.id for update of r`.execute(ctx.db)
  return rows.map(({ madeAt, ...row }) => ({ ...row, madeOn: ctx.dateOf(madeAt) }))
}

async function handOver(ctx: Context, regimeId: string, agencyId: string): Promise<void> {
  const rounds = sql`(select d.id from reporting.round d where d.regime_id = ${regimeId}::uuid)`
  await sql`update reporting.regime set agency_id = ${agencyId}::uuid, version = version + 1 where id = ${regimeId}::uuid`.execute(
    ctx.db,
  )
  await sql`update reporting.round set agency_id = ${agencyId}::uuid where regime_id = ${regimeId}::uuid`.execute(
    ctx.db,
  )
  await sql`update reporting.obligation set owner_id = ${agencyId}::uuid where round_id in ${rounds}`.execute(ctx.db)
  await sql`update reporting.urging_addressee u set owner_id = ${agencyId}::uuid from reporting.obligation o
    where o.id = u.obligation_id and o.round_id in ${rounds}`.execute(ctx.db)
}
