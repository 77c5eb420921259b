import { forbidden, type Catalogue, type Context } from '#platform'
import type { Calendar, FigureEntry, RowOutcome, SavedFigures } from '../model.ts'
import { enqueueCheck } from '../quality/check.ts'
import { judgeFigures, saveFigures } from './judge-figures.ts'

export type EntryParts = { calendars: readonly Calendar[]; say: Catalogue }

/**
 * Saves many cells at once: each is taken as a new vintage or refused with its reason. What says the same as what is there
 * changes nothing. Nothing counts before a second person accepts it.
 *
 * @throws forbidden `indicators.no-body` when nobody's post is taken up
 */
export async function enterFigures(
  ctx: Context,
  entries: readonly FigureEntry[],
  { calendars, say }: EntryParts,
): Promise<SavedFigures> {
  if (ctx.actor.agencyId === null) throw forbidden('indicators.no-body')
  const judged = await judgeFigures(ctx, entries, { calendars, forOthers: false })
  const outcomes = await saveFigures(ctx, judged, { source: 'typed', importId: null })
  const rows = outcomes.map((outcome, row): RowOutcome => {
    if ('cellId' in outcome) return { row, ok: true, ...outcome }
    return { row, ok: false, ...outcome, title: say(ctx.language, outcome.code, outcome.params) }
  })
  const taken = rows.filter(({ ok }) => ok).length
  const made = rows.filter((row) => row.ok && row.isNew).length
  await ctx.record(
    'indicators.figures-entered',
    { kind: 'indicators.figures', id: null, agencyId: ctx.actor.agencyId, ...(taken === 0 ? { refused: true } : {}) },
    { taken, made, refused: rows.length - taken },
  )
  const fresh = judged.filter((_, at) => rows[at]?.ok === true && rows[at].isNew)
  if (fresh.length > 0)
    await enqueueCheck(ctx, {
      periods: fresh.map(({ entry }) => entry.period),
      agencyIds: fresh.flatMap(({ held, ownerId }) => held?.agencyId ?? ownerId ?? []),
    })
  return { taken, refused: rows.length - taken, rows }
}
