import type { UnitKey } from '#territory/model'
import { amountsOfSums, type Measuring, type Total } from '../rollup/total.ts'
import type { Group } from './group.ts'
import { counts, width } from './layout.ts'
import { given } from './marks.ts'
import type { Target } from './plan.ts'

type Sums = { numerator: number; denominator: number; counts: number[] }

/** What a target's figure comes to in one lane of a group: sums of its runs, and shares of what lies in it in part. */
export function readTotal(
  group: Group,
  of: { unit: UnitKey; lane: number; target: Target; measuring: Measuring },
): Omit<Total, 'parts'> {
  const { lane, target, measuring } = of
  const whole = sumRuns(group, lane, target)
  const divided = { numerator: 0, denominator: 0 }
  let apportioned = 0
  let isUnknown = false
  for (const { slot, share } of target.parted) {
    const place = slot * width + lane
    const mark = group.marks[place] ?? 0
    addMark(whole.counts, mark)
    if ((mark & given) === 0) continue
    apportioned += 1
    if (share === null) isUnknown = true
    divided.numerator += (share ?? 0) * (group.numerators.slots[place] ?? 0)
    divided.denominator += (share ?? 0) * (group.denominators?.slots[place] ?? 0)
  }
  const [reported = 0, late = 0, estimated = 0, notApplicable = 0, notYetKnown = 0] = whole.counts
  const parts = target.size + target.parted.length
  const none = { value: null, numerator: null, denominator: null }
  const sums = {
    numerator: whole.numerator + divided.numerator,
    denominator: whole.denominator + divided.denominator,
  }
  const amounts =
    reported === 0
      ? { ...none, reason: null }
      : isUnknown
        ? { ...none, reason: 'part-without-weight' as const }
        : amountsOfSums(sums, measuring)
  return {
    ...{ unit: of.unit, ...amounts, isEstimate: estimated + apportioned > 0 },
    ...{ expected: parts - notApplicable, reported, late, estimated, apportioned },
    absent: {
      missing: parts - reported - notApplicable - notYetKnown,
      'not-applicable': notApplicable,
      'not-yet-known': notYetKnown,
    },
  }
}

function addMark(into: number[], mark: number): void {
  for (let count = 0; count < counts; count++) into[count] = (into[count] ?? 0) + ((mark >>> count) & 1)
}

function sumRuns(group: Group, lane: number, { whole }: Target): Sums {
  const sums: Sums = { numerator: 0, denominator: 0, counts: Array.from({ length: counts }, () => 0) }
  const runs = whole.of
  for (const run of whole.places) {
    const place = run * width + lane
    sums.numerator += group.numerators[runs][place] ?? 0
    sums.denominator += group.denominators?.[runs][place] ?? 0
    if (runs === 'slots') addMark(sums.counts, group.marks[place] ?? 0)
    else addCounts(sums.counts, runs === 'grains' ? group.grainCounts : group.targetCounts, run * counts * width + lane)
  }
  return sums
}

function addCounts(into: number[], from: Uint8Array | Int32Array, first: number): void {
  for (let count = 0; count < counts; count++) into[count] = (into[count] ?? 0) + (from[first + count * width] ?? 0)
}
