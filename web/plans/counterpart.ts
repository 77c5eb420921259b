import { foldName } from '#territory/model'
import type { PlanDetail } from '#plans/model'

type Task = PlanDetail['nodes'][number]

/** How much of the shorter task's words must stand in the other for one to be offered as its counterpart. */
const nearEnough = 0.75

/** The plan's own tasks that carry out no task above yet: one read from a document may be what a task above became. */
export function freeTasks(plan: Pick<PlanDetail, 'nodes'>, parentPlanId: string): Task[] {
  return plan.nodes.filter(
    (node) => node.kind === 'task' && !node.derivedFrom.some((from) => from.planId === parentPlanId),
  )
}

/** The free task whose words are nearest to those of a task above; undefined when none is near. */
export function nearestTask(text: string, tasks: readonly Task[]): Task | undefined {
  const wanted = wordsOf(text)
  const scored = tasks.map((task) => ({ task, score: likeness(wanted, wordsOf(task.text)) }))
  const [best] = scored.sort((one, other) => other.score - one.score)
  return best && best.score >= nearEnough ? best.task : undefined
}

function wordsOf(text: string): Set<string> {
  return new Set(
    foldName(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  )
}

/** Shared words of those of the shorter (overlap coefficient), 0–1: a plan below says less than the one above. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length
  const shorter = Math.min(one.size, other.size)
  return shorter === 0 ? 0 : shared / shorter
}
