import type { List } from '#platform'

type SheetRow = { number: number; cells: string[] }

/** A file of a list as it comes back: which columns it has, and the words of each row by their keys. */
type ListFileRows = { keys: string[]; rows: { number: number; cells: Record<string, string> }[] }

/**
 * Finds the columns of a list in the rows of a file (`readSheet`), whatever their order: keys hidden in the first row of
 * a sheet, or in brackets behind the heads. Columns it does not know are left out.
 * @returns undefined when the file names no column of the list
 */
export function readListFile(list: List, rows: readonly SheetRow[]): ListFileRows | undefined {
  const [first, ...others] = rows
  if (first === undefined) return undefined
  const inBrackets = first.cells.map((cell) => /\[(\w+)\]$/.exec(cell)?.[1])
  const isHeaded = inBrackets.some((key) => key !== undefined)
  const named = (isHeaded ? inBrackets : first.cells).map((key) =>
    list.columns.some((column) => column.key === key) ? key : undefined,
  )
  const keys = [...new Set(named.flatMap((key) => key ?? []))]
  if (keys.length === 0) return undefined
  const body = isHeaded ? others : others.slice(1)
  return {
    keys,
    rows: body.map(({ number, cells }) => ({
      number,
      cells: Object.fromEntries(keys.map((key) => [key, cells[named.indexOf(key)] ?? ''])),
    })),
  }
}
