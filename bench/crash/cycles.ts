import { setTimeout as sleep } from 'node:timers/promises'
import type { Team } from './instance.ts'
import { newLedger, type Ledger } from './ledger.ts'
import { keepProduct, type Victim } from './product.ts'
import { keepWorking, openOffice, untilRead } from './work.ts'

export type Crashing = {
  home: string
  env: Record<string, string>
  team: Team
  cycles: number
  clients?: number
  /** Ends the cycles early. */
  isEnough?: () => boolean
  onCycle?: (done: Done) => void
}

export type Done = { ledger: Ledger; starts: number; kills: Record<Victim, number>; seconds: number; cycles: number }

const victims: Victim[] = ['app', 'database', 'both']
/** A machine busy with other work takes minutes to start the product; what is longer is a fault. */
const patienceMs = 900_000
/** What a kill cut off half-way is taken up after a minute, and given up after three falls. */
const readingPatienceMs = 600_000

/**
 * Kills the product again and again while an office works in it: in each cycle the server, its database or both, at a
 * random moment of the load; in one of five again while it comes up. Afterwards what waits is finished, and the product
 * is stopped in order.
 */
export async function crash(of: Crashing): Promise<Done> {
  const begun = performance.now()
  const product = await keepProduct(of.home, of.env)
  const ledger = newLedger()
  const kills = { app: 0, database: 0, both: 0 }
  const done = (cycles: number): Done => ({
    ...{ ledger, kills, cycles, starts: product.starts() },
    seconds: (performance.now() - begun) / 1000,
  })
  let isOver = false
  let cycle = 0
  try {
    await product.untilHealthy(patienceMs * 3)
    const office = await openOffice(product.address, of.team)
    const working = Array.from({ length: of.clients ?? 4 }, () => keepWorking(office, ledger, () => isOver))
    const load = Promise.all(working)
    load.catch(() => undefined) // told below, and not before the product is stopped
    for (; cycle < of.cycles && of.isEnough?.() !== true; cycle++) {
      await Promise.race([load, underLoad(ledger)])
      const victim = victims[cycle % victims.length] ?? 'both'
      if (product.kill(victim)) kills[victim]++
      if (cycle % 5 === 4) {
        await sleep(Math.random() * 1_500)
        if (product.kill('both')) kills.both++
      }
      of.onCycle?.(done(cycle + 1))
    }
    await Promise.race([load, underLoad(ledger)])
    isOver = true
    await load
    await untilRead(office, ledger, readingPatienceMs)
  } finally {
    isOver = true
    await product.stop()
  }
  return done(cycle)
}

/** Until some more was acknowledged, and then any moment. */
async function underLoad(ledger: Ledger): Promise<void> {
  const before = ledger.acknowledged
  const begun = Date.now()
  while (ledger.acknowledged < before + 6) {
    if (Date.now() - begun > patienceMs) throw new Error('nothing is acknowledged any more')
    await sleep(10)
  }
  await sleep(Math.random() * 150)
}
