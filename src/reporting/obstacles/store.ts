import { sql } from 'kysely'
import { conflict, forbidden, newId, notFound, type Context } from '#platform'
import { bodiesWithFunction, readBodies, type Body } from '../regimes/land.ts'
import type { ObstacleState, ObstacleStepKind } from './model.ts'

/** An obstacle as it stands. */
export type KeptObstacle = {
  id: string
  agencyId: string
  routedToId: string
  theme: string
  state: ObstacleState
  heldIds: string[]
  version: number
}

/** The acting body. @throws forbidden `reporting.no-body` */
export function bodyOf(ctx: Context): string {
  if (ctx.actor.agencyId === null) throw forbidden('reporting.no-body')
  return ctx.actor.agencyId
}

/** An obstacle within sight as somebody saw it, locked. @throws notFound; conflict `platform.stale-version` */
export async function lockObstacle(ctx: Context, id: string, version: number): Promise<KeptObstacle> {
  const row = await ctx.db
    .selectFrom('reporting.obstacle')
    .select(['id', 'agencyId', 'routedToId', 'theme', 'state', 'heldIds', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.version !== version) throw conflict('platform.stale-version')
  return { ...row, state: row.state as ObstacleState }
}

type Rewritten = { answerDueOn: string; words: string; proposal: string | null; folded: string; saidIn: string }

/** Moves an obstacle on. */
export async function moveObstacle(
  ctx: Context,
  was: KeptObstacle,
  to: Partial<Pick<KeptObstacle, 'agencyId' | 'routedToId' | 'state' | 'heldIds'> & Rewritten>,
): Promise<void> {
  await ctx.db
    .updateTable('reporting.obstacle')
    .set({ ...to, version: was.version + 1 })
    .where('id', '=', was.id)
    .execute()
}

/** Keeps what happened to an obstacle. */
export async function noteStep(
  ctx: Context,
  of: Pick<KeptObstacle, 'id' | 'agencyId'>,
  step: { kind: ObstacleStepKind; words?: string; toAgencyId?: string },
): Promise<void> {
  await ctx.db
    .insertInto('reporting.obstacleStep')
    .values({
      ...{ id: newId(), obstacleId: of.id, agencyId: of.agencyId, kind: step.kind },
      ...{ words: step.words ?? null, toAgencyId: step.toAgencyId ?? null },
      ...{ byAgencyId: ctx.actor.agencyId, takenBy: ctx.actor.personId, takenAt: ctx.now },
    })
    .execute()
}

/** The most steps a line of superiors has; it ends before in every country. */
const mostSteps = 8

/** Who stands over a body today, the nearest first; bodies that have ended are left out. */
export async function lineAbove(ctx: Context, agencyId: string): Promise<Body[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive up (id, depth) as (
      select ${agencyId}::uuid, 0
      union all select coalesce((select s.superior_id from agencies.superior s where s.agency_id = a.id
        and (s.valid_from is null or s.valid_from <= ${ctx.today}::date) and (s.valid_to is null or ${ctx.today}::date < s.valid_to) limit 1), a.superior_id), up.depth + 1
      from up join agencies.agency a on a.id = up.id where up.depth < ${mostSteps})
    select up.id from up join agencies.agency a on a.id = up.id
    where up.depth > 0 and (a.valid_to is null or ${ctx.today}::date < a.valid_to) group by up.id order by min(up.depth)`.execute(
    ctx.db,
  )
  const bodies = await readBodies(
    ctx,
    rows.map(({ id }) => id),
    ctx.today,
  )
  return rows.flatMap(({ id }) => bodies.get(id) ?? [])
}

/** Bodies that answer for a field of work today, at any level. */
export async function expertsIn(ctx: Context, code: string | null): Promise<Body[]> {
  if (code === null) return []
  const ids: string[] = []
  for (const level of ['commune', 'district', 'province', 'central'] as const)
    ids.push(...(await bodiesWithFunction(ctx, { function: code, level, on: ctx.today })))
  const bodies = await readBodies(ctx, ids, ctx.today)
  return [...bodies.values()].toSorted((a, b) => a.rank - b.rank || a.id.localeCompare(b.id))
}
