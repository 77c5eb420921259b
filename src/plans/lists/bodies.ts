import { sql, type SqlBool } from 'kysely'
import { withinReach } from '#access'
import type { Condition, Context, Facet } from '#platform'
import { Id } from '#platform/model'
import { planVisible, workVisible } from '../store/visible.ts'

/** Said only of bodies within reach: of others one cannot know whether they have it, only that one does not see it. */
function knownWithinReach(ctx: Context, has: ReturnType<typeof sql<SqlBool>>) {
  return sql<SqlBool>`case when ${withinReach(ctx, 'a.id')} then ${has} end`
}

/** What plans know of bodies: facets of their list, handed in by `app-routes.ts`. The row is `agencies.agency a`. */
export const bodyFacets: readonly Facet[] = [
  {
    kind: 'having',
    key: 'plan',
    has: (ctx) =>
      knownWithinReach(
        ctx,
        sql<SqlBool>`a.id in (select p.agency_id from plans.plan p where p.state = 'issued' and ${planVisible(ctx, 'p')})`,
      ),
  },
  {
    kind: 'having',
    key: 'work',
    has: (ctx) =>
      knownWithinReach(
        ctx,
        sql<SqlBool>`a.id in (select o.agency_id from plans.occurrence o where o.cancelled_on is null and ${workVisible(ctx, 'o')})`,
      ),
  },
  {
    kind: 'having',
    key: 'overdue',
    has: (ctx) =>
      knownWithinReach(
        ctx,
        sql<SqlBool>`a.id in (select o.agency_id from plans.occurrence o where o.cancelled_on is null and ${workVisible(ctx, 'o')}
          and plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) = 'overdue')`,
      ),
  },
]

const under = (ctx: Context, ids: readonly string[]) =>
  sql`select p.agency_id from plans.parent up join plans.plan p on p.id = up.plan_id
    where up.parent_plan_id = any (${ids}::uuid[]) and p.state = 'issued' and ${planVisible(ctx, 'p')}`

/** Bodies within reach with an issued plan under one, or without. */
export const bodyConditions: readonly Condition[] = [
  {
    key: 'withPlanUnder',
    accepts: Id,
    isMany: true,
    where: (ctx, ids) => sql<SqlBool>`(${withinReach(ctx, 'a.id')} and a.id in (${under(ctx, ids)}))`,
  },
  {
    key: 'withoutPlanUnder',
    accepts: Id,
    isMany: true,
    where: (ctx, ids) => sql<SqlBool>`(${withinReach(ctx, 'a.id')} and a.id not in (${under(ctx, ids)}))`,
  },
]
