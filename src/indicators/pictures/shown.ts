import type { ReleasedFigure, Shown, TotalRow } from '../model.ts'
import type { Total } from '../rollup/total.ts'

/** A total as a picture shows it; nobody answering is nothing reported. */
export function shownTotal(total: Omit<Total, 'parts' | 'unit'> | Omit<TotalRow, 'unit'> | undefined): Shown {
  return {
    ...{ value: total?.value ?? null, numerator: total?.numerator ?? null, denominator: total?.denominator ?? null },
    ...{ reason: total?.reason ?? null, isEstimate: total?.isEstimate ?? false, isHidden: false },
    ...{ expected: total?.expected ?? 0, reported: total?.reported ?? 0 },
  }
}

/** A figure told to everyone as a picture shows it. */
export function shownReleased(figure: Omit<ReleasedFigure, 'unit'>): Shown {
  const { isHidden, numerator, denominator, value, expected, reported } = figure
  return { isHidden, numerator, denominator, value, expected, reported, reason: null, isEstimate: false }
}
