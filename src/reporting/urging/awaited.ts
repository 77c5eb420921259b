import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Context } from '#platform'

/** That a report is still to be sent, first or again, in a round that goes on. The rows are obligation `o`, round `d`, report `r`. */
export const isAwaited = sql<SqlBool>`(o.state = 'owed' and d.state = 'open' and coalesce(r.state, 'draft') in ('draft', 'returned'))`

/** That the acting body consolidates it, or someone below it does: it is among the receivers, or the regime is its own. */
export const isConsolidated = (ctx: Context): RawBuilder<SqlBool> =>
  sql<SqlBool>`((o.owner_id = ${ctx.actor.agencyId}::uuid or ${ctx.actor.agencyId}::uuid = any (o.above)) and o.agency_id <> ${ctx.actor.agencyId}::uuid)`

/** Who works on reports at a body: they write and sign them, and consolidate. */
export const working = ['officer', 'approver', 'consolidator']
