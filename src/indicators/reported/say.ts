import { sql } from 'kysely'
import type { Context } from '#platform'
import {
  answers,
  judgeFigures,
  saveFigures,
  type Judged,
  type Outcome,
  type Unseen,
} from '../commands/judge-figures.ts'
import { openLand } from '../land.ts'
import { readPeriod, type Calendar, type CellPlace } from '../model.ts'
import { enqueueCheck } from '../quality/check.ts'
import { readAnswering, readMeasures } from '../store.ts'

/** A figure as a report says it; its writer takes whatever stands there. */
export type ReportedFigure = Omit<Unseen, 'seen'>

/**
 * Of each place, whether the acting body enters its figure itself; what others enter is a total for it. A place of an unknown measure
 * or period is not its own.
 */
export async function ownPlaces(
  ctx: Context,
  places: readonly CellPlace[],
  calendars: readonly Calendar[],
  agencyId = ctx.actor.agencyId,
): Promise<boolean[]> {
  const measures = await readMeasures(
    ctx,
    places.map(({ measureId }) => measureId),
  )
  const answering = await readAnswering(ctx, agencyId)
  const land = await openLand(ctx)
  return places.map((place) => {
    const [measure, period] = [measures.get(place.measureId), readPeriod(place.period, calendars)]
    if (measure === undefined || period === undefined || !answering.unitIds.has(place.unitId)) return false
    const isOfField = answering.isHead || answering.functions.has(measure.function)
    return isOfField && answers(land, place.unitId, measure, period)
  })
}

/** Figures of a report, judged before they are entered: of each why it could not be, or null. */
export type JudgedReport = { judged: readonly Judged[]; faults: readonly (Extract<Outcome, { code: string }> | null)[] }

/** Judges figures as entry does, without entering them. */
export async function judgeReported(
  ctx: Context,
  figures: readonly ReportedFigure[],
  calendars: readonly Calendar[],
): Promise<JudgedReport> {
  if (figures.length === 0) return { judged: [], faults: [] }
  const judged = await judgeFigures(ctx, unseen(figures), { calendars, forOthers: false })
  return { judged, faults: judged.map(({ fault }) => fault) }
}

/**
 * Enters what a report says, as it was judged in the same transaction, which sends it: each figure becomes a vintage with the report as its source,
 * unless it says what stands there and was not given back. What another enters meanwhile is told. Nothing counts before it is accepted.
 */
export async function sayReported(ctx: Context, { judged }: JudgedReport): Promise<Outcome[]> {
  if (judged.length === 0) return []
  const anew = await givenBack(
    ctx,
    judged.flatMap(({ held }) => (held === undefined ? [] : [held.id])),
  )
  const outcomes = await saveFigures(ctx, judged, { source: 'report', importId: null, anew })
  const fresh = judged.filter((_, at) => {
    const outcome = outcomes[at]
    return outcome !== undefined && 'cellId' in outcome && outcome.isNew
  })
  if (fresh.length > 0)
    await enqueueCheck(ctx, {
      periods: fresh.map(({ entry }) => entry.period),
      agencyIds: fresh.flatMap(({ held, ownerId }) => held?.agencyId ?? ownerId ?? []),
    })
  return outcomes
}

const unseen = (figures: readonly ReportedFigure[]): Unseen[] =>
  figures.map((figure) => ({ ...figure, seen: undefined }))

/** Which cells had their newest vintage given back. */
async function givenBack(ctx: Context, cellIds: readonly string[]): Promise<Set<string>> {
  if (cellIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select c.id from indicators.cell c join indicators.decision d on d.cell_id = c.id and d.vintage = c.vintage and d.outcome = 'returned'
    where c.id = any (${[...cellIds]}::uuid[])`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}
