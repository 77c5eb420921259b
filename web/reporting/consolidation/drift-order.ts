import type { FigureDrift } from '#reporting/model'
import type { Order } from '../../kit/filter-url.ts'

/** By what figures are ordered; of changes their size counts, not their direction. */
const measureOf: Record<string, (row: FigureDrift) => number | string | null> = {
  figure: ({ name }) => name,
  drift: ({ drift }) => (drift === null ? null : Math.abs(drift)),
  share: ({ share }) => (share === null ? null : Math.abs(share)),
  changed: ({ changedAt }) => changedAt,
}

/** Figures in an order; those without what it is by come last either way. */
export function ordered(rows: readonly FigureDrift[], { by, isDescending }: Order): FigureDrift[] {
  const of = measureOf[by] ?? (() => null)
  return rows.toSorted((first, second) => {
    const [a, b] = [of(first), of(second)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const sign = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'vi')
    return isDescending ? -sign : sign
  })
}
