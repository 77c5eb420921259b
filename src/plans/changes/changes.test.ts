import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DraftEdit, type NodeInput } from '../model.ts'
import { aDuty, aGroup, aTask, bodyId } from '../../../test/kit/plan-world.ts'
import { decideBulk } from './bulk.ts'
import { inverse } from './rules.ts'
import { applyToNodes } from './tree.ts'

const id = (at: number) => `0190b0b0-0000-7000-8000-${String(at).padStart(12, '0')}`
const bodiesOf = ['south', 'southHealth', 'southSchools', 'solheim'] as const
const kinds = ['lead', 'support', 'requested'] as const

/** A draft as a reader walks it: each below the one above it. */
const aDraft = fc
  .array(
    fc.record({
      depth: fc.integer({ min: 0, max: 3 }),
      isGroup: fc.boolean(),
      duties: fc.uniqueArray(fc.constantFrom(...bodiesOf), { maxLength: 3 }),
      programmes: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drawn) => {
    const line: string[] = []
    return drawn.map(({ depth, isGroup, duties, programmes }, at): NodeInput => {
      line.length = Math.min(line.length, depth)
      const parentKey = line.at(-1) ?? null
      const base = { key: id(at), parentKey, path: String(at), text: `Việc ${at}` }
      if (isGroup) line.push(base.key)
      return isGroup
        ? aGroup(base)
        : aTask({
            ...base,
            programmes,
            duties: duties.map((body, which) => aDuty(kinds[(at + which) % 3] ?? 'lead', body)),
          })
    })
  })

const anEdit = (nodes: readonly NodeInput[]) =>
  fc
    .record(
      {
        nodeIds: fc.uniqueArray(fc.constantFrom(...nodes.map((node) => node.key)), { minLength: 1 }),
        duties: fc.array(
          fc
            .record({ kind: fc.constantFrom(...kinds), body: fc.constantFrom(...bodiesOf), isOn: fc.boolean() })
            .map(({ kind, body, isOn }) => ({ ...aDuty(kind, body), isOn })),
          { maxLength: 3 },
        ),
        programmes: fc.array(fc.record({ code: fc.constantFrom('a', 'b', 'd'), isOn: fc.boolean() }), { maxLength: 2 }),
        output: fc.constantFrom(null, 'Báo cáo'),
        time: fc.constantFrom(null, {
          kind: 'continuous' as const,
          text: 'Hằng năm',
          from: null,
          to: null,
          frequency: null,
        }),
        place: fc.constantFrom(null, ...nodes.map((node) => node.key)).map((parentId) => ({ parentId })),
      },
      { requiredKeys: ['nodeIds'] },
    )
    .map((edit) => DraftEdit.parse(edit))

const both = aDraft.chain((nodes) => fc.tuple(fc.constant(nodes), anEdit(nodes)))

describe('changes of many tasks', () => {
  test('taken back leave the draft exactly as it was', () => {
    fc.assert(
      fc.property(both, ([nodes, edit]) => {
        const { changes } = decideBulk(nodes, edit)
        const after = applyToNodes(nodes, changes)
        const done = changes.filter((_change, at) => !after.left.has(at))
        const back = applyToNodes(after.nodes, inverse(done))
        expect([...back.left]).toEqual([])
        expect(back.nodes).toEqual(nodes)
      }),
      { numRuns: 500 },
    )
  })

  test('lose no task, keep every parent, and touch none that was not chosen', () => {
    fc.assert(
      fc.property(both, ([nodes, edit]) => {
        const { nodes: after } = applyToNodes(nodes, decideBulk(nodes, edit).changes)
        expect(after.map((node) => node.key).toSorted()).toEqual(nodes.map((node) => node.key).toSorted())
        const place = new Map(after.map((node, at) => [node.key, at]))
        for (const [at, node] of after.entries())
          if (node.parentKey !== null) expect(place.get(node.parentKey) ?? Infinity).toBeLessThan(at)
        const chosen = new Set(edit.nodeIds)
        for (const node of nodes)
          if (!chosen.has(node.key)) expect(after.find((one) => one.key === node.key)).toEqual(node)
      }),
      { numRuns: 300 },
    )
  })

  test('made twice change nothing the second time', () => {
    fc.assert(
      fc.property(both, ([nodes, { place: _place, ...edit }]) => {
        const { nodes: after } = applyToNodes(nodes, decideBulk(nodes, edit).changes)
        expect(decideBulk(after, edit).changes).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('a body laid on many tasks', () => {
  const tasks = [
    aTask({ key: id(1), duties: [aDuty('lead', 'southHealth')] }),
    aTask({ key: id(2), duties: [aDuty('lead', 'southSchools'), aDuty('support', 'southHealth')] }),
  ]
  const edit = (duties: DraftEdit['duties']) => decideBulk(tasks, DraftEdit.parse({ nodeIds: [id(1), id(2)], duties }))

  test('is added where it is missing, and where it owes something else the row says so', () => {
    const { changes, refused } = edit([{ ...aDuty('support', 'southHealth'), isOn: true }])
    expect(changes).toEqual([])
    expect(refused.map((row) => row.code)).toEqual(['plans.change-other-duty'])
  })

  test('changes from lead to support when the lead is taken away with it', () => {
    const { changes, refused } = edit([
      { ...aDuty('lead', 'southHealth'), isOn: false },
      { ...aDuty('support', 'southHealth'), isOn: true },
    ])
    expect(refused).toEqual([])
    expect(changes.map(({ recordId, change }) => [recordId, change.becomes])).toEqual([
      [id(1), [{ ...aDuty('support', 'southHealth'), raw: 'Råd southHealth' }]],
    ])
  })

  test('and taken away leaves the others', () => {
    const { nodes } = applyToNodes(tasks, edit([{ ...aDuty('support', 'southHealth'), isOn: false }]).changes)
    expect(nodes.map((node) => node.duties.map((duty) => duty.addressedId))).toEqual([
      [bodyId('southHealth')],
      [bodyId('southSchools')],
    ])
  })
})

test('a field another person changed meanwhile is left, the rest of the record is changed', () => {
  const before = [aTask({ key: id(1), output: 'A' })]
  const { changes } = decideBulk(
    before,
    DraftEdit.parse({ nodeIds: [id(1)], output: 'B', funding: 'Ngân sách', time: null }),
  )
  const meanwhile = before.map((node) => ({ ...node, output: 'C' }))
  const { nodes, left } = applyToNodes(meanwhile, changes)
  expect([...left.values()]).toEqual(['plans.changed-since'])
  expect(nodes[0]).toMatchObject({ output: 'C', funding: 'Ngân sách' })
})
