import { sql } from 'kysely'
import { invalid, newId, notFound, whereOf, type Context, type ListFilter } from '#platform'
import { isOverdue, obligationList } from '../regimes/list.ts'
import { isAwaited, isConsolidated } from './awaited.ts'
import { mostUrged, type UrgeReports } from './model.ts'

type Urged = { obligationId: string; agencyId: string; dueOn: string; isOverdue: boolean }

/**
 * Urges those who have not reported in a round, by one letter: whom a filter of the list keeps, of those the acting body consolidates.
 * Each is told.
 * @throws notFound; invalid `reporting.nobody-to-urge`, `reporting.too-many-to-urge`, `reporting.urging-day`
 */
export async function urgeReports(
  ctx: Context,
  input: UrgeReports<ListFilter>,
): Promise<{ id: string; urged: number }> {
  const { roundId, filter, ...letter } = input
  const owner = ctx.actor.agencyId
  const round = await ctx.db
    .selectFrom('reporting.round')
    .select(['id', 'agencyId'])
    .where('id', '=', roundId)
    .executeTakeFirst()
  if (round === undefined || owner === null) throw notFound()
  for (const key of ['issuedOn', 'reportBy'] as const) {
    const day = letter[key]
    if (day !== null && (key === 'issuedOn' ? day > ctx.today : day < ctx.today))
      throw invalid('reporting.urging-day', {}, [{ pointer: `/${key}`, code: 'reporting.urging-day' }])
  }
  const urged = await readUrged(ctx, { roundId, filter })
  if (urged.length === 0) throw invalid('reporting.nobody-to-urge')
  if (urged.length > mostUrged) throw invalid('reporting.too-many-to-urge', { most: mostUrged })
  const id = newId()
  await ctx.db
    .insertInto('reporting.urging')
    .values({
      ...{ id, agencyId: owner, roundId, ...letter, asOf: ctx.today },
      ...{ madeBy: ctx.actor.personId, madeAt: ctx.now },
    })
    .execute()
  await sql`insert into reporting.urging_addressee (urging_id, obligation_id, agency_id, owner_id, due_on, is_overdue)
    select ${id}::uuid, t."obligationId", t."agencyId", ${owner}::uuid, t."dueOn", t."isOverdue"
    from jsonb_to_recordset(${JSON.stringify(urged)}::jsonb) as t("obligationId" uuid, "agencyId" uuid, "dueOn" date, "isOverdue" boolean)`.execute(
    ctx.db,
  )
  await ctx.record(
    'reporting.urged',
    { kind: 'reporting.urging', id, agencyId: owner },
    { roundId, urged: urged.length },
  )
  return { id, urged: urged.length }
}

async function readUrged(ctx: Context, of: { roundId: string; filter: ListFilter }): Promise<Urged[]> {
  const { rows } = await sql<Urged>`
    select o.id as obligation_id, o.agency_id, coalesce(r.due_on, o.due_on) as due_on, ${isOverdue(ctx)} as is_overdue
    from ${obligationList.from} join reporting.round d on d.id = o.round_id left join reporting.report r on r.obligation_id = o.id
    where o.round_id = ${of.roundId}::uuid and ${whereOf(ctx, obligationList, of.filter)} and ${isAwaited} and ${isConsolidated(ctx)}
    limit ${mostUrged + 1}`.execute(ctx.db)
  return rows
}
