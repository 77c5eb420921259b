import { filterWithinReach } from '#access'
import { notFound, type Context } from '#platform'
import type { Page } from '#platform/model'
import { jointFault, type JointEnd } from '../joints.ts'
import { likelyPairs, sharedWords } from '../likeness.ts'
import type { Joinable, LikelyDuplicate } from '../model.ts'
import { listLedTasks, type Led } from './led-tasks.ts'

/** Runs of shared words a suggestion shows. */
const shownRuns = 3

/** Tasks of the acting body's other plans a piece of work of its own may be joined with. @throws notFound */
export async function listJoinable(
  ctx: Context,
  occurrenceId: string,
  filter: { search?: string | undefined; page: number; size: number },
): Promise<Page<Joinable>> {
  const { agencyId } = ctx.actor
  const work = await ctx.db
    .selectFrom('plans.occurrence')
    .select(['nodeId', 'planId'])
    .where('id', '=', occurrenceId)
    .where('agencyId', '=', agencyId)
    .where('cancelledOn', 'is', null)
    .executeTakeFirst()
  const [here] = work && agencyId !== null ? await listLedTasks(ctx, agencyId, { nodeIds: [work.nodeId] }) : []
  if (!work || !here || agencyId === null) throw notFound()
  const others = await listLedTasks(ctx, agencyId, {
    notOfPlan: work.planId,
    search: filter.search,
    hasOpenWork: true,
  })
  const from = (filter.page - 1) * filter.size
  return {
    items: others.slice(from, from + filter.size).map(({ task, end }) => ({
      task,
      faults: { here: jointFault(here.end, end), there: jointFault(end, here.end) },
    })),
    total: others.length,
    page: filter.page,
    size: filter.size,
  }
}

export type DuplicateFilter = {
  agencyId?: string | undefined
  /** Pairs of which the body said that they are not the same, instead of the open ones. */
  setApart?: boolean | undefined
  page: number
  size: number
}

/**
 * Pairs of tasks in different plans of one body that look like the same work and could be joined, the likest first. Of the
 * acting body, or of another within reach. @throws notFound
 */
export async function listLikelyDuplicates(ctx: Context, filter: DuplicateFilter): Promise<Page<LikelyDuplicate>> {
  const agencyId = filter.agencyId ?? ctx.actor.agencyId
  const none = { items: [], total: 0, page: filter.page, size: filter.size }
  if (agencyId === null) return none
  if (!(await filterWithinReach(ctx, [agencyId])).has(agencyId)) throw notFound()
  const led = await listLedTasks(ctx, agencyId, { hasOpenWork: true })
  const apart = await ctx.db
    .selectFrom('plans.setApart')
    .select(['oneNodeId', 'otherNodeId'])
    .where('agencyId', '=', agencyId)
    .execute()
  const pairs = chosen(led, new Set(apart.map((row) => `${row.oneNodeId} ${row.otherNodeId}`)), filter)
  const from = (filter.page - 1) * filter.size
  return {
    items: pairs.slice(from, from + filter.size),
    total: pairs.length,
    page: filter.page,
    size: filter.size,
  }
}

function chosen(led: Led[], apart: ReadonlySet<string>, filter: DuplicateFilter): LikelyDuplicate[] {
  const pairs = likelyPairs(led.map(({ task, end, parentIds }) => ({ ...task, timeKey: timeKeyOf(end), parentIds })))
  return pairs.flatMap((pair) => {
    const [one, other] = [led[pair.one], led[pair.other]]
    if (!one || !other) return []
    const isSetApart = apart.has([one.task.nodeId, other.task.nodeId].sort().join(' '))
    if (isSetApart !== (filter.setApart === true)) return []
    const faults = { one: jointFault(one.end, other.end), other: jointFault(other.end, one.end) }
    if (faults.one !== null && faults.other !== null) return []
    return [
      {
        one: one.task,
        other: other.task,
        likeness: Math.round(pair.likeness * 100) / 100,
        sharedWords: sharedWords(one.task.text, other.task.text, shownRuns),
        hasSameTime: pair.hasSameTime,
        hasSameOutput: pair.hasSameOutput,
        kinship: pair.kinship,
        isSetApart,
        faults,
      },
    ]
  })
}

function timeKeyOf({ time }: JointEnd): string | null {
  return time === null ? null : [time.kind, time.to, time.frequency].join(' ')
}
