import { sql } from 'kysely'
import type { Context } from '#platform'
import type { ProgrammeNumbers, Standing } from '../model.ts'
import { listProgrammes } from '../store/programmes.ts'
import { addStanding, noNumbers, ofFilter } from './numbers.ts'

type Row = { code: string | null; standing: Standing; count: number }
type Extent = { code: string; plans: number; tasks: number }

/**
 * The programmes of the country with the work within reach that serves each, joined pieces once in each and once in the
 * total, whatever the number of plans and programmes they serve. Three statements.
 */
export async function getProgrammeNumbers(ctx: Context): Promise<ProgrammeNumbers> {
  // Every piece with every programme its own task serves in the newest document.
  const served = sql`newest as materialized (
      select p.id as plan_id, (select v.id from plans.plan_version v where v.plan_id = p.id and v.state = 'issued' order by v.ordinal desc limit 1) as version_id
      from plans.plan p where p.id in (select np.plan_id from plans.node_programme np)),
    served as materialized (
      select np.programme_code as code, o.id, o.plan_id, o.node_id, coalesce(o.joined_id, o.id) as work_id, o.due_on, o.done_on, o.is_requested
      from plans.node_programme np join newest on newest.version_id = np.plan_version_id
      join plans.occurrence o on o.node_id = np.node_id where ${ofFilter(ctx, {})})`
  const { rows } = await sql<Row>`with ${served},
    once as (select distinct on (code, work_id) code, due_on, done_on, is_requested from served order by code, work_id, due_on nulls last, id),
    once_at_all as (select distinct on (work_id) due_on, done_on, is_requested from served order by work_id, due_on nulls last, id)
    select code, plans.standing(due_on, done_on, is_requested, ${ctx.today}::date) as standing, count(*) as count from once group by 1, 2
    union all select null, plans.standing(due_on, done_on, is_requested, ${ctx.today}::date), count(*) from once_at_all group by 2`.execute(
    ctx.db,
  )
  const extents = await sql<Extent>`with ${served}
    select code, count(distinct plan_id) as plans, count(distinct node_id) as tasks from served group by code`.execute(
    ctx.db,
  )
  const numbersOf = (code: string | null) => {
    const numbers = noNumbers(ctx.today)
    for (const row of rows) if (row.code === code) addStanding(numbers, row.standing, row.count)
    return numbers
  }
  const programmes = await listProgrammes(ctx.db)
  return {
    programmes: programmes.map(({ code, name, number, issuedOn }) => {
      const extent = extents.rows.find((row) => row.code === code)
      return {
        code,
        number,
        issuedOn,
        name: name[ctx.language] ?? Object.values(name)[0] ?? '',
        plans: extent?.plans ?? 0,
        tasks: extent?.tasks ?? 0,
        numbers: numbersOf(code),
      }
    }),
    total: numbersOf(null),
  }
}
