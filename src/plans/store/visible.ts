import { sql, type Expression, type SqlBool } from 'kysely'
import { foundWithinReach, withinReach } from '#access'
import type { Context } from '#platform'

/**
 * The first wall of plans: one's own; issued ones of bodies within reach, of a body that stands over the acting one, or
 * that bind a body within reach. A draft is its own body's alone. Row-level security draws the same line, but for drafts within reach:
 * those coverage counts.
 * @param as the name `plans.plan` has in the query
 */
export function planVisible(ctx: Context, as: string): Expression<SqlBool> {
  const agency = sql.ref(`${as}.agencyId`)
  return sql<SqlBool>`(${agency} = ${ctx.actor.agencyId} or (${sql.ref(`${as}.state`)} <> 'draft' and (${withinReach(ctx, `${as}.agencyId`)} or
    exists (select 1 from platform.reach over where over.viewer_id = ${agency} and over.agency_id = ${ctx.actor.agencyId})
    or exists (select 1 from plans.audience heard where heard.plan_id = ${sql.ref(`${as}.id`)} and ${withinReach(ctx, 'heard.agencyId')}))))`
}

/** The first wall of records that a body keeps in a plan of another: either of them within reach. */
export function workVisible(ctx: Context, as: string): Expression<SqlBool> {
  return sql<SqlBool>`(${foundWithinReach(ctx, `${as}.agencyId`)} or ${foundWithinReach(ctx, `${as}.ownerId`)})`
}

/**
 * The first wall of what was said of work: of work one sees, or of work it is joined with, which shows it too.
 * @param as the name `plans.progress` has in the query
 */
export function progressVisible(ctx: Context, as: string): Expression<SqlBool> {
  return sql<SqlBool>`(${workVisible(ctx, as)} or exists (select 1 from plans.occurrence twin
    where twin.joined_id = ${sql.ref(`${as}.occurrenceId`)} and ${workVisible(ctx, 'twin')}))`
}
