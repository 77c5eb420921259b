import type { Change, DraftEdit, DutyInput, NodeInput } from '../model.ts'
import { isSame, nameOf, withWords, type Decided, type Planned, type Refusal } from './rules.ts'
import { placeOf } from './tree.ts'

/** What a bulk edit makes of the chosen groups and tasks of a draft, and which of them it cannot change. */
export function decideBulk(nodes: readonly NodeInput[], edit: DraftEdit): Decided {
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const chosen = new Set(edit.nodeIds)
  const changes: Planned[] = []
  const refused: Refusal[] = []
  const nameless = edit.nodeIds.filter((id) => !byKey.has(id))
  for (const id of new Set(nameless)) refused.push(refusal(id, '', 'plans.change-record-gone'))
  let afterId: string | null | undefined
  const moved = new Set<string>()
  for (const node of nodes.filter(({ key }) => chosen.has(key))) {
    const add = (change: Change) => {
      if (!isSame(change.field, change.was, change.becomes))
        changes.push({ recordId: node.key, name: nameOf(node), rowNumber: null, seenVersion: null, change })
    }
    const isTask = node.kind === 'task'
    if (!isTask && asksOfTasks(edit)) refused.push(refusal(node.key, nameOf(node), 'plans.change-only-tasks'))
    if (isTask) {
      for (const wish of edit.duties.filter((one) => one.isOn)) {
        const other = node.duties.find((duty) => isSameBody(duty, wish) && duty.kind !== wish.kind)
        const isFreed = edit.duties.some((one) => !one.isOn && isSameBody(one, wish) && one.kind === other?.kind)
        if (other !== undefined && !isFreed)
          refused.push(refusal(node.key, nameOf(node), 'plans.change-other-duty', { raw: wish.raw.slice(0, 120) }))
      }
      add({ field: 'duties', was: node.duties, becomes: dutiesAfter(node.duties, edit.duties) })
      const programmes = withWords(
        node.programmes,
        edit.programmes.map(({ code, isOn }) => ({ word: code, isOn })),
      )
      add({ field: 'programmes', was: node.programmes, becomes: programmes })
      if (edit.time !== undefined) add({ field: 'time', was: node.time, becomes: edit.time })
      if (edit.output !== undefined) add({ field: 'output', was: node.output, becomes: edit.output })
      if (edit.funding !== undefined) add({ field: 'funding', was: node.funding, becomes: edit.funding })
    }
    if (edit.place !== undefined) {
      const fault = placeFault(byKey, node, edit.place.parentId, chosen)
      if (fault !== undefined) refused.push(refusal(node.key, nameOf(node), fault))
      else if (node.parentKey !== edit.place.parentId) {
        const { parentId } = edit.place
        afterId ??= nodes.findLast((one) => one.parentKey === parentId)?.key ?? null
        const group = parentId === null ? undefined : byKey.get(parentId)
        const above = node.parentKey === null ? undefined : byKey.get(node.parentKey)
        add({
          field: 'place',
          was: { ...placeOf(nodes, node.key, moved), name: above ? nameOf(above) : '' },
          becomes: { parentId, afterId, name: group ? nameOf(group) : '' },
        })
        afterId = node.key
        moved.add(node.key)
      }
    }
  }
  return { changes, refused }
}

function asksOfTasks(edit: DraftEdit): boolean {
  return (
    edit.duties.length > 0 ||
    edit.programmes.length > 0 ||
    edit.time !== undefined ||
    edit.output !== undefined ||
    edit.funding !== undefined
  )
}

function refusal(recordId: string, name: string, code: string, params: Record<string, string> = {}): Refusal {
  return { recordId, rowNumber: null, column: null, name, code, params }
}

function isSameBody(one: Omit<DutyInput, 'kind'>, other: Omit<DutyInput, 'kind'>): boolean {
  if (one.addressedId !== null || other.addressedId !== null) return one.addressedId === other.addressedId
  if (one.classCode !== null || other.classCode !== null) return one.classCode === other.classCode
  return one.raw === other.raw
}

/** The duties with bodies laid on and taken away; who owes something else already keeps it, unless it is taken away too. */
function dutiesAfter(duties: readonly DutyInput[], wishes: DraftEdit['duties']): DutyInput[] {
  const isWished = (duty: DutyInput, isOn: boolean) =>
    wishes.some((wish) => wish.isOn === isOn && wish.kind === duty.kind && isSameBody(wish, duty))
  const kept = duties.filter((duty) => isWished(duty, true) || !isWished(duty, false))
  const added = wishes
    .filter((wish) => wish.isOn && !kept.some((duty) => isSameBody(wish, duty)))
    .map(({ kind, raw, addressedId, classCode }) => ({ kind, raw, addressedId, classCode }))
  return [...kept, ...added]
}

function placeFault(
  byKey: ReadonlyMap<string, NodeInput>,
  node: NodeInput,
  parentId: string | null,
  chosen: ReadonlySet<string>,
): string | undefined {
  const above = (key: string | null) => (key === null ? null : (byKey.get(key)?.parentKey ?? null))
  if (parentId !== null && byKey.get(parentId)?.kind !== 'group') return 'plans.change-group-gone'
  for (let at = parentId; at !== null; at = above(at)) if (at === node.key) return 'plans.change-into-itself'
  for (let at = node.parentKey; at !== null; at = above(at)) if (chosen.has(at)) return 'plans.change-moves-with-group'
  return undefined
}
