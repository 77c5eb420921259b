import { sql } from 'kysely'
import { newId, type Context } from '#platform'

const recordKind = 'indicators.completion'

export type Completion = { dataSet: string; unitId: string; period: string; on: string }

/** Says that all of forms was sent; saying it again changes nothing but the day. @returns how many were new, and how many changed their day */
export async function sayCompletions(
  ctx: Context,
  system: string,
  said: readonly Completion[],
): Promise<{ made: number; changed: number }> {
  if (said.length === 0) return { made: 0, changed: 0 }
  const column = (of: (one: Completion) => string) => said.map(of)
  const given = sql`(select * from unnest(${column(({ dataSet }) => dataSet)}::text[], ${column(({ unitId }) => unitId)}::uuid[],
    ${column(({ period }) => period)}::text[], ${column(({ on }) => on)}::date[], ${said.map(() => newId())}::uuid[]) as t(data_set, unit_id, period, completed_on, id))`
  const { rows: ended } = await sql<{ id: string }>`
    update indicators.completion c set ended_at = ${ctx.now}::timestamptz, ended_by = ${ctx.actor.personId}::uuid from ${given} g
    where c.agency_id = ${ctx.actor.agencyId}::uuid and c.system = ${system} and c.ended_at is null and c.data_set = g.data_set
      and c.unit_id = g.unit_id and c.period = g.period and c.completed_on <> g.completed_on returning c.id`.execute(
    ctx.db,
  )
  const { rows: made } = await sql<{ id: string }>`
    insert into indicators.completion (id, agency_id, system, data_set, unit_id, period, completed_on, said_by, said_at)
    select g.id, ${ctx.actor.agencyId}::uuid, ${system}, g.data_set, g.unit_id, g.period, g.completed_on, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from ${given} g on conflict (agency_id, system, data_set, unit_id, period) where ended_at is null do nothing returning id`.execute(
    ctx.db,
  )
  await ctx.record(
    'indicators.completion-said',
    { kind: recordKind, id: null, agencyId: ctx.actor.agencyId },
    { said: said.length, made: made.length - ended.length, changed: ended.length },
  )
  return { made: made.length - ended.length, changed: ended.length }
}

/** Takes back that forms were complete. @returns how many had been */
export async function endCompletions(
  ctx: Context,
  system: string,
  of: readonly Omit<Completion, 'on'>[],
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update indicators.completion c set ended_at = ${ctx.now}::timestamptz, ended_by = ${ctx.actor.personId}::uuid
    from unnest(${of.map(({ dataSet }) => dataSet)}::text[], ${of.map(({ unitId }) => unitId)}::uuid[], ${of.map(({ period }) => period)}::text[]) as g(data_set, unit_id, period)
    where c.agency_id = ${ctx.actor.agencyId}::uuid and c.system = ${system} and c.ended_at is null and c.data_set = g.data_set
      and c.unit_id = g.unit_id and c.period = g.period returning c.id`.execute(ctx.db)
  await ctx.record(
    'indicators.completion-ended',
    { kind: recordKind, id: null, agencyId: ctx.actor.agencyId },
    { ended: rows.length },
  )
  return rows.length
}

export type SaidCompletion = Completion & { login: string | null; saidAt: string }

/** What the acting body said to be complete. */
export async function readCompletions(
  ctx: Context,
  system: string,
  of: { dataSets: readonly string[]; periods: readonly string[]; unitIds: readonly string[]; most: number },
): Promise<SaidCompletion[]> {
  const { rows } = await sql<SaidCompletion>`
    select c.data_set, c.unit_id, c.period, c.completed_on as "on", null::text as login, c.said_at from indicators.completion c
    where c.agency_id = ${ctx.actor.agencyId}::uuid and c.system = ${system} and c.ended_at is null and c.data_set = any (${[...of.dataSets]}::text[])
      and (${of.periods.length} = 0 or c.period = any (${[...of.periods]}::text[])) and c.unit_id = any (${[...of.unitIds]}::uuid[])
    order by c.data_set, c.period, c.unit_id limit ${of.most}`.execute(ctx.db)
  return rows
}
