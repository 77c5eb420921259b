import { sql } from 'kysely'
import { orderOf, remembered, whereOf, type Context, type ListRequest } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import { planList } from '../lists/plans.ts'
import type { PlanState, PlanSummary } from '../model.ts'
import { planVisible } from '../store/visible.ts'
import { countBy, noNumbers } from './numbers.ts'

type Row = {
  id: string
  title: string
  state: PlanState
  kind: string
  number: string | null
  issuedOn: string | null
  level: PlanSummary['level']
  issuerId: string
  agencyId: string
  isInvented: boolean
  parentIds: string[]
}

/** The plans within reach; drafts only of the acting agency. Five statements, whatever the page. */
export async function listPlans(ctx: Context, asked: ListRequest): Promise<Page<PlanSummary>> {
  const where = whereOf(ctx, planList, asked.filter)
  const counted = await remembered(
    ctx,
    sql<{ total: number }>`select count(*) as total from plans.plan p where ${where}`,
  )
  const query = sql<Row>`
    select p.id, p.title, p.state, coalesce(v.kind, '') as kind, p.number, p.issued_on, p.level, p.issuer_id, p.agency_id, p.is_invented,
      array(select up.parent_plan_id from plans.parent up join plans.plan above on above.id = up.parent_plan_id where up.plan_id = p.id and ${planVisible(ctx, 'above')}) as parent_ids
    from plans.plan p
    left join lateral (select kind from plans.plan_version where plan_id = p.id order by ordinal desc limit 1) v on true
    where ${where}
    order by ${orderOf(ctx, planList, asked.order)} limit ${asked.size} offset ${(asked.page - 1) * asked.size}`
  const { rows } = await query.execute(ctx.db)
  return { items: await summaries(ctx, rows), total: counted[0]?.total ?? 0, page: asked.page, size: asked.size }
}

async function summaries(ctx: Context, rows: readonly Row[]): Promise<PlanSummary[]> {
  const names = await listAgencyNames(
    ctx,
    rows.flatMap((row) => [row.issuerId, row.agencyId]),
    ctx.today,
  )
  const numbers = await countBy(ctx, 'planId', { planIds: rows.map((row) => row.id) })
  const nameOf = (id: string) => names.get(id) ?? { id, name: '', endedOn: null }
  return rows.map(({ issuerId, agencyId, ...row }) => ({
    ...row,
    issuer: nameOf(issuerId),
    owner: nameOf(agencyId),
    numbers: numbers.get(row.id) ?? noNumbers(ctx.today),
  }))
}
