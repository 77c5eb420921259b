import { ownPlaces, quoteTotal, readMeasureRules, type ReportedFigure } from '#indicators'
import type { Calendar, CellPlace } from '#indicators/model'
import type { Context } from '#platform'
import type { FigureLine, FigureRow, FormDefinition, QuotedFigure } from '../model.ts'

/** A row of figures of a form where it stands, with its place in `indicators` and whether this body types it. */
export type PlacedRow = { section: string; row: FigureRow; place: CellPlace; mode: 'typed' | 'total' }

/** All rows of figures of a report. */
export async function placedRows(
  ctx: Context,
  of: { form: FormDefinition; unitId: string; period: string },
  calendars: readonly Calendar[],
): Promise<PlacedRow[]> {
  const rows = of.form.sections.flatMap((section) =>
    section.kind === 'figures'
      ? section.rows.map((row) => ({
          ...{ section: section.key, row },
          place: { measureId: row.measureId, unitId: of.unitId, period: of.period, breakdown: row.breakdown },
        }))
      : [],
  )
  const own = await ownPlaces(
    ctx,
    rows.map(({ place }) => place),
    calendars,
  )
  return rows.map((row, at) => ({ ...row, mode: own[at] === true ? 'typed' : 'total' }))
}

/** Whether a line says anything. */
export function isSaid(line: FigureLine | undefined): line is FigureLine {
  return line !== undefined && (line.status !== null || line.absence !== null || line.numerator !== null)
}

/** A typed line as entry takes it. */
export function asReported({ place }: PlacedRow, line: FigureLine): ReportedFigure {
  return {
    ...place,
    ...{ status: line.status, numerator: line.numerator, denominator: line.denominator, absence: line.absence },
    comment: line.comment === '' ? null : line.comment,
  }
}

/** An empty line of a row. */
const emptyLine = (row: PlacedRow): FigureLine => ({
  ...{ key: row.row.key, mode: row.mode, status: null, numerator: null, denominator: null, absence: null },
  ...{ comment: '', explanation: '' },
})

/** A total as it is quoted now, with what its writer says of it. */
export async function quotedTotal(
  ctx: Context,
  row: PlacedRow,
  line: FigureLine | undefined,
  calendars: readonly Calendar[],
  of: { parts: boolean } = { parts: true },
): Promise<QuotedFigure> {
  const total = await quoteTotal(ctx, row.place, calendars, of)
  const { measureId, breakdown, period } = row.place
  const value = total?.value ?? null
  return {
    ...(line ?? emptyLine(row)),
    ...{ mode: 'total', measureId, breakdown, period, cellId: null, vintage: null, value },
    status: value === null ? null : total?.isEstimate === true ? 'E' : 'A',
    ...{ numerator: total?.numerator ?? null, denominator: total?.denominator ?? null },
    absence: value === null ? 'missing' : null,
    made:
      total === undefined
        ? null
        : {
            ...{ expected: total.expected, reported: total.reported, late: total.late, estimated: total.estimated },
            ...{ asOf: ctx.now, parts: total.parts },
          },
  }
}

/** What a line comes to: a share of its denominator where the measure is a ratio. */
export async function valuesOf(
  ctx: Context,
  rows: readonly PlacedRow[],
): Promise<(row: PlacedRow, line: FigureLine) => number | null> {
  const measures = await readMeasureRules(
    ctx,
    rows.map(({ row }) => row.measureId),
  )
  return ({ row }, { numerator, denominator }) => {
    const measure = measures.get(row.measureId)
    if (numerator === null || measure === undefined) return null
    if (measure.aggregation !== 'ratio') return numerator
    return denominator === null || denominator === 0 ? null : (numerator / denominator) * measure.factor
  }
}
