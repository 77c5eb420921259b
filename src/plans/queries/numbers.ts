import { sql, type Expression, type SqlBool } from 'kysely'
import { onceOf, remembered, type Context } from '#platform'
import { taskList } from '../lists/tasks.ts'
import type { FourNumbers, Standing } from '../model.ts'
import { workVisible } from '../store/visible.ts'

export type NumbersFilter = { ids?: string[]; planIds?: string[]; nodeIds?: string[]; agencyIds?: string[] }

/** A condition on `plans.occurrence o`: within reach, not cancelled, and of the given plans, tasks or bodies. */
export function ofFilter(ctx: Context, filter: NumbersFilter): Expression<SqlBool> {
  const among = (column: ReturnType<typeof sql.ref>, ids: string[] | undefined) =>
    ids === undefined
      ? sql<SqlBool>`true`
      : ids.length === 1
        ? sql<SqlBool>`${column} = ${ids[0]}::uuid` // an index then gives the rows in order too
        : sql<SqlBool>`${column} = any (${ids}::uuid[])`
  return sql<SqlBool>`${workVisible(ctx, 'o')} and o.cancelled_on is null and ${among(sql.ref('o.id'), filter.ids)} and ${among(sql.ref('o.plan_id'), filter.planIds)} and ${among(sql.ref('o.node_id'), filter.nodeIds)} and ${among(sql.ref('o.agency_id'), filter.agencyIds)}`
}

/**
 * Of the work a condition on `plans.occurrence o` keeps, each joined piece once (ADR 0017): by the earliest due date among
 * those it keeps. Of one plan that is its own due date; of several the strictest. Unjoined work costs a look at a column.
 */
export function countedOnce(kept: Expression<SqlBool>): Expression<SqlBool> {
  return onceOf(taskList, kept)
}

export function noNumbers(asOf: string): FourNumbers {
  return {
    doneOnTime: 0,
    doneLate: 0,
    pendingInTime: 0,
    overdue: 0,
    noDueDate: 0,
    requested: { done: 0, open: 0 },
    asOf,
  }
}

/** Adds counts of a standing to the numbers they belong to. */
export function addStanding(numbers: FourNumbers, standing: Standing, count: number): void {
  switch (standing) {
    case 'done-on-time':
      numbers.doneOnTime += count
      return
    case 'done-late':
      numbers.doneLate += count
      return
    case 'pending-in-time':
      numbers.pendingInTime += count
      return
    case 'overdue':
      numbers.overdue += count
      return
    case 'no-due-date':
      numbers.noDueDate += count
      return
    case 'requested-done':
      numbers.requested.done += count
      return
    case 'requested-open':
      numbers.requested.open += count
      return
  }
}

/**
 * The four numbers (design §3.4) of everything within reach that the filter keeps, per value of a column. Of a body each
 * joined piece of work once; one plan or task never holds a piece twice.
 */
export async function countBy(
  ctx: Context,
  by: 'planId' | 'nodeId' | 'agencyId',
  filter: NumbersFilter,
): Promise<Map<string, FourNumbers>> {
  const column = { planId: sql.ref('o.plan_id'), nodeId: sql.ref('o.node_id'), agencyId: sql.ref('o.agency_id') }[by]
  const query = sql<{ key: string; standing: Standing; count: number }>`
    select ${column} as key, plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing, count(*) as count
    from plans.occurrence o where ${by === 'agencyId' ? countedOnce(ofFilter(ctx, filter)) : ofFilter(ctx, filter)} group by 1, 2`
  const rows = await remembered(ctx, query)
  const numbers = new Map<string, FourNumbers>()
  for (const row of rows) {
    const of = numbers.get(row.key) ?? noNumbers(ctx.today)
    addStanding(of, row.standing, row.count)
    numbers.set(row.key, of)
  }
  return numbers
}

/** The four numbers over all work a condition on `plans.occurrence o` keeps; see `ofFilter` and `countedOnce`. */
export async function countNumbers(ctx: Context, where: Expression<SqlBool>): Promise<FourNumbers> {
  const query = sql<{ standing: Standing; count: number }>`
    select plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing, count(*) as count
    from plans.occurrence o where ${where} group by 1`
  const rows = await remembered(ctx, query)
  const numbers = noNumbers(ctx.today)
  for (const row of rows) addStanding(numbers, row.standing, row.count)
  return numbers
}
