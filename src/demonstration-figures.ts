import { checkFigures, layFigures, measureId } from '#indicators'
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

type Parts = {
  demonstration: { figures: (today: string) => DemoFigure[] }
  calendars: readonly Calendar[]
}

/** Lays the figures of the demonstration, all at once, and looks at them. */
export async function loadDemoFigures(
  ctx: Context,
  { demonstration, calendars }: Parts,
  { hands, today }: { hands: { writer: string; signer: string }; today: string },
): Promise<void> {
  const laid = demonstration.figures(today).map(({ measure, unitKey, agencyKey, ...figure }) => ({
    ...figure,
    ...{ measureId: measureId(measure), unitId: idOfKey(unitKey), agencyId: idOfKey(agencyKey) },
  }))
  await layFigures(ctx, laid, { hands, calendars })
  const [periods, agencyIds] = [laid.map(({ period }) => period), laid.map(({ agencyId }) => agencyId)]
  await checkFigures(ctx, { periods, agencyIds: [...new Set(agencyIds)], calendars })
}
