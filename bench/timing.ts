/** Runs `work` several times after one warm-up and prints minimum, median and maximum in milliseconds. */
export async function measure(name: string, work: () => unknown, runs = 7): Promise<number> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begun = performance.now()
    await work()
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  const median = times[Math.floor(times.length / 2)] ?? 0
  console.log(`${name}: min ${format(times[0])} · median ${format(median)} · max ${format(times.at(-1))} ms`)
  return median
}

function format(ms: number | undefined): string {
  return (ms ?? 0).toFixed(ms !== undefined && ms < 10 ? 2 : 0)
}
