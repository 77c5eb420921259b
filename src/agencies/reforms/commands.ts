import { changedParams, conflict, invalid, newId, type Context } from '#platform'
import type { ReformInput, ReformState } from '../model.ts'
import { withSlugs } from './lay.ts'
import { getReformRow, insertReform, moveReform, updateDraft, type ReformRow } from './store.ts'
import { stateNow, tryDraft, type ReformParts } from './trial.ts'

/** From which states each step may be taken. Applied and discarded reforms are never changed again. */
const steps: Record<'save' | 'submit' | 'approve' | 'return' | 'discard', readonly ReformState[]> = {
  save: ['draft'],
  submit: ['draft'],
  approve: ['submitted'],
  return: ['submitted', 'scheduled', 'blocked'],
  discard: ['draft'],
}

export function mayStep(state: ReformState, step: keyof typeof steps): boolean {
  return steps[step].includes(state)
}

type Seen = { id: string; version: number }

/** A reform locked for a step. @throws notFound; conflict `agencies.reform-state`, `platform.stale-version` */
async function take(ctx: Context, parts: ReformParts, seen: Seen, step: keyof typeof steps): Promise<ReformRow> {
  const row = await getReformRow(ctx, seen.id, { within: parts.withinReach(ctx, 'agencyId'), forChange: true })
  if (!mayStep(row.state, step)) throw conflict('agencies.reform-state')
  if (row.version !== seen.version) throw conflict('platform.stale-version')
  return row
}

/** New bodies get the words their keys end in, so that other changes of the draft can name them. */
async function tidied(ctx: Context, parts: ReformParts, input: ReformInput): Promise<ReformInput> {
  if (input.bodyChanges.length === 0) return input
  const { bodies } = await stateNow(ctx, parts.source)
  const taken = new Set(bodies.agencies.map((agency) => agency.key))
  return { ...input, bodyChanges: withSlugs(input.bodyChanges, input.date, (key) => taken.has(key)) }
}

/** Begins a draft, kept under the acting body. @throws invalid `agencies.reform-needs-post` */
export async function createReform(ctx: Context, parts: ReformParts, input: ReformInput): Promise<string> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw invalid('agencies.reform-needs-post')
  const id = newId()
  await insertReform(ctx, id, { ...(await tidied(ctx, parts, input)), agencyId })
  await ctx.record('agencies.reform-drafted', { kind: 'agencies.reform', id, agencyId }, { date: input.date })
  return id
}

export async function saveReform(ctx: Context, parts: ReformParts, seen: Seen, input: ReformInput): Promise<void> {
  const row = await take(ctx, parts, seen, 'save')
  await updateDraft(ctx, row, await tidied(ctx, parts, input))
  await ctx.record('agencies.reform-saved', recordOf(row), {
    changes: input.unitChanges.length + input.bodyChanges.length,
    ...changedParams(
      { date: row.onDate, unitChanges: row.unitChanges.length, bodyChanges: row.bodyChanges.length },
      { date: input.date, unitChanges: input.unitChanges.length, bodyChanges: input.bodyChanges.length },
    ),
  })
}

const recordOf = (row: ReformRow) => ({ kind: 'agencies.reform', id: row.id, agencyId: row.agencyId })

/** @throws invalid `agencies.reform-does-not-hold` when the check finds an error, `agencies.reform-empty` */
async function requireSound(ctx: Context, parts: ReformParts, row: ReformRow): Promise<void> {
  if (row.unitChanges.length + row.bodyChanges.length === 0) throw invalid('agencies.reform-empty')
  const { findings } = await tryDraft(ctx, parts, row)
  const errors = findings.filter((finding) => finding.severity === 'error')
  if (errors.length > 0) throw invalid('agencies.reform-does-not-hold', { count: errors.length })
}

/** Hands a draft to the second administrator; it can only be returned or approved from now on. */
export async function submitReform(ctx: Context, parts: ReformParts, seen: Seen): Promise<void> {
  const row = await take(ctx, parts, seen, 'submit')
  await requireSound(ctx, parts, row)
  await moveReform(ctx, row, {
    state: 'submitted',
    submittedBy: ctx.actor.personId,
    submittedAt: ctx.now,
    reason: null,
  })
  await ctx.record('agencies.reform-submitted', recordOf(row), { date: row.onDate })
}

/**
 * Approves a reform as another person than those who wrote and submitted it. It is applied on its day; at once when that has
 * come already.
 * @throws forbidden `access.second-person-needed`; invalid `agencies.reform-does-not-hold`
 */
export async function approveReform(ctx: Context, parts: ReformParts, seen: Seen): Promise<void> {
  const row = await take(ctx, parts, seen, 'approve')
  parts.requireTwoPersons(ctx.actor.personId, [row.savedBy, row.submittedBy])
  await requireSound(ctx, parts, row)
  await moveReform(ctx, row, { state: 'scheduled', approvedBy: ctx.actor.personId, approvedAt: ctx.now })
  await ctx.record('agencies.reform-approved', recordOf(row), { date: row.onDate })
  if (row.onDate <= ctx.today) await ctx.enqueue('agencies.apply-reforms', {})
}

/** Sends a reform back to be written on: not approved, approved and not yet in force, or stopped on its day. */
export async function returnReform(ctx: Context, parts: ReformParts, seen: Seen & { reason: string }): Promise<void> {
  const row = await take(ctx, parts, seen, 'return')
  const nobody = { submittedBy: null, submittedAt: null, approvedBy: null, approvedAt: null }
  await moveReform(ctx, row, { state: 'draft', reason: seen.reason, ...nobody })
  await ctx.record('agencies.reform-returned', recordOf(row), { from: row.state })
}

/** Gives a draft up; it stays to be read. */
export async function discardReform(ctx: Context, parts: ReformParts, seen: Seen): Promise<void> {
  const row = await take(ctx, parts, seen, 'discard')
  await moveReform(ctx, row, { state: 'discarded' })
  await ctx.record('agencies.reform-discarded', recordOf(row))
}
