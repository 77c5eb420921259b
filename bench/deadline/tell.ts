import { setTimeout as sleep } from 'node:timers/promises'
import type { KeptProduct } from '../crash/product.ts'
import type { Timed } from './hour.ts'

/** Kills server and database at moments (ms after `begun`), and keeps when it was. */
export async function killAt(
  product: KeptProduct,
  { begun, moments, kills }: { begun: number; moments: readonly number[]; kills: number[] },
): Promise<void> {
  for (const moment of moments) {
    await sleep(Math.max(0, begun + moment - performance.now()))
    if (!product.kill('both')) throw new Error('nothing could be killed')
    kills.push(performance.now())
  }
}

/** So long after a kill answers are told apart. */
const apartMs = 5_000

/** Tells how long requests of a kind took; those that were sent before a kill and answered after, or within five seconds of it, apart. */
export function tell(
  kind: Timed['kind'],
  all: readonly Timed[],
  { kills, took, name = '' }: { kills: readonly number[]; took: number; name?: string },
): void {
  const isApart = ({ at, ms }: Timed) => kills.some((kill) => at + ms >= kill && at <= kill + apartMs)
  const ofKind = all.filter((one) => one.kind === kind)
  const line = (name: string, some: readonly Timed[]) => {
    const times = some.map(({ ms }) => ms).toSorted((a, b) => a - b)
    const part = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
    const again = some.filter(({ tries }) => tries > 1).length
    console.log(
      `${kind} ${name}: ${times.length} (${(times.length / took).toFixed(0)}/s), median ${part(0.5)}, p95 ${part(0.95)}, p99 ${part(0.99)}, worst ${part(1)} ms; ${again} sent again`,
    )
  }
  line(
    name,
    ofKind.filter((one) => !isApart(one)),
  )
  if (kills.length > 0) line('around kills', ofKind.filter(isApart))
}
