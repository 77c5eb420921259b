import type { ReadPart } from '../threads/orders.ts'
import { dismiss, hire, spread } from '../threads/pool.ts'
import { readStretch, type CsvHead, type CsvStretch, type StretchOutcome } from './csv.ts'
import { newRawTable, rowTaker, trimmedTable, type FilePlan, type RawTable } from './raw.ts'

/** Smaller files are read by one thread: starting others takes longer. */
const fewestBytes = 4 << 20
/** A part is not larger, so that a bar moves and what is handed over stays small. */
const mostBytes = 96 << 20
/** Each thread reads so many parts at least, so that those read can be taken over while others are read. */
const partsPerThread = 4

/** Room is made for rows of so many bytes; where they are shorter it grows. */
const bytesOfRow = 64

/** Reads one stretch of a file into a table of its own. */
export function readPart(file: string, stretch: CsvStretch, plan: FilePlan): ReadPart {
  const table = newRawTable(plan, 1024, Math.max(1024, Math.ceil((stretch.to - stretch.from) / bytesOfRow)))
  const outcome = readStretch(file, stretch, rowTaker(table, plan))
  return { table: trimmedTable(table), outcome }
}

type Options = {
  threads: number
  progress: (done: number, total: number) => void
  /** Receives the parts in the order of the file, each as soon as it and all before it are read. */
  take: (table: RawTable) => void
}

/**
 * Reads a file in parts, several at a time. Each part but the first begins at a line end, which within a quoted cell is not
 * where a row begins: a part that does not begin where the one before ended is read again from there.
 */
export async function readParts(
  file: string,
  head: CsvHead,
  plan: FilePlan,
  { threads, progress, take }: Options,
): Promise<StretchOutcome[]> {
  const stretches = stretchesOf(head, threads)
  const outcomes: StretchOutcome[] = []
  const arrived = new Map<number, ReadPart>()
  let end = head.from
  const takeArrived = () => {
    for (let part = arrived.get(outcomes.length); part; part = arrived.get(outcomes.length)) {
      const stretch = stretches[outcomes.length]
      arrived.delete(outcomes.length)
      const isInStep = part.outcome.start === end || !stretch
      const own = isInStep ? part : readPart(file, { ...stretch, from: end, isExact: true }, plan)
      end = own.outcome.end
      outcomes.push(own.outcome)
      take(own.table)
    }
  }
  const done = (count: number, part: number, result: ReadPart) => {
    progress(count, stretches.length)
    arrived.set(part, result)
    takeArrived()
  }
  const [first] = stretches
  if (stretches.length === 1 && first) done(1, 0, readPart(file, first, plan))
  else await readTogether(file, stretches, plan, { threads, done })
  return outcomes
}

function stretchesOf({ from, size, delimiter, headings }: CsvHead, threads: number): CsvStretch[] {
  const bytes = size - from
  const count =
    bytes < fewestBytes || threads < 2 ? 1 : Math.max(threads * partsPerThread, Math.ceil(bytes / mostBytes))
  const bound = (part: number) => from + Math.floor((bytes * part) / count)
  return Array.from({ length: count }, (_none, part) => ({
    from: bound(part),
    to: bound(part + 1),
    isExact: part === 0,
    delimiter,
    columns: headings.length,
  }))
}

type Together = { threads: number; done: (count: number, part: number, result: ReadPart) => void }

async function readTogether(
  file: string,
  stretches: readonly CsvStretch[],
  plan: FilePlan,
  { threads, done }: Together,
): Promise<void> {
  const workers = hire(threads)
  try {
    // A part ahead, so that nobody waits while this thread takes over what was read.
    await spread<ReadPart>(
      workers,
      stretches.map((stretch) => ({ kind: 'read', file, stretch, plan })),
      { done, ahead: 1 },
    )
  } finally {
    dismiss(workers)
  }
}
