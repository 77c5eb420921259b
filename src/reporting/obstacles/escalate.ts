import type { Context } from '#platform'
import type { ObstacleParts } from './parts.ts'
import { answerDay } from './rules.ts'
import { lineAbove, lockObstacle, moveObstacle, noteStep } from './store.ts'

/** How many are escalated in one run; the next takes the others. */
const mostAtOnce = 2_000

/**
 * Takes obstacles nobody answered in time to the superior of the body they wait for, on a new clock; at the top they stay overdue.
 * To be called as the product itself; safe to run twice.
 * @returns how many were escalated
 */
export async function escalateObstacles(ctx: Context, parts: ObstacleParts): Promise<number> {
  const late = await ctx.db
    .selectFrom('reporting.obstacle')
    .select(['id', 'version'])
    .where('state', '=', 'raised')
    .where('answerDueOn', '<', ctx.today)
    .orderBy('answerDueOn')
    .limit(mostAtOnce)
    .execute()
  let escalated = 0
  for (const { id, version } of late) {
    const was = await lockObstacle(ctx, id, version)
    const [superior] = await lineAbove(ctx, was.routedToId)
    if (superior === undefined) continue
    await moveObstacle(ctx, was, {
      ...{ routedToId: superior.id, heldIds: [...was.heldIds, superior.id] },
      answerDueOn: answerDay(ctx.today, parts.obstacles.answerDays, parts.daysOff),
    })
    await noteStep(ctx, was, { kind: 'escalated', toAgencyId: superior.id })
    await ctx.record('reporting.obstacle-escalated', { kind: 'reporting.obstacle', id, agencyId: was.agencyId })
    escalated++
  }
  return escalated
}
