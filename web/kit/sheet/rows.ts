import type { ReactNode } from 'react'

/** A column one writes in. */
export interface SheetColumn<C extends string> {
  name: C
  title: string
  kind: 'number' | 'choice' | 'text'
  maxLength: number
  /** What a choice may be; pressing its key on the cell takes it at once. */
  choices?: readonly { value: string; label: string; key?: string }[]
}

/** A cell as it stands: its text as it would be typed, and what is shown of it. */
export interface SheetCellShown {
  text: string
  words: string
  /** What row and column it is, for those who hear the page. */
  label: string
  isOpen: boolean
  isFaulty: boolean
}

export interface SheetRow<C extends string> {
  key: string
  name: string
  detail: string | null
  /** A part of the row above it. */
  isPart: boolean
  isChanged: boolean
  cells: Readonly<Record<C, SheetCellShown>>
  /** Cells beside those one writes in, as `td`. */
  facts: ReactNode
  /** Where it says what is wrong: the id of that place. */
  describedBy: string | undefined
  /** What stands below the row, over its whole width. */
  below?: ReactNode | undefined
  /** Where a list of what was found leads to. */
  line?: string
}

export type SheetChange<C extends string> = { key: string; column: C; text: string }

export interface SheetActs<C extends string> {
  /** Writes cells at once, as one step. */
  change: (changes: readonly SheetChange<C>[]) => void
  /** While a cell is typed in. */
  type: (change: SheetChange<C>) => void
  commit: () => void
  cancel: () => void
  undo: () => void
  redo: () => void
}

/** A block from a spreadsheet laid on rows from a cell on; what falls on closed cells or outside is counted. */
export function pasted<C extends string>(
  text: string,
  on: { rows: readonly Pick<SheetRow<C>, 'key' | 'cells'>[]; columns: readonly Pick<SheetColumn<C>, 'name'>[] },
  from: { row: number; column: number },
): { changes: SheetChange<C>[]; left: number } {
  const changes: SheetChange<C>[] = []
  let left = 0
  for (const [down, line] of blockOf(text).entries())
    for (const [right, cell] of line.entries()) {
      const row = on.rows[from.row + down]
      const column = on.columns[from.column + right]
      if (row !== undefined && column !== undefined && row.cells[column.name].isOpen)
        changes.push({ key: row.key, column: column.name, text: cell.trim() })
      else if (cell.trim() !== '') left += 1
    }
  return { changes, left }
}

/** Lines of cells as a spreadsheet copies them: a cell that holds a tab or a line break stands in quotes, its own quotes twice. */
function blockOf(text: string): string[][] {
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y
  const lines: string[][] = [[]]
  const whole = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (;;) {
    const [, quoted, plain = '', end] = cells.exec(whole) ?? []
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\n') lines.push([])
    else if (end !== '\t') return lines
  }
}
