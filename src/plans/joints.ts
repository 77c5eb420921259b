import type { JointFault, TaskTime } from './model.ts'

/** One end of a possible joint: a task on which the body leads, as things stand today. */
export type JointEnd = {
  nodeId: string
  planId: string
  time: TaskTime | null
  /** Pieces of work of this task that are neither done nor cancelled. */
  openCount: number
  /** An update of one of them is written, sent or returned, and not yet accepted. */
  hasOpenUpdate: boolean
  /** The task at which its progress is entered, when it is joined and that is not itself. */
  homeNodeId: string | null
  /** Tasks that enter their progress here. */
  servedCount: number
}

/** Months of the periods that lie whole within one another; weeks straddle months and stand alone. */
const months: Partial<Record<NonNullable<TaskTime['frequency']>, number>> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
}

/** Once: one piece of work that comes to an end. Ongoing: one without an end. Else one per period. */
function rhythmOf(time: TaskTime | null): 'once' | 'ongoing' | NonNullable<TaskTime['frequency']> {
  if (time === null || time.kind === 'by' || time.kind === 'range') return 'once'
  if (time.kind !== 'recurring' || time.frequency === null || time.frequency === 'day') return 'ongoing'
  return time.frequency
}

/**
 * Whether the periods of a served task map on those of its home: alike, or each longer one is served by the last of the
 * shorter ones within it. A home coarser than what it serves would leave the shorter periods without an entry.
 */
export function timesFault(home: TaskTime | null, served: TaskTime | null): JointFault | null {
  const [at, of] = [rhythmOf(home), rhythmOf(served)]
  if (at === of) return null
  if (at === 'once' || at === 'ongoing' || of === 'once' || of === 'ongoing') return 'plans.joint-times-differ'
  const [finer, coarser] = [months[at], months[of]]
  if (finer === undefined || coarser === undefined) return 'plans.joint-periods-do-not-nest'
  return finer > coarser ? 'plans.joint-home-coarser' : null
}

/** Why progress of `served` cannot be entered at `home` from now on, or null. Both are led by the same body. */
export function jointFault(home: JointEnd, served: JointEnd): JointFault | null {
  if (home.planId === served.planId) return 'plans.joint-same-plan'
  const homeOf = (end: JointEnd) => end.homeNodeId ?? (end.servedCount > 0 ? end.nodeId : null)
  const [one, other] = [homeOf(home), homeOf(served)]
  if (one !== null && one === other) return 'plans.joint-already'
  if (one !== null && other !== null) return 'plans.joint-both-joined'
  if (other !== null) return 'plans.joint-other-is-home'
  if (home.openCount === 0 || served.openCount === 0) return 'plans.joint-nothing-open'
  return timesFault(home.time, served.time) ?? (served.hasOpenUpdate ? 'plans.joint-update-open' : null)
}

/** Whether what was joined may stay so: one body leads on both by their newest documents (`isLed`), and the periods map. */
export function holds(joint: { isLed: boolean; homeTime: TaskTime | null; time: TaskTime | null }): boolean {
  return joint.isLed && timesFault(joint.homeTime, joint.time) === null
}

/**
 * Tasks that lost the one at which their progress was entered go on together where they can: at the first, in the order
 * they came, whose periods map on all the others.
 * @returns the new home, or undefined where none fits or fewer than two are left
 */
export function nextHome<T extends { nodeId: string; time: TaskTime | null }>(left: readonly T[]): T | undefined {
  if (left.length < 2) return undefined
  return left.find((home) => left.every((other) => other === home || timesFault(home.time, other.time) === null))
}

/**
 * Where joined work stands where several plans are taken together: by the earliest of their due dates; the undated asks
 * for nothing earlier.
 */
export function strictestDueOn(dueOns: readonly (string | null)[]): string | null {
  return dueOns.filter((day) => day !== null).sort()[0] ?? null
}
