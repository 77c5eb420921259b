import { admitsPeriods, measureWords, readMeasureRules } from '#indicators'
import type { Context } from '#platform'
import type { FormDefinition, RegimeDefinition } from '../model.ts'

/** A row of figures of a form that cannot be said in the rounds of a regime. */
export type UnfitRow = { pointer: string; code: string; params: { measure: string } }

/**
 * Rows of a form that no report of the regime could fill in: their measure is not taken up in its periods. Of periods that are the
 * regime's own no measure knows anything; else only what is required stands in the way, for the rest may stay empty.
 */
export async function unfitRows(
  ctx: Context,
  { sections }: FormDefinition,
  { window }: Pick<RegimeDefinition, 'window'>,
): Promise<UnfitRow[]> {
  const rows = sections.flatMap((section, at) =>
    section.kind === 'figures'
      ? section.rows.map((row, of) => ({ ...row, pointer: `/sections/${at}/rows/${of}/measureId` }))
      : [],
  )
  const ids = rows.map(({ measureId }) => measureId)
  const measures = await readMeasureRules(ctx, ids)
  const unfit = rows.filter(({ measureId, breakdown, isRequired }) => {
    const measure = measures.get(measureId)
    if (measure === undefined) return false
    return window.kind === 'own' || (isRequired && !admitsPeriods(measure, breakdown, window))
  })
  if (unfit.length === 0) return []
  const words = await measureWords(ctx, ids)
  return unfit.map(({ pointer, measureId }) => ({
    ...{ pointer, code: 'reporting.measure-not-of-period' },
    params: { measure: words.get(measureId)?.name ?? measures.get(measureId)?.code ?? '' },
  }))
}
