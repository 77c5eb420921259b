/** Probability of a match weight in bits. */
export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight)
}

/** Match weight in bits of a probability. */
export function weightOf(probability: number): number {
  return Math.log2(probability / (1 - probability))
}

/** The probability made even: the threshold itself becomes one half, so that linked is what is at least one half. */
export function evenProbability(weight: number, threshold: number): number {
  return probabilityOf(weight - weightOf(threshold))
}
