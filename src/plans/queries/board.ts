import { sql } from 'kysely'
import { whereOf, type Context, type ListFilter } from '#platform'
import { newestUpdate, taskList } from '../lists/tasks.ts'
import { ProgressColumn, Standing, type BoardCounts } from '../model.ts'

/** How many of the pieces of work a filter keeps stand in each column; the list gives each column's cards. */
export async function countBoard(ctx: Context, filter: ListFilter): Promise<BoardCounts> {
  const { rows } = await sql<{ column: ProgressColumn; standing: Standing; count: number }>`
    select coalesce(${newestUpdate(ctx)}, 'none') as "column", plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing, count(*) as count
    from plans.occurrence o where ${whereOf(ctx, taskList, filter)} group by 1, 2`.execute(ctx.db)
  const sum = (of: typeof rows) => of.reduce((total, row) => total + row.count, 0)
  return {
    columns: ProgressColumn.options.map((column) => ({
      column,
      count: sum(rows.filter((row) => row.column === column)),
    })),
    standings: Standing.options.map((standing) => ({
      standing,
      count: sum(rows.filter((row) => row.standing === standing)),
    })),
  }
}
