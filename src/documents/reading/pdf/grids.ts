import type { Rule } from './content.ts'

/** A cell of a drawn table: the columns and rows it covers, half open. */
export interface GridCell {
  column: number
  row: number
  columns: number
  rows: number
}

/** A table as drawn: where its columns and rows begin and end, and its cells with merged ones as one. */
export interface Grid {
  xs: number[]
  ys: number[]
  cells: GridCell[]
}

/** How far two rules may lie apart, in points, and still be one line or meet. */
const near = 3.2

/**
 * Finds drawn tables on a page. A table is a set of rules that meet and part the page into at least two cells; a
 * missing rule between two fields makes them one cell.
 */
export function gridsOf(rules: readonly Rule[]): Grid[] {
  const lines = [...merged(rules, true), ...merged(rules, false)]
  return groupsOf(lines).flatMap((group) => {
    const grid = gridFrom(group)
    return grid && grid.cells.length > 1 ? [grid] : []
  })
}

/** Rules on one line that touch or overlap become one. */
function merged(rules: readonly Rule[], isHorizontal: boolean): Rule[] {
  const found: Rule[] = []
  const sorted = rules
    .filter((rule) => rule.isHorizontal === isHorizontal)
    .sort((a, b) => a.at - b.at || a.from - b.from)
  const open: Rule[] = []
  for (const rule of sorted) {
    while (open[0] && rule.at - open[0].at > near) open.shift()
    const same = open.find(
      (one) => Math.abs(one.at - rule.at) <= near && rule.from <= one.to + near && rule.to >= one.from - near,
    )
    if (same) {
      same.from = Math.min(same.from, rule.from)
      same.to = Math.max(same.to, rule.to)
    } else {
      const copy = { ...rule }
      open.push(copy)
      found.push(copy)
    }
  }
  return found.filter((rule) => rule.to - rule.from > 4)
}

/** Sets of rules that meet one another. */
function groupsOf(lines: readonly Rule[]): Rule[][] {
  const group = lines.map((_line, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (group[root] !== root) root = group[root] ?? root
    group[index] = root
    return root
  }
  const [across, down] = [true, false].map((isHorizontal) =>
    lines.flatMap((line, index) => (line.isHorizontal === isHorizontal ? [index] : [])),
  )
  const sorted = (across ?? []).sort((a, b) => (lines[a]?.at ?? 0) - (lines[b]?.at ?? 0))
  for (const index of down ?? []) {
    const rule = lines[index]
    if (!rule) continue
    for (const other of sorted) {
      const crossing = lines[other]
      if (!crossing || crossing.at < rule.from - near) continue
      if (crossing.at > rule.to + near) break
      if (rule.at >= crossing.from - near && rule.at <= crossing.to + near) group[rootOf(other)] = rootOf(index)
    }
  }
  const groups = new Map<number, Rule[]>()
  lines.forEach((line, index) => {
    const root = rootOf(index)
    groups.set(root, [...(groups.get(root) ?? []), line])
  })
  return [...groups.values()]
}

function gridFrom(group: readonly Rule[]): Grid | null {
  const across = group.filter((rule) => rule.isHorizontal)
  const down = group.filter((rule) => !rule.isHorizontal)
  if (across.length < 2 || down.length < 1) return null
  // A side that is not drawn lies where the rules of the other direction end.
  const xs = places([...down.map((rule) => rule.at), ...ends(across, down)])
  const ys = places([...across.map((rule) => rule.at), ...ends(down, across)])
  if (xs.length < 2 || ys.length < 2 || xs.length > 65) return null
  return { xs, ys, cells: cellsOf({ xs, ys }, across, down) }
}

/** The outermost ends of rules where no rule of the other direction closes them. */
function ends(rules: readonly Rule[], closing: readonly Rule[]): number[] {
  const low = Math.min(...rules.map((rule) => rule.from))
  const high = Math.max(...rules.map((rule) => rule.to))
  return [low, high].filter((end) => !closing.some((rule) => Math.abs(rule.at - end) <= near * 2))
}

function places(values: readonly number[]): number[] {
  const found: number[] = []
  for (const value of [...values].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last === undefined || value - last > near) found.push(value)
  }
  return found
}

function cellsOf({ xs, ys }: Pick<Grid, 'xs' | 'ys'>, across: readonly Rule[], down: readonly Rule[]): GridCell[] {
  const [columns, rows] = [xs.length - 1, ys.length - 1]
  const taken = new Set<number>()
  const cells: GridCell[] = []
  const wall = walls(xs, down, ys)
  const floor = walls(ys, across, xs)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (taken.has(row * columns + column)) continue
      let wide = 1
      while (column + wide < columns && !wall(column + wide, row) && !taken.has(row * columns + column + wide))
        wide += 1
      let high = 1
      while (row + high < rows && !floor(row + high, column) && !taken.has((row + high) * columns + column)) high += 1
      for (let y = row; y < row + high; y += 1)
        for (let x = column; x < column + wide; x += 1) taken.add(y * columns + x)
      cells.push({ column, row, columns: wide, rows: high })
    }
  }
  return cells
}

/** Whether a rule runs along a border (`at` counts in `lines`) beside the field `field` of the other direction. */
function walls(
  lines: readonly number[],
  rules: readonly Rule[],
  fields: readonly number[],
): (at: number, field: number) => boolean {
  const onLine = lines.map((place) => rules.filter((rule) => Math.abs(rule.at - place) <= near))
  return (at, field) => {
    const middle = ((fields[field] ?? 0) + (fields[field + 1] ?? 0)) / 2
    return (onLine[at] ?? []).some((rule) => rule.from <= middle && rule.to >= middle)
  }
}
