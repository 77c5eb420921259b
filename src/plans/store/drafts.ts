import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import { foldName } from '#territory/model'
import type { NodeInput, PlanHeader } from '../model.ts'

/** Rows a statement takes at once, well under the protocol's 65,535 parameters. */
const chunkSize = 1000

function chunksOf<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_none, at) =>
    rows.slice(at * chunkSize, (at + 1) * chunkSize),
  )
}

export type DraftPlace = { planId: string; versionId: string; agencyId: string }

export function headerColumns(header: PlanHeader) {
  return {
    kind: header.kind,
    number: header.number || null,
    place: header.place || null,
    issuedOn: header.issuedOn,
    title: header.title,
    preamble: header.preamble,
    signature: JSON.stringify(header.signature),
    bases: JSON.stringify(header.bases),
    recipients: JSON.stringify(header.recipients),
    prose: JSON.stringify(header.prose),
    periodFrom: header.periodFrom,
    periodTo: header.periodTo,
  }
}

/** The columns of the plan itself that follow its document. */
export function planColumns(header: PlanHeader) {
  return {
    title: header.title,
    searchKey: foldName(`${header.number ?? ''} ${header.title}`),
    number: header.number || null,
    issuedOn: header.issuedOn,
    periodFrom: header.periodFrom,
    periodTo: header.periodTo,
  }
}

/**
 * Writes a draft's whole tree: nodes keep their ids where the key names one of this plan, all others get new ones.
 * @returns the id of each key
 */
export async function replaceDraftNodes(
  ctx: Context,
  at: DraftPlace,
  nodes: NodeInput[],
): Promise<Map<string, string>> {
  const known = new Set(
    (await ctx.db.selectFrom('plans.node').select('id').where('planId', '=', at.planId).execute()).map((row) => row.id),
  )
  const ids = new Map(nodes.map((node) => [node.key, known.has(node.key) ? node.key : newId()]))
  const idOf = (key: string) => ids.get(key) ?? key
  await ctx.db.deleteFrom('plans.nodeProgramme').where('planVersionId', '=', at.versionId).execute()
  await ctx.db.deleteFrom('plans.nodeBasis').where('planVersionId', '=', at.versionId).execute()
  await ctx.db.deleteFrom('plans.nodeMilestone').where('planVersionId', '=', at.versionId).execute()
  await ctx.db.deleteFrom('plans.duty').where('planVersionId', '=', at.versionId).execute()
  await ctx.db.deleteFrom('plans.nodeVersion').where('planVersionId', '=', at.versionId).execute()
  const own = { planId: at.planId, agencyId: at.agencyId }
  for (const chunk of chunksOf(nodes.filter((node) => !known.has(node.key)))) {
    await ctx.db
      .insertInto('plans.node')
      .values(chunk.map((node) => ({ id: idOf(node.key), ...own })))
      .execute()
  }
  for (const chunk of chunksOf(nodes.map((node, rank) => ({ node, rank })))) {
    await ctx.db
      .insertInto('plans.nodeVersion')
      .values(
        chunk.map(({ node, rank }) => ({
          ...own,
          planVersionId: at.versionId,
          nodeId: idOf(node.key),
          kind: node.kind,
          parentNodeId: node.parentKey === null ? null : idOf(node.parentKey),
          rank,
          path: node.path,
          text: node.text,
          searchKey: foldName(node.text),
          output: node.output,
          funding: node.funding,
          timeKind: node.time?.kind ?? null,
          timeText: node.time?.text ?? null,
          timeFrom: node.time?.from ?? null,
          timeTo: node.time?.to ?? null,
          timeFrequency: node.time?.frequency ?? null,
          source: node.source === null ? null : JSON.stringify(node.source),
        })),
      )
      .execute()
  }
  const duties = nodes.flatMap((node) =>
    node.duties.map((duty, rank) => ({
      ...own,
      id: newId(),
      planVersionId: at.versionId,
      nodeId: idOf(node.key),
      rank,
      ...duty,
    })),
  )
  for (const chunk of chunksOf(duties)) await ctx.db.insertInto('plans.duty').values(chunk).execute()
  await writeLinks(
    ctx,
    { ...own, planVersionId: at.versionId },
    nodes.map((node) => ({ ...node, id: idOf(node.key) })),
  )
  return ids
}

/** Links of tasks to programmes and to legal bases of their own (D4: one activity, many programmes); milestones they name. */
async function writeLinks(
  ctx: Context,
  own: { planId: string; planVersionId: string; agencyId: string },
  nodes: (NodeInput & { id: string })[],
): Promise<void> {
  const programmes = nodes.flatMap((node) =>
    [...new Set(node.programmes)].map((programmeCode) => ({ ...own, nodeId: node.id, programmeCode })),
  )
  const bases = nodes.flatMap((node) => [...new Set(node.bases)].map((basis) => ({ ...own, nodeId: node.id, basis })))
  const milestones = nodes.flatMap((node) =>
    (node.milestones ?? [])
      .filter((named) => named.text !== '')
      .map((named, rank) => ({ ...own, nodeId: node.id, rank, ...named })),
  )
  for (const chunk of chunksOf(milestones)) await ctx.db.insertInto('plans.nodeMilestone').values(chunk).execute()
  for (const chunk of chunksOf(programmes)) await ctx.db.insertInto('plans.nodeProgramme').values(chunk).execute()
  for (const chunk of chunksOf(bases)) await ctx.db.insertInto('plans.nodeBasis').values(chunk).execute()
}

/** What was decided on tasks above through tasks the plan no longer has is undecided again. */
export async function forgetLostDerivations(ctx: Context, planId: string, taskIds: string[]): Promise<void> {
  await sql`delete from plans.derivation where plan_id = ${planId} and node_id is not null and not node_id = any (${taskIds}::uuid[])`.execute(
    ctx.db,
  )
}

/** What a changing document was to say of tasks above through tasks it no longer has: what stands issued holds again. */
export async function forgetLostDecisions(ctx: Context, draftId: string, taskIds: string[]): Promise<void> {
  await sql`delete from plans.derivation_draft where plan_version_id = ${draftId} and node_id is not null and not node_id = any (${taskIds}::uuid[])`.execute(
    ctx.db,
  )
}

/** The nodes of a version as they would be sent to save it again: the start of an amendment, a derivation, a check. */
export async function readDraftNodes(ctx: Context, versionId: string): Promise<NodeInput[]> {
  const rows = await ctx.db
    .selectFrom('plans.nodeVersion')
    .selectAll()
    .where('planVersionId', '=', versionId)
    .orderBy('rank')
    .execute()
  const duties = await ctx.db
    .selectFrom('plans.duty')
    .selectAll()
    .where('planVersionId', '=', versionId)
    .orderBy('rank')
    .execute()
  const programmes = await ctx.db
    .selectFrom('plans.nodeProgramme')
    .select(['nodeId', 'programmeCode'])
    .where('planVersionId', '=', versionId)
    .orderBy('programmeCode')
    .execute()
  const bases = await ctx.db
    .selectFrom('plans.nodeBasis')
    .select(['nodeId', 'basis'])
    .where('planVersionId', '=', versionId)
    .orderBy('basis')
    .execute()
  const milestones = await ctx.db
    .selectFrom('plans.nodeMilestone')
    .select(['nodeId', 'text', 'dueOn'])
    .where('planVersionId', '=', versionId)
    .orderBy('rank')
    .execute()
  const milestonesOf = Map.groupBy(milestones, (named) => named.nodeId)
  const dutiesOf = Map.groupBy(duties, (duty) => duty.nodeId)
  const programmesOf = Map.groupBy(programmes, (link) => link.nodeId)
  const basesOf = Map.groupBy(bases, (link) => link.nodeId)
  return rows.map((row) => ({
    key: row.nodeId,
    parentKey: row.parentNodeId,
    kind: row.kind as NodeInput['kind'],
    path: row.path,
    text: row.text,
    output: row.output,
    funding: row.funding,
    time:
      row.timeKind === null
        ? null
        : {
            kind: row.timeKind as NonNullable<NodeInput['time']>['kind'],
            text: row.timeText ?? '',
            from: row.timeFrom,
            to: row.timeTo,
            frequency: row.timeFrequency as NonNullable<NodeInput['time']>['frequency'],
          },
    duties: (dutiesOf.get(row.nodeId) ?? []).map((duty) => ({
      kind: duty.kind as NodeInput['duties'][number]['kind'],
      raw: duty.raw,
      addressedId: duty.addressedId,
      classCode: duty.classCode,
    })),
    source: row.source as NodeInput['source'],
    programmes: (programmesOf.get(row.nodeId) ?? []).map((link) => link.programmeCode),
    bases: (basesOf.get(row.nodeId) ?? []).map((link) => link.basis),
    milestones: (milestonesOf.get(row.nodeId) ?? []).map(({ text, dueOn }) => ({ text, dueOn })),
  }))
}
