/** Lanes that lie side by side: one vector register of marks, four of numbers. */
export const width = 16

/** Counts a total carries beside its sums, each a bit of a cell's mark, lowest first. */
const countNames = ['reported', 'late', 'estimated', 'notApplicable', 'notYetKnown'] as const
export const counts = countNames.length

/**
 * Slots that may be summed in 32 bits before they are widened; with `largest` no sum of a grain passes them. Counts of a
 * grain stay within a byte, those of a block within two.
 */
export const longestGrain = 64
export const longestBlock = 65_535
export const largest = 2 ** 31 / longestGrain - 1

/** Bytes of one slot, grain, block or target, all lanes together. */
export const bytes = {
  slotNumbers: 4 * width,
  slotMarks: width,
  grainNumbers: 4 * width,
  grainCounts: counts * width,
  blockNumbers: 8 * width,
  blockCounts: 2 * counts * width,
  targetNumbers: 8 * width,
  targetCounts: 4 * counts * width,
} as const

/** Where one group's arrays begin, in bytes of the cube's memory, and how many runs each level has. */
export type Job = {
  grainStarts: number
  grains: number
  blockStarts: number
  blocks: number
  targetStarts: number
  targets: number
  marks: number
  grainCounts: number
  blockCounts: number
  targetCounts: number
  numbers: readonly { slots: number; grains: number; blocks: number; targets: number }[]
}
