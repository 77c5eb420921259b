import { sql, type SqlBool } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import type { Occurrence, ProgressState, Standing } from '../model.ts'
import { countNumbers, ofFilter, type NumbersFilter } from './numbers.ts'
import { prefixQuery } from './plans.ts'

export type OccurrenceFilter = NumbersFilter & {
  search?: string | undefined
  standing?: Standing | undefined
  progressState?: ProgressState | undefined
  /** Work of the tasks below this group or task, in the newest document. */
  underId?: string | undefined
  /** Work whose due date lies on or before this day. */
  dueBy?: string | undefined
  level?: string | undefined
  page: number
  size: number
}

type Row = Omit<Occurrence, 'agency' | 'standing'> & { agencyId: string; standing: Standing }

function below(nodeId: string) {
  return sql<SqlBool>`o.node_id in (
    with recursive newest as (select v.id from plans.plan_version v where v.state = 'issued' and v.plan_id = (select n.plan_id from plans.node n where n.id = ${nodeId}::uuid) order by v.ordinal desc limit 1),
    below (node_id) as (select ${nodeId}::uuid union
      select n.node_id from below join plans.node_version n on n.parent_node_id = below.node_id and n.plan_version_id = (select id from newest))
    select node_id from below)`
}

/**
 * Pieces of work within reach, most urgent first: overdue by age, then by due date, undated last. The words of the
 * task are those of the plan's newest issued version. The numbers are of all that is searched for, whatever standing is
 * chosen: each opens to its list. Four statements, whatever the page.
 */
export async function listOccurrences(
  ctx: Context,
  filter: OccurrenceFilter,
): Promise<Page<Occurrence> & { numbers: Awaited<ReturnType<typeof countNumbers>> }> {
  const words = prefixQuery(filter.search)
  const told = sql`(select g.state from plans.progress g where g.occurrence_id = o.id and (g.state <> 'draft' or g.agency_id = ${ctx.actor.agencyId}) order by g.created_at desc limit 1)`
  const about = sql<SqlBool>`${ofFilter(ctx, filter)}
    and ${filter.underId === undefined ? sql`true` : below(filter.underId)}
    and ${filter.dueBy === undefined ? sql`true` : sql`o.due_on <= ${filter.dueBy}::date`}
    and ${filter.level === undefined ? sql`true` : sql`exists (select 1 from agencies.agency a where a.id = o.agency_id and a.level = ${filter.level})`}
    and ${words === undefined ? sql`true` : sql`exists (select 1 from plans.node_version n where n.node_id = o.node_id and to_tsvector('simple', n.search_key) @@ to_tsquery('simple', ${words}))`}`
  const where = sql<SqlBool>`${about}
    and ${filter.standing === undefined ? sql`true` : sql`plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) = ${filter.standing}`}
    and ${filter.progressState === undefined ? sql`true` : sql`${told} = ${filter.progressState}`}`
  const counted = await sql<{ total: number }>`select count(*) as total from plans.occurrence o where ${where}`.execute(
    ctx.db,
  )
  const { rows } = await sql<Row>`
    with page as (
      select o.* from plans.occurrence o where ${where}
      order by (o.done_on is null) desc, o.due_on nulls last, o.id limit ${filter.size} offset ${(filter.page - 1) * filter.size})
    select o.id, o.plan_id, o.node_id, p.title as plan_title, p.number as plan_number, n.path, n.text, o.agency_id, o.period, o.due_on, o.done_on, o.status,
      plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing,
      ${told} as progress_state
    from page o join plans.plan p on p.id = o.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    order by (o.done_on is null) desc, o.due_on nulls last, o.id`.execute(ctx.db)
  const names = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  const items = rows.map(({ agencyId, ...row }) => ({
    ...row,
    agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
  }))
  return {
    items,
    total: counted.rows[0]?.total ?? 0,
    page: filter.page,
    size: filter.size,
    numbers: await countNumbers(ctx, about),
  }
}
