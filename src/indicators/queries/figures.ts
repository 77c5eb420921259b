import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import { withinReach } from '#access'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { getUnitKey, openLand, refOf } from '../land.ts'
import type { Calendar, Figure, Observation } from '../model.ts'
import { placeOf } from '../store.ts'
import { readBefore } from './before.ts'

export type FigureFilter = {
  measureId?: string | undefined
  unitId?: string | undefined
  unitIds?: readonly string[] | undefined
  period?: string | undefined
  /** Only what waits for a decision the actor may take. */
  toDecide?: boolean | undefined
  /** Only figures of the acting body whose newest vintage was given back. */
  isReturned?: boolean | undefined
  page: number
  size: number
}

type Row = Omit<Figure, 'unit' | 'latest' | 'accepted' | 'before'> & {
  periodTo: string
  total: number
  latest: Observation
  accepted: Observation | null
}

/** Figures the actor sees, newest period first, with what stands and what waits. */
export async function listFigures(
  ctx: Context,
  filter: FigureFilter,
  calendars: readonly Calendar[],
): Promise<Page<Figure>> {
  const { page, size } = filter
  const where = sql.join(
    [
      sql`true`,
      ...(filter.measureId === undefined ? [] : [sql`c.measure_id = ${filter.measureId}`]),
      ...(filter.unitId === undefined ? [] : [sql`c.unit_id = ${filter.unitId}`]),
      ...(filter.unitIds === undefined ? [] : [sql`c.unit_id = any (${[...filter.unitIds]}::uuid[])`]),
      ...(filter.period === undefined ? [] : [sql`c.period = ${filter.period}`]),
      ...(filter.toDecide === true
        ? [
            sql`c.accepted_vintage is distinct from c.vintage and ${withinReach(ctx, 'c.agencyId')}
              and not exists (select 1 from indicators.decision d where d.cell_id = c.id and d.vintage = c.vintage)
              and not exists (select 1 from indicators.observation o where o.cell_id = c.id and o.vintage = c.vintage and o.entered_by = ${ctx.actor.personId})`,
          ]
        : []),
      ...(filter.isReturned === true
        ? [
            sql`c.accepted_vintage is distinct from c.vintage and c.agency_id = ${ctx.actor.agencyId}::uuid and exists (
              select 1 from indicators.decision d where d.cell_id = c.id and d.vintage = c.vintage and d.outcome = 'returned')`,
          ]
        : []),
    ],
    sql` and `,
  )
  const { rows } = await sql<Row>`
    with found as (
      select c.*, m.factor, m.aggregation, m.due_days, m.rank, count(*) over () as total from indicators.cell c join indicators.measure m on m.id = c.measure_id
      where ${where} order by c.period_from desc, m.rank, c.unit_id, c.breakdown limit ${size} offset ${(page - 1) * size}
    )
    select c.id as cell_id, c.measure_id, c.unit_id, c.period, c.period_to, c.breakdown, c.agency_id, ${nameOfBody(sql`c.agency_id`, ctx.today)} as agency_name,
      coalesce(c.answered_on > c.period_to - 1 + c.due_days, false) as is_late, c.total::integer as total,
      ${said(sql`c.vintage`)} as latest, ${said(sql`c.accepted_vintage`)} as accepted
    from found c order by c.period_from desc, c.rank, c.unit_id, c.breakdown`.execute(ctx.db)
  const land = await openLand(ctx)
  const before = await readBefore(ctx, rows, calendars)
  return {
    items: rows.map(({ periodTo, total: _, ...row }) => ({
      ...row,
      before: before.get(placeOf(row)) ?? null,
      unit: refOf(land, getUnitKey(land, row.unitId), dayBefore(periodTo), ctx.language),
    })),
    total: rows[0]?.total ?? 0,
    page,
    size,
  }

  function said(vintage: ReturnType<typeof sql>) {
    return observationJson(ctx, vintage)
  }
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** One vintage of the cell `c` as JSON; null where there is none. */
function observationJson(ctx: Context, vintage: ReturnType<typeof sql>) {
  return sql`(select jsonb_build_object('vintage', o.vintage, 'status', o.status, 'numerator', o.numerator, 'denominator', o.denominator,
      'value', case when o.status is null then null when c.aggregation = 'ratio' then o.numerator / nullif(o.denominator, 0) * c.factor else o.numerator end,
      'absence', o.absence, 'source', o.source, 'comment', o.comment, 'byAgencyId', o.by_agency_id,
      'byAgencyName', ${nameOfBody(sql`o.by_agency_id`, ctx.today)}, 'enteredAt', o.entered_at,
      'decision', (select jsonb_build_object('outcome', d.outcome, 'reason', d.reason, 'decidedAt', d.decided_at)
        from indicators.decision d where d.cell_id = o.cell_id and d.vintage = o.vintage))
    from indicators.observation o where o.cell_id = c.id and o.vintage = ${vintage})`
}
