import { requireTwoPersons } from '#access'
import { conflict, invalid, newId, type Context } from '#platform'
import type { RegimeDefinition } from '../../model.ts'
import { judgeRegime } from '../judge.ts'
import type { RegimeParts } from '../parts.ts'
import type { DraftRegime, SaveRegime } from '../model.ts'
import { quoteDocument } from '../from-document/read.ts'
import { unfitRows } from '../measures.ts'
import {
  actingBody,
  findIssuedForm,
  findRegimeDraft,
  lockOwnRegime,
  nextNumber,
  takeRegimeDraft,
  type OwnRegime,
} from '../store.ts'

const recordOf = ({ id, agencyId }: Pick<OwnRegime, 'id' | 'agencyId'>) => ({ kind: 'reporting.regime', id, agencyId })

/** Begins a regime of the acting body with its first draft. @throws forbidden `reporting.no-body`; conflict `reporting.code-taken`; notFound, invalid of its document */
export async function draftRegime(ctx: Context, input: DraftRegime): Promise<{ id: string }> {
  const agencyId = actingBody(ctx)
  const id = newId()
  const wordsRead = input.from === undefined ? null : JSON.stringify(await quoteDocument(ctx, input.from))
  const made = await ctx.db
    .insertInto('reporting.regime')
    .values({
      ...{ id, agencyId, code: input.code, state: 'draft', wordsRead },
      ...{ madeBy: ctx.actor.personId, madeAt: ctx.now },
    })
    .onConflict((on) => on.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) throw conflict('reporting.code-taken', { code: input.code })
  await insertDraft(ctx, id, { ...input, number: 1 })
  await ctx.record('reporting.regime-drafted', recordOf({ id, agencyId }), { code: input.code })
  return { id }
}

type NewDraft = Pick<SaveRegime, 'definition' | 'effectiveFrom'> & { number: number }

async function insertDraft(ctx: Context, regimeId: string, { definition, effectiveFrom, number }: NewDraft) {
  await ctx.db
    .insertInto('reporting.regimeVersion')
    .values({
      ...{ regimeId, number, effectiveFrom, state: 'draft', savedBy: ctx.actor.personId, savedAt: ctx.now },
      definition: JSON.stringify(definition),
    })
    .execute()
}

/**
 * Saves the draft of the next version; begins one where there is none (`version` null).
 * @throws notFound; conflict `reporting.regime-ended`, `platform.stale-version`
 */
export async function saveRegime(ctx: Context, id: string, input: SaveRegime): Promise<{ version: number }> {
  const regime = await lockOwnRegime(ctx, id)
  if (regime.state === 'ended') throw conflict('reporting.regime-ended')
  const draft = await findRegimeDraft(ctx, id)
  if ((draft?.version ?? null) !== input.version) throw conflict('platform.stale-version')
  const version = (draft?.version ?? 0) + 1
  if (draft === undefined) {
    await insertDraft(ctx, id, { ...input, number: await nextNumber(ctx, 'reporting.regimeVersion', id) })
  } else {
    await ctx.db
      .updateTable('reporting.regimeVersion')
      .set({
        ...{ effectiveFrom: input.effectiveFrom, savedBy: ctx.actor.personId, savedAt: ctx.now, version },
        definition: JSON.stringify(input.definition),
      })
      .where('regimeId', '=', id)
      .where('number', '=', draft.number)
      .execute()
  }
  await ctx.record('reporting.regime-saved', recordOf(regime))
  return { version }
}

/** Throws the draft of the next version away. @throws notFound; conflict `reporting.no-draft`, `platform.stale-version` */
export async function discardRegimeDraft(ctx: Context, id: string, version: number): Promise<void> {
  const regime = await lockOwnRegime(ctx, id)
  const { number } = await takeRegimeDraft(ctx, id, version)
  if (number === 1) throw conflict('reporting.first-draft-stays')
  await ctx.db.deleteFrom('reporting.regimeVersion').where('regimeId', '=', id).where('number', '=', number).execute()
  await ctx.record('reporting.regime-draft-discarded', recordOf(regime), { number })
}

/**
 * Issues the draft, by another person than who wrote it: rounds opened from now on go by it.
 * @throws notFound; conflict `reporting.no-draft`, `platform.stale-version`, `reporting.regime-ended`; forbidden `access.second-person-needed`; invalid
 * `reporting.regime-impossible` with each fault of its calendar,
 * `reporting.form-not-of-periods` where its form asks for figures that are not taken up in its periods
 */
export async function issueRegime(
  ctx: Context,
  parts: RegimeParts,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const regime = await lockOwnRegime(ctx, id)
  if (regime.state === 'ended') throw conflict('reporting.regime-ended')
  const draft = await takeRegimeDraft(ctx, id, version)
  requireTwoPersons(ctx.actor.personId, [draft.savedBy])
  requirePossible(ctx, parts, draft.definition)
  await requireFittingForm(ctx, id, draft.definition)
  await ctx.db
    .updateTable('reporting.regimeVersion')
    .set({ state: 'issued', issuedBy: ctx.actor.personId, issuedAt: ctx.now, version: draft.version + 1 })
    .where('regimeId', '=', id)
    .where('number', '=', draft.number)
    .execute()
  await moveRegime(ctx, regime, 'in-force')
  const said = { number: draft.number, effectiveFrom: draft.effectiveFrom }
  await ctx.record('reporting.regime-issued', recordOf(regime), said)
}

function requirePossible(ctx: Context, parts: RegimeParts, definition: RegimeDefinition): void {
  const errors = judgeRegime(definition, parts, Number(ctx.today.slice(0, 4))).filter(
    ({ severity }) => severity === 'error',
  )
  if (errors.length === 0) return
  const fields = errors.map(({ pointer, code, params }) => ({ pointer, code, params }))
  throw invalid('reporting.regime-impossible', { count: errors.length }, fields)
}

/** The form reports are written with now is fit for the periods of the version. */
async function requireFittingForm(ctx: Context, id: string, definition: RegimeDefinition): Promise<void> {
  const form = await findIssuedForm(ctx, id)
  const unfit = form === undefined ? [] : await unfitRows(ctx, form.definition, definition)
  if (unfit.length === 0) return
  const fields = unfit.map(({ code, params }) => ({ pointer: '/window', code, params }))
  throw invalid('reporting.form-not-of-periods', { count: unfit.length }, fields)
}

/** Ends a regime: no round is opened any more; open ones go on. @throws notFound; conflict `reporting.regime-not-in-force` */
export async function endRegime(ctx: Context, id: string, version: number): Promise<void> {
  const regime = await lockOwnRegime(ctx, id)
  if (regime.version !== version) throw conflict('platform.stale-version')
  if (regime.state !== 'in-force') throw conflict('reporting.regime-not-in-force')
  await moveRegime(ctx, regime, 'ended')
  await ctx.record('reporting.regime-ended', recordOf(regime))
}

async function moveRegime(ctx: Context, regime: OwnRegime, state: 'in-force' | 'ended'): Promise<void> {
  await ctx.db
    .updateTable('reporting.regime')
    .set({ state, version: regime.version + 1 })
    .where('id', '=', regime.id)
    .execute()
}
