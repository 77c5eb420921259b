const turns = 5

/**
 * How many times more processor time the work takes when there is sixteen times as much of it: some 16 where time grows with the
 * amount, 256 where it grows with its square. Each is done five times and its quickest counts, as other work interrupts; amounts
 * are to be such that the square would take seconds, so that what is quicker than some milliseconds need not be told apart.
 * @param prepare makes work of an amount; only what it returns is measured
 */
export async function growth(amount: number, prepare: (amount: number) => () => unknown): Promise<number> {
  const [once, more] = [prepare(amount), prepare(16 * amount)]
  const least = { once: Infinity, more: Infinity }
  for (let turn = 0; turn < turns; turn++) {
    least.once = Math.min(least.once, await processorMs(once))
    least.more = Math.min(least.more, await processorMs(more))
  }
  return least.more / Math.max(least.once, 5)
}

async function processorMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  return process.cpuUsage(before).user / 1000
}

/** Well above what grows with the amount, well below what grows with its square. */
export const mostGrowth = 64
