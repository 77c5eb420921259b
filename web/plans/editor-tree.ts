import type { NodeInput } from '#plans/model'
import { blankNode } from './draft.ts'

/** Nodes in the order of the document, parents before children; every act gives a new list. */
export type Nodes = readonly NodeInput[]

/** Depths of all nodes at once. */
export function depthsOf(nodes: Nodes): Map<string, number> {
  const depths = new Map<string, number>()
  for (const node of nodes) depths.set(node.key, node.parentKey === null ? 0 : (depths.get(node.parentKey) ?? 0) + 1)
  return depths
}

function siblingsOf(nodes: Nodes, parentKey: string | null): NodeInput[] {
  return nodes.filter((node) => node.parentKey === parentKey)
}

/** A node and all below it. */
export function branchOf(nodes: Nodes, key: string): NodeInput[] {
  const within = new Set([key])
  return nodes.filter((node) => {
    if (node.parentKey !== null && within.has(node.parentKey)) within.add(node.key)
    return within.has(node.key)
  })
}

/** Lays the list anew in the order of the tree. */
function inOrder(nodes: Nodes): NodeInput[] {
  const children = Map.groupBy(nodes, (node) => node.parentKey)
  const walk = (parent: string | null): NodeInput[] =>
    (children.get(parent) ?? []).flatMap((node) => [node, ...walk(node.key)])
  return walk(null)
}

/**
 * A sound tree of nodes two people joined: what lost its group, or came to lie below itself, stands at the highest level.
 */
export function mended(nodes: Nodes): NodeInput[] {
  const parents = new Map(nodes.map((node) => [node.key, node.parentKey]))
  for (const { key } of nodes) {
    const above = new Set([key])
    for (let parent = parents.get(key) ?? null; parent !== null; parent = parents.get(parent) ?? null) {
      if (parents.has(parent) && !above.has(parent)) {
        above.add(parent)
        continue
      }
      parents.set(key, null)
      break
    }
  }
  return inOrder(nodes.map((node) => ({ ...node, parentKey: parents.get(node.key) ?? null })))
}

/** The number after one printed so: `3.2` → `3.3`, `II` and other marks → nothing, a person writes them. */
export function pathAfter(path: string): string {
  const [, head = '', last] = /^(.*?)(\d+)$/.exec(path) ?? []
  return last === undefined ? '' : `${head}${Number(last) + 1}`
}

/**
 * Adds a blank node after another one: beside it, or as the first below it when a task is added to a group.
 *
 * @param after null = at the end of the highest level
 */
export function addAfter(
  nodes: Nodes,
  after: string | null,
  kind: NodeInput['kind'],
): { nodes: NodeInput[]; key: string } {
  const base = nodes.find((node) => node.key === after)
  const isInside = base?.kind === 'group' && kind === 'task'
  const parentKey = isInside ? base.key : (base?.parentKey ?? null)
  const last = siblingsOf(nodes, parentKey).at(-1)
  const path = isInside
    ? last
      ? pathAfter(last.path)
      : base.path === ''
        ? ''
        : `${base.path}.1`
    : pathAfter(base?.path ?? last?.path ?? '')
  const added = blankNode(kind, parentKey, path)
  if (!base) return { nodes: [...nodes, added], key: added.key }
  const branch = branchOf(nodes, base.key)
  const at = nodes.indexOf(branch.at(-1) ?? base) + 1
  return { nodes: [...nodes.slice(0, at), added, ...nodes.slice(at)], key: added.key }
}

/** Takes out a node with all below it; `next` is the one to go on with. */
export function remove(nodes: Nodes, key: string): { nodes: NodeInput[]; next: string | null } {
  const gone = new Set(branchOf(nodes, key).map((node) => node.key))
  const kept = nodes.filter((node) => !gone.has(node.key))
  const at = nodes.findIndex((node) => node.key === key)
  const next = nodes.slice(at).find((node) => !gone.has(node.key)) ?? nodes.slice(0, at).at(-1)
  return { nodes: kept, next: next?.key ?? null }
}

/** One step deeper: below the sibling before it. The first sibling stays where it is. */
export function indent(nodes: Nodes, key: string): NodeInput[] {
  const node = nodes.find((one) => one.key === key)
  if (!node) return [...nodes]
  const siblings = siblingsOf(nodes, node.parentKey)
  const before = siblings[siblings.indexOf(node) - 1]
  if (!before) return [...nodes]
  return nodes.map((one) => (one.key === key ? { ...one, parentKey: before.key } : one))
}

/** One step up: right after its parent. */
export function outdent(nodes: Nodes, key: string): NodeInput[] {
  const node = nodes.find((one) => one.key === key)
  const parent = nodes.find((one) => one.key === node?.parentKey)
  if (!node || !parent) return [...nodes]
  const moved = { ...node, parentKey: parent.parentKey }
  const rest = nodes.filter((one) => one.key !== key)
  const at = rest.indexOf(parent) + 1
  return inOrder([...rest.slice(0, at), moved, ...rest.slice(at)])
}

/** Changes places with the sibling before (-1) or after (+1), with all below. */
export function move(nodes: Nodes, key: string, step: -1 | 1): NodeInput[] {
  const node = nodes.find((one) => one.key === key)
  if (!node) return [...nodes]
  const siblings = siblingsOf(nodes, node.parentKey)
  const other = siblings[siblings.indexOf(node) + step]
  if (!other) return [...nodes]
  return inOrder(nodes.map((one) => (one === node ? other : one === other ? node : one)))
}

/** Numbers all anew: 1, 1.1, 1.2, 2 … */
export function renumber(nodes: Nodes): NodeInput[] {
  const counts = new Map<string | null, number>()
  const paths = new Map<string, string>()
  return nodes.map((node) => {
    const count = (counts.get(node.parentKey) ?? 0) + 1
    counts.set(node.parentKey, count)
    const above = node.parentKey === null ? undefined : paths.get(node.parentKey)
    const path = above === undefined ? String(count) : `${above}.${count}`
    paths.set(node.key, path)
    return { ...node, path }
  })
}

/** Changes one node. */
export function change(nodes: Nodes, key: string, to: Partial<NodeInput>): NodeInput[] {
  return nodes.map((node) => (node.key === key ? { ...node, ...to } : node))
}
