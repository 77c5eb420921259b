import { z } from 'zod'

/** A cell that would be changed: what the workbook was made with, what the draft says now, what it would say. */
export const WorkbookChange = z
  .object({
    place: z.string(),
    line: z.string(),
    field: z.string(),
    was: z.string(),
    now: z.string(),
    becomes: z.string(),
    /** `good`: may be taken; `conflict`: the draft was changed there too since; `held`: another cell of the line is refused. */
    kind: z.enum(['good', 'conflict', 'held']),
  })
  .meta({ id: 'WorkbookChange' })
export type WorkbookChange = z.infer<typeof WorkbookChange>

/** What is wrong with a cell. */
export const WorkbookFinding = z
  .object({ place: z.string(), code: z.string(), title: z.string(), excerpt: z.string() })
  .meta({ id: 'WorkbookFinding' })
export type WorkbookFinding = z.infer<typeof WorkbookFinding>

/** What a workbook that came back would change. `digest`: by which it is taken as it was looked at. */
export const WorkbookReading = z
  .object({
    digest: z.string(),
    changes: z.array(WorkbookChange),
    findings: z.array(WorkbookFinding),
    /** Cells that say what they said when the workbook was made, or what the draft says already. */
    same: z.int(),
    /** Sections whose draft was saved after the workbook was made. */
    olderSections: z.array(z.string()),
    /** Made before the newest submission. */
    isOlder: z.boolean(),
    /** Cells taken into the draft; 0 while it is only looked at. */
    taken: z.int(),
  })
  .meta({ id: 'WorkbookReading' })
export type WorkbookReading = z.infer<typeof WorkbookReading>

/** `decimalSign`: the sign before decimals where a figure was written as words; none: only what can be read in one way is. */
export const LookQuery = z.object({ decimalSign: z.enum(['.', ',']).optional() })

/** Numbers of lines as ranges, from 0: `0-3,7`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const one of numbers.toSorted((first, second) => first - second)) {
    const last = ranges.at(-1)
    if (last?.[1] === one - 1) last[1] = one
    else ranges.push([one, one])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

export function isInRanges(ranges: string, one: number): boolean {
  return ranges.split(',').some((range) => {
    const [from = '', to = from] = range.split('-')
    return from !== '' && Number(from) <= one && one <= Number(to)
  })
}

/** Lines of a reading in which something would be changed, in its order: what can be taken or left. */
export const linesChanged = (changes: readonly WorkbookChange[]): string[] => [
  ...new Set(changes.map(({ line }) => line)),
]

/**
 * `takes`: the good cells, or also those in conflict, as the workbook has them. `lines`: only those of these lines, by their numbers among the
 * lines changed; without it, of all.
 */
export const TakeQuery = LookQuery.extend({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  takes: z.enum(['good', 'with-conflicts']).default('good'),
  lines: z
    .string()
    .max(8_000)
    .regex(/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/)
    .optional(),
})
