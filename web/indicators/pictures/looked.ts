import type { Basis, MeasureRow } from '#indicators/model'
import type { Query } from '../../plans/requests.ts'
import type { Formatter } from '../../kit/format.ts'
import type { Say } from '../../kit/catalogue.ts'
import { choice } from '../../plans/words.ts'
import { coverageWords } from '../../kit/FigureNote.tsx'
import { periodWords } from '../words.ts'

/** What the pictures of a measure are of, as the address says. */
export type LookedAt = {
  measure: MeasureRow
  unitId: string
  unitName: string
  period: string
  breakdown: string
  view: 'as-is' | 'as-was' | 'common'
  basis: Basis | undefined
  /** Undefined: today. */
  asOf: string | undefined
  level: string | undefined
}

/** What is asked of the server. */
export function askedOf(looked: LookedAt): Query {
  const { unitId, breakdown, view, basis, asOf } = looked
  return { unitId, breakdown, view: view === 'as-was' ? 'as-was' : 'as-is', basis, asOf }
}

/** What must be known of every figure of a picture, in sentences. */
export function notesOf(
  of: {
    measure: MeasureRow
    basis: Basis
    asOf: string
    period?: string
    coverage?: { reported: number; expected: number } | null
    sources?: readonly string[]
  },
  t: Say,
  format: Formatter,
): string[] {
  const { measure, basis, asOf, period, coverage, sources = [] } = of
  return [
    t('pictures.note', {
      ...{ unit: measure.unitOfMeasure, date: format.date(asOf), basis: choice(basis) },
      period: period === undefined ? 'none' : periodWords(period, t),
    }),
    ...(coverage === undefined || coverage === null
      ? []
      : [
          t('pictures.note-coverage', {
            coverage: coverageWords({ reported: coverage.reported, owed: coverage.expected }, t, format),
          }),
        ]),
    ...(sources.length === 0 ? [] : [t('pictures.note-outlines', { sources: format.list(sources) })]),
  ]
}

/** Why a picture may not leave the page: a sensitive measure leaves as it was told to everyone. */
export function keptWords(measure: MeasureRow, basis: Basis, t: Say): string | undefined {
  return measure.smallCounts !== null && basis === 'accepted' ? t('pictures.kept') : undefined
}
