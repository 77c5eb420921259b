/**
 * Work that costs little more for many than for one: whoever comes while those before are being worked for is worked for next, with all who came
 * meanwhile. Nobody waits where nobody is before him.
 * @param work what is done for some at once; as many results, in their order
 * @param most so many at once
 */
export function gather<In, Out>(
  work: (some: readonly In[]) => Promise<readonly Out[]>,
  most: number,
): (one: In) => Promise<Out> {
  type Waiting = { one: In; resolve: (out: Out) => void; reject: (fault: unknown) => void }
  const waiting: Waiting[] = []
  let isWorking = false

  async function workOn(): Promise<void> {
    while (waiting.length > 0) {
      const some = waiting.splice(0, most)
      try {
        const results = await work(some.map(({ one }) => one))
        if (results.length !== some.length) throw new Error('not as many results as were asked for')
        for (const [at, { resolve }] of some.entries()) resolve(results[at] as Out)
      } catch (fault) {
        for (const { reject } of some) reject(fault)
      }
    }
    isWorking = false
  }

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject })
      if (isWorking) return
      isWorking = true
      // Whatever else came in with this one is taken along.
      setImmediate(() => void workOn())
    })
}
