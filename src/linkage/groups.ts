import { descending } from './values/order.ts'

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
  const parents = Int32Array.from({ length: count }, (_none, record) => record)
  const members = new Map<number, number[]>()
  let refused = 0
  for (const link of order) {
    const [a, b] = [rootOf(parents, left[link] ?? 0), rootOf(parents, right[link] ?? 0)]
    if (a === b) continue
    const [smaller, larger] = sorted(members.get(a) ?? [a], members.get(b) ?? [b])
    if (linksAcross(parents, neighbours, smaller, larger) < leastShare * smaller.length * larger.length) {
      refused++
      continue
    }
    const root = Math.min(a, b)
    parents[Math.max(a, b)] = root
    for (const record of smaller) larger.push(record)
    members.delete(a)
    members.delete(b)
    members.set(root, larger)
  }
  return { ...numbered(count, parents, members), refused }
}

/** Places of the links, the surest first; of one weight in the order of their records. */
function surestFirst({ left, right, weights }: Links): Int32Array {
  let most = 0
  for (const record of right) most = Math.max(most, record)
  const byRecords = descending(Float64Array.from(left, (record, link) => -(record * (most + 1) + (right[link] ?? 0))))
  return descending(Float64Array.from(byRecords, (link) => weights[link] ?? 0)).map((place) => byRecords[place] ?? 0)
}

function sorted(a: number[], b: number[]): [number[], number[]] {
  return a.length < b.length ? [a, b] : [b, a]
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

function linksAcross(parents: Int32Array, { starts, list }: Neighbours, smaller: number[], larger: number[]): number {
  const root = rootOf(parents, larger[0] ?? 0)
  let links = 0
  for (const record of smaller)
    for (let at = starts[record] ?? 0; at < (starts[record + 1] ?? 0); at++)
      if (rootOf(parents, list[at] ?? 0) === root) links++
  return links
}

function numbered(
  count: number,
  parents: Int32Array,
  members: Map<number, number[]>,
): { groupOf: Int32Array; groups: number } {
  const groupOf = new Int32Array(count)
  let groups = 0
  for (let record = 0; record < count; record++) {
    const root = rootOf(parents, record)
    if (!members.has(root)) continue
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
