import { requireTwoPersons } from '#access'
import { readMeasures } from '#indicators'
import { conflict, invalid, newId, type Context } from '#platform'
import type { FormDefinition } from '../../model.ts'
import type { SaveForm } from '../model.ts'
import { unfitRows } from '../measures.ts'
import { findFormDraft, lockOwnRegime, nextNumber, readIssuedVersions, takeFormDraft } from '../store.ts'

/**
 * Saves the draft of the next form of a regime; begins one where there is none (`version` null).
 * @throws notFound; conflict `platform.stale-version`
 */
export async function saveForm(ctx: Context, regimeId: string, input: SaveForm): Promise<{ version: number }> {
  const regime = await lockOwnRegime(ctx, regimeId)
  const draft = await findFormDraft(ctx, regimeId)
  if ((draft?.version ?? null) !== input.version) throw conflict('platform.stale-version')
  const version = (draft?.version ?? 0) + 1
  const id = draft?.id ?? newId()
  const saved = { definition: JSON.stringify(input.definition), savedBy: ctx.actor.personId, savedAt: ctx.now }
  if (draft === undefined) {
    const number = await nextNumber(ctx, 'reporting.form', regimeId)
    await ctx.db
      .insertInto('reporting.form')
      .values({ id, regimeId, number, state: 'draft', ...saved })
      .execute()
  } else {
    await ctx.db
      .updateTable('reporting.form')
      .set({ ...saved, version })
      .where('id', '=', id)
      .execute()
  }
  await ctx.record('reporting.form-saved', { kind: 'reporting.form', id, agencyId: regime.agencyId })
  return { version }
}

/** Throws the draft of a form away. @throws notFound; conflict `reporting.no-draft`, `platform.stale-version` */
export async function discardFormDraft(ctx: Context, regimeId: string, version: number): Promise<void> {
  const regime = await lockOwnRegime(ctx, regimeId)
  const { id } = await takeFormDraft(ctx, regimeId, version)
  await ctx.db.deleteFrom('reporting.form').where('id', '=', id).execute()
  await ctx.record('reporting.form-discarded', { kind: 'reporting.form', id, agencyId: regime.agencyId })
}

/**
 * Issues a form, by another person than who wrote it: rounds opened from now on use it.
 * @throws notFound; conflict as above; forbidden `access.second-person-needed`; invalid `reporting.form-not-ready`
 *   where a row names no measure, or one that is not taken up in the periods of the regime
 */
export async function issueForm(ctx: Context, regimeId: string, version: number): Promise<{ id: string }> {
  const regime = await lockOwnRegime(ctx, regimeId)
  const draft = await takeFormDraft(ctx, regimeId, version)
  requireTwoPersons(ctx.actor.personId, [draft.savedBy])
  await requireKnownMeasures(ctx, draft.definition)
  await requireFittingRows(ctx, regimeId, draft.definition)
  await ctx.db
    .updateTable('reporting.form')
    .set({ state: 'issued', issuedBy: ctx.actor.personId, issuedAt: ctx.now, version: draft.version + 1 })
    .where('id', '=', draft.id)
    .execute()
  const of = { kind: 'reporting.form', id: draft.id, agencyId: regime.agencyId }
  await ctx.record('reporting.form-issued', of, { number: draft.number })
  return { id: draft.id }
}

async function requireKnownMeasures(ctx: Context, { sections }: FormDefinition): Promise<void> {
  const rows = sections.flatMap((section, at) =>
    section.kind === 'figures'
      ? section.rows.map(({ measureId }, row) => ({ measureId, pointer: `/sections/${at}/rows/${row}/measureId` }))
      : [],
  )
  const known = await readMeasures(
    ctx,
    rows.map(({ measureId }) => measureId),
  )
  const lost = rows.filter(({ measureId }) => !known.has(measureId))
  if (lost.length === 0) return
  throw invalid(
    'reporting.form-not-ready',
    { count: lost.length },
    lost.map(({ pointer }) => ({ pointer, code: 'reporting.unknown-measure' })),
  )
}

async function requireFittingRows(ctx: Context, regimeId: string, definition: FormDefinition): Promise<void> {
  const [regime] = await readIssuedVersions(ctx, regimeId)
  const unfit = regime === undefined ? [] : await unfitRows(ctx, definition, regime.definition)
  if (unfit.length > 0) throw invalid('reporting.form-not-ready', { count: unfit.length }, unfit)
}
