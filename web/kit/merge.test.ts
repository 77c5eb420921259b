import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSame, joined, mergeFields, orderOf, pathKey, type Choices, type Three } from './merge.ts'

interface Node {
  key: string
  text: string
  output: string | null
  lines: string[]
}
interface Draft {
  title: string
  place: string | null
  head: { name: string; post: string }
  bases: string[]
  time: { from: string; to: string } | null
  nodes: Node[]
}

const word = fc.constantFrom('a', 'b', 'c', '')
const node = (key: string): fc.Arbitrary<Node> =>
  fc.record({ key: fc.constant(key), text: word, output: fc.option(word), lines: fc.array(word, { maxLength: 2 }) })
const nodes = fc
  .shuffledSubarray(['n1', 'n2', 'n3', 'n4', 'n5'])
  .chain((keys) => fc.tuple(...keys.map((key) => node(key))))
const draft: fc.Arbitrary<Draft> = fc.record({
  title: word,
  place: fc.option(word),
  head: fc.record({ name: word, post: word }),
  bases: fc.array(word, { maxLength: 3 }),
  time: fc.option(fc.record({ from: word, to: word })),
  nodes,
})
const three: fc.Arbitrary<Three<Draft>> = fc.record({ base: draft, mine: draft, theirs: draft })
const whole = ['time']
const merge = (of: Three<Draft>, choices: Choices = {}) => mergeFields(of, { whole, choices })
const keys = (value: Draft) => value.nodes.map((one) => one.key)

/** Fields of a draft by their path, entries of lists by their key. */
function leaves(value: unknown, path: readonly string[] = []): Map<string, unknown> {
  if (path.at(-1) === 'time' || typeof value !== 'object' || value === null) return new Map([[pathKey(path), value]])
  if (Array.isArray(value)) {
    if (path.at(-1) !== 'nodes') return new Map([[pathKey(path), value]])
    return new Map((value as Node[]).flatMap((entry) => [...leaves(entry, [...path, entry.key])]))
  }
  return new Map(Object.entries(value).flatMap(([name, part]) => [...leaves(part, [...path, name])]))
}

/** Whether a clash says of a field, or of the entry around it, that both changed it. */
function isSaid(clashes: readonly { path: readonly string[] }[], key: string): boolean {
  const path = JSON.parse(key) as string[]
  return clashes.some((clash) => clash.path.every((part, at) => path[at] === part))
}

describe('two people change one value', () => {
  test('what only one of them changed stands, and nobody is asked', () => {
    fc.assert(
      fc.property(draft, draft, (base, changed) => {
        expect(merge({ base, mine: changed, theirs: base })).toEqual({ value: changed, clashes: [], taken: [] })
        const taken = merge({ base, mine: base, theirs: changed })
        expect(taken.value).toEqual(changed)
        expect(taken.clashes).toEqual([])
        expect(merge({ base, mine: changed, theirs: changed })).toEqual({ value: changed, clashes: [], taken: [] })
      }),
    )
  })

  test('nothing typed is lost: each field I changed stands, or I am asked about it', () => {
    fc.assert(
      fc.property(three, (of) => {
        const { value, clashes } = merge(of)
        const [base, mine, theirs, result] = [leaves(of.base), leaves(of.mine), leaves(of.theirs), leaves(value)]
        for (const [key, said] of mine)
          if (!isSame(base.get(key), said)) expect(isSame(result.get(key), said) || isSaid(clashes, key)).toBe(true)
        for (const [key, said] of theirs)
          if (!isSame(base.get(key), said)) expect(isSame(result.get(key), said) || isSaid(clashes, key)).toBe(true)
      }),
    )
  })

  test('nothing is invented: each field stands as one of them has it', () => {
    fc.assert(
      fc.property(three, (of) => {
        const [mine, theirs] = [leaves(of.mine), leaves(of.theirs)]
        for (const [key, said] of leaves(merge(of).value))
          expect(isSame(mine.get(key), said) || isSame(theirs.get(key), said)).toBe(true)
      }),
    )
  })

  test('both are asked about the same fields, whoever saves second', () => {
    fc.assert(
      fc.property(three, (of) => {
        const paths = (merged: ReturnType<typeof merge>) => merged.clashes.map((clash) => pathKey(clash.path)).sort()
        const swapped = merge({ base: of.base, mine: of.theirs, theirs: of.mine })
        expect(paths(swapped)).toEqual(paths(merge(of)))
      }),
    )
  })

  test('choosing all of mine or all of theirs gives the same result from either side', () => {
    fc.assert(
      fc.property(three, (of) => {
        const asked = merge(of).clashes
        const all = (choice: 'mine' | 'theirs') =>
          Object.fromEntries(asked.map((clash) => [pathKey(clash.path), choice]))
        const theirs = merge(of, all('theirs')).value
        const swapped = merge({ base: of.base, mine: of.theirs, theirs: of.mine }, all('mine')).value
        expect(leaves(theirs)).toEqual(leaves(swapped))
      }),
    )
  })

  test('no entry stands twice, and those in all three keep the order of whoever moved them', () => {
    fc.assert(
      fc.property(three, (of) => {
        const { value, clashes } = merge(of)
        expect(new Set(keys(value)).size).toBe(keys(value).length)
        if (clashes.some((clash) => clash.path.at(-1) === orderOf)) return
        const common = keys(of.base).filter((key) => keys(of.mine).includes(key) && keys(of.theirs).includes(key))
        const inOrder = (order: string[]) => order.filter((key) => common.includes(key))
        const orders = [of.mine, of.theirs].map((each) => inOrder(keys(each)))
        expect(orders).toContainEqual(inOrder(keys(value)))
      }),
    )
  })
})

describe('the fields of a plan', () => {
  const one = { key: 'n1', text: 'Tập huấn', output: null, lines: [] }
  const base: Draft = {
    title: 'Kế hoạch',
    place: null,
    head: { name: 'An', post: 'Chủ tịch' },
    bases: ['Luật Trẻ em'],
    time: { from: '2026-01-01', to: '2026-06-30' },
    nodes: [one],
  }

  test('texts and lists both changed are shown with what they were, and may be joined', () => {
    const mine = { ...base, bases: ['Luật Trẻ em', 'Nghị định 56'], title: 'Kế hoạch năm 2026' }
    const theirs = { ...base, bases: ['Luật Trẻ em', 'Quyết định 27'], place: 'Đà Lạt' }
    const { value, clashes, taken } = merge({ base, mine, theirs })
    expect(clashes).toEqual([{ path: ['bases'], base: base.bases, mine: mine.bases, theirs: theirs.bases }])
    expect(taken).toEqual([['place']])
    expect(value).toMatchObject({ title: 'Kế hoạch năm 2026', place: 'Đà Lạt' })
    const both = merge({ base, mine, theirs }, { [pathKey(['bases'])]: 'both' })
    expect(both.value.bases).toEqual(['Luật Trẻ em', 'Quyết định 27', 'Nghị định 56'])
    expect(joined('mine', 'theirs')).toBe('theirs\nmine')
    expect(joined(null, 'theirs')).toBeUndefined()
  })

  test('a time is one field: never my beginning with their end', () => {
    const mine = { ...base, time: { from: '2026-08-01', to: '2026-12-31' } }
    const theirs = { ...base, time: { from: '2026-01-01', to: '2026-03-31' } }
    expect(merge({ base, mine, theirs }).clashes.map((clash) => clash.path)).toEqual([['time']])
  })

  test('a task one took out and the other rewrote is asked about', () => {
    const theirs = { ...base, nodes: [{ ...one, text: 'Tập huấn hai đợt' }] }
    const { value, clashes } = merge({ base, mine: { ...base, nodes: [] }, theirs })
    expect(clashes).toMatchObject([{ path: ['nodes', 'n1'], mine: undefined }])
    expect(value.nodes).toEqual([])
    const kept = merge({ base, mine: { ...base, nodes: [] }, theirs }, { [pathKey(['nodes', 'n1'])]: 'theirs' })
    expect(kept.value.nodes).toEqual(theirs.nodes)
  })

  test('tasks both added stand, each after the one it was put after', () => {
    const [two, own, other] = ['n2', 'own', 'other'].map((key) => ({ ...one, key }))
    if (!two || !own || !other) throw new Error('three nodes')
    const start = { ...base, nodes: [one, two] }
    const merged = merge({
      base: start,
      mine: { ...start, nodes: [one, own, two] },
      theirs: { ...start, nodes: [one, two, other] },
    })
    expect(keys(merged.value)).toEqual(['n1', 'own', 'n2', 'other'])
    expect(merged.clashes).toEqual([])
  })
})
