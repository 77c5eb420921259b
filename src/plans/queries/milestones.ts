import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Milestone } from '../model.ts'

export type MilestoneOfWork = Milestone & { occurrenceId: string }

/** The milestones that stand on pieces of work, by their day. Who may see the work sees them. */
export async function listMilestones(ctx: Context, occurrenceIds: readonly string[]): Promise<MilestoneOfWork[]> {
  if (occurrenceIds.length === 0) return []
  const { rows } = await sql<MilestoneOfWork>`
    select k.occurrence_id, k.id, k.name, k.due_on, k.done_on, k.proof, k.is_of_plan, k.version
    from plans.milestone k where k.occurrence_id = any (${[...occurrenceIds]}::uuid[]) and k.cancelled_on is null
    order by k.due_on, k.id`.execute(ctx.db)
  return rows
}
