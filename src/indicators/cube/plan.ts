import type { PlainDate, UnitKey, UnitLevel } from '#territory/model'
import { answeringOn, coarseToFine, levelOn, type Ground } from '../rollup/ground.ts'
import type { Restatement } from '../rollup/restate.ts'
import { longestBlock, longestGrain } from './layout.ts'

/** Whose sums make up the whole parts of a target: of slots themselves, of grains, or one that is kept for the target. */
type Runs = { of: 'slots' | 'grains' | 'targets'; places: Int32Array }

/**
 * What a unit's total is put together from: slots that lie in it whole, as runs, and slots of which it holds a share, in the
 * order in which totals add them.
 */
export type Target = {
  whole: Runs
  /** Slots that lie in it whole; `parted` come beside them. */
  size: number
  parted: readonly { slot: number; share: number | null }[]
}

/** How the units of one day see their figures: by unit, and the slots whose ground cannot be followed. */
export type View = { on: PlainDate; targets: ReadonlyMap<UnitKey, Target>; lost: ReadonlySet<number> }

/**
 * The order of the units that answer for a period, so that whatever the units of either day hold whole lies together: a
 * grain is a run of slots that lie whole in the same targets, a block a run of grains alike in the targets above their level.
 */
export type Plan = {
  slots: readonly UnitKey[]
  slotOf: ReadonlyMap<UnitKey, number>
  grainOf: Int32Array
  blockOf: Int32Array
  /** First slot of each grain, first grain of each block, with an end behind the last. */
  grainStarts: Int32Array
  blockStarts: Int32Array
  /** Blocks of each target above the level, of either day, in which more than one unit lies whole. */
  blocksOf: readonly Int32Array[]
  /** Such targets that hold a block. */
  targetsOver: readonly Int32Array[]
  asWas: View
  asIs: View
}

type Laid = { unit: UnitKey; coarse: string; fine: string }

/**
 * @param of.day the day whose units answer
 * @param of.asWas where ground lies on that day
 * @param of.asIs where it lies on the day it is asked about beside; the same object where nothing changed
 */
export function layPlan(
  ground: Ground,
  of: { level: UnitLevel; day: PlainDate; asWas: Restatement; asIs: Restatement },
): Plan {
  const views = [...new Set([of.asWas, of.asIs])]
  const units = answeringOn(ground, of.level, of.day)
  const wholes = views.map((view) => wholeTargets(units, view, of.day))
  const laid = units
    .map((unit): Laid => {
      const parts: { coarse: string[]; fine: string[] } = { coarse: [], fine: [] }
      for (const [at, view] of views.entries())
        for (const target of wholes[at]?.of(unit) ?? []) {
          const isAbove = isCoarse(levelOn(ground, target, view.on), of.level)
          parts[isAbove ? 'coarse' : 'fine'].push(`${at} ${target}`)
        }
      return { unit, coarse: parts.coarse.toSorted().join('\n'), fine: parts.fine.toSorted().join('\n') }
    })
    .toSorted(inOrder)
  const grainStarts = cut(
    laid.length,
    (slot, from) => slot - from >= longestGrain || !sameKeys(laid[slot], laid[slot - 1]),
  )
  const firstOf = (grain: number) => grainStarts[grain] ?? 0
  const blockStarts = cut(grainStarts.length - 1, (grain, from) => {
    const isOther = laid[firstOf(grain)]?.coarse !== laid[firstOf(grain - 1)]?.coarse
    return isOther || firstOf(grain + 1) - firstOf(from) > longestBlock
  })
  const slots = laid.map(({ unit }) => unit)
  const runs = { slots, grainOf: runsOf(grainStarts), blockOf: runsOf(blockStarts), grainStarts, blockStarts }
  const blocksOf: Int32Array[] = []
  const [asWas, asIs] = views.map((view) => layView(ground, { ...runs, blocksOf, view, day: of.day, level: of.level }))
  if (asWas === undefined) throw new Error('a plan sees at least its own day')
  return {
    ...{ ...runs, blocksOf, targetsOver: turnedRound(blocksOf, blockStarts.length - 1) },
    slotOf: new Map(slots.map((unit, slot) => [unit, slot])),
    ...{ asWas, asIs: asIs ?? asWas },
  }
}

function turnedRound(blocksOf: readonly Int32Array[], blocks: number): Int32Array[] {
  const over = Array.from({ length: blocks }, (): number[] => [])
  for (const [target, own] of blocksOf.entries()) for (const block of own) over[block]?.push(target)
  return over.map((targets) => Int32Array.from(targets))
}

function isCoarse(level: UnitLevel | undefined, own: UnitLevel): boolean {
  const rank = level === undefined ? coarseToFine.length : coarseToFine.indexOf(level)
  return rank < coarseToFine.indexOf('district') && rank < coarseToFine.indexOf(own)
}

/** Which targets hold a unit whole; those that hold nothing else need no run, their slot says all. */
function wholeTargets(units: readonly UnitKey[], view: Restatement, day: PlainDate) {
  const held = new Map<UnitKey, number>()
  const own = units.map((unit) => {
    const targets = [...view.portionsOf(unit, day)].flatMap(([target, share]) => (share === 1 ? [target] : []))
    for (const target of targets) held.set(target, (held.get(target) ?? 0) + 1)
    return [unit, targets] as const
  })
  const byUnit = new Map(own)
  return { of: (unit: UnitKey) => (byUnit.get(unit) ?? []).filter((target) => (held.get(target) ?? 0) > 1) }
}

function inOrder(one: Laid, other: Laid): number {
  return compare(one.coarse, other.coarse) || compare(one.fine, other.fine) || compare(one.unit, other.unit)
}
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
const sameKeys = (one: Laid | undefined, other: Laid | undefined) =>
  one?.coarse === other?.coarse && one?.fine === other?.fine

/** Where runs over `length` begin, and the end of the last. */
function cut(length: number, begins: (at: number, from: number) => boolean): Int32Array {
  const starts: number[] = []
  for (let at = 0; at < length; at++) {
    const from = starts.at(-1)
    if (from === undefined || begins(at, from)) starts.push(at)
  }
  return Int32Array.from([...starts, length])
}

function runsOf(starts: Int32Array): Int32Array {
  const owner = new Int32Array(starts.at(-1) ?? 0)
  for (let run = 0; run + 1 < starts.length; run++) owner.fill(run, starts[run], starts[run + 1])
  return owner
}

type Ordered = Pick<Plan, 'slots' | 'grainOf' | 'blockOf' | 'grainStarts' | 'blockStarts'> & { blocksOf: Int32Array[] }

function layView(ground: Ground, of: Ordered & { view: Restatement; day: PlainDate; level: UnitLevel }): View {
  const whole = new Map<UnitKey, number[]>()
  const parted = new Map<UnitKey, { slot: number; share: number | null }[]>()
  const lost = new Set<number>()
  for (const [slot, unit] of of.slots.entries()) {
    const portions = of.view.portionsOf(unit, of.day)
    if (portions.size === 0) lost.add(slot)
    for (const [target, share] of portions) {
      if (share === 1) push(whole, target, slot)
      else push(parted, target, { slot, share })
    }
  }
  const targets = new Map<UnitKey, Target>()
  for (const target of new Set([...whole.keys(), ...parted.keys()])) {
    const slots = whole.get(target) ?? []
    const parts = (parted.get(target) ?? []).toSorted((one, other) =>
      compare(of.slots[one.slot] ?? '', of.slots[other.slot] ?? ''),
    )
    const above = isCoarse(levelOn(ground, target, of.view.on), of.level)
    targets.set(target, { whole: runsOver(slots, of, above), size: slots.length, parted: parts })
  }
  return { on: of.view.on, targets, lost }
}

/** What a target's whole slots are read from; what lies above the level is given a sum of its own. */
function runsOver(slots: number[], of: Ordered, isAbove: boolean): Runs {
  if (slots.length <= 1) return { of: 'slots', places: Int32Array.from(slots) }
  const grains = [...new Set(slots.map((slot) => of.grainOf[slot] ?? 0))]
  if (!isAbove) return { of: 'grains', places: Int32Array.from(grains) }
  const blocks = Int32Array.from(new Set(grains.map((grain) => of.blockOf[grain] ?? 0)))
  return { of: 'targets', places: Int32Array.of(of.blocksOf.push(blocks) - 1) }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}
