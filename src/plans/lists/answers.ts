import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { listAgencyNames } from '#agencies'
import type { Condition, Context, Facet } from '#platform'
import { Id } from '#platform/model'
import { mechanismNames, termNames } from '#recommendations'
import { AnswerKind, ImplementationStatus, Standing } from '../model.ts'
import { planVisible, workVisible } from '../store/visible.ts'

/** Answers that hold today, of plans one may see; the row is `a`. */
export function answersHeld(ctx: Context): RawBuilder<unknown> {
  return sql`(select held.* from plans.answer held join plans.plan of_plan on of_plan.id = held.plan_id
    where held.ended_at is null and ${planVisible(ctx, 'ofPlan')}) a`
}

/**
 * How far each answered recommendation (`key`) is carried out (`value`), by the work of the tasks that implement it or,
 * where none does, of those that contribute; with the counts it follows from. Work that comes back with each period is not
 * done before its last.
 */
export function implementations(ctx: Context): RawBuilder<unknown> {
  return sql`select each.key, each.basis, case when bool_and(each.done and not each.recurs) then 'done' when bool_or(each.done or each.begun) then 'under-way'
      else 'planned' end as value, count(distinct each.node_id)::integer as tasks, count(each.id)::integer as pieces,
      (count(*) filter (where each.done))::integer as done, (count(*) filter (where each.begun and not each.done))::integer as begun,
      (count(*) filter (where each.overdue))::integer as overdue, (count(*) filter (where each.done and each.recurs))::integer as recurring
    from (select a.recommendation_id as key, a.kind, a.node_id, o.id, 
        case when bool_or(a.kind = 'implements') over (partition by a.recommendation_id) then 'implements' else 'contributes' end as basis, o.done_on is not null as done, coalesce(o.status, 'not-started') <> 'not-started' as begun,
        o.id is not null and plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) = 'overdue' as overdue,
        exists (select 1 from plans.node_version n join plans.plan_version v on v.id = n.plan_version_id
          where n.node_id = a.node_id and n.time_kind = 'recurring' and (n.time_to is null or n.time_to >= ${ctx.today}::date) and v.state = 'issued'
            and v.ordinal = (select max(w.ordinal) from plans.plan_version w where w.plan_id = a.plan_id and w.state = 'issued')) as recurs
      from ${answersHeld(ctx)} left join plans.occurrence o on o.node_id = a.node_id and o.cancelled_on is null and ${workVisible(ctx, 'o')}
      where a.kind in ('implements', 'contributes')) each
    where each.kind = each.basis group by each.key, each.basis`
}

/** Names of bodies of today, by their ids. */
export async function bodyNames(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = await listAgencyNames(
    ctx,
    [...ids].filter((id) => Id.safeParse(id).success),
    ctx.today,
  )
  return new Map([...names].map(([id, { name }]) => [id, name]))
}

/** Values of the work of answering tasks, by recommendation. */
const ofWork = (value: (ctx: Context) => RawBuilder<unknown>) => (ctx: Context) =>
  sql`select a.recommendation_id as key, ${value(ctx)} as value from ${answersHeld(ctx)} join plans.occurrence o on o.node_id = a.node_id
    where o.cancelled_on is null and ${workVisible(ctx, 'o')}`

/** What plans know of recommendations: facets of the registry, handed in by `app-routes.ts`. The row is `recommendations.recommendation r`. */
export const answerFacets: readonly Facet[] = [
  {
    kind: 'having',
    key: 'task',
    has: (ctx) => sql<SqlBool>`r.id in (select a.recommendation_id from ${answersHeld(ctx)})`,
  },
  {
    kind: 'linked',
    key: 'answer',
    values: AnswerKind.options,
    isMany: true,
    on: sql`r.id`,
    pairs: (ctx) => sql`select a.recommendation_id as key, a.kind as value from ${answersHeld(ctx)}`,
  },
  {
    kind: 'linked',
    key: 'implementation',
    values: ImplementationStatus.options,
    on: sql`r.id`,
    pairs: implementations,
  },
  {
    kind: 'linked',
    key: 'taskStanding',
    values: Standing.options,
    isMany: true,
    on: sql`r.id`,
    pairs: ofWork((ctx) => sql`plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date)`),
  },
  {
    kind: 'linked',
    key: 'lead',
    values: null,
    names: bodyNames,
    isMany: true,
    on: sql`r.id`,
    pairs: ofWork(() => sql`o.agency_id::text`),
  },
]

const answeredBy = (column: 'nodeId' | 'planId') => (ctx: Context, ids: readonly string[]) =>
  sql<SqlBool>`r.id in (select a.recommendation_id from ${answersHeld(ctx)} where ${sql.ref(`a.${column}`)} = any (${ids}::uuid[]))`

/** Recommendations that tasks, or tasks of plans, answer. */
export const answerConditions: readonly Condition[] = [
  { key: 'nodeId', accepts: Id, isMany: true, where: answeredBy('nodeId') },
  { key: 'planId', accepts: Id, isMany: true, where: answeredBy('planId') },
]

/** What tasks answer: facets of their list. The row is `plans.occurrence o`. */
export const answeredFacets: readonly Facet[] = [
  {
    kind: 'having',
    key: 'recommendation',
    has: () => sql<SqlBool>`o.node_id in (select a.node_id from plans.answer a where a.ended_at is null)`,
  },
  {
    kind: 'linked',
    key: 'mechanism',
    values: null,
    names: mechanismNames,
    isMany: true,
    on: sql`o.node_id`,
    pairs: () =>
      sql`select a.node_id as key, r.mechanism as value from plans.answer a join recommendations.recommendation r on r.id = a.recommendation_id where a.ended_at is null`,
  },
  {
    kind: 'linked',
    key: 'cluster',
    values: null,
    names: termNames,
    isMany: true,
    on: sql`o.node_id`,
    pairs: () =>
      sql`select a.node_id as key, m.number::text as value from plans.answer a join recommendations.recommendation r on r.id = a.recommendation_id
        join recommendations.term m on m.number = any (r.terms) and m.scheme = 'cluster' where a.ended_at is null`,
  },
]

/** Work of tasks that answer recommendations. */
export const answeredConditions: readonly Condition[] = [
  {
    key: 'recommendationId',
    accepts: Id,
    isMany: true,
    where: (_ctx, ids) =>
      sql<SqlBool>`o.node_id in (select a.node_id from plans.answer a where a.ended_at is null and a.recommendation_id = any (${ids}::uuid[]))`,
  },
]
