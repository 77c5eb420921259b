import { conflict, forbidden, invalid, type Context } from '#platform'
import { may } from '#access'
import type { ApplyChanges, DraftEdit, LabelEdit, TagEdit } from '../model.ts'
import { saveDraft } from '../commands/drafts.ts'
import { readDraftNodes } from '../store/drafts.ts'
import { findVersion, lockOwnPlan, type PlanRow, type VersionRow } from '../store/plans.ts'
import { decideBulk } from './bulk.ts'
import { applyLabels, decideLabels } from './labels.ts'
import { applyProgress } from './progress.ts'
import { inverse, nameOf, type Decided, type Planned } from './rules.ts'
import { closeChangeSet, getChangeSet, insertChangeSet, lockPreview, readChanges, type SetRow } from './store.ts'
import { applyTags, decideTagChanges } from './tags.ts'
import { applyToNodes } from './tree.ts'

/**
 * Shows what a bulk edit would change in a draft; nothing is changed yet. Tasks of a plan that has no draft are all
 * refused: an issued document is changed by a document.
 * @returns the id of the set
 */
export async function previewDraftEdit(ctx: Context, planId: string, edit: DraftEdit): Promise<string> {
  const plan = await lockOwnPlan(ctx, planId)
  const draft = await findVersion(ctx, plan, 'draft')
  if (draft) return keepDraftSet(ctx, plan, draft, decideBulk(await readDraftNodes(ctx, draft.id), edit), edit.nodeIds.length) // prettier-ignore
  const issued = await findVersion(ctx, plan, 'issued')
  if (!issued) throw conflict('plans.no-draft')
  const chosen = new Set(edit.nodeIds)
  const refused = (await readDraftNodes(ctx, issued.id))
    .filter((node) => chosen.has(node.key))
    .map((node) => ({
      recordId: node.key,
      rowNumber: null,
      column: null,
      name: nameOf(node),
      code: 'plans.only-by-document',
    }))
  return keepDraftSet(ctx, plan, issued, { changes: [], refused }, edit.nodeIds.length)
}

/** Keeps what a bulk edit or a spreadsheet would change in a draft. */
export async function keepDraftSet(
  ctx: Context,
  plan: PlanRow,
  version: Pick<VersionRow, 'id'>,
  decided: Decided,
  seenCount: number,
  fileName: string | null = null,
): Promise<string> {
  const id = await insertChangeSet(
    ctx,
    plan.agencyId,
    {
      about: 'draft',
      source: fileName === null ? 'bulk' : 'sheet',
      planId: plan.id,
      planVersionId: version.id,
      undoes: null,
      fileName,
      seenCount,
    },
    decided,
  )
  return recordSet(ctx, 'plans.changes-looked-at', id, plan.agencyId, decided.changes.length)
}

async function recordSet(ctx: Context, action: string, id: string, agencyId: string, changes: number): Promise<string> {
  await ctx.record(action, { kind: 'plans.change-set', id, agencyId }, { changes })
  return id
}

/** Shows what laying labels on tasks, or taking them away, would change. @returns the id of the set */
export async function previewLabels(ctx: Context, edit: LabelEdit): Promise<string> {
  const agencyId = actingAgency(ctx)
  const { seen, ...decided } = await decideLabels(ctx, edit)
  const set = { planId: null, planVersionId: null, undoes: null, fileName: null, seenCount: seen }
  const id = await insertChangeSet(ctx, agencyId, { about: 'labels', source: 'bulk', ...set }, decided)
  return recordSet(ctx, 'plans.changes-looked-at', id, agencyId, decided.changes.length)
}

/** Shows what confirming or refusing terms on recommendations would change. @returns the id of the set */
export async function previewTags(ctx: Context, edit: TagEdit): Promise<string> {
  const agencyId = actingAgency(ctx)
  const { seen, ...decided } = await decideTagChanges(ctx, edit)
  const set = { planId: null, planVersionId: null, undoes: null, fileName: null, seenCount: seen }
  const id = await insertChangeSet(ctx, agencyId, { about: 'tags', source: 'bulk', ...set }, decided)
  return recordSet(ctx, 'plans.changes-looked-at', id, agencyId, decided.changes.length)
}

/** Keeps what a spreadsheet of progress would change. */
export async function keepProgressSet(
  ctx: Context,
  decided: Decided,
  file: { name: string; rows: number },
): Promise<string> {
  const agencyId = actingAgency(ctx)
  const set = { planId: null, planVersionId: null, undoes: null, fileName: file.name, seenCount: file.rows }
  const id = await insertChangeSet(ctx, agencyId, { about: 'progress', source: 'sheet', ...set }, decided)
  return recordSet(ctx, 'plans.changes-looked-at', id, agencyId, decided.changes.length)
}

function actingAgency(ctx: Context): string {
  if (ctx.actor.agencyId === null) throw invalid('plans.no-acting-agency')
  return ctx.actor.agencyId
}

/**
 * Makes the changes of a set its own person has looked at, all in one transaction. What was changed by others since is
 * left and says so.
 * @throws notFound; conflict `plans.changes-applied-already`, `plans.changes-refuse-rows`, `plans.changes-nothing`
 */
export async function applyChangeSet(ctx: Context, id: string, input: ApplyChanges): Promise<void> {
  const set = await getChangeSet(ctx, id)
  if (set.state === 'applied') throw conflict('plans.changes-applied-already')
  if (set.personId !== ctx.actor.personId) throw forbidden('plans.changes-of-another')
  if (set.refusals.length > 0 && !input.isPartial) throw conflict('plans.changes-refuse-rows')
  await carryOut(ctx, set, input.isSent && set.about === 'progress')
  await recordSet(ctx, 'plans.changes-applied', id, set.agencyId, set.seenCount)
}

async function carryOut(ctx: Context, set: SetRow, isSent: boolean): Promise<void> {
  await lockPreview(ctx, set.id)
  const changes = await readChanges(ctx, set.id)
  if (changes.length === 0) throw conflict('plans.changes-nothing')
  await closeChangeSet(ctx, set, changes, await applyAll(ctx, set, changes, isSent), isSent)
}

async function applyAll(
  ctx: Context,
  set: SetRow,
  changes: readonly Planned[],
  isSent: boolean,
): Promise<Map<number, string>> {
  switch (set.about) {
    case 'labels':
      return applyLabels(ctx, set.agencyId, changes)
    case 'tags':
      if (!may(ctx.actor, 'recommendations.keep')) throw forbidden('access.not-permitted')
      return applyTags(ctx, changes)
    case 'progress':
      if (!may(ctx.actor, 'plans.report-progress')) throw forbidden('access.not-permitted')
      return applyProgress(ctx, changes, isSent)
    case 'draft':
      return applyDraft(ctx, set, changes)
  }
}

/** Changes a draft and saves it whole, as its writer would: who read it before issues it no more. */
async function applyDraft(ctx: Context, set: SetRow, changes: readonly Planned[]): Promise<Map<number, string>> {
  const plan = await lockOwnPlan(ctx, set.planId ?? '')
  const draft = await findVersion(ctx, plan, 'draft')
  if (draft === undefined || draft.id !== set.planVersionId) throw conflict('plans.changes-of-issued')
  const before = await readDraftNodes(ctx, draft.id)
  const { nodes, left } = applyToNodes(before, changes)
  if (left.size === changes.length) return left
  await nameNewNodes(
    ctx,
    plan,
    nodes.map((node) => node.key),
  )
  await saveDraft(ctx, plan.id, { version: draft.version, header: draft.header, nodes })
  return left
}

/** New groups and tasks keep the ids they were looked at with, so that undoing finds them. */
async function nameNewNodes(ctx: Context, plan: PlanRow, keys: string[]): Promise<void> {
  const known = await ctx.db.selectFrom('plans.node').select('id').where('planId', '=', plan.id).execute()
  const ids = new Set(known.map((row) => row.id))
  const fresh = keys.filter((key) => !ids.has(key))
  for (let from = 0; from < fresh.length; from += 1000)
    await ctx.db
      .insertInto('plans.node')
      .values(fresh.slice(from, from + 1000).map((id) => ({ id, planId: plan.id, agencyId: plan.agencyId })))
      .execute()
}

/**
 * Takes back what a set changed, as a set of its own: each value is restored where it is still the one the set gave;
 * the others are left and listed.
 * @returns the id of the new set
 * @throws notFound; conflict `plans.changes-not-applied`, `plans.changes-nothing`, `plans.changes-of-issued`
 */
export async function undoChangeSet(ctx: Context, id: string): Promise<string> {
  const set = await getChangeSet(ctx, id)
  if (set.state !== 'applied') throw conflict('plans.changes-not-applied')
  const done = (await readChanges(ctx, id)).filter((change) => change.outcome === 'done')
  const undoing = await insertChangeSet(
    ctx,
    set.agencyId,
    {
      about: set.about,
      source: 'undo',
      planId: set.planId,
      planVersionId: set.planVersionId,
      undoes: id,
      fileName: null,
      seenCount: new Set(done.map((change) => change.recordId)).size,
    },
    { changes: inverse(done), refused: [] },
  )
  await carryOut(ctx, await getChangeSet(ctx, undoing), false)
  return recordSet(ctx, 'plans.changes-undone', undoing, set.agencyId, done.length)
}
