import type { Change, NodeInput, Place } from '../model.ts'
import { isSame, type Planned } from './rules.ts'

/** A draft after changes: which were made, by their place in the list, and why each of the others was left. */
export type Changed = { nodes: NodeInput[]; left: Map<number, string> }

/**
 * Makes changes in a draft, one after the other. A field is changed only where it still holds the value the change was
 * made for; the others are left, with the reason.
 */
export function applyToNodes(nodes: readonly NodeInput[], changes: readonly Planned[]): Changed {
  const tree = openTree(nodes)
  const left = new Map<number, string>()
  changes.forEach(({ recordId, change }, at) => {
    const fault = applyOne(tree, recordId, change)
    if (fault !== undefined) left.set(at, fault)
  })
  return { nodes: tree.list(), left }
}

type Tree = ReturnType<typeof openTree>

/** A draft's nodes for many changes: fields by key at once, places in the list as it is. */
function openTree(start: readonly NodeInput[]) {
  const byKey = new Map(start.map((node) => [node.key, node]))
  let order = start.map((node) => node.key)
  const parentOf = (key: string) => byKey.get(key)?.parentKey ?? null
  function isWithin(key: string, above: string): boolean {
    const seen = new Set<string>()
    for (let at: string | null = key; at !== null && !seen.has(at); at = parentOf(at)) {
      if (at === above) return true
      seen.add(at)
    }
    return false
  }
  function put(keys: readonly string[], parentId: string | null, afterId: string | null): void {
    const siblings = order.filter((key) => parentOf(key) === parentId && !keys.includes(key))
    const after = afterId !== null && !siblings.includes(afterId) ? (siblings.at(-1) ?? null) : afterId
    const at =
      after !== null
        ? order.findLastIndex((key) => isWithin(key, after)) + 1
        : parentId === null
          ? 0
          : order.indexOf(parentId) + 1
    order = [...order.slice(0, at), ...keys, ...order.slice(at)]
  }
  return {
    get: (key: string) => byKey.get(key),
    has: (key: string) => byKey.has(key),
    isWithin,
    hasChildren: (key: string) => order.some((one) => parentOf(one) === key),
    list: () => order.flatMap((key) => byKey.get(key) ?? []),
    set: (node: NodeInput) => void byKey.set(node.key, node),
    add(node: NodeInput, afterId: string | null) {
      put([node.key], node.parentKey, afterId)
      byKey.set(node.key, node)
    },
    remove(key: string) {
      byKey.delete(key)
      order = order.filter((one) => one !== key)
    },
    move(key: string, to: Place) {
      const branch = order.filter((one) => isWithin(one, key))
      const node = byKey.get(key)
      if (node === undefined) return
      const moving = new Set(branch)
      order = order.filter((one) => !moving.has(one))
      byKey.set(key, { ...node, parentKey: to.parentId })
      put(branch, to.parentId, to.afterId)
    },
  }
}

function applyOne(tree: Tree, key: string, change: Change): string | undefined {
  if (change.field === 'node') return change.becomes === null ? removeNew(tree, key, change.was) : addNew(tree, change)
  const node = tree.get(key)
  if (node === undefined) return 'plans.change-record-gone'
  if (change.field === 'place') return moveTo(tree, node, change)
  if (change.field === 'labels' || change.field === 'progress' || change.field === 'tags')
    return 'plans.change-record-gone'
  if (!isSame(change.field, node[change.field], change.was)) return 'plans.changed-since'
  tree.set({ ...node, [change.field]: change.becomes })
  return undefined
}

function moveTo(tree: Tree, node: NodeInput, change: Extract<Change, { field: 'place' }>): string | undefined {
  if (node.parentKey !== change.was.parentId) return 'plans.changed-since'
  const { parentId } = change.becomes
  if (parentId !== null && !tree.has(parentId)) return 'plans.change-group-gone'
  if (parentId !== null && tree.isWithin(parentId, node.key)) return 'plans.change-into-itself'
  tree.move(node.key, change.becomes)
  return undefined
}

function addNew(tree: Tree, change: Extract<Change, { field: 'node' }>): string | undefined {
  if (change.becomes === null) return undefined
  const { node, afterId } = change.becomes
  if (tree.has(node.key)) return 'plans.changed-since'
  if (node.parentKey !== null && !tree.has(node.parentKey)) return 'plans.change-group-gone'
  tree.add(node, afterId)
  return undefined
}

/** Takes away what a set had added, if it is still as it was added and nothing stands below it. */
function removeNew(tree: Tree, key: string, was: Extract<Change, { field: 'node' }>['was']): string | undefined {
  const node = tree.get(key)
  if (node === undefined) return 'plans.change-record-gone'
  if (tree.hasChildren(key) || was === null || !isSame('node', { node }, was)) return 'plans.changed-since'
  tree.remove(key)
  return undefined
}

/** Where a node stands when some have moved away before it: the one above, and the one before it among those beside. */
export function placeOf(nodes: readonly NodeInput[], key: string, moved: ReadonlySet<string>): Omit<Place, 'name'> {
  const parentId = nodes.find((node) => node.key === key)?.parentKey ?? null
  const siblings = nodes.filter((node) => node.parentKey === parentId && !moved.has(node.key))
  const at = siblings.findIndex((node) => node.key === key)
  return { parentId, afterId: siblings[at - 1]?.key ?? null }
}
