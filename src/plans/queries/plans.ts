import { sql, type SqlBool } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import type { PlanState, PlanSummary } from '../model.ts'
import { planVisible } from '../store/visible.ts'
import { prefixQuery } from '../store/words.ts'
import { countBy, noNumbers } from './numbers.ts'

export type PlanFilter = {
  search?: string | undefined
  state?: PlanState | undefined
  level?: PlanSummary['level'] | undefined
  issuerId?: string | undefined
  parentId?: string | undefined
  mine?: boolean | undefined
  page: number
  size: number
}

function matches(filter: PlanFilter, ctx: Context) {
  const words = prefixQuery(filter.search)
  return sql<SqlBool>`${planVisible(ctx, 'p')} and ${words === undefined ? sql`true` : sql`p.words @@ to_tsquery('simple', ${words})`}
    and ${filter.state === undefined ? sql`true` : sql`p.state = ${filter.state}`}
    and ${filter.level === undefined ? sql`true` : sql`p.level = ${filter.level}`}
    and ${filter.issuerId === undefined ? sql`true` : sql`p.issuer_id = ${filter.issuerId}`}
    and ${filter.parentId === undefined ? sql`true` : sql`exists (select 1 from plans.parent up where up.plan_id = p.id and up.parent_plan_id = ${filter.parentId})`}
    and ${filter.mine === true ? sql`p.agency_id = ${ctx.actor.agencyId}` : sql`true`}
    and (p.state <> 'draft' or p.agency_id = ${ctx.actor.agencyId})`
}

/**
 * The order of lists and searches of plans: one's own body first with what it writes, then by tier from the centre down,
 * the newest first: the thousand plans of communes do not bury the ministry's.
 */
export function byNearness(ctx: Context, as: string) {
  const column = (name: string) => sql.ref(`${as}.${name}`)
  return sql`(${column('agencyId')} = ${ctx.actor.agencyId}) is true desc, (${column('state')} = 'draft') desc,
    array_position(array['central', 'province', 'district', 'commune'], ${column('level')}), ${column('issuedOn')} desc nulls last`
}

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
export async function listPlans(ctx: Context, filter: PlanFilter): Promise<Page<PlanSummary>> {
  const where = matches(filter, ctx)
  const counted = await sql<{ total: number }>`select count(*) as total from plans.plan p where ${where}`.execute(
    ctx.db,
  )
  const { rows } = await sql<Row>`
    select p.id, p.title, p.state, coalesce(v.kind, '') as kind, p.number, p.issued_on, p.level, p.issuer_id, p.agency_id, p.is_invented,
      array(select up.parent_plan_id from plans.parent up join plans.plan above on above.id = up.parent_plan_id where up.plan_id = p.id and ${planVisible(ctx, 'above')}) as parent_ids
    from plans.plan p
    left join lateral (select kind from plans.plan_version where plan_id = p.id order by ordinal desc limit 1) v on true
    where ${where}
    order by ${byNearness(ctx, 'p')}, p.id desc limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    ctx.db,
  )
  return { items: await summaries(ctx, rows), total: counted.rows[0]?.total ?? 0, page: filter.page, size: filter.size }
}

async function summaries(ctx: Context, rows: Row[]): Promise<PlanSummary[]> {
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
