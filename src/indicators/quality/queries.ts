import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { nameOfBody } from '#agencies'
import { listIds, whereOf, type Context, type ListRequest } from '#platform'
import type { Page } from '#platform/model'
import { getUnitKey, openLand, refOf } from '../land.ts'
import type { Finding } from '../model.ts'
import { readAnswering } from '../store.ts'
import { findingList } from './list.ts'

type Row = Omit<Finding, 'unit' | 'answeredBy' | 'mayAnswer'> & { unitId: string; answeredBy: string | null }

/** What was found in figures the actor sees; open ones first. */
export async function listFindings(ctx: Context, { filter, page, size }: ListRequest): Promise<Page<Finding>> {
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::integer as count from ${findingList.from} where ${whereOf(ctx, findingList, filter)}`.execute(
    ctx.db,
  )
  const upTo = await listIds(ctx, findingList, { filter, order: 'usual', most: page * size })
  const ids = upTo.slice((page - 1) * size)
  const { rows } = await sql<Row>`
    select f.id, f.rule, r.kind, r.names ->> ${ctx.language} as rule_name, f.cell_id, f.measure_id, f.unit_id, f.period, f.breakdown, f.agency_id,
      ${nameOfBody(sql`f.agency_id`, ctx.today)} as agency_name, f.params, f.state, f.found_at, f.explanation, f.answered_by, f.answered_at
    from indicators.finding f join indicators.rule r on r.code = f.rule
    where f.id = any (${ids}::uuid[]) and ${findingList.within(ctx)} order by array_position(${ids}::uuid[], f.id)`.execute(
    ctx.db,
  )
  const names = await listPersonNames(
    ctx,
    rows.flatMap(({ answeredBy }) => answeredBy ?? []),
  )
  const { bodyIds } = await readAnswering(ctx)
  const land = await openLand(ctx)
  return {
    items: rows.map(({ unitId, answeredBy, ...row }) => ({
      ...row,
      unit: refOf(land, getUnitKey(land, unitId), ctx.today, ctx.language),
      answeredBy: answeredBy === null ? null : (names.get(answeredBy) ?? null),
      mayAnswer: bodyIds.has(row.agencyId) && row.state === 'open',
    })),
    total: counted[0]?.count ?? 0,
    page,
    size,
  }
}
