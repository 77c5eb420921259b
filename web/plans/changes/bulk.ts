import type { DraftEdit, DutyInput, DutyKind, NodeInput, PlanDetail } from '#plans/model'
import { draftOf } from '../draft.ts'
import { stateOf, type TriState } from './tri-state.ts'

/** A body or class in a kind of duty, with how many of the chosen tasks it has. */
export interface BodyState {
  id: string
  duty: DutyInput
  on: number
  start: TriState
}

export const bodyKey = (duty: DutyInput): string =>
  `${duty.kind} ${duty.addressedId ?? (duty.classCode === null ? duty.raw : `class:${duty.classCode}`)}`

/** Groups and tasks that were chosen, as the server would take them. */
export function chosenOf(plan: PlanDetail, ids: ReadonlySet<string>): NodeInput[] {
  return draftOf(plan).nodes.filter((node) => ids.has(node.key))
}

/** Every body of the chosen tasks, in its kind of duty. */
export function bodiesOf(tasks: readonly NodeInput[], order: readonly DutyKind[]): BodyState[] {
  const found = new Map<string, { duty: DutyInput; on: number }>()
  for (const task of tasks)
    for (const [key, duty] of new Map(task.duties.map((one) => [bodyKey(one), one])))
      found.set(key, { duty: found.get(key)?.duty ?? duty, on: (found.get(key)?.on ?? 0) + 1 })
  return [...found]
    .map(([id, { duty, on }]) => ({ id, duty, on, start: stateOf(on, tasks.length) }))
    .sort(
      (a, b) =>
        order.indexOf(a.duty.kind) - order.indexOf(b.duty.kind) || b.on - a.on || a.duty.raw.localeCompare(b.duty.raw),
    )
}

/** What a box asks for: nothing where it stands as it stood. */
export function wishesOf<T>(
  all: readonly { thing: T; start: TriState; value: TriState }[],
): { thing: T; isOn: boolean }[] {
  return all.flatMap(({ thing, start, value }) =>
    value === start || value === 'some' ? [] : [{ thing, isOn: value === 'all' }],
  )
}

/** Whether an edit asks for anything at all. */
export function isEmptyEdit({ nodeIds: _ids, duties, programmes, ...rest }: DraftEdit): boolean {
  return duties.length === 0 && programmes.length === 0 && Object.values(rest).every((value) => value === undefined)
}
