import { z } from 'zod'

/** A cell of a table as printed: lines parted by `\n`, `column` from 0. */
export const OriginalCell = z.object({ text: z.string(), column: z.int(), span: z.int() })
export type OriginalCell = z.infer<typeof OriginalCell>

/**
 * One piece of the original as the screen shows it beside the proposal. `line` and `lastLine` as in `SourcePlace`; a row
 * of a table has its cells, everything else is `null` there.
 */
export const OriginalBlock = z
  .object({
    kind: z.enum(['heading', 'paragraph', 'table-row']),
    line: z.int(),
    lastLine: z.int(),
    page: z.int().nullable(),
    table: z.int().nullable(),
    row: z.int().nullable(),
    text: z.string(),
    cells: z.array(OriginalCell).nullable(),
  })
  .meta({ id: 'OriginalBlock' })
export type OriginalBlock = z.infer<typeof OriginalBlock>
