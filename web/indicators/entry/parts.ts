import type { Say } from '../../kit/catalogue.ts'
import type { Formatter } from '../../kit/format.ts'
import type { Names } from '../queries.ts'
import type { EntryRow, Judged } from './rows.ts'

type One = { entry: EntryRow; judged: Judged }

/** Where the parts of a whole are all there and do not come to it: by which dimension, and by how much they miss it. */
export function partsWords(
  whole: One,
  all: readonly One[],
  { known, t, format }: { known: Names; t: Say; format: Formatter },
): string | null {
  const { row, measure } = whole.entry
  const total = whole.judged.numerator
  if (total === null || measure.aggregation === 'none' || measure.aggregation === 'weighted') return null
  for (const { dimension } of measure.breakdowns) {
    const parts = all.filter(
      ({ entry }) =>
        entry.row.measureId === row.measureId &&
        entry.row.unit.id === row.unit.id &&
        entry.row.breakdown.startsWith(`${dimension}=`),
    )
    const amounts = parts.map(({ judged }) => judged.numerator)
    if (amounts.length === 0 || amounts.some((amount) => amount === null)) continue
    const sum = amounts.reduce((added: number, amount) => added + (amount ?? 0), 0)
    if (sum !== total)
      return t('indicators.parts-miss', {
        name: known.dimension(dimension)?.name ?? dimension,
        sum: format.number(sum, 4),
        total: format.number(total, 4),
      })
  }
  return null
}
