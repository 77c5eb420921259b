import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { idOfKey, type Context } from '#platform'
import type { UnitKey } from '#territory/model'

/**
 * Whether the actor sees all that is in a total: every executive of the units behind it lies within reach, or in the ground of
 * his body for a measure of its field. Nobody is given a part of a sum for the whole.
 *
 * @param units what the total is of, and what is shown beside it; asked for only where it matters
 */
export async function seesAllOf(ctx: Context, measureId: string, units: () => UnitKey[]): Promise<boolean> {
  if (ctx.actor.everywhere || ctx.reachesAll) return true
  const wanted = [...new Set(units())].toSorted()
  const { viewers, agencyId } = ctx.actor
  const hash = createHash('sha256').update(wanted.join(' ')).digest('base64')
  const asked = askedIn(ctx)
  const isOwn = (await kept(asked, `${String(agencyId)} own`, () => readOwn(ctx))).has(measureId)
  return kept(asked, [agencyId, viewers.join(), isOwn, hash].join(' '), () => readSight(ctx, wanted, isOwn))
}

/** What was asked in a transaction: the rows of a report are measures of the same units, one after the other. */
const askedBefore = new WeakMap<Context['db'], Map<string, Promise<unknown>>>()

function askedIn(ctx: Context): Map<string, Promise<unknown>> {
  const asked = askedBefore.get(ctx.db) ?? new Map<string, Promise<unknown>>()
  askedBefore.set(ctx.db, asked)
  return asked
}

function kept<T>(asked: Map<string, Promise<unknown>>, name: string, ask: () => Promise<T>): Promise<T> {
  const answer = (asked.get(name) as Promise<T> | undefined) ?? ask()
  asked.set(name, answer)
  return answer
}

async function readOwn(ctx: Context): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from indicators.own_measures() as id`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}

async function readSight(ctx: Context, units: readonly UnitKey[], isOwn: boolean): Promise<boolean> {
  const ids = units.map(idOfKey)
  const { rows } = await sql<{ isHidden: boolean }>`
    with executive as materialized (
      select a.id from agencies.agency a where a.unit_id = any (${ids}::uuid[]) and a.kind = 'people-committee'
    )
    select exists (
      select 1 from executive a where a.id not in (select platform.reached())
        and not (${isOwn} and a.id in (select indicators.own_ground()))
    ) or not exists (select 1 from executive) as is_hidden`.execute(ctx.db)
  return rows[0]?.isHidden === false
}
