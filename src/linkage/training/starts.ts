import type { Comparison } from '../compare/comparison.ts'
import type { Field } from '../input/records.ts'

/** Kinds of pair beside two records of different, unrelated children. */
export type Kin = 'match' | 'twins' | 'siblings'

/**
 * Where estimation begins and what it leans on when data say little: the shares of levels among pairs of one kind. Rounded
 * from what registers show everywhere; with a thousand pairs the data outweigh them.
 */
export function startOf(kin: Kin, comparison: Comparison, field: Field): number[] {
  const isOwn = field.of === 'self'
  switch (comparison.method) {
    case 'names':
      return isOwn && kin !== 'match' ? kinNames : kin === 'match' || !isOwn ? matchNames : kinNames
    case 'dates':
      return isOwn ? datesOf[kin] : datesOf.match
    case 'near-dates':
      return isOwn && kin === 'siblings' ? [0.001, 0.003, 0.001, 0.05, 0.945] : [0.86, 0.06, 0.03, 0.02, 0.03]
    case 'numbers':
      return isOwn ? numbersOf[kin] : numbersOf.match
    case 'similarity': {
      const between = comparison.labels.length - 2
      const middle = isOwn && field.kind === 'name' && kin !== 'match' ? 0.9 : 0.18
      const [same, different] = middle > 0.5 ? [0.02, 0.08] : [0.7, 0.12]
      return [same, ...Array.from({ length: between }, () => middle / Math.max(1, between)), different]
    }
    case 'same':
      return sameOf(kin, comparison, field)
  }
}

const matchNames = [0.6, 0.12, 0.04, 0.01, 0.06, 0.08, 0.01, 0.02, 0.01, 0.02, 0.01, 0.005, 0.015]
const kinNames = [0.002, 0.002, 0.004, 0.002, 0.004, 0.004, 0.03, 0.002, 0.002, 0.01, 0.9, 0.003, 0.035]

const datesOf: Record<Kin, number[]> = {
  match: [0.86, 0.02, 0.05, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01],
  twins: [0.96, 0.003, 0.02, 0.008, 0.001, 0.002, 0.002, 0.002, 0.002],
  siblings: [0.0005, 0.0005, 0.003, 0.004, 0.012, 0.001, 0.01, 0.04, 0.929],
}

const numbersOf: Record<Kin, number[]> = {
  match: [0.93, 0.04, 0.03],
  twins: [0.001, 0.004, 0.995],
  siblings: [0.001, 0.001, 0.998],
}

function sameOf(kin: Kin, { labels }: Comparison, field: Field): number[] {
  if (field.kind === 'sex') return kin === 'match' || field.of !== 'self' ? [0.98, 0.02] : [0.55, 0.45]
  if (labels.length === 3) return kin === 'match' ? [0.75, 0.08, 0.17] : [0.9, 0.07, 0.03]
  if (field.kind === 'place') return kin === 'match' ? [0.82, 0.18] : [0.97, 0.03]
  return kin === 'match' ? [0.93, 0.07] : [0.97, 0.03]
}
