/** Equations over variables that are at least 0: each is coefficients by variable, and what they come to. */
export type Equation = { of: ReadonlyMap<number, number>; is: number }

const tiny = 1e-7

/**
 * The least and the greatest a variable can be where all equations hold: two-phase simplex by Bland's rule, dense; for tables of tests.
 * It shares nothing with what hides cells.
 * @returns undefined where no values fit
 */
export function rangeOf(
  variable: number,
  count: number,
  equations: readonly Equation[],
): { least: number; greatest: number } | undefined {
  const begun = begin(count, equations)
  if (begun === undefined) return undefined
  const solve = (sign: 1 | -1) => {
    const { rows, basis } = { rows: begun.rows.map((row) => [...row]), basis: [...begun.basis] }
    const goal = Array.from({ length: count + 1 }, (_, at) => (at === variable ? sign : 0))
    return improve(rows, basis, goal, count) === 'unbounded' ? sign * -Infinity : valueOf(rows, basis, variable, count)
  }
  return { least: solve(1), greatest: solve(-1) }
}

function valueOf(rows: number[][], basis: number[], variable: number, count: number): number {
  const at = basis.indexOf(variable)
  return at < 0 ? 0 : (rows[at]?.[count] ?? 0)
}

/** A first set of values that fits all equations. */
function begin(count: number, equations: readonly Equation[]): { rows: number[][]; basis: number[] } | undefined {
  const wide = count + equations.length
  const rows = equations.map(({ of, is }, at) => {
    const sign = is < 0 ? -1 : 1
    const row = new Array<number>(wide + 1).fill(0)
    for (const [variable, by] of of) row[variable] = sign * by
    row[count + at] = 1
    row[wide] = sign * is
    return row
  })
  const basis = equations.map((_, at) => count + at)
  const goal = Array.from({ length: wide + 1 }, (_, at) => (at >= count && at < wide ? 1 : 0))
  improve(rows, basis, goal, wide)
  const left = basis.reduce((sum, variable, at) => sum + (variable >= count ? (rows[at]?.[wide] ?? 0) : 0), 0)
  if (left > 1e-5) return undefined
  for (const [at, variable] of basis.entries()) {
    if (variable < count) continue
    const entering = (rows[at] ?? []).findIndex((by, column) => column < count && Math.abs(by) > tiny)
    if (entering >= 0) pivot(rows, basis, at, entering)
  }
  const kept = [...basis.keys()].filter((at) => (basis[at] ?? count) < count)
  return {
    rows: kept.map((at) => [...(rows[at] ?? []).slice(0, count), rows[at]?.[wide] ?? 0]),
    basis: kept.map((at) => basis[at] ?? 0),
  }
}

/** Makes the goal as small as it gets. */
function improve(rows: number[][], basis: number[], goal: readonly number[], count: number): 'best' | 'unbounded' {
  for (;;) {
    const price = (column: number) =>
      (goal[column] ?? 0) - rows.reduce((sum, row, at) => sum + (goal[basis[at] ?? 0] ?? 0) * (row[column] ?? 0), 0)
    let entering = -1
    for (let column = 0; column < count && entering < 0; column++) if (price(column) < -tiny) entering = column
    if (entering < 0) return 'best'
    let leaving = -1
    let least = Infinity
    for (const [at, row] of rows.entries()) {
      const by = row[entering] ?? 0
      if (by <= tiny) continue
      const ratio = (row[count] ?? 0) / by
      if (ratio < least - tiny || (ratio < least + tiny && (basis[at] ?? 0) < (basis[leaving] ?? Infinity))) {
        least = ratio
        leaving = at
      }
    }
    if (leaving < 0) return 'unbounded'
    pivot(rows, basis, leaving, entering)
  }
}

function pivot(rows: number[][], basis: number[], at: number, column: number): void {
  const own = rows[at] ?? []
  const by = own[column] ?? 1
  for (let place = 0; place < own.length; place++) own[place] = (own[place] ?? 0) / by
  for (const [other, row] of rows.entries()) {
    const times = row[column] ?? 0
    if (other === at || Math.abs(times) < 1e-12) continue
    for (let place = 0; place < row.length; place++) row[place] = (row[place] ?? 0) - times * (own[place] ?? 0)
  }
  basis[at] = column
}
