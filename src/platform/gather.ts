import { setTimeout as sleep } from 'node:timers/promises'

/** For how many beginnings the pace is kept after several came at once. */
const paces = 10

/**
 * Work that costs little more for many than for one: whoever comes while those before are being worked for is worked for next, with all who came
 * meanwhile. Nobody waits but while several come at once: who asks one after the other is answered each time without delay.
 * @param work what is done for some at once; as many results, in their order
 * @param of.most so many at once
 * @param of.everyMs from one beginning to the next while several come at once, unless so many wait already
 */
export function gather<In, Out>(
  work: (some: readonly In[]) => Promise<readonly Out[]>,
  of: { most: number; everyMs: number },
): (one: In) => Promise<Out> {
  type Waiting = { one: In; resolve: (out: Out) => void; reject: (fault: unknown) => void }
  const waiting: Waiting[] = []
  let isWorking = false
  let begunAt = -Infinity
  /** When more than one was last worked for. */
  let severalAt = -Infinity

  async function workOn(): Promise<void> {
    while (waiting.length > 0) {
      const now = performance.now()
      const early = begunAt + of.everyMs - now
      if (early > 0 && now - severalAt < paces * of.everyMs && waiting.length < of.most) await sleep(early)
      begunAt = performance.now()
      const some = waiting.splice(0, of.most)
      if (some.length > 1) severalAt = begunAt
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
