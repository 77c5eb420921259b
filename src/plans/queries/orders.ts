import { sql } from 'kysely'
import { getAgency, holdsFunction, type AgencyHead } from '#agencies'
import type { Context } from '#platform'
import { isOrder, type NodeInput, type OrderFault, type RequestOnly } from '../model.ts'
import { orderFault, type OrderFacts } from '../rules.ts'
import { findVersion, getPlan, type PlanRow } from '../store/plans.ts'

type OrderedPlan = Pick<PlanRow, 'issuerId' | 'agencyId' | 'functionCode'>

/**
 * The bodies a draft orders by name that its issuer may only request, and why. The issuer is looked at as it was on the
 * document's date; where another body holds its work today, what that one may order today is allowed too.
 */
export async function requestOnlyOf(
  ctx: Context,
  plan: OrderedPlan,
  draft: { issuedOn: string; nodes: NodeInput[] },
): Promise<Map<string, OrderFault>> {
  const ordered = draft.nodes.flatMap((node) => node.duties).filter((duty) => isOrder(duty.kind))
  return listRequestOnly(
    ctx,
    plan,
    draft.issuedOn,
    ordered.flatMap((duty) => duty.addressedId ?? []),
  )
}

/** The bodies the draft of an own plan names that its issuer may only request; none without a draft of one's own. */
export async function listRequestOnlyOfDraft(ctx: Context, planId: string): Promise<RequestOnly[]> {
  const plan = await getPlan(ctx, planId)
  const draft = plan.agencyId === ctx.actor.agencyId ? await findVersion(ctx, plan, 'draft') : undefined
  if (!draft) return []
  const rows = await ctx.db
    .selectFrom('plans.duty')
    .select('addressedId')
    .distinct()
    .where('planVersionId', '=', draft.id)
    .where('addressedId', 'is not', null)
    .execute()
  const faults = await listRequestOnly(
    ctx,
    plan,
    draft.header.issuedOn ?? ctx.today,
    rows.flatMap((row) => row.addressedId ?? []),
  )
  return [...faults].map(([agencyId, why]) => ({ agencyId, why }))
}

/** Those of the bodies an issuer may only request on a day; see `requestOnlyOf`. */
export async function listRequestOnly(
  ctx: Context,
  plan: OrderedPlan,
  issuedOn: string,
  agencyIds: string[],
): Promise<Map<string, OrderFault>> {
  if (agencyIds.length === 0) return new Map()
  const ids = [...new Set(agencyIds)]
  const then = await faultsFor(ctx, plan.issuerId, { on: issuedOn, ids, functionCode: plan.functionCode })
  if (then.size === 0 || (plan.agencyId === plan.issuerId && issuedOn === ctx.today)) return then
  const still = [...then.keys()]
  const now = await faultsFor(ctx, plan.agencyId, { on: ctx.today, ids: still, functionCode: plan.functionCode })
  return new Map([...then].filter(([id]) => now.has(id)))
}

type FactRow = Pick<OrderFacts, 'isInLine' | 'isAbove' | 'isOnGround'> & OrderFacts['body'] & { id: string }

async function faultsFor(
  ctx: Context,
  issuerId: string,
  of: { on: string; ids: string[]; functionCode: string },
): Promise<Map<string, OrderFault>> {
  const issuer = await getAgency(ctx, issuerId, of.on)
  const governs = await governsGround(ctx, issuer, of)
  const faults = new Map<string, OrderFault>()
  for (const { id, level, isExecutive, ...facts } of await listFacts(ctx, issuer, of)) {
    const fault = orderFault({ ...facts, issuer: { ...issuer, governs }, body: { level, isExecutive } })
    if (fault !== null) faults.set(id, fault)
  }
  return faults
}

/** A people's committee, the head of the executive, or the ministry that answers to it for the plan's field of work. */
async function governsGround(
  ctx: Context,
  issuer: AgencyHead,
  of: { on: string; functionCode: string },
): Promise<boolean> {
  if (issuer.kind === 'people-committee') return true
  if (issuer.level !== 'central') return false
  if (issuer.kind === 'institution') return issuer.isExecutive
  return issuer.kind === 'ministry' && holdsFunction(ctx, issuer.id, { function: of.functionCode, on: of.on })
}

/** How each body stood to an issuer on a day, by whom each answered to and where each lay; outside its life, the nearest. */
async function listFacts(ctx: Context, issuer: AgencyHead, of: { on: string; ids: string[] }): Promise<FactRow[]> {
  const isThen = (name: string) =>
    sql`(${sql.ref(`${name}.valid_from`)} is null or ${sql.ref(`${name}.valid_from`)} <= ${of.on}::date) and (${sql.ref(`${name}.valid_to`)} is null or ${of.on}::date < ${sql.ref(`${name}.valid_to`)})`
  const superior = sql`coalesce((select s.superior_id from agencies.superior s where s.agency_id = a.id and ${isThen('s')} limit 1), a.superior_id)`
  const parent = sql`(select v.parent_id from territory.unit_version v where v.unit_id = ground.unit_id order by (${isThen('v')}) desc, v.valid_from desc nulls last limit 1)`
  const { rows } = await sql<FactRow>`
    with recursive asked as (select a.id, a.level, a.is_executive, a.unit_id from agencies.agency a where a.id = any (${of.ids}::uuid[])),
    line (body_id, agency_id) as (
      select id, id from asked union
      select line.body_id, ${superior} from line join agencies.agency a on a.id = line.agency_id where ${superior} is not null),
    over (agency_id) as (
      select ${issuer.id}::uuid union
      select ${superior} from over join agencies.agency a on a.id = over.agency_id where ${superior} is not null),
    ground (body_id, unit_id) as (
      select id, unit_id from asked union
      select ground.body_id, ${parent} from ground where ${parent} is not null)
    select asked.id, asked.level, asked.is_executive,
      exists (select 1 from line where line.body_id = asked.id and line.agency_id = ${issuer.id}::uuid) as is_in_line,
      exists (select 1 from over where over.agency_id = asked.id and asked.id <> ${issuer.id}::uuid) as is_above,
      exists (select 1 from ground where ground.body_id = asked.id and ground.unit_id = ${issuer.unitId}::uuid) as is_on_ground
    from asked`.execute(ctx.db)
  return rows
}
