import type { ReadOutcome } from '../reading/record.ts'

/** One record of a file: where it stands, what came of reading it, and at which byte one would go on behind it. */
export type Placed = { place: string; outcome: ReadOutcome; to: number }
/** Some records that are saved in one transaction. */
export type Batch = { placed: Placed[]; byteAt: number }

/** Gathers records in batches of so many, with a rest. */
export async function* inBatches(records: AsyncIterable<Placed>, size: number): AsyncGenerator<Batch> {
  let placed: Placed[] = []
  for await (const one of records) {
    placed.push(one)
    if (placed.length < size) continue
    yield { placed, byteAt: one.to }
    placed = []
  }
  const last = placed.at(-1)
  if (last !== undefined) yield { placed, byteAt: last.to }
}
