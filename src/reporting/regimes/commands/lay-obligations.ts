import { sql } from 'kysely'
import { asEverywhere, newId, type Context } from '#platform'
import type { RoundDates } from '../../model.ts'
import type { Owed } from '../owed.ts'

type Laid = { roundId: string; ownerId: string; owed: readonly Owed[]; dates: RoundDates }

/** Reasons the product itself gives; what a person wrote is kept as written. */
export const ownReason = { merged: 'reporting.reason-body-ended', withdrawn: 'reporting.reason-no-successor' } as const

/** Writes the obligations of a round, and to whom each goes. */
export async function layObligations(ctx: Context, { roundId, ownerId, owed, dates }: Laid): Promise<void> {
  const ids = new Map(owed.map(({ key }) => [key, newId()]))
  const rows = owed.map((one) => ({
    ...one,
    id: ids.get(one.key),
    parentId: one.parent === null ? null : ids.get(one.parent),
    intoId: one.into === null ? null : ids.get(one.into),
    dueOn: dates.due[one.tier],
    reason: one.state === 'owed' ? null : ownReason[one.state],
  }))
  await sql`insert into reporting.obligation (id, round_id, agency_id, addressed_id, unit_id, tier, parent_id, owner_id, due_on, is_requested, state, reason, merged_into_id)
    select id, ${roundId}::uuid, "agencyId", "addressedId", "unitId", tier, "parentId", ${ownerId}::uuid, "dueOn", "isRequested", state, reason, "intoId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "agencyId" uuid, "addressedId" uuid, "unitId" uuid, tier text, "parentId" uuid,
      "dueOn" date, "isRequested" boolean, state text, reason text, "intoId" uuid)`.execute(ctx.db)
  await noteLanding(ctx, roundId)
  // The chain of receivers is worked out on the whole round, of which the owner sees every part.
  await asEverywhere(ctx, () => chainReceivers(ctx, [roundId]))
}

/** Keeps why an obligation was not laid on the body that owed it. */
async function noteLanding(ctx: Context, roundId: string): Promise<void> {
  await sql`insert into reporting.obligation_change (id, obligation_id, agency_id, kind, reason, by_agency_id, changed_by, changed_at)
    select gen_random_uuid(), o.id, o.agency_id, case o.state when 'owed' then 'passed' else o.state end, coalesce(o.reason, ${ownReason.merged}),
      ${ctx.actor.agencyId}::uuid, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from reporting.obligation o where o.round_id = ${roundId}::uuid and (o.state <> 'owed' or o.agency_id <> o.addressed_id)`.execute(
    ctx.db,
  )
}

/**
 * Works out anew to whom each obligation of rounds goes, from the obligations in whose reports they are consolidated: one that was
 * merged gives its children to the one it went into.
 */
export async function chainReceivers(ctx: Context, roundIds: readonly string[]): Promise<void> {
  const rounds = sql`${[...roundIds]}::uuid[]`
  await sql`with recursive into_ as (
      select o.id, o.merged_into_id as at from reporting.obligation o where o.round_id = any (${rounds}) and o.merged_into_id is not null
      union select i.id, o.merged_into_id from into_ i join reporting.obligation o on o.id = i.at where o.merged_into_id is not null),
    last as (select i.id, i.at from into_ i join reporting.obligation o on o.id = i.at where o.merged_into_id is null)
    update reporting.obligation o set parent_id = last.at from last
    where o.round_id = any (${rounds}) and o.parent_id = last.id and o.id <> last.at`.execute(ctx.db)
  await sql`with recursive line as (
      select o.id, o.parent_id, 0 as depth, array[]::uuid[] as above from reporting.obligation o where o.round_id = any (${rounds})
      union all select line.id, p.parent_id, line.depth + 1, line.above || p.agency_id from line join reporting.obligation p on p.id = line.parent_id where line.depth < 10),
    whole as (select distinct on (id) id, above from line order by id, depth desc)
    update reporting.obligation o set above = whole.above, receiver_id = whole.above[1] from whole
    where o.id = whole.id and (o.above <> whole.above or o.receiver_id is distinct from whole.above[1])`.execute(ctx.db)
}
