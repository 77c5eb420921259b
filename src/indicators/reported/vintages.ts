import { sql, type RawBuilder } from 'kysely'
import { nameOfBody } from '#agencies'
import type { Context } from '#platform'

/** A vintage as it was entered: whose, by whom, when. */
export type DescribedVintage = {
  cellId: string
  vintage: number
  unitId: string
  unitName: string
  agencyName: string
  status: string | null
  numerator: number | null
  denominator: number | null
  comment: string | null
  enteredAt: string
  enteredBy: string
}

/** Vintages a report quotes, those within sight, by unit. */
export async function describeVintages(
  ctx: Context,
  of: readonly { cellId: string; vintage: number }[],
): Promise<DescribedVintage[]> {
  if (of.length === 0) return []
  return describe(
    ctx,
    sql`jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as w("cellId" uuid, vintage integer)
    join indicators.cell c on c.id = w."cellId" join indicators.observation o on o.cell_id = c.id and o.vintage = w.vintage`,
  )
}

/** The newest accepted vintages of cells, those within sight. */
export async function newestAccepted(ctx: Context, cellIds: readonly string[]): Promise<DescribedVintage[]> {
  if (cellIds.length === 0) return []
  return describe(
    ctx,
    sql`indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage and c.id = any (${[...cellIds]}::uuid[])`,
  )
}

async function describe(ctx: Context, from: RawBuilder<unknown>): Promise<DescribedVintage[]> {
  const { rows } = await sql<DescribedVintage>`
    select c.id as cell_id, o.vintage, c.unit_id, u.name as unit_name, ${nameOfBody(sql`o.agency_id`, ctx.today)} as agency_name, o.status,
      o.numerator::float8 as numerator, o.denominator::float8 as denominator, o.comment, o.entered_at, o.entered_by
    from ${from}
    join lateral (select v.name from territory.unit_version v where v.unit_id = c.unit_id
      order by (v.valid_from is null or v.valid_from <= c.period_to) desc, v.valid_from desc nulls last limit 1) u on true
    order by u.name, c.id`.execute(ctx.db)
  return rows
}
