import { sql, type Expression, type SqlBool } from 'kysely'
import { orderOf, remembered, whereOf, type Context, type ListFilter } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import { newestUpdate, taskList } from '../lists/tasks.ts'
import { totalOf, type Occurrence, type Standing } from '../model.ts'
import { ownLabels } from '../store/labels.ts'
import { workVisible } from '../store/visible.ts'
import { countNumbers, ofFilter, type NumbersFilter } from './numbers.ts'

export type OccurrenceFilter = NumbersFilter & {
  filter?: ListFilter
  order?: string | undefined
  page: number
  size: number
}

type Row = Omit<Occurrence, 'agency' | 'standing'> & { agencyId: string; standing: Standing }

/**
 * Where an actor reaches few of many bodies their work is found first and then put in order; the planner would go through
 * everybody's in that order, guessing that fifty are soon found.
 */
const foundFirst = sql`offset 0`

/**
 * Pieces of work within reach, most urgent first: overdue by age, then by due date, undated last; joined work once, by
 * the strictest due date of what is searched for, naming the other plans it serves. The words of the task are those of
 * the plan's newest issued version. The numbers are of all that is searched for, whatever standing is chosen: each opens
 * to its list. At most five statements, whatever the page.
 */
export async function listOccurrences(
  ctx: Context,
  filter: OccurrenceFilter,
): Promise<Page<Occurrence> & { numbers: Awaited<ReturnType<typeof countNumbers>> }> {
  const { standing, ...others } = filter.filter ?? {}
  const isNarrowed = filter.ids ?? filter.planIds ?? filter.nodeIds ?? filter.agencyIds
  const narrow = isNarrowed === undefined ? [] : [ofFilter(ctx, filter)]
  const about = whereOf(ctx, taskList, others, narrow)
  const where = whereOf(ctx, taskList, filter.filter ?? {}, narrow)
  const order = orderOf(ctx, taskList, filter.order)
  const query = sql<Row>`
    with page as (
      select o.* from (select o.* from plans.occurrence o where ${where} ${ctx.reachesAll ? sql`` : foundFirst}) o order by ${order} limit ${filter.size} offset ${(filter.page - 1) * filter.size})
    select o.id, o.plan_id, o.node_id, p.title as plan_title, p.number as plan_number, n.path, n.text, o.agency_id, o.period, o.due_on, o.done_on, o.status,
      plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing,
      ${newestUpdate(ctx)} as progress_state, ${ownLabels(ctx)} as labels,
      case when o.joined_id is null then '[]'::jsonb else coalesce((
        select jsonb_agg(jsonb_build_object('occurrenceId', twin.id, 'planId', q.id, 'planTitle', q.title, 'planNumber', q.number, 'dueOn', twin.due_on) order by twin.due_on nulls last, twin.id)
        from plans.occurrence twin join plans.plan q on q.id = twin.plan_id
        where twin.joined_id = o.joined_id and twin.id <> o.id and twin.cancelled_on is null and ${workVisible(ctx, 'twin')}), '[]'::jsonb) end as also_serves
    from page o ${taskList.joins(ctx, {})}
    order by ${order}`
  const { rows } = await query.execute(ctx.db)
  const names = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  const items = rows.map(({ agencyId, ...row }) => ({
    ...row,
    agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
  }))
  const numbers = await countNumbers(ctx, about)
  return {
    items,
    total: standing === undefined ? totalOf(numbers) : await countWork(ctx, where),
    page: filter.page,
    size: filter.size,
    numbers,
  }
}

async function countWork(ctx: Context, where: Expression<SqlBool>): Promise<number> {
  const [row] = await remembered(
    ctx,
    sql<{ total: number }>`select count(*) as total from plans.occurrence o where ${where}`,
  )
  return row?.total ?? 0
}
