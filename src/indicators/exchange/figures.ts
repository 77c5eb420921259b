import { sql } from 'kysely'
import type { Context } from '#platform'
import type { FigureStatus } from '../model.ts'

/** One figure as it leaves: what was last said of it, or what was accepted. */
export type OutFigure = {
  id: string
  measureId: string
  unitId: string
  period: string
  periodFrom: string
  breakdown: string
  status: FigureStatus | null
  numerator: number | null
  denominator: number | null
  comment: string | null
  createdAt: string
  saidAt: string
}

export type OutFilter = {
  measureIds: readonly string[]
  /** Null: of every unit within sight. */
  unitIds: readonly string[] | null
  /** Names of periods, or days between which they lie; both null for all. */
  periods: readonly string[] | null
  from: string | null
  to: string | null
  saidSince: string | null
  /** Only what a second person accepted. */
  isAccepted: boolean
  withTakenBack: boolean
}

/** How many are read at a time. */
const pageFigures = 5000

/** The next figures behind one, by unit and period; as far as the actor sees them. */
export async function readOutFigures(
  ctx: Context,
  filter: OutFilter,
  after: OutFigure | undefined,
  most = pageFigures,
): Promise<OutFigure[]> {
  const { rows } = await sql<OutFigure>`
    select c.id, c.measure_id, c.unit_id, c.period, c.period_from, c.breakdown, o.status, o.numerator::float8 as numerator,
      o.denominator::float8 as denominator, o.comment, f.entered_at as created_at, o.entered_at as said_at
    from indicators.cell c
    join indicators.observation o on o.cell_id = c.id and o.vintage = ${filter.isAccepted ? sql`c.accepted_vintage` : sql`c.vintage`}
    join indicators.observation f on f.cell_id = c.id and f.vintage = 1
    where c.measure_id = any (${[...filter.measureIds]}::uuid[])
      ${filter.unitIds === null ? sql`` : sql`and c.unit_id = any (${[...filter.unitIds]}::uuid[])`}
      ${filter.periods === null ? sql`` : sql`and c.period = any (${[...filter.periods]}::text[])`}
      ${filter.from === null ? sql`` : sql`and c.period_from >= ${filter.from}::date`}
      ${filter.to === null ? sql`` : sql`and c.period_to <= ${filter.to}::date + 1`}
      ${filter.saidSince === null ? sql`` : sql`and o.entered_at >= ${filter.saidSince}::timestamptz`}
      ${filter.withTakenBack ? sql`` : sql`and o.status is not null`}
      ${after === undefined ? sql`` : sql`and (c.unit_id, c.period, c.id) > (${after.unitId}::uuid, ${after.period}, ${after.id}::uuid)`}
    order by c.unit_id, c.period, c.id limit ${most}`.execute(ctx.db)
  return rows
}

export { pageFigures }
