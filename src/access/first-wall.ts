import { sql, type Expression, type SqlBool } from 'kysely'
import type { Actor } from '#platform'

/**
 * The first wall: the rows of agencies within the actor's reach. The second is row-level security; a test removes this
 * one (replacing this file) and proves that the second alone lets nothing through.
 */
export function rowsWithinReach(actor: Actor, column: string): Expression<SqlBool> {
  if (actor.everywhere) return sql<SqlBool>`true`
  return sql<SqlBool>`${sql.ref(column)} in (select r.agency_id from platform.reach r where r.viewer_id = any (${actor.viewers}::uuid[]))`
}
