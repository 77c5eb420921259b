import { sql } from 'kysely'
import { ownPlaces, quoteTotals, readMeasureRules, type QuotedTotal, type ReportedFigure } from '#indicators'
import type { Calendar, CellPlace } from '#indicators/model'
import type { Context } from '#platform'
import type { FigureLine, FigureRow, FormDefinition, QuotedFigure } from '../model.ts'

/** A row of figures of a form where it stands, with its place in `indicators` and whether this body types it. */
export type PlacedRow = { section: string; row: FigureRow; place: CellPlace; mode: 'typed' | 'total' }

/** All rows of figures of a report. `typedBy`: the body that would type them; without it, the acting one. */
export async function placedRows(
  ctx: Context,
  of: { form: FormDefinition; unitId: string; period: string; typedBy?: string },
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
    of.typedBy,
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

/** The report whose totals are quoted. */
export type QuotingReport = { roundId: string; unitId: string; period: string }

/**
 * Totals as they are quoted now, by row, with what their writer says of them. Whom others owe their reports sees the totals of the rows of that form,
 * also of fields of work that are not its own.
 */
export async function quotedTotals(
  ctx: Context,
  of: { report: QuotingReport; rows: readonly PlacedRow[]; parts: boolean },
  calendars: readonly Calendar[],
  lineOf: (row: PlacedRow) => FigureLine | undefined = () => undefined,
): Promise<Map<PlacedRow, QuotedFigure>> {
  const rows = of.rows.filter(({ mode }) => mode === 'total')
  if (rows.length === 0) return new Map()
  const { roundId, unitId, period } = of.report
  const owing = await owingTo(ctx, roundId)
  const totals = await quoteTotals(
    ctx,
    {
      ...{ unitId, period, parts: of.parts, from: owing.bodies, owing: owing.units },
      rows: rows.map(({ place: { measureId, breakdown } }) => ({ measureId, breakdown })),
    },
    calendars,
  )
  return new Map(rows.map((row, at) => [row, quotedFigure(ctx, row, { line: lineOf(row), total: totals[at] })]))
}

/**
 * Bodies whose reports of a round come to the acting body, through others or not; `units`: those of bodies that still owe theirs or have
 * reported, its own too.
 */
export async function owingTo(ctx: Context, roundId: string): Promise<{ bodies: string[]; units: string[] }> {
  const { rows } = await sql<{ agencyId: string; unitId: string; isBelow: boolean; isOwed: boolean }>`
    select o.agency_id, o.unit_id, o.above @> array[${ctx.actor.agencyId}::uuid] as is_below, o.state = 'owed' as is_owed
    from reporting.obligation o where o.round_id = ${roundId}::uuid and o.state <> 'withdrawn'
      and (o.above @> array[${ctx.actor.agencyId}::uuid] or o.agency_id = ${ctx.actor.agencyId}::uuid)`.execute(ctx.db)
  return {
    bodies: rows.flatMap(({ agencyId, isBelow }) => (isBelow ? [agencyId] : [])),
    units: [...new Set(rows.flatMap(({ unitId, isOwed }) => (isOwed ? [unitId] : [])))],
  }
}

function quotedFigure(
  ctx: Context,
  row: PlacedRow,
  { line, total }: { line: FigureLine | undefined; total: QuotedTotal | undefined },
): QuotedFigure {
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
