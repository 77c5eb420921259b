import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { gather } from './gather.ts'

const lane = (of: { most?: number; everyMs?: number; fails?: number } = {}) => {
  const worked: number[][] = []
  const ask = gather(
    async (some: readonly number[]) => {
      worked.push([...some])
      await sleep(5)
      if (some.includes(of.fails ?? -1)) throw new Error('together')
      return some.map((one) => one * 10)
    },
    { most: of.most ?? 100, everyMs: of.everyMs ?? 0 },
  )
  return { ask, worked }
}

describe('work gathered', () => {
  test('is begun at once for the first, and done for all who come meanwhile in one go, each with his own result', async () => {
    const { ask, worked } = lane()
    const first = ask(1)
    await sleep(2)
    const rest = await Promise.all([first, ask(2), ask(3), ask(4)])
    expect(rest).toEqual([10, 20, 30, 40])
    expect(worked).toEqual([[1], [2, 3, 4]])
  })

  test('is never done for more than so many at once', async () => {
    const { ask, worked } = lane({ most: 3 })
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map(ask))
    expect(worked).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  })

  test('keeps its pace once several came at once', async () => {
    const { ask, worked } = lane({ everyMs: 60 })
    await Promise.all([1, 2].map(ask))
    const begun = performance.now()
    await Promise.all([ask(3), sleep(20).then(() => ask(4))])
    expect(performance.now() - begun).toBeGreaterThan(40)
    expect(worked).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('does not keep one waiting who asks one after the other', async () => {
    const { ask, worked } = lane({ everyMs: 60_000 })
    for (const one of [1, 2, 3]) await ask(one)
    expect(worked).toEqual([[1], [2], [3]])
  })

  test('that fails is told to those it was done for, and to nobody else', async () => {
    const { ask } = lane({ fails: 1 })
    const first = ask(1)
    await sleep(2)
    const [failed, next] = await Promise.allSettled([first, ask(2)])
    expect([failed.status, next]).toEqual(['rejected', { status: 'fulfilled', value: 20 }])
  })
})
