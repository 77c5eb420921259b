/** How far a job was at a moment (ms). */
export interface Sample {
  at: number
  done: number
}

/**
 * How fast a job goes and how long it still takes, from what was seen of it.
 *
 * @param samples oldest first
 * @returns items a second and seconds remaining; undefined while nothing can be said
 */
export function paceOf(
  samples: readonly Sample[],
  total: number | null,
): { perSecond: number; remaining?: number } | undefined {
  const first = samples.at(0)
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < 1000 || last.done <= first.done) return undefined
  const perSecond = ((last.done - first.done) * 1000) / (last.at - first.at)
  return total === null ? { perSecond } : { perSecond, remaining: Math.ceil((total - last.done) / perSecond) }
}

/** Whoever types without a pause is saved all the same: no more than this is at risk. */
const longestMs = 10_000

/**
 * How long saving waits after a key: for a pause, and never longer than ten seconds from the first key that is not saved.
 *
 * @param of.since when the first such key came (ms)
 */
export function saveIn({ since, now, delayMs }: { since: number; now: number; delayMs: number }): number {
  return Math.max(0, Math.min(delayMs, since + longestMs - now))
}
