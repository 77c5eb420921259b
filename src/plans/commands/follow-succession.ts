import { sql } from 'kysely'
import { holdersOf } from '#agencies'
import { newId, type Context } from '#platform'
import { layMilestones } from './milestones.ts'
import { expectBodies, type LaidBody } from '../queries/expected-bodies.ts'
import { countedDuties } from '../rules.ts'
import { tendJoints } from './tend-joints.ts'

/**
 * Lets plans and open work follow to the successors of bodies that ended, or handed over the function a plan serves,
 * after it was issued (design §3.1). What was done stays with who did it; the body addressed keeps its old name. Runs as
 * the product itself; safe to run twice.
 * @returns how many plans something moved in
 */
export async function followSuccession(ctx: Context): Promise<number> {
  const owners = await followOwners(ctx)
  const plans = await plansConcerned(ctx)
  let moved = 0
  for (const plan of plans) if (await followDuties(ctx, plan)) moved++
  await tendJoints(ctx)
  return owners + moved
}

/** Plans whose owner has ended pass to the one body that answers for their function now. */
async function followOwners(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: string; agencyId: string; functionCode: string; begunOn: string }>`
    select p.id, p.agency_id, p.function_code, p.created_at::date as begun_on from plans.plan p join agencies.agency a on a.id = p.agency_id
    where a.valid_to <= ${ctx.today}::date`.execute(ctx.db)
  let moved = 0
  for (const plan of rows) {
    const holders = await holdersOf(ctx, [plan.agencyId], {
      on: ctx.today,
      since: plan.begunOn,
      function: plan.functionCode,
    })
    const [holder, other] = holders.get(plan.agencyId) ?? []
    if (holder === undefined || other !== undefined || holder === plan.agencyId) continue
    await ctx.db.updateTable('plans.plan').set({ agencyId: holder }).where('id', '=', plan.id).execute()
    await ctx.record(
      'plans.owner-followed',
      { kind: 'plans.plan', id: plan.id, agencyId: holder },
      { from: plan.agencyId },
    )
    moved++
  }
  return moved
}

type Concerned = {
  id: string
  agencyId: string
  issuerId: string
  functionCode: string
  versionId: string
  issuedOn: string
}

/** Issued plans that bind a body from which something passed on since their newest document. */
async function plansConcerned(ctx: Context): Promise<Concerned[]> {
  const { rows } = await sql<Concerned>`
    select p.id, p.agency_id, p.issuer_id, p.function_code, v.id as version_id, v.issued_on
    from plans.plan p join lateral (select id, issued_on from plans.plan_version where plan_id = p.id and state = 'issued' order by ordinal desc limit 1) v on true
    where p.state = 'issued' and exists (select 1 from plans.duty_body b join agencies.succession s on s.from_id = b.agency_id
      where b.plan_version_id = v.id and s.on_date > v.issued_on and s.on_date <= ${ctx.today}::date)`.execute(ctx.db)
  return rows
}

const keyOf = (body: { dutyId: string; addressedId: string; agencyId: string }) =>
  `${body.dutyId} ${body.addressedId} ${body.agencyId}`

async function followDuties(ctx: Context, plan: Concerned): Promise<boolean> {
  const laid = await ctx.db
    .selectFrom('plans.dutyBody')
    .select(['dutyId', 'nodeId', 'kind', 'addressedId', 'agencyId'])
    .where('planVersionId', '=', plan.versionId)
    .execute()
  // What the document laid stays as it laid it, whatever today's rule of orders would make of it.
  const kinds = new Map(laid.map((body) => [`${body.dutyId} ${body.addressedId}`, body.kind as LaidBody['kind']]))
  const expected = (await expectBodies(ctx, plan, { versionId: plan.versionId, issuedOn: plan.issuedOn })).map(
    (body) => ({ ...body, kind: kinds.get(`${body.dutyId} ${body.addressedId}`) ?? body.kind }),
  )
  const wanted = new Set(expected.map(keyOf))
  const known = new Set(laid.map(keyOf))
  const gone = laid.filter((body) => !wanted.has(keyOf(body)))
  const come = expected.filter((body) => !known.has(keyOf(body)))
  if (gone.length === 0 && come.length === 0) return false
  await sql`insert into plans.duty_body (duty_id, addressed_id, agency_id, owner_id, plan_id, plan_version_id, node_id, kind)
    select distinct "dutyId", "addressedId", "agencyId", ${plan.agencyId}::uuid, ${plan.id}::uuid, ${plan.versionId}::uuid, "nodeId", kind
    from jsonb_to_recordset(${JSON.stringify(come)}::jsonb) as body("dutyId" uuid, "addressedId" uuid, "agencyId" uuid, "nodeId" uuid, kind text)
    on conflict do nothing`.execute(ctx.db)
  await sql`insert into plans.audience (plan_id, agency_id, owner_id) select distinct plan_id, agency_id, owner_id from plans.duty_body
    where plan_version_id = ${plan.versionId} on conflict do nothing`.execute(ctx.db)
  await sql`delete from plans.duty_body b using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as body("dutyId" uuid, "addressedId" uuid, "agencyId" uuid)
    where b.duty_id = body."dutyId" and b.addressed_id = body."addressedId" and b.agency_id = body."agencyId"`.execute(
    ctx.db,
  )
  const moved = await moveWork(ctx, plan, { gone, expected })
  await layMilestones(ctx, plan.id, plan.versionId)
  await ctx.record(
    'plans.work-followed',
    { kind: 'plans.plan', id: plan.id, agencyId: plan.agencyId },
    { bodies: come.length, work: moved },
  )
  return true
}

type Open = { id: string; nodeId: string; agencyId: string; period: string; dueOn: string | null }
type Gone = { dutyId: string; nodeId: string; addressedId: string; agencyId: string }

/** Open work of bodies that no longer hold the duty: to the one successor, or a piece each where there are several. */
async function moveWork(ctx: Context, plan: Concerned, of: { gone: Gone[]; expected: LaidBody[] }): Promise<number> {
  const { rows } = await sql<Open>`select id, node_id, agency_id, period, due_on from plans.occurrence
    where plan_id = ${plan.id} and done_on is null and cancelled_on is null order by id for update`.execute(ctx.db)
  const byNode = Map.groupBy(of.expected, (body) => body.nodeId)
  let moved = 0
  for (const work of rows) {
    const bodies = (byNode.get(work.nodeId) ?? []) as (LaidBody & { kind: 'lead' })[]
    const owed = new Map(countedDuties(bodies).map(({ duty, isRequested }) => [duty.agencyId, isRequested]))
    if (owed.has(work.agencyId)) continue
    const left = of.gone.filter((body) => body.nodeId === work.nodeId && body.agencyId === work.agencyId)
    const heirs = bodies.filter((body) =>
      left.some((before) => before.dutyId === body.dutyId && before.addressedId === body.addressedId),
    )
    await handOn(
      ctx,
      work,
      [...new Set(heirs.map((heir) => heir.agencyId))].filter((id) => owed.has(id)),
    )
    moved++
  }
  return moved
}

async function handOn(ctx: Context, work: Open, heirs: string[]): Promise<void> {
  const { rows } = await sql<{ agencyId: string }>`select agency_id from plans.occurrence
    where node_id = ${work.nodeId} and period = ${work.period} and agency_id = any (${heirs}::uuid[])`.execute(ctx.db)
  const lacking = heirs.filter((id) => !rows.some((row) => row.agencyId === id))
  const [only] = lacking
  if (only !== undefined && heirs.length === 1) {
    await ctx.db.updateTable('plans.occurrence').set({ agencyId: only }).where('id', '=', work.id).execute()
    return
  }
  for (const heir of lacking)
    await sql`insert into plans.occurrence (id, node_id, plan_id, agency_id, owner_id, is_requested, period, due_on)
      select ${newId()}::uuid, node_id, plan_id, ${heir}::uuid, owner_id, is_requested, period, due_on from plans.occurrence where id = ${work.id}`.execute(
      ctx.db,
    )
  await ctx.db.updateTable('plans.occurrence').set({ cancelledOn: ctx.today }).where('id', '=', work.id).execute()
}
