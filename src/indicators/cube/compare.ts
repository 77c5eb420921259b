import type { Cell } from '../rollup/total.ts'
import type { Cube } from './cube.ts'
import type { Group } from './group.ts'
import { width } from './layout.ts'

/** Whether two cubes of one land hold a lane with the same figures and, bit for bit, the same sums. */
export function sameLane(one: Cube, other: Cube, name: string): boolean {
  const [here, there] = [one.lanes.get(name), other.lanes.get(name)]
  if (here === undefined || there === undefined) return here === there
  if (!sameCells(here.cells ?? here.outside, there.cells ?? there.outside)) return false
  if (here.group === null || there.group === null) return here.group === there.group
  const theirs = arraysOf(there.group)
  return arraysOf(here.group).every((array, at) => sameColumn([array, here.lane], [theirs[at] ?? [], there.lane]))
}

function arraysOf({ numerators, denominators, marks, ...sums }: Group): ArrayLike<number>[] {
  const numbers = (denominators === null ? [numerators] : [numerators, denominators]).flatMap((all) => [
    ...[all.slots, all.grains, all.blocks, all.targets],
  ])
  return [marks, sums.grainCounts, sums.blockCounts, sums.targetCounts, ...numbers]
}

type Column = [array: ArrayLike<number>, lane: number]

/** One lane of each of two arrays, in which the lanes of a place follow each other. */
function sameColumn([one, lane]: Column, [other, otherLane]: Column): boolean {
  if (one.length !== other.length) return false
  for (let place = 0; place < one.length; place += width)
    if (!Object.is(one[place + lane], other[place + otherLane])) return false
  return true
}

function sameCells(one: ReadonlyMap<string, Cell>, other: ReadonlyMap<string, Cell>): boolean {
  return one.size === other.size && [...one].every(([unit, cell]) => sameCell(cell, other.get(unit)))
}

function sameCell(one: Cell, other: Cell | undefined): boolean {
  return (
    other !== undefined &&
    one.isLate === other.isLate &&
    one.status === other.status &&
    one.absence === other.absence &&
    Object.is(one.numerator, other.numerator) &&
    Object.is(one.denominator, other.denominator)
  )
}
