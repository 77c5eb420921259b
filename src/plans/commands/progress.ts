import {
  changedParams,
  conflict,
  forbidden,
  invalid,
  newId,
  notFound,
  storeFile,
  type Context,
  type FileStore,
} from '#platform'
import type { ProgressState, ProgressStatus } from '../model.ts'
import { moveProgress } from '../rules.ts'
import { reachJoined } from '../store/joints.ts'
import { keepCheck, keepSending, sendersOf } from '../store/sent-updates.ts'
import { workVisible } from '../store/visible.ts'

export type ProgressInput = { status: ProgressStatus; narrative: string; evidenceNote: string | null }

type OccurrenceRow = {
  id: string
  nodeId: string
  planId: string
  agencyId: string
  ownerId: string
  doneOn: string | null
  joinedId: string | null
}

/** The acting agency's own piece of work, locked. @throws notFound */
async function lockOwnOccurrence(ctx: Context, id: string): Promise<OccurrenceRow> {
  const row = await ctx.db
    .selectFrom('plans.occurrence')
    .select(['id', 'nodeId', 'planId', 'agencyId', 'ownerId', 'doneOn', 'joinedId'])
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .where('cancelledOn', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/**
 * Writes what a body has to say of its work, as a draft of its own; a returned update is corrected in place and keeps the
 * reason it was returned for until it is sent again.
 * @returns the update's id and version
 * @throws conflict `plans.work-already-done`, `plans.joint-entered-elsewhere`, `plans.progress-not-in-that-state`, `platform.stale-version`
 */
export async function saveProgress(
  ctx: Context,
  occurrenceId: string,
  input: ProgressInput & { version: number | null },
): Promise<{ id: string; version: number }> {
  const work = await lockOwnOccurrence(ctx, occurrenceId)
  if (work.doneOn !== null) throw conflict('plans.work-already-done')
  if (work.joinedId !== null && work.joinedId !== work.id) throw conflict('plans.joint-entered-elsewhere')
  const open = await findOpenProgress(ctx, occurrenceId)
  const state = open ? moveProgress(open.state, 'save') : 'draft'
  const said = { status: input.status, narrative: input.narrative, evidenceNote: input.evidenceNote }
  if (!open) {
    const id = newId()
    await ctx.db
      .insertInto('plans.progress')
      .values({
        id,
        occurrenceId,
        nodeId: work.nodeId,
        planId: work.planId,
        agencyId: work.agencyId,
        ownerId: work.ownerId,
        state,
        personId: ctx.actor.personId,
        createdAt: ctx.now,
        ...said,
      })
      .execute()
    await ctx.record('plans.progress-begun', { kind: 'plans.progress', id, agencyId: work.agencyId }, { occurrenceId })
    return { id, version: 1 }
  }
  if (open.version !== input.version) throw conflict('platform.stale-version')
  await ctx.db
    .updateTable('plans.progress')
    .set({ ...said, state, personId: ctx.actor.personId, version: open.version + 1 })
    .where('id', '=', open.id)
    .execute()
  await ctx.record(
    'plans.progress-saved',
    { kind: 'plans.progress', id: open.id, agencyId: work.agencyId },
    { occurrenceId, ...changedParams({ status: open.status }, { status: input.status }) },
  )
  return { id: open.id, version: open.version + 1 }
}

/** The update of a piece of work that is not yet accepted; there is one at most. */
async function findOpenProgress(
  ctx: Context,
  occurrenceId: string,
): Promise<{ id: string; state: ProgressState; status: string; version: number } | undefined> {
  const row = await ctx.db
    .selectFrom('plans.progress')
    .select(['id', 'state', 'status', 'version'])
    .where('occurrenceId', '=', occurrenceId)
    .where('state', '<>', 'accepted')
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  return row && { ...row, state: row.state as ProgressState }
}

type ProgressRow = {
  id: string
  occurrenceId: string
  agencyId: string
  ownerId: string
  planId: string
  state: ProgressState
  status: ProgressStatus
  version: number
  personId: string
  submittedBy: string | null
  submittedAt: string | null
  narrative: string
  evidenceNote: string | null
}

/** An update within reach, locked; a draft only for its own body. @throws notFound */
async function lockProgress(ctx: Context, id: string): Promise<ProgressRow> {
  const row = await ctx.db
    .selectFrom('plans.progress')
    .select([
      'id',
      'occurrenceId',
      'agencyId',
      'ownerId',
      'planId',
      'state',
      'status',
      'version',
      'personId',
      'submittedBy',
      'submittedAt',
      'narrative',
      'evidenceNote',
    ])
    .where('id', '=', id)
    .where(workVisible(ctx, 'plans.progress'))
    .forUpdate()
    .executeTakeFirst()
  if (!row || (row.state === 'draft' && row.agencyId !== ctx.actor.agencyId)) throw notFound()
  return { ...row, state: row.state as ProgressState, status: row.status as ProgressStatus }
}

async function lockOwnProgress(ctx: Context, id: string, version: number): Promise<ProgressRow> {
  const row = await lockProgress(ctx, id)
  if (row.agencyId !== ctx.actor.agencyId) throw notFound()
  if (row.version !== version) throw conflict('platform.stale-version')
  return row
}

/** Lays a file of evidence under an update of one's own that is not yet sent. */
export async function addEvidence(
  ctx: Context,
  files: FileStore,
  progressId: string,
  file: { name: string; mediaType: string; bytes: Uint8Array },
): Promise<{ id: string }> {
  const row = await lockProgress(ctx, progressId)
  if (row.agencyId !== ctx.actor.agencyId) throw notFound()
  moveProgress(row.state, 'save')
  const stored = await storeFile(ctx, files, { kind: 'plans.progress', id: progressId, agencyId: row.agencyId }, file)
  await ctx.record(
    'plans.evidence-added',
    { kind: 'plans.progress', id: progressId, agencyId: row.agencyId },
    { fileId: stored.id, sha256: stored.sha256 },
  )
  return { id: stored.id }
}

/** Sends an update to be checked; what is sent is kept as it is sent. @throws invalid `plans.progress-says-nothing` */
export async function submitProgress(ctx: Context, id: string, version: number): Promise<void> {
  const row = await lockOwnProgress(ctx, id, version)
  const state = moveProgress(row.state, 'submit')
  if (row.narrative === '') {
    const code = 'plans.progress-says-nothing'
    throw invalid(code, {}, [{ pointer: '/narrative', code }])
  }
  await ctx.db
    .updateTable('plans.progress')
    .set({
      state,
      submittedAt: ctx.now,
      submittedBy: ctx.actor.personId,
      reason: null,
      checkedBy: null,
      checkedAt: null,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  const { id: progressId, occurrenceId, planId, agencyId, ownerId, status, narrative, evidenceNote, personId } = row
  await keepSending(ctx, {
    progressId,
    occurrenceId,
    planId,
    agencyId,
    ownerId,
    status,
    narrative,
    evidenceNote,
    personId,
  })
  await ctx.record(
    'plans.progress-submitted',
    { kind: 'plans.progress', id, agencyId: row.agencyId },
    { status: row.status },
  )
}

/**
 * The superior's check: whoever reaches the body or owns the plan, never the body itself, nor whoever wrote or sent the
 * update now or in an earlier sending, whatever posts he holds (four eyes).
 * @throws forbidden `plans.not-ones-own-check`
 */
async function takeForCheck(
  ctx: Context,
  id: string,
  version: number,
  act: 'return' | 'accept',
): Promise<{ row: ProgressRow; state: ProgressState }> {
  const row = await lockProgress(ctx, id)
  const writers = [row.personId, row.submittedBy, ...(await sendersOf(ctx, id))]
  if (row.agencyId === ctx.actor.agencyId || writers.includes(ctx.actor.personId))
    throw forbidden('plans.not-ones-own-check')
  const state = moveProgress(row.state, act)
  if (row.version !== version) throw conflict('platform.stale-version')
  return { row, state }
}

function checkedOf(row: ProgressRow): { progressId: string; agencyId: string; ownerId: string } {
  return { progressId: row.id, agencyId: row.agencyId, ownerId: row.ownerId }
}

/** Sends an update back with a reason; the body corrects it and sends it again. */
export async function returnProgress(
  ctx: Context,
  id: string,
  input: { version: number; reason: string },
): Promise<void> {
  const { row, state } = await takeForCheck(ctx, id, input.version, 'return')
  await ctx.db
    .updateTable('plans.progress')
    .set({ state, reason: input.reason, checkedBy: ctx.actor.personId, checkedAt: ctx.now, version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  await keepCheck(ctx, checkedOf(row), { decision: 'returned', reason: input.reason })
  await ctx.record('plans.progress-returned', { kind: 'plans.progress', id, agencyId: row.agencyId }, {})
}

/**
 * Accepts an update. Work said to be completed is done on the day this proof was sent, not the day it was checked
 * (design §3.4: late = first accepted proof after the due date).
 */
export async function acceptProgress(ctx: Context, id: string, version: number): Promise<void> {
  const { row, state } = await takeForCheck(ctx, id, version, 'accept')
  await ctx.db
    .updateTable('plans.progress')
    .set({ state, checkedBy: ctx.actor.personId, checkedAt: ctx.now, version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  const work = await ctx.db
    .selectFrom('plans.occurrence')
    .select(['doneOn', 'status'])
    .where('id', '=', row.occurrenceId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const sentOn = row.submittedAt === null ? ctx.today : ctx.dateOf(row.submittedAt)
  const reached = { status: row.status, doneOn: row.status === 'completed' ? (work.doneOn ?? sentOn) : work.doneOn }
  await ctx.db.updateTable('plans.occurrence').set(reached).where('id', '=', row.occurrenceId).execute()
  await reachJoined(ctx, row.occurrenceId, reached)
  await keepCheck(ctx, checkedOf(row), { decision: 'accepted', reason: null })
  await ctx.record(
    'plans.progress-accepted',
    { kind: 'plans.progress', id, agencyId: row.agencyId },
    { status: row.status, ...changedParams({ status: work.status }, { status: row.status }) },
  )
}
