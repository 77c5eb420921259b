import type { ReadOutcome } from '../reading/record.ts'

/** One record of a file: where it stands, what came of reading it, and at which byte one would go on behind it. */
export type Placed = {
  place: string
  outcome: ReadOutcome
  to: number
  /** A richer record of the same key stands elsewhere in the file. */
  isPoorer?: boolean
}
/** Some records that are saved in one transaction: those from one byte of the file to another. */
export type Batch = { placed: Placed[]; from: number; byteAt: number }

/** Gathers records in batches of so many, with a rest. @param start byte at which the first begins */
export async function* inBatches(records: AsyncIterable<Placed>, size: number, start: number): AsyncGenerator<Batch> {
  let [placed, from]: [Placed[], number] = [[], start]
  for await (const one of records) {
    placed.push(one)
    if (placed.length < size) continue
    yield { placed, from, byteAt: one.to }
    placed = []
    from = one.to
  }
  const last = placed.at(-1)
  if (last !== undefined) yield { placed, from, byteAt: last.to }
}
