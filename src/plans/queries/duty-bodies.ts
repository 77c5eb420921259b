import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import type { DutyBody } from '../model.ts'
import { findVersion, getPlan, type PlanRow } from '../store/plans.ts'
import { expectBodies } from './expected-bodies.ts'

type Pair = { addressedId: string; agencyId: string }

/**
 * The real bodies behind one duty of a plan, by the name of today's holder; of a draft, those it would be laid on.
 * `bodies`: how many of them lie within reach, and how many there are. A fixed number of statements, whatever the page.
 */
export async function listDutyBodies(
  ctx: Context,
  duty: { id: string; dutyId: string },
  page: { page: number; size: number },
): Promise<Page<DutyBody> & { bodies: { visible: number; all: number } }> {
  const plan = await getPlan(ctx, duty.id)
  const expected = await expectedOf(ctx, plan, duty.dutyId)
  const from = (page.page - 1) * page.size
  const { pairs, total, bodies } =
    expected.length > 0
      ? { pairs: expected.slice(from, from + page.size), total: expected.length, bodies: allOf(expected) }
      : await laidOf(ctx, duty, { from, size: page.size })
  const names = await listAgencyNames(
    ctx,
    pairs.flatMap((pair) => [pair.addressedId, pair.agencyId]),
    ctx.today,
  )
  const nameOf = (id: string) => names.get(id) ?? { id, name: '', endedOn: null }
  return {
    items: pairs.map((pair) => ({ addressed: nameOf(pair.addressedId), holder: nameOf(pair.agencyId) })),
    total,
    bodies,
    ...page,
  }
}

function allOf(pairs: Pair[]): { visible: number; all: number } {
  const all = new Set(pairs.map((pair) => pair.agencyId)).size
  return { visible: all, all }
}

/** None when the duty is of no draft of one's own. */
async function expectedOf(ctx: Context, plan: PlanRow, dutyId: string): Promise<Pair[]> {
  const draft = plan.agencyId === ctx.actor.agencyId ? await findVersion(ctx, plan, 'draft') : undefined
  if (!draft) return []
  const issuedOn = draft.header.issuedOn ?? ctx.today
  const bodies = await expectBodies(ctx, plan, { versionId: draft.id, issuedOn })
  return bodies.filter((body) => body.dutyId === dutyId)
}

async function laidOf(
  ctx: Context,
  duty: { id: string; dutyId: string },
  part: { from: number; size: number },
): Promise<{ pairs: Pair[]; total: number; bodies: { visible: number; all: number } }> {
  const of = sql`from plans.duty_body b where b.plan_id = ${duty.id} and b.duty_id = ${duty.dutyId}`
  const counted = await sql<{ total: number; visible: number; all: number | null }>`
    select count(*) as total, count(distinct b.agency_id) as visible, (select d.body_count from plans.duty d where d.id = ${duty.dutyId} and d.plan_id = ${duty.id}) as "all" ${of}`.execute(
    ctx.db,
  )
  const { rows } = await sql<Pair>`
    select b.addressed_id, b.agency_id ${of} order by b.agency_id, b.addressed_id limit ${part.size} offset ${part.from}`.execute(
    ctx.db,
  )
  const { total, visible, all } = counted.rows[0] ?? { total: 0, visible: 0, all: null }
  return { pairs: rows, total, bodies: { visible, all: all ?? visible } }
}
