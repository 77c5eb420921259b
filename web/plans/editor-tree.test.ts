import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankNode } from './draft.ts'
import {
  addAfter,
  branchOf,
  depthsOf,
  indent,
  mended,
  move,
  outdent,
  pathAfter,
  remove,
  renumber,
  type Nodes,
} from './editor-tree.ts'

/** `a`, ` b`, ` c`, `d`: one space a level. */
function plan(...lines: string[]): Nodes {
  const open: string[] = []
  return lines.map((line) => {
    const depth = line.length - line.trimStart().length
    const key = line.trim()
    open.length = depth
    const node = { ...blankNode(depth === 0 ? 'group' : 'task', open.at(-1) ?? null, ''), key }
    open.push(key)
    return node
  })
}

function drawn(nodes: Nodes): string[] {
  const depths = depthsOf(nodes)
  return nodes.map((node) => ' '.repeat(depths.get(node.key) ?? 0) + node.key)
}

describe('the outline of a plan', () => {
  const nodes = plan('a', ' b', '  c', ' d', 'e')

  it('stays whole when two people joined theirs: what lost its group stands at the highest level', () => {
    expect(mended(nodes)).toEqual(nodes)
    expect(drawn(mended(nodes.filter((node) => node.key !== 'b')))).toEqual(['a', ' d', 'c', 'e'])
  })

  it('never lays a group below itself, whoever put which below which', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'gone']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(null, ...keys), { minLength: 5, maxLength: 5 }), (parents) => {
        const tangled = nodes.map((node, at) => ({ ...node, parentKey: parents[at] ?? null }))
        const sound = mended(tangled)
        expect(sound.map((node) => node.key).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
        const before = new Set<string | null>([null])
        for (const node of sound) {
          expect(before.has(node.parentKey)).toBe(true)
          before.add(node.key)
        }
      }),
    )
  })

  it('puts a task one step deeper below the task before it', () => {
    expect(drawn(indent(nodes, 'd'))).toEqual(['a', ' b', '  c', '  d', 'e'])
    expect(drawn(indent(nodes, 'b'))).toEqual(drawn(nodes))
  })

  it('puts a task one step up right after its parent, with all below it', () => {
    expect(drawn(outdent(nodes, 'b'))).toEqual(['a', ' d', 'b', ' c', 'e'])
    expect(drawn(outdent(nodes, 'a'))).toEqual(drawn(nodes))
  })

  it('moves a branch past its sibling whole', () => {
    expect(drawn(move(nodes, 'b', 1))).toEqual(['a', ' d', ' b', '  c', 'e'])
    expect(drawn(move(nodes, 'e', -1))).toEqual(['e', 'a', ' b', '  c', ' d'])
    expect(drawn(move(nodes, 'd', 1))).toEqual(drawn(nodes))
  })

  it('adds a task at the end of the group one stands on, and beside the task one stands on', () => {
    const inGroup = addAfter(nodes, 'a', 'task')
    expect(drawn(inGroup.nodes)).toEqual(['a', ' b', '  c', ' d', ` ${inGroup.key}`, 'e'])
    const beside = addAfter(nodes, 'b', 'task')
    expect(drawn(beside.nodes)).toEqual(['a', ' b', '  c', ` ${beside.key}`, ' d', 'e'])
  })

  it('removes a branch and goes on with what stood after it', () => {
    expect(remove(nodes, 'b')).toMatchObject({ next: 'd' })
    expect(drawn(remove(nodes, 'b').nodes)).toEqual(['a', ' d', 'e'])
    expect(remove(nodes, 'e')).toMatchObject({ next: 'd' })
  })

  it('numbers by place', () => {
    expect(renumber(nodes).map((node) => node.path)).toEqual(['1', '1.1', '1.1.1', '1.2', '2'])
    expect(['3', '3.9', 'II', 'a'].map(pathAfter)).toEqual(['4', '3.10', '', ''])
  })

  it('stays a tree in document order whatever is done to it', () => {
    const act = fc.record({ kind: fc.constantFrom('in', 'out', 'up', 'down', 'add', 'cut'), at: fc.nat(30) })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let now = nodes
        for (const { kind, at } of acts) {
          const key = now[at % Math.max(1, now.length)]?.key
          if (key === undefined) now = addAfter(now, null, 'group').nodes
          else if (kind === 'in') now = indent(now, key)
          else if (kind === 'out') now = outdent(now, key)
          else if (kind === 'add') now = addAfter(now, key, 'task').nodes
          else if (kind === 'cut') now = remove(now, key).nodes
          else now = move(now, key, kind === 'up' ? -1 : 1)
        }
        const seen = new Set<string>()
        for (const node of now) {
          expect(seen.has(node.key)).toBe(false)
          if (node.parentKey !== null) expect(seen.has(node.parentKey)).toBe(true)
          seen.add(node.key)
        }
        for (const node of now) {
          const branch = branchOf(now, node.key)
          const from = now.indexOf(node)
          expect(now.slice(from, from + branch.length)).toEqual(branch)
        }
      }),
    )
  })
})
