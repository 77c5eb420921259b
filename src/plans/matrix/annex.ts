import type { DocumentTemplates, Pages } from '#documents'
import type { Context } from '#platform'
import type { Language } from '#platform/model'
import { treatyClusters } from '#recommendations'
import { chosen, matrixOf, penOf, type MatrixParts } from './commands.ts'
import { gatherRows } from './gather.ts'
import { matrixLayout, matrixSection } from './pages.ts'

/** A matrix as a part of another document: its pages, and the layout they are set in. */
export type MatrixAnnex = {
  section: Pages['sections'][number]
  layout: DocumentTemplates['layout']
  recommendations: number
}

const codeOf = new Map(treatyClusters.map(({ number, code }) => [String(number), code]))

/**
 * What a mechanism recommended in its newest cycle and what was done, by the clusters of the Convention, under the letters
 * of the report that the annex belongs to; null where it recommended nothing.
 * @param of.layout the country's
 * @throws invalid `plans.matrix-too-long`
 */
export async function matrixAnnex(
  ctx: Context,
  parts: MatrixParts,
  of: { mechanism: string; language: Language; title: string; layout: DocumentTemplates['layout'] },
): Promise<MatrixAnnex | null> {
  const setting = { language: of.language, groupBy: 'cluster' as const, withTranslations: false }
  const ids = await chosen(ctx, parts, { mechanism: [of.mechanism] })
  if (ids.length === 0) return null
  const rows = await gatherRows(ctx, ids, setting, penOf(parts))
  const matrix = await matrixOf(ctx, parts, { setting, words: '' }, rows)
  const layout = matrixLayout(of.layout, parts.say(of.language, 'plans.matrix-invented'))
  const sections = matrix.sections.map((one) => ({ ...one, label: codeOf.get(one.rows[0]?.group?.key ?? '') ?? null }))
  return {
    section: matrixSection({ ...matrix, sections, title: of.title }, layout),
    layout,
    recommendations: ids.length,
  }
}
