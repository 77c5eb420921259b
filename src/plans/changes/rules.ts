import { isDeepStrictEqual } from 'node:util'
import type { TagValue } from '#recommendations/model'
import type { Change, NodeInput } from '../model.ts'

/** A change of one record as it is decided on, before it has its place in a set. */
export type Planned = { recordId: string; name: string; rowNumber: number | null; seenVersion: number | null } & {
  change: Change
}

/** A record or row that makes no change; `column` from 0 where a cell is to blame. */
export type Refusal = {
  /** Of a chosen record; records may bear the same name. Rows of a sheet have their number. */
  recordId?: string
  rowNumber: number | null
  column: number | null
  name: string
  code: string
  params?: Record<string, string | number>
}

export type Decided = { changes: Planned[]; refused: Refusal[] }

/** Values of one field are the same: lists of words in any order, places by what stands above. */
export function isSame(field: Change['field'], one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(field, one), plain(field, other))
}

function plain(field: Change['field'], value: unknown): unknown {
  if (Array.isArray(value) && (field === 'programmes' || field === 'bases' || field === 'labels'))
    return (value as string[]).toSorted()
  if (field === 'tags') return (value as TagValue[]).map(({ term, state }) => `${term} ${state}`).toSorted()
  if (field === 'place') return (value as { parentId: string | null }).parentId
  if (field === 'node' && value !== null) return settled((value as { node: NodeInput }).node)
  return value
}

/** A node as it is compared: lists of words in one order. */
function settled(node: NodeInput): NodeInput {
  return {
    ...node,
    programmes: node.programmes.toSorted(),
    bases: node.bases.toSorted(),
    milestones: node.milestones ?? [],
  }
}

/** The same changes backwards: what became is what was. */
export function inverse(changes: readonly Planned[]): Planned[] {
  return changes.toReversed().map((planned) => ({
    ...planned,
    seenVersion: null,
    change: { ...planned.change, was: planned.change.becomes, becomes: planned.change.was } as Change,
  }))
}

/** The words by which a person knows a group or task. */
export function nameOf(node: { path: string; text: string }): string {
  return [node.path, node.text]
    .filter((part) => part !== '')
    .join('. ')
    .slice(0, 300)
}

/** Lays words on a list, or takes them away; the others keep their order. What is both wished and not is wished. */
export function withWords(words: readonly string[], wishes: readonly { word: string; isOn: boolean }[]): string[] {
  const on = new Set(wishes.filter((wish) => wish.isOn).map((wish) => wish.word))
  const off = new Set(wishes.filter((wish) => !wish.isOn && !on.has(wish.word)).map((wish) => wish.word))
  return [...new Set([...words.filter((word) => !off.has(word)), ...on])]
}
