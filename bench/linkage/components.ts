import type { Outcome } from '../../src/linkage/run.ts'

/** Groups that linked pairs make where nothing guards against chains: what the rival's clustering must find. */
export function plainGroups({ scored, linked }: Outcome, records: number): number {
  const parents = Int32Array.from({ length: records }, (_none, record) => record)
  const rootOf = (record: number): number => {
    let root = record
    while (parents[root] !== root) root = parents[root] = parents[parents[root] ?? 0] ?? 0
    return root
  }
  const members = new Set<number>()
  let joins = 0
  linked.forEach((isLinked, at) => {
    if (isLinked === 0) return
    const [left, right] = [scored.left[at] ?? 0, scored.right[at] ?? 0]
    members.add(left).add(right)
    const [a, b] = [rootOf(left), rootOf(right)]
    if (a === b) return
    parents[Math.max(a, b)] = Math.min(a, b)
    joins++
  })
  return members.size - joins
}
