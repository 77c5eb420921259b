import type { UnitKey } from '#territory/model'
import type { Cell } from '../rollup/total.ts'
import { groupedLane, holdLane, type Cube, type Lane } from './cube.ts'
import { width } from './layout.ts'
import { cellOf, markOf } from './marks.ts'
import type { Plan } from './plan.ts'

/** Units in an order by which packed figures name them; the same object as long as it is the same order. Empty: one that is no longer known. */
export type UnitOrder = { units: readonly UnitKey[]; placeOf: ReadonlyMap<UnitKey, number> }

export function orderOf(units: readonly UnitKey[]): UnitOrder {
  return { units, placeOf: new Map(units.map((unit, place) => [unit, place])) }
}

/**
 * The figures of a lane as bytes: one bit for each unit of the order that has one; then all their numerators, their denominators where the lane
 * has any, and their marks.
 *
 * @returns undefined for a lane that is not held packed, or has a figure that bytes do not tell exactly
 */
export function packLane(cube: Cube, name: string, order: UnitOrder): Uint8Array | undefined {
  const held = groupedLane(cube, name)
  if (held === undefined) return undefined
  const { group, lane, outside } = held
  const slots = slotsOf(group.plan, order)
  const units = order.units.length
  const bits = new Uint8Array(bytesOfBits(units))
  const [numerators, denominators, marks] = [new Int32Array(units), new Int32Array(units), new Uint8Array(units)]
  let count = 0
  for (const [place, unit] of order.units.entries()) {
    const slot = slots[place] ?? -1
    const at = slot * width + lane
    const other = slot < 0 ? outside.get(unit) : undefined
    const mark = slot < 0 ? other && markOf(other) : group.marks[at]
    if (mark === undefined || (mark === 0 && other === undefined)) continue
    if (other !== undefined && !isTold(other, mark, group.denominators !== null)) return undefined
    bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7))
    marks[count] = mark
    numerators[count] = other?.numerator ?? (slot < 0 ? 0 : (group.numerators.slots[at] ?? 0))
    denominators[count] = other?.denominator ?? (slot < 0 ? 0 : (group.denominators?.slots[at] ?? 0))
    count++
  }
  const isElsewhere = (unit: UnitKey) => !order.placeOf.has(unit)
  if (group.plan.slots.some(isElsewhere) || outside.keys().some(isElsewhere)) return undefined
  const numbers = group.denominators === null ? [numerators] : [numerators, denominators]
  const parts = numbers.map((all) => new Uint8Array(all.buffer, 0, count * 4))
  return Buffer.concat([bits, ...parts, marks.subarray(0, count)])
}

/** Takes in all figures of a lane that were packed, where none is held. Sums are not made before `sumUp`. @returns how many, undefined where the bytes are none of such a lane */
export function holdPacked(
  cube: Cube,
  name: string,
  of: Lane & { figures: Uint8Array; order: UnitOrder },
): number | undefined {
  const { period, measuring, order } = of
  const hasDenominators = measuring.rule === 'ratio'
  const head = bytesOfBits(order.units.length)
  const bits = of.figures.subarray(0, head)
  const count = bits.reduce((sum, byte) => sum + onesIn(byte), 0)
  const columns = hasDenominators ? 2 : 1
  if (of.figures.byteLength !== head + count * (4 * columns + 1)) return undefined
  const body = new Uint8Array(of.figures.subarray(head))
  const numerators = new Int32Array(body.buffer, 0, count)
  const denominators = hasDenominators ? new Int32Array(body.buffer, count * 4, count) : null
  const marks = body.subarray(count * 4 * columns)
  holdLane(cube, name, { period, measuring, cells: [] })
  const held = groupedLane(cube, name)
  if (held === undefined) return undefined
  const { group, lane, outside } = held
  const slots = slotsOf(group.plan, order)
  let at = 0
  for (const [index, byte] of bits.entries()) {
    if (byte === 0) continue
    for (let bit = 0; bit < 8; bit++) {
      if ((byte & (1 << bit)) === 0) continue
      const place = index * 8 + bit
      const slot = slots[place] ?? -1
      const [mark, numerator, denominator] = [marks[at] ?? 0, numerators[at] ?? 0, denominators?.[at] ?? 0]
      if (slot < 0) {
        const unit = order.units[place] ?? ''
        if (unit !== '')
          outside.set(unit, cellOf(unit, mark, numerator, hasDenominators ? denominator : null) ?? missing(unit))
      } else {
        group.marks[slot * width + lane] = mark
        group.numerators.slots[slot * width + lane] = numerator
        if (group.denominators !== null) group.denominators.slots[slot * width + lane] = denominator
      }
      at++
    }
  }
  return count
}

/** Whether mark and numbers tell a cell exactly. */
function isTold(cell: Cell, mark: number, hasDenominators: boolean): boolean {
  const told = cellOf(cell.unit, mark, cell.numerator ?? 0, hasDenominators ? (cell.denominator ?? 0) : null)
  const { isLate, status, numerator, denominator, absence } = told ?? missing(cell.unit)
  return (
    isLate === cell.isLate &&
    status === cell.status &&
    numerator === cell.numerator &&
    denominator === cell.denominator &&
    absence === cell.absence
  )
}

function missing(unit: UnitKey): Cell {
  return { unit, isLate: false, status: null, numerator: null, denominator: null, absence: 'missing' }
}

const bytesOfBits = (units: number): number => Math.ceil(units / 8)

function onesIn(byte: number): number {
  let ones = 0
  for (let rest = byte; rest !== 0; rest &= rest - 1) ones++
  return ones
}

const known = new WeakMap<Plan, WeakMap<UnitOrder, Int32Array>>()

/** The slot of each unit of an order; -1 for those that do not answer. */
function slotsOf(plan: Plan, order: UnitOrder): Int32Array {
  const ofPlan = known.get(plan) ?? new WeakMap<UnitOrder, Int32Array>()
  known.set(plan, ofPlan)
  const before = ofPlan.get(order)
  if (before !== undefined) return before
  const slots = Int32Array.from(order.units, (unit) => plan.slotOf.get(unit) ?? -1)
  ofPlan.set(order, slots)
  return slots
}
