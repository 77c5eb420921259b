import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rangeOf, type Equation } from '../../../test/kit/simplex.ts'
import { neededWidth, protect, proves, type Layer } from './protect.ts'
import { cellName, openTable, whole, type Bounds, type CountTable } from './table.ts'

const bound = 5
const anyCount: Bounds = () => ({ lowest: 0, highest: Infinity })

/** A table written by hand: a nation of provinces of communes with their counts. */
function aTable(
  provinces: Record<string, Record<string, Record<string, number>>>,
  dimensions: string[][] = [['f', 'm']],
): CountTable {
  const parents = new Map<string, string | null>([['nation', null]])
  const leaves = new Map<string, Map<string, number>>()
  for (const [province, communes] of Object.entries(provinces)) {
    parents.set(province, 'nation')
    for (const [commune, counts] of Object.entries(communes)) {
      parents.set(commune, province)
      leaves.set(commune, new Map(Object.entries(counts)))
    }
  }
  return { parents, dimensions, leaves }
}

/**
 * What somebody who has only what is published can say of a cell: the least and the greatest it can be. He knows how units and
 * slices add up, and the bounds; he has another solver than the one who hid.
 */
function attack(
  { table, bounds }: Layer,
  hidden: ReadonlySet<string>,
  cell: string,
): { least: number; greatest: number } {
  const open = openTable(table)
  const variables = new Map([...open.counts.keys()].filter((name) => hidden.has(name)).map((name, at) => [name, at]))
  let count = variables.size
  const equations: Equation[] = []
  const sumOf = (terms: readonly (readonly [string, number])[], slack = false) => {
    const of = new Map<number, number>()
    let is = 0
    for (const [name, by] of terms) {
      const variable = variables.get(name)
      if (variable === undefined) is -= by * (open.counts.get(name) ?? 0)
      else of.set(variable, (of.get(variable) ?? 0) + by)
    }
    if (slack) of.set(count++, 1)
    if (of.size > 0) equations.push({ of, is })
  }
  for (const unit of table.parents.keys()) {
    const below = [...table.parents].filter(([, parent]) => parent === unit).map(([name]) => name)
    for (const slice of [whole, ...table.dimensions.flat()]) {
      const said = below.map((name) => cellName(name, slice)).filter((name) => open.counts.has(name))
      if (said.length > 0) sumOf([[cellName(unit, slice), -1], ...said.map((name) => [name, 1] as const)])
    }
  }
  for (const [leaf, said] of table.leaves) {
    const total = said.get(whole)
    for (const slices of table.dimensions) {
      const own = slices.filter((slice) => said.has(slice))
      const sum = own.reduce((all, slice) => all + (said.get(slice) ?? 0), 0)
      if (total === undefined || own.length === 0 || sum > total) continue
      const terms = [[cellName(leaf, whole), -1] as const, ...own.map((slice) => [cellName(leaf, slice), 1] as const)]
      sumOf(terms, !(sum === total && own.length === slices.length))
    }
    for (const slice of said.keys()) {
      const { lowest, highest } = bounds(leaf, slice)
      const variable = variables.get(cellName(leaf, slice))
      if (variable === undefined) continue
      if (highest < Infinity)
        equations.push({
          of: new Map([
            [variable, 1],
            [count++, 1],
          ]),
          is: highest,
        })
      if (lowest > 0)
        equations.push({
          of: new Map([
            [variable, 1],
            [count++, -1],
          ]),
          is: lowest,
        })
    }
  }
  const range = rangeOf(variables.get(cell) ?? -1, count, equations)
  if (range === undefined) throw new Error('what is published contradicts itself')
  return range
}

const smallCells = ({ table }: Layer) =>
  [...openTable(table).counts].filter(([, count]) => count >= 1 && count <= bound).map(([cell]) => cell)

function expectSafe(layers: readonly Layer[], kept: Iterable<string> = []) {
  const { hidden, witnesses } = protect(layers, { bound, hidden: kept })
  for (const cell of kept) expect(hidden.has(cell)).toBe(true)
  for (const layer of layers) {
    const needed = (cell: string) => neededWidth(openTable(layer.table), layer.bounds, cell, bound)
    for (const cell of smallCells(layer)) {
      expect(hidden.has(cell)).toBe(true)
      const { least, greatest } = attack(layer, hidden, cell)
      expect([cell, greatest - least >= needed(cell) - 1e-6]).toEqual([cell, true])
    }
  }
  for (const witness of witnesses) {
    const layer = layers[witness.layer]
    expect(layer && proves(layer, hidden, witness, bound)).toBe(true)
  }
  return hidden
}

describe('the attacker of these tests', () => {
  test('finds what a single hidden cell was', () => {
    const table = aTable({ p: { a: { '': 3 }, b: { '': 40 } } }, [])
    expect(attack({ table, bounds: anyCount }, new Set(['a|']), 'a|')).toEqual({ least: 3, greatest: 3 })
  })

  test('sees through what no single sum gives away', () => {
    // Rows a (3 hidden) and b (2), columns f and m (2 each): both rows less both columns leave one cell.
    const table = aTable(
      {
        p: { a: { f: 3, m: 20, x: 30 }, b: { f: 25, m: 40, x: 10 }, c: { f: 20, m: 20, x: 20 } },
        q: { d: { f: 9, m: 9, x: 9 } },
      },
      [],
    )
    const withWholes = {
      ...table,
      dimensions: [['f', 'm', 'x']],
      leaves: new Map(
        [...table.leaves].map(([leaf, said]) => [
          leaf,
          new Map([['', [...said.values()].reduce((sum, one) => sum + one, 0)], ...said]),
        ]),
      ),
    }
    const layer = { table: withWholes, bounds: anyCount }
    const hidden = new Set(['a|f', 'a|m', 'a|x', 'b|m', 'b|x'])
    expect(attack(layer, hidden, 'a|f').greatest - attack(layer, hidden, 'a|f').least).toBeCloseTo(0)
  })
})

describe('small counts', () => {
  test('of one commune hide another count beside them, the smallest that serves', () => {
    const hidden = expectSafe([
      {
        table: aTable({ p: { a: { '': 3 }, b: { '': 40 }, c: { '': 9 } }, q: { d: { '': 50 } } }, []),
        bounds: anyCount,
      },
    ])
    expect([...hidden].sort()).toEqual(['a|', 'c|'])
  })

  test('of a slice hide a rectangle, and no whole', () => {
    const said = (f: number, m: number) => ({ '': f + m, f, m })
    const table = aTable({ p: { a: said(2, 30), b: said(20, 31), c: said(60, 61) }, q: { d: said(50, 51) } })
    expect([...expectSafe([{ table, bounds: anyCount }])].sort()).toEqual(['a|f', 'a|m', 'b|f', 'b|m'])
  })

  test('two small ones that lean on each other are not enough', () => {
    const table = aTable({ p: { a: { '': 1 }, b: { '': 1 }, c: { '': 40 } }, q: { d: { '': 90 } } }, [])
    expect([...expectSafe([{ table, bounds: anyCount }])].sort()).toEqual(['a|', 'b|', 'c|'])
  })

  test('zeros are told where nothing needs them', () => {
    const table = aTable({ p: { a: { '': 0 }, b: { '': 10 } }, q: { d: { '': 7 } } }, [])
    expect([...expectSafe([{ table, bounds: anyCount }])]).toEqual([])
  })

  test('a country of so few is not told at all', () => {
    const table = aTable({ p: { a: { '': 2 } } }, [])
    expect([...expectSafe([{ table, bounds: anyCount }])].sort()).toEqual(['a|', 'nation|', 'p|'])
  })

  test('what was hidden once stays hidden', () => {
    const table = aTable({ p: { a: { '': 8 }, b: { '': 40 } }, q: { d: { '': 50 } } }, [])
    expect([...expectSafe([{ table, bounds: anyCount }], ['a|', 'b|'])].sort()).toEqual(['a|', 'b|'])
  })
})

describe('in whatever table', () => {
  const count = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 7 }) },
    { weight: 2, arbitrary: fc.integer({ min: 8, max: 60 }) },
  )
  const leaf = fc.record({
    f: count,
    m: count,
    urban: fc.double({ min: 0, max: 1, noNaN: true }),
    says: fc.constantFrom('all', 'all', 'sex', 'whole', 'half', 'loose', 'wrong'),
    more: fc.integer({ min: 0, max: 20 }),
  })
  const country = fc.array(fc.array(leaf, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })

  function tableOf(provinces: typeof country extends fc.Arbitrary<infer T> ? T : never): {
    table: CountTable
    wholes: Map<string, number>
  } {
    const wholes = new Map<string, number>()
    const named = provinces.map((communes, at) => {
      const counts = communes.map(({ f, m, urban, says, more }, place): [string, Record<string, number>] => {
        const total = f + m
        const name = `c${at}.${place}`
        wholes.set(name, total + more)
        const residence = { u: Math.floor(total * urban), r: total - Math.floor(total * urban) }
        if (says === 'whole') return [name, { '': total }]
        if (says === 'sex') return [name, { '': total, f, m }]
        if (says === 'half') return [name, { '': total, f }]
        if (says === 'loose') return [name, { f, m }]
        if (says === 'wrong') return [name, { '': total, f: f + 3, m: m + 3 }]
        return [name, { '': total, f, m, ...residence }]
      })
      return [`p${at}`, Object.fromEntries(counts)] as const
    })
    return {
      table: aTable(Object.fromEntries(named), [
        ['f', 'm'],
        ['u', 'r'],
      ]),
      wholes,
    }
  }

  test('no small count follows from what is told, whoever adds and subtracts it', () => {
    fc.assert(
      fc.property(country, (provinces) => {
        expectSafe([{ table: tableOf(provinces).table, bounds: anyCount }])
      }),
      { numRuns: 150 },
    )
  })

  test('nor where everybody knows of how many they are a part', () => {
    fc.assert(
      fc.property(country, (provinces) => {
        const { table, wholes } = tableOf(provinces)
        const bounds: Bounds = (unit, slice) => ({
          lowest: 0,
          highest: Math.max(wholes.get(unit) ?? Infinity, table.leaves.get(unit)?.get(slice) ?? 0),
        })
        expectSafe([{ table, bounds }])
      }),
      { numRuns: 150 },
    )
  })

  test('nor in two kinds of count that are hidden together', () => {
    fc.assert(
      fc.property(country, (provinces) => {
        const { table, wholes } = tableOf(provinces)
        const of = { ...table, leaves: new Map([...wholes].map(([unit, most]) => [unit, new Map([['', most]])])) }
        const part: Bounds = (unit, slice) => ({
          lowest: 0,
          highest: slice === whole ? (wholes.get(unit) ?? Infinity) : Infinity,
        })
        const base: Bounds = (unit, slice) => ({ lowest: table.leaves.get(unit)?.get(slice) ?? 0, highest: Infinity })
        expectSafe([
          { table, bounds: part },
          { table: of, bounds: base },
        ])
      }),
      { numRuns: 80 },
    )
  })
})
