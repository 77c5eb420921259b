import { layFigures, measureId } from '#indicators'
import type { AbsenceReason, Calendar, FigureStatus } from '#indicators/model'
import { idOfKey, type Context } from '#platform'

/** A figure of the demonstration, invented: what a body said of a unit on a day, and whether a second person accepted it. */
export type DemoFigure = {
  measure: string
  unitKey: string
  agencyKey: string
  period: string
  breakdown: string
  status: FigureStatus | null
  numerator: number | null
  denominator: number | null
  absence: AbsenceReason | null
  comment: string | null
  enteredOn: string
  outcome: 'accepted' | 'returned' | null
  reason: string | null
}

/** Lays the figures of the demonstration, all at once. */
export async function loadDemoFigures(
  ctx: Context,
  figures: readonly DemoFigure[],
  of: { hands: { writer: string; signer: string }; calendars: readonly Calendar[] },
): Promise<void> {
  const laid = figures.map(({ measure, unitKey, agencyKey, ...figure }) => ({
    ...figure,
    ...{ measureId: measureId(measure), unitId: idOfKey(unitKey), agencyId: idOfKey(agencyKey) },
  }))
  await layFigures(ctx, laid, of)
}
