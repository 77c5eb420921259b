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
    console.log(`  killed at ${Math.round((performance.now() - begun) / 1000)} s`)
  }
}

/** So long after a kill answers are told apart. */
const apartMs = 5_000

/** How long some requests took, in ms; `again`: of how many the first try was not answered. */
export type Told = {
  count: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  worst: number
  again: number
}

/**
 * How long requests of a kind took: those that were waited for at a kill or were sent within five seconds after it apart from the others.
 */
export function timesOf(
  kind: Timed['kind'],
  all: readonly Timed[],
  { kills, took }: { kills: readonly number[]; took: number },
): { usual: Told; aroundKills: Told } {
  const isApart = ({ at, ms }: Timed) => kills.some((kill) => at + ms >= kill && at <= kill + apartMs)
  const ofKind = all.filter((one) => one.kind === kind)
  return {
    usual: toldOf(
      ofKind.filter((one) => !isApart(one)),
      took,
    ),
    aroundKills: toldOf(ofKind.filter(isApart), took),
  }
}

export function toldOf(some: readonly Timed[], took: number): Told {
  const times = some.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const part = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
  return {
    ...{ count: times.length, perSecond: Math.round(times.length / took) },
    ...{ p50: part(0.5), p95: part(0.95), p99: part(0.99), worst: part(1) },
    again: some.filter(({ tries }) => tries > 1).length,
  }
}

export function tell(name: string, { count, perSecond, p50, p95, p99, worst, again }: Told): void {
  if (count === 0) return
  console.log(
    `${name}: ${count} (${perSecond}/s), median ${p50}, p95 ${p95}, p99 ${p99}, worst ${worst} ms; ${again} sent again`,
  )
}

/** Says every ten seconds how far it is, and what the requests answered since then took. */
export function tellProgress(timed: readonly Timed[], of: { reports: number; begun: number }): () => void {
  const everyMs = 10_000
  let known = 0
  const timer = setInterval(() => {
    const fresh = timed.slice(known)
    known = timed.length
    const { count, p99 } = toldOf(fresh, everyMs / 1000)
    const sent = timed.filter(({ kind }) => kind === 'submit').length
    console.log(
      `  ${Math.round((performance.now() - of.begun) / 1000)} s: ${sent} of ${of.reports} sent, ${count} answered since (p99 ${p99} ms)`,
    )
  }, everyMs)
  return () => clearInterval(timer)
}
