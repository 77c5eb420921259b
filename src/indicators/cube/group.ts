import { bytes, counts, width, type Job } from './layout.ts'
import type { Plan } from './plan.ts'
import { take, type Room } from './room.ts'

/** One of a group's numbers with the sums made of it. */
export type Numbers = { slots: Int32Array; grains: Int32Array; blocks: Float64Array; targets: Float64Array }

/**
 * Up to `width` lanes over the same units, laid slot by slot: the lanes of one slot follow each other, so that one
 * instruction adds several. Beside the cells stand the sums of grains, blocks and targets.
 */
export type Group = {
  plan: Plan
  /** Lanes in use. */
  lanes: number
  job: Job
  numerators: Numbers
  denominators: Numbers | null
  marks: Uint8Array
  grainCounts: Uint8Array
  blockCounts: Uint16Array
  targetCounts: Int32Array
}

/** Where the starts of a plan's runs lie; one for all its groups. */
export type PlanAddress = { grainStarts: number; blockStarts: number; targetStarts: number }

export function layStarts(room: Room, plan: Plan): PlanAddress {
  const lay = (starts: Int32Array) => {
    const address = take(room, starts.byteLength)
    new Int32Array(room.memory.buffer, address, starts.length).set(starts)
    return address
  }
  const list = lay(Int32Array.from(plan.blocksOf.flatMap((blocks) => [...blocks])))
  let end = list
  const targetStarts = Int32Array.from([list, ...plan.blocksOf.map((blocks) => (end += blocks.byteLength))])
  return { grainStarts: lay(plan.grainStarts), blockStarts: lay(plan.blockStarts), targetStarts: lay(targetStarts) }
}

/** An empty group. */
export function layGroup(room: Room, of: { plan: Plan; starts: PlanAddress; hasDenominators: boolean }): Group {
  const { plan } = of
  const [slots, grains, blocks] = [plan.slots.length, plan.grainStarts.length - 1, plan.blockStarts.length - 1]
  const targets = plan.blocksOf.length
  const layNumbers = () => ({
    slots: take(room, slots * bytes.slotNumbers),
    grains: take(room, grains * bytes.grainNumbers),
    blocks: take(room, blocks * bytes.blockNumbers),
    targets: take(room, targets * bytes.targetNumbers),
  })
  const numbers = of.hasDenominators ? [layNumbers(), layNumbers()] : [layNumbers()]
  const job: Job = {
    ...{ ...of.starts, grains, blocks, targets, numbers },
    marks: take(room, slots * bytes.slotMarks),
    grainCounts: take(room, grains * bytes.grainCounts),
    blockCounts: take(room, blocks * bytes.blockCounts),
    targetCounts: take(room, targets * bytes.targetCounts),
  }
  const { buffer } = room.memory
  const viewed = numbers.map((at): Numbers => ({
    slots: new Int32Array(buffer, at.slots, slots * width),
    grains: new Int32Array(buffer, at.grains, grains * width),
    blocks: new Float64Array(buffer, at.blocks, blocks * width),
    targets: new Float64Array(buffer, at.targets, targets * width),
  }))
  const [numerators, denominators = null] = viewed
  if (numerators === undefined) throw new Error('a group has numerators')
  return {
    ...{ plan, job, numerators, denominators, lanes: 0 },
    marks: new Uint8Array(buffer, job.marks, slots * width),
    grainCounts: new Uint8Array(buffer, job.grainCounts, grains * counts * width),
    blockCounts: new Uint16Array(buffer, job.blockCounts, blocks * counts * width),
    targetCounts: new Int32Array(buffer, job.targetCounts, targets * counts * width),
  }
}

/** Puts a cell where a slot and lane meet, and into the sums it belongs to. */
export function replaceCell(
  group: Group,
  at: { slot: number; lane: number },
  cell: { mark: number; numerator: number; denominator: number },
): void {
  const { plan, numerators, denominators } = group
  const place = at.slot * width + at.lane
  const grain = plan.grainOf[at.slot] ?? 0
  const block = plan.blockOf[grain] ?? 0
  const targets = plan.targetsOver[block] ?? []
  const before = group.marks[place] ?? 0
  group.marks[place] = cell.mark
  for (let count = 0; count < counts; count++) {
    const change = ((cell.mark >>> count) & 1) - ((before >>> count) & 1)
    move(group.grainCounts, (grain * counts + count) * width + at.lane, change)
    move(group.blockCounts, (block * counts + count) * width + at.lane, change)
    for (const target of targets) move(group.targetCounts, (target * counts + count) * width + at.lane, change)
  }
  const change = (numbers: Numbers, value: number) => {
    const by = value - (numbers.slots[place] ?? 0)
    numbers.slots[place] = value
    move(numbers.grains, grain * width + at.lane, by)
    move(numbers.blocks, block * width + at.lane, by)
    for (const target of targets) move(numbers.targets, target * width + at.lane, by)
  }
  change(numerators, cell.numerator)
  if (denominators !== null) change(denominators, cell.denominator)
}

function move(array: Int32Array | Uint8Array | Uint16Array | Float64Array, place: number, by: number): void {
  array[place] = (array[place] ?? 0) + by
}
