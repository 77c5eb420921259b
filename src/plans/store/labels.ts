import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#platform'

/** The acting body's own labels of the task of `plans.occurrence o`. */
export function ownLabels(ctx: Context): RawBuilder<string[]> {
  return sql`array(select l.label from plans.task_label l where l.node_id = o.node_id and l.agency_id = ${ctx.actor.agencyId}::uuid order by l.label)`
}
