import { setTimeout as sleep } from 'node:timers/promises'
import { keepWriting, openClient } from './client.ts'
import { newLedger, type Ledger } from './ledger.ts'
import { keepProduct, type Victim } from './product.ts'

export type Crashing = {
  home: string
  env: Record<string, string>
  /** Asked when the product is up for the first time. */
  writer: () => { login: string; password: string } | Promise<{ login: string; password: string }>
  cycles: number
  clients?: number
  /** Ends the cycles early. */
  isEnough?: () => boolean
  onCycle?: (done: number, ledger: Ledger) => void
}

export type Crashed = { ledger: Ledger; starts: number; kills: Record<Victim, number>; seconds: number; cycles: number }

const victims: Victim[] = ['app', 'database', 'both']
const patienceMs = 120_000

/**
 * Kills the product again and again while clients write to it: in each cycle the server, its database or both, at a
 * random moment of the load; in one of five again while it comes up. Afterwards the product is stopped in order.
 */
export async function crash(of: Crashing): Promise<Crashed> {
  const begun = performance.now()
  const product = await keepProduct(of.home, of.env)
  const ledger = newLedger()
  const kills = { app: 0, database: 0, both: 0 }
  let isOver = false
  let cycle = 0
  try {
    await product.untilHealthy(patienceMs * 3)
    const writer = { address: product.address, ...(await of.writer()) }
    const client = await openClient(writer)
    const writing = Array.from({ length: of.clients ?? 4 }, () => keepWriting(writer, client, ledger, () => isOver))
    const load = Promise.all(writing)
    load.catch(() => undefined) // told below, and not before the product is stopped
    for (; cycle < of.cycles && of.isEnough?.() !== true; cycle++) {
      await Promise.race([load, underLoad(ledger)])
      const victim = victims[cycle % victims.length] ?? 'both'
      if (product.kill(victim)) kills[victim]++
      if (cycle % 5 === 4) {
        await sleep(Math.random() * 1_500)
        if (product.kill('both')) kills.both++
      }
      of.onCycle?.(cycle + 1, ledger)
    }
    await Promise.race([load, underLoad(ledger)])
    isOver = true
    await load
  } finally {
    isOver = true
    await product.stop()
  }
  return { ledger, cycles: cycle, starts: product.starts(), kills, seconds: (performance.now() - begun) / 1000 }
}

/** Until some more was acknowledged, and then any moment. */
async function underLoad(ledger: Ledger): Promise<void> {
  const before = ledger.acknowledged
  const begun = Date.now()
  while (ledger.acknowledged < before + 8) {
    if (Date.now() - begun > patienceMs) throw new Error('nothing is acknowledged any more')
    await sleep(20)
  }
  await sleep(Math.random() * 150)
}
