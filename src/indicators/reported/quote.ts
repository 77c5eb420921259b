import { Problem, type Context } from '#platform'
import { refOf } from '../land.ts'
import type { AbsenceReason, Calendar, CellPlace, NotComparable } from '../model.ts'
import { lastDay } from '../rollup/ground.ts'
import { locate, rolledUp } from '../queries/totals.ts'

/** A total as a report quotes it, with what it is made of: each accepted vintage that is in it. */
export type QuotedTotal = {
  value: number | null
  numerator: number | null
  denominator: number | null
  isEstimate: boolean
  reason: NotComparable | null
  absent: Record<AbsenceReason, number>
  expected: number
  reported: number
  late: number
  estimated: number
  parts: { cellId: string; vintage: number }[]
  /** Units of whom a figure was due and none was accepted. */
  missing: { id: string; name: string }[]
}

/** As many names of the missing as one quotation holds. */
const mostMissing = 200

/**
 * The total of a unit from the newest accepted figures, on the units of the period's last day.
 * @param of.parts whether each vintage in it is told: thousands in a national total, told where it is quoted, not where it is shown
 * @returns undefined where the actor does not see all that is in it, or there is no such place
 */
export async function quoteTotal(
  ctx: Context,
  place: CellPlace,
  calendars: readonly Calendar[],
  of: { parts: boolean } = { parts: true },
): Promise<QuotedTotal | undefined> {
  const { measureId, unitId, period, breakdown } = place
  try {
    const located = await locate(
      ctx,
      { measureId, unitId, period, breakdown, view: 'as-was', asOf: undefined },
      calendars,
    )
    const { result, land, unit } = await rolledUp(ctx, located, { breakdown, beside: [], withVintages: of.parts })
    const total = result.totals.get(unit)
    const given = (total?.parts ?? []).filter(({ cell }) => cell !== null)
    const lacking = (total?.parts ?? []).filter(({ cell }) => cell === null)
    const vintages = of.parts ? given.flatMap(({ cell }) => cell?.accepted ?? []) : []
    return {
      ...{ value: total?.value ?? null, numerator: total?.numerator ?? null, denominator: total?.denominator ?? null },
      ...{ isEstimate: total?.isEstimate ?? false, reason: total?.reason ?? null },
      absent: total?.absent ?? { missing: 0, 'not-applicable': 0, 'not-yet-known': 0 },
      ...{ expected: total?.expected ?? 0, reported: total?.reported ?? 0 },
      ...{ late: total?.late ?? 0, estimated: total?.estimated ?? 0 },
      parts: vintages.toSorted((one, other) => (one.cellId < other.cellId ? -1 : 1)),
      missing: lacking.slice(0, mostMissing).map((part) => {
        const { id, name } = refOf(land, part.unit, lastDay(located.period), ctx.language)
        return { id, name }
      }),
    }
  } catch (fault) {
    if (fault instanceof Problem && fault.kind === 'notFound') return undefined
    throw fault
  }
}
