import { conflict, invalid, type Context } from '#platform'
import { holdRecommendation } from '../keeping.ts'
import type { SplitParagraph } from '../model.ts'
import { addParts } from './parts.ts'

const recordKind = 'recommendations.recommendation'

/**
 * Splits a paragraph into parts that stand for it. What its source suggested is suggested for each; what persons said of
 * the whole stays with the whole.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `platform.stale-version`, `recommendations.already-split`,
 *   `recommendations.is-part`; invalid `recommendations.part-twice`
 */
export async function splitParagraph(ctx: Context, id: string, input: SplitParagraph): Promise<string[]> {
  const held = await holdRecommendation(ctx, id)
  if (held.version !== input.version) throw conflict('platform.stale-version')
  if (held.isSplit) throw conflict('recommendations.already-split')
  if (held.wholeId !== null) throw conflict('recommendations.is-part')
  const letters = input.parts.map(({ part }) => part)
  if (new Set(letters).size < letters.length) throw invalid('recommendations.part-twice')
  const ids = await addParts(ctx, id, { parts: input.parts, importId: null })
  await ctx.record(
    'recommendations.paragraph-split',
    { kind: recordKind, id, agencyId: ctx.actor.agencyId },
    { parts: ids.length },
  )
  return ids
}
