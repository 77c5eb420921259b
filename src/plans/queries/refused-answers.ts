import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { listAgencyNames } from '#agencies'
import type { Context } from '#platform'
import { keptMechanisms, shortOf } from '#recommendations'
import type { LikelyRecommendations, LikelyTasks } from '../model.ts'
import { planVisible } from '../store/visible.ts'

type Row = Omit<LikelyTasks['refused'][number], 'agency' | 'personName' | 'mayTakeBack'> & {
  recommendationId: string
  agencyId: string
  refusedBy: string
  ownerId: string
}

/** Tasks that were refused for a recommendation, of plans one may see; the last first. */
export async function refusedTasks(
  ctx: Context,
  recommendationId: string,
  mechanism: string,
): Promise<LikelyTasks['refused']> {
  const keeps = (await keptMechanisms(ctx)).includes(mechanism)
  const rows = await named(ctx, await read(ctx, { recommendationId }))
  return rows.map(({ recommendationId: _recommendation, ownerId, ...row }) => ({
    ...row,
    mayTakeBack: keeps || ownerId === ctx.actor.agencyId,
  }))
}

/** Recommendations that were refused for a task one sees; the last first. */
export async function refusedRecommendations(ctx: Context, nodeId: string): Promise<LikelyRecommendations['refused']> {
  const rows = await named(ctx, await read(ctx, { nodeId }))
  const kept = await keptMechanisms(ctx)
  const short = new Map(
    (
      await shortOf(
        ctx,
        rows.map((row) => row.recommendationId),
      )
    ).map((one) => [one.id, one]),
  )
  return rows.flatMap(({ recommendationId, refusalId, reason, agency, personName, refusedAt, ownerId }) => {
    const one = short.get(recommendationId)
    if (one === undefined) return []
    const { mechanism, symbol, paragraph, part, text, translation } = one
    return {
      ...{ recommendationId, mechanism, symbol, paragraph, part, text, translation },
      ...{ refusalId, reason, agency, personName, refusedAt },
      mayTakeBack: kept.includes(mechanism) || ownerId === ctx.actor.agencyId,
    }
  })
}

async function read(ctx: Context, of: { recommendationId: string } | { nodeId: string }): Promise<Row[]> {
  const chosen =
    'nodeId' in of ? sql`f.node_id = ${of.nodeId}::uuid` : sql`f.recommendation_id = ${of.recommendationId}::uuid`
  const { rows } = await sql<Row>`
    select f.id as refusal_id, f.recommendation_id, f.reason, f.agency_id, f.refused_by, f.refused_at, f.node_id, f.plan_id,
      p.title as plan_title, p.number as plan_number, p.agency_id as owner_id, n.path, n.text
    from plans.answer_refusal f join plans.plan p on p.id = f.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = f.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where ${chosen} and f.ended_at is null and ${planVisible(ctx, 'p')} order by f.refused_at desc, f.id limit 100`.execute(
    ctx.db,
  )
  return rows
}

async function named(ctx: Context, rows: readonly Row[]) {
  const agencies = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  const people = await listPersonNames(
    ctx,
    rows.map((row) => row.refusedBy),
  )
  return rows.map(({ agencyId, refusedBy, ...row }) => ({
    ...row,
    agency: agencies.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
    personName: people.get(refusedBy) ?? null,
  }))
}
