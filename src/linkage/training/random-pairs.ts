import type { Comparison } from '../compare/comparison.ts'
import { getField } from '../blocking/keys.ts'
import type { Records } from '../input/records.ts'
import { laidOf } from '../input/rows.ts'
import type { PairBatch } from '../blocking/pairs.ts'
import { newPairBatch } from '../blocking/pairs.ts'

/** How often each level is seen among random pairs: `counts[comparison][level]`, level 0 = missing. */
export type LevelCounts = { counts: Float64Array[]; pairs: number }

const mostPairs = 500_000
const sampleSize = 100_000
/** More than are ever drawn: with a rank of 31 bits still a whole number. */
const mostDrawn = 1 << 21

/** Random pairs are drawn in so many shares, each by itself, so that threads may take one each. */
export const randomShares = 8

/** The counts of all shares together; none of none. */
export function joinCounts(shares: readonly LevelCounts[]): LevelCounts {
  const [first, ...more] = shares
  if (!first) return { counts: [], pairs: 0 }
  const counts = first.counts.map((tally, index) =>
    tally.map((count, level) => more.reduce((sum, one) => sum + (one.counts[index]?.[level] ?? 0), count)),
  )
  return { counts, pairs: shares.reduce((sum, one) => sum + one.pairs, 0) }
}

/**
 * Compares random pairs: what unrelated records agree on by chance (u). Where all pairs are few, all are compared. Who is
 * drawn depends on the records' ranks, not on the order of rows.
 *
 * @param from.ranks a number per record that its id makes, the same wherever it stands
 * @param from.share which of the shares to draw; where all pairs are compared, the first does all of it
 */
export function countRandomPairs(
  records: Records,
  comparisons: readonly Comparison[],
  { ranks, seed, share }: { ranks: Int32Array; seed: number; share: number },
): LevelCounts {
  const counts = comparisons.map((comparison) => new Float64Array(comparison.labels.length + 1))
  const batch = newPairBatch(2048)
  const levels = new Uint8Array(batch.room)
  const fields = comparisons.map(({ field }) => laidOf(records, getField(records, field)))
  let pairs = 0
  const take = (count: number) => {
    pairs += count
    comparisons.forEach((comparison, index) => {
      const field = fields[index]
      const tally = counts[index]
      if (!field || !tally) return
      comparison.fill(field, batch.left, batch.right, count, levels)
      for (let at = 0; at < count; at++) tally[levels[at] ?? 0] = (tally[levels[at] ?? 0] ?? 0) + 1
    })
  }
  const isLink = records.second < records.count
  const lefts = drawn(ranks, 0, isLink ? records.second : records.count)
  const rights = isLink ? drawn(ranks, records.second, records.count) : lefts
  const all = isLink ? lefts.length * rights.length : (lefts.length * (lefts.length - 1)) / 2
  if (all > mostPairs) randomPairs({ lefts, rights, seed, share }, batch, take)
  else if (share === 0) everyPair({ lefts, rights, isLink }, batch, take)
  return { counts, pairs }
}

const known = new WeakMap<Int32Array, Map<string, Int32Array>>()

/** Records of the lowest ranks, ordered by them; worked out once for all shares that one thread draws. */
function drawn(ranks: Int32Array, from: number, to: number): Int32Array {
  const own = known.get(ranks) ?? new Map<string, Int32Array>()
  known.set(ranks, own)
  const found = own.get(`${from}-${to}`) ?? draw(ranks, from, to)
  own.set(`${from}-${to}`, found)
  return found
}

function draw(ranks: Int32Array, from: number, to: number): Int32Array {
  const share = sampleSize / Math.max(1, to - from)
  const limit = share >= 1 ? 0x7fffffff : Math.floor(share * 0x7fffffff)
  const chosen: number[] = []
  for (let record = from; record < to; record++) if ((ranks[record] ?? 0) <= limit) chosen.push(record)
  // Rank and place in one number, as numbers alone are sorted ten times as fast.
  const places = Float64Array.from(chosen, (record, place) => (ranks[record] ?? 0) * mostDrawn + place).sort()
  return Int32Array.from(places, (both) => chosen[both % mostDrawn] ?? 0)
}

type Drawn = { lefts: Int32Array; rights: Int32Array }

function everyPair(
  { lefts, rights, isLink }: Drawn & { isLink: boolean },
  batch: PairBatch,
  take: (count: number) => void,
): void {
  let count = 0
  for (let a = 0; a < lefts.length; a++) {
    for (let b = isLink ? 0 : a + 1; b < rights.length; b++) {
      batch.left[count] = lefts[a] ?? 0
      batch.right[count++] = rights[b] ?? 0
      if (count === batch.room) {
        take(count)
        count = 0
      }
    }
  }
  if (count > 0) take(count)
}

function randomPairs(
  { lefts, rights, seed, share }: Drawn & { seed: number; share: number },
  batch: PairBatch,
  take: (count: number) => void,
): void {
  const draws = mostPairs / randomShares
  const random = randomFrom(seed, share * draws)
  let count = 0
  for (let drawn = 0; drawn < draws; drawn++) {
    // Each left one has its turn, some pairs at a time, so that it is at hand; the right one is drawn.
    const a = lefts[Math.floor(((share * draws + drawn) / mostPairs) * lefts.length)] ?? 0
    const b = rights[Math.floor(random() * rights.length)] ?? 0
    if (a === b) continue
    batch.left[count] = a
    batch.right[count++] = b
    if (count === batch.room) {
      take(count)
      count = 0
    }
  }
  if (count > 0) take(count)
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). @param skipped how many come before */
function randomFrom(seed: number, skipped: number): () => number {
  let state = (seed + Math.imul(skipped, 0x6d2b79f5)) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
