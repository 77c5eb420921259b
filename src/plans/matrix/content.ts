import type { MatrixGroup } from '../model.ts'
import { roman } from '#documents'
import { countWords } from '#platform/model'

/** The columns of a matrix; their names stay, as those of every file. */
export const matrixColumns = ['place', 'text', 'position', 'terms', 'done', 'implementation', 'assessment'] as const
export type MatrixColumn = (typeof matrixColumns)[number]

/** One recommendation; `group` null: it has none. Lines of a cell are parted by `\n`. */
export type MatrixRow = {
  group: { key: string; rank: number; name: string } | null
  cells: Readonly<Record<MatrixColumn, string>>
  /** What it tells of was invented. */
  isInvented: boolean
}

export type MatrixSection = { name: string | null; label: string | null; rows: MatrixRow[] }

/** All that a file of a matrix says; `about`: lines below the title. */
export type Matrix = {
  title: string
  about: string[]
  heads: Readonly<Record<MatrixColumn, string>>
  groupBy: MatrixGroup
  sections: MatrixSection[]
}

/** Rows put together by their groups, in the order of these; those of none are last. */
export function sectionsOf(rows: readonly MatrixRow[], none: string): MatrixSection[] {
  const groups = Map.groupBy(rows, ({ group }) => group?.key ?? null)
  return [...groups.entries()]
    .map(([key, of]) => ({ key, of, group: of[0]?.group ?? null }))
    .sort((a, b) => (a.group?.rank ?? Infinity) - (b.group?.rank ?? Infinity))
    .map(({ of, group }, at) => ({ name: group?.name ?? none, label: roman(at + 1), rows: of }))
}

export type WordCounts = {
  total: number
  head: number
  sections: { name: string | null; recommendations: number; words: number }[]
}

/** How many words a file of the matrix has, its own table of counts left out. A head that comes again on each page is counted once. */
export function countMatrix(matrix: Matrix): WordCounts {
  const head = countWords(matrix.title, ...matrix.about, ...matrixColumns.map((column) => matrix.heads[column]))
  const sections = matrix.sections.map(({ name, label, rows }) => ({
    name,
    recommendations: rows.length,
    words:
      countWords(label ?? '', name ?? '') +
      rows.reduce((sum, { cells }) => sum + countWords(...matrixColumns.map((column) => cells[column])), 0),
  }))
  return { total: sections.reduce((sum, { words }) => sum + words, head), head, sections }
}
