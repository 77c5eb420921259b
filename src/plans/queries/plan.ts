import { sql } from 'kysely'
import { listFiles, notFound, type Context } from '#platform'
import { listAgencyNames } from '#agencies'
import type { AgencyName, Duty, PlanChanges, PlanDetail, PlanNode } from '../model.ts'
import { changesBetween } from '../rules.ts'
import { findVersion, getIssued, getPlan, mayDeriveFrom, type PlanRow, type VersionRow } from '../store/plans.ts'
import { decisionsOf } from '../store/decisions.ts'
import { readDraftNodes } from '../store/drafts.ts'
import { listAnsweredBy } from './answers.ts'
import { expectBodies, type LaidBody } from './expected-bodies.ts'
import { countBy, noNumbers } from './numbers.ts'
import { listJoinedPlans } from './serving.ts'

/** A body behind a duty is named on the page when they are this few; else only counted. */
const fewBodies = 5

/**
 * A plan with one of its versions whole. `draft` = the version being written, for its owner only; `versionId` = one that
 * was issued; else the newest issued. A fixed number of statements, whatever the size of the plan.
 * @throws notFound also when a draft is asked for by others
 */
export async function getPlanDetail(
  ctx: Context,
  id: string,
  which: { draft: boolean; versionId?: string | undefined; may: (permission: string) => boolean },
): Promise<PlanDetail> {
  const plan = await getPlan(ctx, id)
  const own = plan.agencyId === ctx.actor.agencyId
  const draft = own ? await findVersion(ctx, plan, 'draft') : undefined
  const older = which.versionId === undefined ? undefined : await getIssued(ctx, plan, which.versionId)
  const issued = older?.version ?? (await findVersion(ctx, plan, 'issued'))
  const version = which.draft || !issued ? draft : issued
  if (!version) throw notFound()
  const versions = await versionsOf(ctx, id)
  const isNewest = older?.next === undefined
  const numbers = await countBy(ctx, 'planId', { planIds: [id] })
  const family = await familyOf(ctx, id)
  const names = await listAgencyNames(ctx, [plan.issuerId, plan.agencyId], ctx.today)
  const nameOf = (agencyId: string) => names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null }
  return {
    id,
    title: version.header.title,
    state: plan.state,
    kind: version.header.kind,
    number: version.header.number,
    issuedOn: version.header.issuedOn,
    level: plan.level as PlanDetail['level'],
    issuer: nameOf(plan.issuerId),
    owner: nameOf(plan.agencyId),
    isInvented: plan.isInvented,
    numbers: numbers.get(id) ?? noNumbers(ctx.today),
    parentIds: family.parents.map((parent) => parent.id),
    versionId: version.id,
    version: version.version,
    act: version.act,
    versionState: version.state,
    header: version.header,
    nodes: await nodesOf(ctx, plan, version),
    versions,
    changedBy: versions.find((one) => one.id === older?.next?.id) ?? null,
    files: await listFiles(ctx, 'plans.plan-version', [version.id]),
    parents: family.parents,
    children: family.children,
    may: {
      edit: own && version.state === 'draft' && which.may('plans.draft'),
      issue: own && version.state === 'draft' && which.may('plans.issue'),
      amend: own && isNewest && plan.state === 'issued' && !draft && which.may('plans.draft'),
      derive: isNewest && plan.state === 'issued' && which.may('plans.derive') && (await mayDeriveFrom(ctx, plan)),
    },
  }
}

/** What the document after an issued one made of it; nothing for the newest. @throws notFound for a draft */
export async function getPlanChanges(ctx: Context, of: { planId: string; versionId: string }): Promise<PlanChanges> {
  const plan = await getPlan(ctx, of.planId)
  const { version, next } = await getIssued(ctx, plan, of.versionId)
  if (!next) return { by: null, added: [], removed: [], changed: [] }
  const by = (await versionsOf(ctx, of.planId)).find((one) => one.id === next.id) ?? null
  return { by, ...changesBetween(await readDraftNodes(ctx, version.id), await readDraftNodes(ctx, next.id)) }
}

async function versionsOf(ctx: Context, planId: string): Promise<PlanDetail['versions']> {
  const rows = await ctx.db
    .selectFrom('plans.planVersion')
    .select(['id', 'ordinal', 'act', 'state', 'number', 'issuedOn', 'title', 'reason', 'issuedAt'])
    .where('planId', '=', planId)
    .orderBy('ordinal')
    .execute()
  return rows as PlanDetail['versions']
}

async function familyOf(
  ctx: Context,
  planId: string,
): Promise<{ parents: PlanDetail['parents']; children: PlanDetail['children'] }> {
  const parents = await ctx.db
    .selectFrom('plans.parent')
    .innerJoin('plans.plan', 'plans.plan.id', 'plans.parent.parentPlanId')
    .select(['plans.plan.id', 'plans.plan.title', 'plans.plan.number', 'plans.plan.issuerId'])
    .where('plans.parent.planId', '=', planId)
    .execute()
  const names = await listAgencyNames(
    ctx,
    parents.map((parent) => parent.issuerId),
    ctx.today,
  )
  const { rows } = await sql<{ issued: number; drafting: number }>`
    select count(*) filter (where p.state = 'issued') as issued, count(*) filter (where p.state = 'draft') as drafting
    from plans.parent up join plans.plan p on p.id = up.plan_id where up.parent_plan_id = ${planId}`.execute(ctx.db)
  return {
    parents: parents.map(({ issuerId, ...parent }) => ({ ...parent, issuer: names.get(issuerId)?.name ?? '' })),
    children: rows[0] ?? { issued: 0, drafting: 0 },
  }
}

async function nodesOf(ctx: Context, plan: PlanRow, version: VersionRow): Promise<PlanNode[]> {
  const nodes = await readDraftNodes(ctx, version.id)
  const duties = await dutiesOf(ctx, version, await expectedOf(ctx, plan, version))
  const numbers = await countBy(ctx, 'nodeId', { planIds: [plan.id] })
  const joined = await listJoinedPlans(ctx, plan.id)
  const answered = await listAnsweredBy(ctx, { planId: plan.id })
  const { rows: derived } = await sql<{ nodeId: string; parentPlanId: string; parentNodeId: string; kind: string }>`
    select d.node_id, d.parent_plan_id, d.parent_node_id, d.kind
    from (${decisionsOf(plan.id, version.state === 'draft' ? sql`${version.id}::uuid` : sql`null::uuid`)}) d where d.node_id is not null`.execute(
    ctx.db,
  )
  return nodes.map(({ key, parentKey, duties: _inputs, milestones = [], ...node }) => ({
    ...node,
    milestones,
    id: key,
    parentId: parentKey,
    duties: duties.get(key) ?? [],
    numbers: numbers.get(key) ?? noNumbers(ctx.today),
    joinedPlans: joined.get(key) ?? [],
    answers: answered
      .filter(({ nodeId }) => nodeId === key)
      .map(({ recommendationId, kind, mechanism, symbol, paragraph, part }) => ({
        ...{ recommendationId, kind, mechanism, symbol, paragraph, part },
      })),
    derivedFrom: derived
      .filter((row) => row.nodeId === key)
      .map((row) => ({
        planId: row.parentPlanId,
        nodeId: row.parentNodeId,
        kind: row.kind as 'taken-over' | 'adapted',
      })),
  }))
}

type DutyRow = {
  id: string
  nodeId: string
  kind: Duty['kind']
  raw: string
  addressedId: string | null
  classCode: string | null
  bodyCount: number
  few: string[] | null
  follows: boolean
}

/** Who a draft would be laid on if it were issued as it stands; an issued version has its bodies already. */
async function expectedOf(ctx: Context, plan: PlanRow, version: VersionRow): Promise<Map<string, LaidBody[]>> {
  if (version.state === 'issued') return new Map()
  const issuedOn = version.header.issuedOn ?? ctx.today
  return Map.groupBy(await expectBodies(ctx, plan, { versionId: version.id, issuedOn }), (body) => body.dutyId)
}

function withExpected(row: DutyRow, expected: readonly LaidBody[]): DutyRow {
  const holders = [...new Set(expected.map((body) => body.agencyId))]
  const follows = expected.some((body) => body.agencyId !== body.addressedId)
  return { ...row, bodyCount: holders.length, few: holders.slice(0, fewBodies), follows }
}

/** The duties of a version by task, with the bodies behind them counted, and named where few. */
async function dutiesOf(
  ctx: Context,
  version: VersionRow,
  expected: ReadonlyMap<string, LaidBody[]>,
): Promise<Map<string, Duty[]>> {
  const laid = await sql<DutyRow>`
    select d.id, d.node_id, d.kind, d.raw, d.addressed_id, d.class_code, coalesce(d.body_count, count(distinct b.agency_id)) as body_count,
      (array_agg(distinct b.agency_id) filter (where b.agency_id is not null))[1:${fewBodies}::int] as few, coalesce(bool_or(b.agency_id <> b.addressed_id), false) as follows
    from plans.duty d left join plans.duty_body b on b.duty_id = d.id where d.plan_version_id = ${version.id}
    group by d.id order by d.rank`.execute(ctx.db)
  const rows =
    version.state === 'issued' ? laid.rows : laid.rows.map((row) => withExpected(row, expected.get(row.id) ?? []))
  const named = rows.flatMap((row) => [
    ...(row.addressedId === null ? [] : [row.addressedId]),
    ...(row.bodyCount <= fewBodies ? (row.few ?? []) : []),
  ])
  const names = await listAgencyNames(ctx, named, ctx.today)
  const nameOf = (id: string): AgencyName => names.get(id) ?? { id, name: '', endedOn: null }
  const byNode = new Map<string, Duty[]>()
  for (const { nodeId, addressedId, few, ...row } of rows) {
    const duty: Duty = {
      ...row,
      addressed: addressedId === null ? null : nameOf(addressedId),
      holders: row.bodyCount <= fewBodies ? (few ?? []).map(nameOf) : [],
    }
    byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), duty])
  }
  return byNode
}
