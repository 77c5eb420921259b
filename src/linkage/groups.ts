import { ascending, descending } from './values/order.ts'

/** Pairs thought to be of one child, by record numbers, with weights in bits. */
export type Links = { left: Int32Array; right: Int32Array; weights: Float64Array }

/** Group of each record from 1 in the order of its first record; 0 for records linked with none. `refused`: links not followed. */
export type Groups = { groupOf: Int32Array; groups: number; refused: number }

/** Two groups grow together only when at least this share of the pairs across them are links. */
const leastShare = 0.5

/**
 * Joins linked records into groups, the surest links first. A single link never chains two groups: half of the pairs across
 * them must be links. So one wrong pair cannot draw twenty children into one.
 */
export function groupLinks(count: number, { left, right, weights }: Links): Groups {
  const order = surestFirst({ left, right, weights })
  const neighbours = neighboursOf(count, left, right)
  const all = eachAlone(count)
  let refused = 0
  for (const link of order) {
    const [a, b] = [rootOf(all.parents, left[link] ?? 0), rootOf(all.parents, right[link] ?? 0)]
    if (a === b) continue
    const [sizeA, sizeB] = [all.sizes[a] ?? 0, all.sizes[b] ?? 0]
    const [smaller, larger] = sizeA < sizeB ? [a, b] : [b, a]
    if (linksAcross(all, neighbours, smaller, larger) < leastShare * sizeA * sizeB) refused++
    else join(all, Math.min(a, b), Math.max(a, b))
  }
  return { ...numbered(count, all), refused }
}

/** Groups as they grow: each goes by its first record, from which its members follow each other. */
type Growing = { parents: Int32Array; sizes: Int32Array; next: Int32Array; last: Int32Array }

function eachAlone(count: number): Growing {
  const parents = new Int32Array(count)
  for (let record = 0; record < count; record++) parents[record] = record
  return {
    parents,
    sizes: new Int32Array(count).fill(1),
    next: new Int32Array(count).fill(-1),
    last: parents.slice(),
  }
}

function join({ parents, sizes, next, last }: Growing, root: number, other: number): void {
  parents[other] = root
  sizes[root] = (sizes[root] ?? 0) + (sizes[other] ?? 0)
  next[last[root] ?? 0] = other
  last[root] = last[other] ?? 0
}

/** Places of the links, the surest first; of one weight in the order of their records. */
function surestFirst({ left, right, weights }: Links): Int32Array {
  return descending(weights, ascending(left, ascending(right)))
}

function rootOf(parents: Int32Array, record: number): number {
  let root = record
  while (parents[root] !== root) {
    const above = parents[parents[root] ?? 0] ?? 0
    parents[root] = above
    root = above
  }
  return root
}

type Neighbours = { starts: Int32Array; list: Int32Array }

function neighboursOf(count: number, left: Int32Array, right: Int32Array): Neighbours {
  const starts = new Int32Array(count + 1)
  for (let at = 0; at < left.length; at++) {
    starts[(left[at] ?? 0) + 1] = (starts[(left[at] ?? 0) + 1] ?? 0) + 1
    starts[(right[at] ?? 0) + 1] = (starts[(right[at] ?? 0) + 1] ?? 0) + 1
  }
  for (let record = 0; record < count; record++) starts[record + 1] = (starts[record + 1] ?? 0) + (starts[record] ?? 0)
  const list = new Int32Array(left.length * 2)
  const next = starts.slice()
  for (let at = 0; at < left.length; at++) {
    const [a, b] = [left[at] ?? 0, right[at] ?? 0]
    list[next[a] ?? 0] = b
    next[a] = (next[a] ?? 0) + 1
    list[next[b] ?? 0] = a
    next[b] = (next[b] ?? 0) + 1
  }
  return { starts, list }
}

function linksAcross(
  { parents, next }: Growing,
  { starts, list }: Neighbours,
  smaller: number,
  larger: number,
): number {
  let links = 0
  for (let record = smaller; record >= 0; record = next[record] ?? -1)
    for (let at = starts[record] ?? 0; at < (starts[record + 1] ?? 0); at++)
      if (rootOf(parents, list[at] ?? 0) === larger) links++
  return links
}

function numbered(count: number, { parents, sizes }: Growing): { groupOf: Int32Array; groups: number } {
  const groupOf = new Int32Array(count)
  let groups = 0
  for (let record = 0; record < count; record++) {
    const root = rootOf(parents, record)
    if ((sizes[root] ?? 0) < 2) continue
    if (groupOf[root] === 0) groupOf[root] = ++groups
    groupOf[record] = groupOf[root] ?? 0
  }
  return { groupOf, groups }
}

/** Of two files: each record keeps its surest link only, where that is the other's surest that is still free. */
export function oneToOne({ left, right, weights }: Links): boolean[] {
  const order = surestFirst({ left, right, weights })
  const taken = new Set<number>()
  const kept = weights.length === 0 ? [] : Array.from(weights, () => false)
  for (const link of order) {
    const [a, b] = [left[link] ?? 0, right[link] ?? 0]
    if (taken.has(a) || taken.has(b)) continue
    taken.add(a)
    taken.add(b)
    kept[link] = true
  }
  return kept
}
