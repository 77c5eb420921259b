import { sql, type Expression, type SqlBool } from 'kysely'
import type { Context } from '#platform'

/**
 * The first wall: the rows of agencies within the actor's reach. The second is row-level security; a test removes this
 * one (replacing this file) and proves that the second alone lets nothing through.
 * @param form `set` where rows are at hand and each is asked; `list` where an index of the column is to find them
 */
export function rowsWithinReach(ctx: Context, column: string, form: 'set' | 'list'): Expression<SqlBool> {
  const { everywhere, viewers } = ctx.actor
  if (everywhere) return sql<SqlBool>`true`
  if (ctx.reachesAll)
    return sql<SqlBool>`(select exists (select 1 from platform.whole_reach w where w.viewer_id = any (${viewers}::uuid[])))`
  const reached = sql`select r.agency_id from platform.reach r where r.viewer_id = any (${viewers}::uuid[])`
  return form === 'set'
    ? sql<SqlBool>`${sql.ref(column)} in (${reached})`
    : sql<SqlBool>`${sql.ref(column)} = any ((select array(${reached}))::uuid[])`
}
