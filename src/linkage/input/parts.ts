import type { ReadPart } from '../threads/orders.ts'
import { dismiss, hire, spread } from '../threads/pool.ts'
import { readStretch, type CsvHead, type CsvStretch } from './csv.ts'
import { newRawTable, rowTaker, trimmedTable, type FilePlan } from './raw.ts'

/** Smaller files are read by one thread: starting others takes longer. */
const fewestBytes = 4 << 20
/** A part is not larger, so that a bar moves and what is handed over stays small. */
const mostBytes = 96 << 20

/** Reads one stretch of a file into a table of its own. */
export function readPart(file: string, stretch: CsvStretch, plan: FilePlan): ReadPart {
  const table = newRawTable(plan)
  const outcome = readStretch(file, stretch, rowTaker(table, plan))
  return { table: trimmedTable(table), outcome }
}

type Options = { threads: number; progress: (done: number, total: number) => void }

/**
 * Reads a file in parts, several at a time. Each part but the first begins at a line end, which within a quoted cell is not
 * where a row begins: a part that does not begin where the one before ended is read again from there.
 */
export async function readParts(
  file: string,
  head: CsvHead,
  plan: FilePlan,
  { threads, progress }: Options,
): Promise<ReadPart[]> {
  const stretches = stretchesOf(head, threads)
  const [first] = stretches
  const parts =
    stretches.length === 1 && first
      ? [readPart(file, first, plan)]
      : await readTogether(file, stretches, plan, { threads, progress })
  let end = head.from
  return parts.map((part, index) => {
    const stretch = stretches[index]
    const isInStep = part.outcome.start === end || !stretch
    const own = isInStep ? part : readPart(file, { ...stretch, from: end, isExact: true }, plan)
    end = own.outcome.end
    return own
  })
}

function stretchesOf({ from, size, delimiter, headings }: CsvHead, threads: number): CsvStretch[] {
  const bytes = size - from
  const count = bytes < fewestBytes || threads < 2 ? 1 : Math.max(threads, Math.ceil(bytes / mostBytes))
  const bound = (part: number) => from + Math.floor((bytes * part) / count)
  return Array.from({ length: count }, (_none, part) => ({
    from: bound(part),
    to: bound(part + 1),
    isExact: part === 0,
    delimiter,
    columns: headings.length,
  }))
}

async function readTogether(
  file: string,
  stretches: readonly CsvStretch[],
  plan: FilePlan,
  { threads, progress }: Options,
): Promise<ReadPart[]> {
  const workers = hire(threads)
  try {
    return await spread<ReadPart>(
      workers,
      stretches.map((stretch) => ({ kind: 'read', file, stretch, plan })),
      (done) => progress(done, stretches.length),
    )
  } finally {
    dismiss(workers)
  }
}
