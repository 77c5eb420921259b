import { probabilityOf, weightOf } from './weights.ts'

/** What linking from a threshold on is expected to find and to get wrong, by the model's own probabilities. */
export type ExpectedErrors = { precision: number; recall: number }

const lowest = 0.1
/** Room below the least probability that is written, for the threshold to move it. */
const lowestProbability = 0.001

/** Bits below which no pair is written, wherever the threshold comes to stand. @param threshold where it is known */
export function cutOf(leastProbability: number, threshold: number | null): number {
  return Math.min(weightOf(lowestProbability), weightOf(leastProbability) + weightOf(threshold ?? lowest))
}
const highest = 0.99
/** Below this F1 hardly any record stands twice: to find the few, links would be made that are likely wrong. */
const leastTrusted = 0.5

/**
 * The probability from which linking makes the fewest errors, as the pairs' own probabilities tell: at each cut the linked
 * that are expected wrong and the left out that are expected right. In a list where hardly any record stands twice, never below one half.
 *
 * @param weights match weights of all pairs that could matter, in bits
 */
export function chooseThreshold(weights: Float64Array): number {
  const sorted = weights.slice().sort().reverse()
  let best = { threshold: 0.5, f1: 0 }
  const probabilities = sorted.map(probabilityOf)
  const total = probabilities.reduce((sum, one) => sum + one, 0)
  let right = 0
  for (let at = 0; at < sorted.length; at++) {
    const probability = probabilities[at] ?? 0
    right += probability
    if (probability < lowest) break
    if (sorted[at + 1] === sorted[at] || (probability > highest && at + 1 < sorted.length)) continue
    const f1 = (2 * right) / (at + 1 + total)
    if (f1 < best.f1) continue
    const below = Math.max(probabilities[at + 1] ?? 0, lowest)
    best = { threshold: Math.min(highest, (probability + Math.min(below, probability)) / 2), f1 }
  }
  return best.f1 < leastTrusted ? Math.max(0.5, best.threshold) : best.threshold
}

/** What linking these pairs from a threshold on is expected to get right; null where nothing is linked: then nothing can be told. */
export function expectErrors(weights: Float64Array, threshold: number): ExpectedErrors | null {
  const least = weightOf(threshold)
  let [linked, right, total] = [0, 0, 0]
  for (const weight of weights) {
    const probability = probabilityOf(weight)
    total += probability
    if (weight < least) continue
    linked++
    right += probability
  }
  return linked === 0 ? null : { precision: right / linked, recall: right / total }
}
