import { invalid, type Catalogue } from '#platform'
import { Language } from '#platform/model'
import { foldName } from '#territory/model'
import { figureColumns, type FigureColumn } from '../model.ts'

/** Where each column stands (from 0). */
export type Layout = ReadonlyMap<FigureColumn, number>

/** Without these a row says nothing. */
const needed: readonly FigureColumn[] = ['measure', 'unit', 'period', 'numerator']

/** The head of a column as a person reads it. */
function headOf(say: Catalogue, language: Language, column: FigureColumn): string {
  return say(language, `indicators.figures-column-${column}`)
}

/** Columns by which a file may be read: their keys, and their heads in every language. */
type Named<Key extends string> = readonly { key: Key; heads: readonly string[] }[]

const figureHeads = (say: Catalogue): Named<FigureColumn> =>
  figureColumns.map((key) => ({ key, heads: Language.options.map((language) => headOf(say, language, key)) }))

function columnOf<Key extends string>(columns: Named<Key>): (cell: string) => Key | undefined {
  const known = new Map(
    columns.flatMap(({ key, heads }) => [key, ...heads].map((head) => [foldName(head), key] as const)),
  )
  // Files of lists have the key in brackets behind the head (ADR 0015).
  return (cell) => known.get(foldName(/\[(\w+)\]$/u.exec(cell)?.[1] ?? cell))
}

/**
 * Finds the columns by their heads or keys, in any order and any of the languages; others are passed over.
 * @throws invalid `indicators.file-head-twice`
 */
export function findByHead<Key extends string>(columns: Named<Key>, cells: readonly string[]): Map<Key, number> {
  const named = columnOf(columns)
  const layout = new Map<Key, number>()
  for (const [at, cell] of cells.entries()) {
    const column = named(cell)
    if (column === undefined) continue
    if (layout.has(column)) throw invalid('indicators.file-head-twice', { head: cell })
    layout.set(column, at)
  }
  return layout
}

/**
 * Reads the heads of a file.
 * @throws invalid `indicators.file-head-twice`, `indicators.file-head-missing`
 */
export function layoutOf(say: Catalogue, language: Language, cells: readonly string[]): Layout {
  const layout = findByHead(figureHeads(say), cells)
  const missing = needed.find((column) => !layout.has(column))
  if (missing !== undefined) throw invalid('indicators.file-head-missing', { head: headOf(say, language, missing) })
  return layout
}

/** Whether a row repeats the heads, as the one under the hidden row of keys of a file of ours. */
export function repeatsHeads(say: Catalogue, layout: Layout, cells: readonly string[]): boolean {
  const named = columnOf(figureHeads(say))
  return needed.every((column) => named(cells[layout.get(column) ?? -1] ?? '') === column)
}
