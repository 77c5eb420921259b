import { sql } from 'kysely'
import { listPersonNames, withinReach } from '#access'
import type { Context } from '#platform'
import { strictestDueOn } from '../joints.ts'
import type { Joint, JointPlace, Serving } from '../model.ts'
import { workVisible } from '../store/visible.ts'
import { listProgrammes } from '../store/programmes.ts'

type Work = { id: string; joinedId: string | null; nodeId: string; agencyId: string }

/** The plans and programmes one piece of work serves, and who joined it with what; a fixed number of statements. */
export async function getServing(ctx: Context, work: Work): Promise<Serving> {
  const places = await placesOf(ctx, work)
  return {
    places,
    isHomeHidden: work.joinedId !== null && !places.some((place) => place.isHome),
    strictestDueOn: strictestDueOn(places.map((place) => place.dueOn)),
    programmes: await programmesOf(
      ctx,
      places.map((place) => place.nodeId),
    ),
    joints: await jointsOf(ctx, work),
  }
}

async function placesOf(ctx: Context, work: Work): Promise<JointPlace[]> {
  const { rows } = await sql<JointPlace>`
    select o.id as occurrence_id, o.plan_id, p.title as plan_title, p.number as plan_number, o.node_id, n.path, n.text, o.due_on,
      plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing, o.id = coalesce(o.joined_id, o.id) as is_home
    from plans.occurrence o join plans.plan p on p.id = o.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where (o.id = ${work.id}::uuid or o.joined_id = ${work.joinedId}::uuid) and o.cancelled_on is null and ${workVisible(ctx, 'o')}
    order by is_home desc, p.number nulls last, o.id`.execute(ctx.db)
  return rows
}

async function programmesOf(ctx: Context, nodeIds: string[]): Promise<Serving['programmes']> {
  const { rows } = await sql<{ code: string }>`
    select distinct np.programme_code as code from plans.node_programme np
    where np.node_id = any (${nodeIds}::uuid[]) and np.plan_version_id =
      (select v.id from plans.plan_version v where v.plan_id = np.plan_id and v.state = 'issued' order by v.ordinal desc limit 1)`.execute(
    ctx.db,
  )
  const codes = new Set(rows.map((row) => row.code))
  const all = await listProgrammes(ctx.db)
  return all
    .filter((programme) => codes.has(programme.code))
    .map(({ code, number, name }) => ({ code, number, name: name[ctx.language] ?? Object.values(name)[0] ?? '' }))
}

type JointRow = Omit<Joint, 'personName' | 'ended' | 'other'> &
  Joint['other'] & {
    thisNodeId: string
    otherNodeId: string
    joinedBy: string
    endedBy: string | null
    endedAt: string | null
    cause: NonNullable<Joint['ended']>['cause'] | null
    endReason: string | null
  }

async function jointsOf(ctx: Context, work: Work): Promise<Joint[]> {
  const { rows } = await sql<JointRow>`
    select j.id, j.home_node_id, j.node_id as this_node_id, other.node_id as other_node_id, other.plan_id, p.title as plan_title, p.number as plan_number, n.path, n.text,
      j.reason, j.joined_by, j.joined_at, j.ended_by, j.ended_at, j.cause, j.end_reason, j.version
    from plans.joint j
    cross join lateral (select case when j.node_id = ${work.nodeId}::uuid then j.home_node_id else j.node_id end as node_id,
      case when j.node_id = ${work.nodeId}::uuid then j.home_plan_id else j.plan_id end as plan_id) other
    join plans.plan p on p.id = other.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = other.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where j.agency_id = ${work.agencyId}::uuid and ${withinReach(ctx, 'j.agencyId')} and (j.node_id = ${work.nodeId}::uuid or j.home_node_id = ${work.nodeId}::uuid)
    order by j.ended_at desc nulls first, j.joined_at desc, j.id`.execute(ctx.db)
  const people = await listPersonNames(
    ctx,
    rows.flatMap((row) => [row.joinedBy, ...(row.endedBy === null ? [] : [row.endedBy])]),
  )
  return rows.map((row) => ({
    id: row.id,
    homeNodeId: row.homeNodeId,
    nodeId: row.thisNodeId,
    other: {
      nodeId: row.otherNodeId,
      planId: row.planId,
      planTitle: row.planTitle,
      planNumber: row.planNumber,
      path: row.path,
      text: row.text,
    },
    reason: row.reason,
    personName: people.get(row.joinedBy) ?? null,
    joinedAt: row.joinedAt,
    ended:
      row.endedAt === null || row.cause === null
        ? null
        : {
            at: row.endedAt,
            cause: row.cause,
            reason: row.endReason,
            personName: row.endedBy === null ? null : (people.get(row.endedBy) ?? null),
          },
    version: row.version,
  }))
}

/** For each task of a plan, other plans that work of it serves too, among those one may see. */
export async function listJoinedPlans(
  ctx: Context,
  planId: string,
): Promise<Map<string, { occurrenceId: string; planId: string; planTitle: string; planNumber: string | null }[]>> {
  const { rows } = await sql<{
    nodeId: string
    occurrenceId: string
    planId: string
    planTitle: string
    planNumber: string | null
  }>`select distinct on (o.node_id, q.number, q.id) o.node_id, twin.id as occurrence_id, q.id as plan_id, q.title as plan_title, q.number as plan_number
    from plans.occurrence o join plans.occurrence twin on twin.joined_id = o.joined_id and twin.id <> o.id and twin.cancelled_on is null
    join plans.plan q on q.id = twin.plan_id
    where o.plan_id = ${planId}::uuid and o.joined_id is not null and o.cancelled_on is null and ${workVisible(ctx, 'o')} and ${workVisible(ctx, 'twin')}
    order by o.node_id, q.number, q.id, twin.due_on nulls last, twin.id`.execute(ctx.db)
  const byNode = Map.groupBy(rows, (row) => row.nodeId)
  return new Map([...byNode].map(([nodeId, of]) => [nodeId, of.map(({ nodeId: _node, ...other }) => other)]))
}
