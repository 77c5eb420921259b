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
