import { sql, type SqlBool } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { withinReach } from '#access'
import { listAgencyNames } from '#agencies'
import type { Coverage, CoverageRow } from '../model.ts'
import { foldName } from '#territory/model'
import { getPlan } from '../store/plans.ts'
import { countBy, noNumbers } from './numbers.ts'

/**
 * The bodies in being today that owe a plan of their own under this one: holders of its duties, by its newest document,
 * that issue plans (committees and ministries), and below each province its communes, whether named or not. Seen only
 * within reach.
 */
function owing(ctx: Context, planId: string) {
  const exists = sql`(a.valid_from is null or a.valid_from <= ${ctx.today}::date) and (a.valid_to is null or a.valid_to > ${ctx.today}::date)`
  return sql`newest as (select id from plans.plan_version where plan_id = ${planId} and state = 'issued' order by ordinal desc limit 1), owing as (
    select distinct a.id, a.level, a.unit_id, a.superior_id from plans.duty_body b join agencies.agency a on a.id = b.agency_id
      where b.plan_version_id = (select id from newest) and b.agency_id <> b.owner_id and a.is_executive and a.kind in ('people-committee', 'ministry', 'government-agency') and ${exists}
    union
    select a.id, a.level, a.unit_id, a.superior_id from agencies.agency a
      where a.kind = 'people-committee' and a.level = 'commune' and ${exists} and ${withinReach(ctx, 'a.id')}
        and a.superior_id in (select b.agency_id from plans.duty_body b where b.plan_version_id = (select id from newest))
  ), family as (
    with recursive below(plan_id) as (select p.plan_id from plans.parent p where p.parent_plan_id = ${planId}
      union select p.plan_id from plans.parent p join below on p.parent_plan_id = below.plan_id)
    select p.id, p.agency_id, p.state, p.issued_on from below join plans.plan p on p.id = below.plan_id
  ), best as (
    select distinct on (f.agency_id) f.agency_id, f.id as plan_id, f.state, f.issued_on from family f
    where f.state in ('issued', 'draft') order by f.agency_id, (f.state = 'issued') desc, f.issued_on desc nulls last, f.id
  ), covered as (
    select o.id, o.level, o.superior_id, b.plan_id, b.issued_on, case b.state when 'issued' then 'issued' when 'draft' then 'drafting' else 'nothing' end as state
    from owing o left join best b on b.agency_id = o.id)`
}

export async function getCoverage(ctx: Context, planId: string): Promise<Coverage> {
  await getPlan(ctx, planId)
  const { rows: tiers } = await sql<Coverage['tiers'][number]>`with ${owing(ctx, planId)}
    select level, count(*) as owed, count(*) filter (where state = 'issued') as issued, count(*) filter (where state = 'drafting') as drafting, count(*) filter (where state = 'nothing') as nothing
    from covered group by level order by array_position(array['central', 'province', 'district', 'commune'], level)`.execute(
    ctx.db,
  )
  const { rows: tasks } = await sql<Coverage['tasks'][number]>`
    with newest as (select id from plans.plan_version where plan_id = ${planId} and state = 'issued' order by ordinal desc limit 1),
    derived as (select d.parent_node_id, d.kind from plans.derivation d join plans.plan p on p.id = d.plan_id where d.parent_plan_id = ${planId} and p.state = 'issued'),
    children as (select count(*)::int as plans from plans.parent up join plans.plan p on p.id = up.plan_id where up.parent_plan_id = ${planId} and p.state = 'issued')
    select n.node_id, n.path, n.text, count(*) filter (where d.kind = 'taken-over') as taken_over, count(*) filter (where d.kind = 'adapted') as adapted,
      count(*) filter (where d.kind = 'not-applicable') as not_applicable, greatest(0, (select plans from children) - count(d.kind)) as undecided
    from plans.node_version n join newest on newest.id = n.plan_version_id left join derived d on d.parent_node_id = n.node_id
    where n.kind = 'task' group by n.node_id, n.path, n.text, n.rank order by n.rank`.execute(ctx.db)
  return {
    asOf: ctx.today,
    tiers,
    tasks,
    untaken: tasks
      .filter((task) => task.takenOver + task.adapted === 0)
      .map(({ nodeId, path, text }) => ({ nodeId, path, text })),
  }
}

export type CoverageFilter = {
  level?: string | undefined
  state?: CoverageRow['state'] | undefined
  under?: string | undefined
  search?: string | undefined
  page: number
  size: number
}

type Row = {
  id: string
  level: CoverageRow['level']
  state: CoverageRow['state']
  planId: string | null
  issuedOn: string | null
  owed: number
  issued: number
  drafting: number
}

/** The bodies of the cascade one by one: nothing first, then drafting, then issued. `under` = those of one superior. */
export async function listCoverage(ctx: Context, planId: string, filter: CoverageFilter): Promise<Page<CoverageRow>> {
  await getPlan(ctx, planId)
  const words = foldName(filter.search ?? '')
  const where = sql<SqlBool>`${filter.level === undefined ? sql`true` : sql`c.level = ${filter.level}`} and ${filter.state === undefined ? sql`true` : sql`c.state = ${filter.state}`}
    and ${filter.under === undefined ? sql`true` : sql`c.superior_id = ${filter.under}`}
    and ${words === '' ? sql`true` : sql`exists (select 1 from agencies.agency_name an where an.agency_id = c.id and position(${words} in an.search_key) > 0)`}`
  const { rows: answered } = await sql<
    (Row & { total: number }) | { id: null; total: number }
  >`with ${owing(ctx, planId)},
    below as (select superior_id, count(*) as owed, count(*) filter (where state = 'issued') as issued, count(*) filter (where state = 'drafting') as drafting from covered where level = 'commune' group by superior_id),
    kept as (select c.* from covered c where ${where}),
    page as (select * from kept order by array_position(array['central', 'province', 'district', 'commune'], level), array_position(array['nothing', 'drafting', 'issued'], state), id
      limit ${filter.size} offset ${(filter.page - 1) * filter.size})
    select total.total, c.id, c.level, c.state, c.plan_id, c.issued_on, coalesce(b.owed, 0) as owed, coalesce(b.issued, 0) as issued, coalesce(b.drafting, 0) as drafting
    from (select count(*) as total from kept) total left join page c on true left join below b on b.superior_id = c.id
    order by array_position(array['central', 'province', 'district', 'commune'], c.level), array_position(array['nothing', 'drafting', 'issued'], c.state), c.id`.execute(
    ctx.db,
  )
  const total = answered[0]?.total ?? 0
  // A page after the last still says how many there are: one row without a body.
  const rows = answered.filter((row) => row.id !== null)
  const names = await listAgencyNames(
    ctx,
    rows.map((row) => row.id),
    ctx.today,
  )
  const numbers = await countBy(ctx, 'agencyId', { agencyIds: rows.map((row) => row.id) })
  const items = rows.map((row) => ({
    agency: names.get(row.id) ?? { id: row.id, name: '', endedOn: null },
    level: row.level,
    state: row.state,
    planId: row.planId,
    issuedOn: row.issuedOn,
    below: row.owed === 0 ? null : { owed: row.owed, issued: row.issued, drafting: row.drafting },
    numbers: numbers.get(row.id) ?? noNumbers(ctx.today),
  }))
  return { items, total, page: filter.page, size: filter.size }
}
