import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '#platform'
import type { NodeInput } from './model.ts'
import { checkTree } from './rules.ts'

const faultsOf = (work: () => unknown): { code: string; fields: string[] } => {
  try {
    work()
  } catch (fault) {
    if (fault instanceof Problem)
      return { code: fault.code, fields: fault.fields.map((field) => `${field.pointer} ${field.code}`) }
    throw fault
  }
  return { code: 'none', fields: [] }
}

function aNode(over: Pick<NodeInput, 'key' | 'parentKey'>): NodeInput {
  return {
    kind: 'task',
    path: '1',
    text: 'Arbeid',
    output: null,
    funding: null,
    time: null,
    duties: [],
    source: null,
    programmes: [],
    bases: [],
    ...over,
  }
}

describe('the tree of a draft', () => {
  const tree = (...edges: [string, string | null][]) => edges.map(([key, parentKey]) => aNode({ key, parentKey }))
  test.each<[string, NodeInput[], string[]]>([
    ['a task twice', tree(['a', null], ['a', null]), ['/nodes plans.key-twice']],
    ['a parent that is not there', tree(['a', 'x']), ['/nodes/0/parentKey plans.parent-unknown']],
    ['a task above itself', tree(['a', 'a']), ['/nodes/0/parentKey plans.parent-unknown']],
    [
      'a circle',
      tree(['a', 'b'], ['b', 'a'], ['c', null]),
      ['/nodes/0/parentKey plans.parent-unknown', '/nodes/1/parentKey plans.parent-unknown'],
    ],
  ])('%s is refused', (_name, nodes, fields) => {
    expect(faultsOf(() => checkTree(nodes))).toEqual({ code: 'plans.tree-broken', fields })
  })

  test('every forest is accepted, in whatever order its nodes come; every parent bent into a circle is refused', () => {
    const forest = fc
      .array(fc.nat(), { minLength: 1, maxLength: 40 })
      .map((choices) =>
        choices.map((choice, at) =>
          aNode({ key: `n${at}`, parentKey: at === 0 || choice % 4 === 0 ? null : `n${choice % at}` }),
        ),
      )
    fc.assert(
      fc.property(forest, fc.nat(), fc.infiniteStream(fc.nat()), (nodes, seed, order) => {
        const mixed = [...nodes].map((node) => ({ node, at: order.next().value })).sort((a, b) => a.at - b.at)
        expect(faultsOf(() => checkTree(mixed.map(({ node }) => node))).code).toBe('none')
        const bent = nodes[seed % nodes.length]
        if (!bent) return
        let root = bent
        while (root.parentKey !== null) root = nodes.find((node) => node.key === root.parentKey) ?? root
        const circle = nodes.map((node) => (node.key === root.key ? { ...node, parentKey: bent.key } : node))
        expect(faultsOf(() => checkTree(circle)).code).toBe('plans.tree-broken')
      }),
    )
  })
})
