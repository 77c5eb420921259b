import { sql } from 'kysely'
import { conflict, invalid, newId, notFound, type Context } from '#platform'
import { holdRecommendation } from '../keeping.ts'
import type { SplitParagraph } from '../model.ts'
import { saveWording } from './kept.ts'
import { addParts } from './parts.ts'

const recordKind = 'recommendations.recommendation'

/** Parts by their signs, and which of them is chosen for what was laid to the whole. */
type Moved = { parts: { id: string; part: string }[]; chosen: readonly { id: string; parts: readonly string[] }[] }

/** Lays what later modules hold of a paragraph to its parts; handed in by `app-routes.ts`. */
export type MoveAnswers = (ctx: Context, wholeId: string, moved: Moved) => Promise<void>

/**
 * Splits a paragraph into parts that stand for it. What its source suggested and what persons decided of terms, position
 * and urgency holds of each; translations are given with the parts; assessments go to the parts chosen for them, else they
 * stay with the whole.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `platform.stale-version`, `recommendations.already-split`,
 *   `recommendations.is-part`; invalid `recommendations.part-twice`, `recommendations.no-such-part`
 */
export async function splitParagraph(
  ctx: Context,
  id: string,
  input: SplitParagraph,
  moveAnswers?: MoveAnswers,
): Promise<string[]> {
  const held = await holdRecommendation(ctx, id)
  if (held.version !== input.version) throw conflict('platform.stale-version')
  if (held.isSplit) throw conflict('recommendations.already-split')
  if (held.wholeId !== null) throw conflict('recommendations.is-part')
  const signs = input.parts.map(({ part }) => part)
  if (new Set(signs).size < signs.length) throw invalid('recommendations.part-twice')
  const [answers, assessments] = [input.answers ?? [], input.assessments ?? []]
  if ([...answers, ...assessments].some(({ parts }) => parts.some((part) => !signs.includes(part))))
    throw invalid('recommendations.no-such-part')
  const ids = await addParts(ctx, id, { parts: input.parts, importId: null })
  const parts = ids.map((partId, at) => ({ id: partId, part: signs[at] ?? '' }))
  for (const [at, { wordings = [] }] of input.parts.entries())
    for (const wording of wordings) await saveWording(ctx, ids[at] ?? '', { ...wording, version: null })
  await moveAssessments(ctx, id, { parts, chosen: assessments })
  await moveAnswers?.(ctx, id, { parts, chosen: answers })
  await ctx.record(
    'recommendations.paragraph-split',
    { kind: recordKind, id, agencyId: ctx.actor.agencyId },
    { parts: ids.length },
  )
  return ids
}

/**
 * Lays the tasks that still answer a paragraph which an import split to all of its parts, as a split by a person does.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `recommendations.not-split`
 */
export async function layToParts(ctx: Context, id: string, moveAnswers?: MoveAnswers): Promise<void> {
  const held = await holdRecommendation(ctx, id)
  if (!held.isSplit) throw conflict('recommendations.not-split')
  const { rows: parts } = await sql<{ id: string; part: string }>`
    select id, part from recommendations.recommendation where whole_id = ${id}::uuid order by sort_key, id`.execute(
    ctx.db,
  )
  await moveAnswers?.(ctx, id, { parts, chosen: [] })
  await ctx.record(
    'recommendations.laid-to-parts',
    { kind: recordKind, id, agencyId: ctx.actor.agencyId },
    { parts: parts.length },
  )
}

/** An assessment goes to the parts chosen for it as it was entered, and then no longer stands with the whole. @throws notFound */
async function moveAssessments(ctx: Context, wholeId: string, { parts, chosen }: Moved): Promise<void> {
  for (const one of chosen) {
    const laid = parts.filter(({ part }) => one.parts.includes(part)).map(({ id }) => ({ id: newId(), to: id }))
    const taken =
      await sql`update recommendations.assessment set withdrawn_at = ${ctx.now}, agency_id = ${ctx.actor.agencyId}, version = version + 1
      where id = ${one.id}::uuid and recommendation_id = ${wholeId}::uuid and withdrawn_at is null`.execute(ctx.db)
    if (taken.numAffectedRows !== 1n) throw notFound()
    await sql`insert into recommendations.assessment
        (id, recommendation_id, aspect, rating, finding, evidence, assessor, assessed_on, agency_id, entered_by, entered_at)
      select t.id, t."to", a.aspect, a.rating, a.finding, a.evidence, a.assessor, a.assessed_on, a.agency_id, a.entered_by, a.entered_at
      from jsonb_to_recordset(${JSON.stringify(laid)}::jsonb) as t(id uuid, "to" uuid), recommendations.assessment a where a.id = ${one.id}::uuid`.execute(
      ctx.db,
    )
  }
}
