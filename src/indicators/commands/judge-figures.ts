import { newId, type Context } from '#platform'
import { readPeriod, type Calendar, type FigureEntry, type Period } from '../model.ts'
import { openLand, type Land } from '../land.ts'
import { openPlaces } from '../places.ts'
import { lastDay, levelOn } from '../rollup/ground.ts'
import { entryFault, type Fault, type Known } from '../rules.ts'
import {
  advanceCells,
  insertCells,
  insertObservations,
  readAnswering,
  readAnswerers,
  readDimensionValues,
  readHeld,
  readLocks,
  readMeasures,
  type Answerers,
  type FigureSource,
  type HeldCell,
  type MeasureRules,
  type NewObservation,
} from '../store.ts'

/** An entry and what was found of it. `seen` undefined: its writer takes whatever is there. */
export type Judged = {
  entry: FigureEntry
  fault: Fault | null
  period: Period | undefined
  held: HeldCell | undefined
  /** The body whose figure it is. */
  ownerId: string | null
}

const noAnswerers: Answerers = new Map()

export type Unseen = Omit<FigureEntry, 'seen'> & { seen: number | null | undefined }

/**
 * Loads what the entries are about and says of each whether it can be taken.
 * @param of.forOthers figures of units within reach are taken for the bodies that answer there, not only those of one's own
 * @param of.answerers the bodies found before for the same actor; what is found is added
 */
export async function judgeFigures(
  ctx: Context,
  entries: readonly Unseen[],
  of: { calendars: readonly Calendar[]; forOthers: boolean; answerers?: Answerers },
): Promise<Judged[]> {
  const measures = await readMeasures(
    ctx,
    entries.map(({ measureId }) => measureId),
  )
  const [values, answering, held, land] = [
    await readDimensionValues(ctx),
    await readAnswering(ctx),
    await readHeld(
      ctx,
      entries.map(({ measureId, unitId, period, breakdown }) => ({ measureId, unitId, period, breakdown })),
    ),
    await openLand(ctx),
  ]
  const others = entries.map(({ unitId }) => unitId).filter((id) => !answering.unitIds.has(id))
  const answerers = of.forOthers ? await readAnswerers(ctx, others, of.answerers) : noAnswerers
  const isLocked = await readLocks(ctx, {
    periods: entries.map(({ period }) => period),
    agencyIds: [
      ctx.actor.agencyId ?? '',
      ...others.flatMap((id) => answerers.get(id) ?? []),
      ...held.values().map(({ agencyId }) => agencyId),
    ].filter((id) => id !== ''),
  })
  const taken = openPlaces<true>()
  // Thousands of figures are of a handful of periods.
  const periods = new Map(
    [...new Set(entries.map(({ period }) => period))].map((id) => [id, readPeriod(id, of.calendars)]),
  )
  return entries.map((said): Judged => {
    const measure = measures.get(said.measureId)
    const period = periods.get(said.period)
    const cell = held.get(said)
    const newest = cell?.vintage ?? null
    // Whoever says again what is there changes nothing, whatever he saw last.
    const isSame = cell !== undefined && saysTheSame(said, cell)
    const entry: FigureEntry = { ...said, seen: said.seen === undefined || isSame ? newest : said.seen }
    const ownerId = answering.unitIds.has(said.unitId) ? ctx.actor.agencyId : (answerers.get(said.unitId) ?? null)
    const judged = { entry, period, held: cell, ownerId }
    const refuse = (code: string, params: Fault['params'] = {}) => ({ ...judged, fault: { code, params } })
    if (measure === undefined) return refuse('indicators.unknown-measure')
    if (period === undefined) return refuse('indicators.unknown-period', { period: said.period })
    if (!land.keyOf.has(said.unitId)) return refuse('indicators.unknown-unit')
    if (taken.get(said) === true) return refuse('indicators.twice')
    taken.set(said, true)
    const known: Known = {
      ...{ measure, period, values, today: ctx.today },
      answers: answers(land, said.unitId, measure, period),
      isOwn: ownerId !== null && (answering.isHead || answering.functions.has(measure.function)),
      isLocked: !isSame && isLocked(cell?.agencyId ?? ownerId ?? '', said.measureId, said.period),
      held:
        cell === undefined
          ? null
          : { vintage: cell.vintage, isOthers: !answering.bodyIds.has(cell.agencyId) && cell.agencyId !== ownerId },
    }
    return { ...judged, fault: entryFault(entry, known) }
  })
}

/** Whether the unit answers for the period: where figures are taken up, or anywhere for those that stand alone. */
export function answers(land: Land, unitId: string, measure: MeasureRules, period: Period): boolean {
  const unit = land.keyOf.get(unitId)
  if (unit === undefined) return false
  const day = lastDay(period)
  if (measure.aggregation === 'none') return levelOn(land.ground, unit, day) !== undefined
  return land.answering(measure.level, day).has(unit)
}

/** Whether an entry says what is there. */
export function saysTheSame(entry: Omit<Unseen, 'seen'>, cell: HeldCell): boolean {
  return (
    entry.status === cell.status &&
    entry.numerator === cell.numerator &&
    entry.denominator === cell.denominator &&
    entry.absence === cell.absence &&
    entry.comment === cell.comment
  )
}

export type Outcome = { cellId: string; vintage: number; isNew: boolean } | Fault

/**
 * Saves what was judged good, as new vintages; tells of each entry what came of it.
 * @param from.anew cells whose newest vintage was given back: saying the same again is a vintage of its own
 */
export async function saveFigures(
  ctx: Context,
  judged: readonly Judged[],
  from: { source: FigureSource; importId: string | null; anew?: ReadonlySet<string> },
): Promise<Outcome[]> {
  const adds = (entry: FigureEntry, held: HeldCell) => from.anew?.has(held.id) === true || !saysTheSame(entry, held)
  const plans = judged.map((one) => ({ ...one, id: one.held?.id ?? newId() }))
  const fresh = plans.filter(({ fault, held }) => fault === null && held === undefined)
  const later = plans.filter(({ fault, held, entry }) => fault === null && held !== undefined && adds(entry, held))
  const isAnswered = ({ entry }: Judged) => entry.status !== null
  const laid = await insertCells(
    ctx,
    fresh.flatMap((one) => {
      const { period, entry, ownerId } = one
      if (period === undefined || ownerId === null) return []
      const { measureId, unitId, breakdown } = entry
      const span = { period: period.id, periodFrom: period.from, periodTo: period.to }
      return [{ id: one.id, measureId, unitId, breakdown, ...span, agencyId: ownerId, isAnswered: isAnswered(one) }]
    }),
  )
  const moved = await advanceCells(
    ctx,
    later.map((one) => ({ id: one.id, seen: one.held?.vintage ?? 0, isAnswered: isAnswered(one) })),
  )
  const outcomes = plans.map((one): Outcome => {
    const { fault, held, id, entry } = one
    if (fault !== null) return fault
    if (held === undefined)
      return laid.has(id)
        ? { cellId: id, vintage: 1, isNew: true }
        : { code: 'indicators.other-body-answers', params: {} }
    if (!adds(entry, held)) return { cellId: id, vintage: held.vintage, isNew: false }
    if (!moved.has(id)) return { code: 'indicators.entered-meanwhile', params: {} }
    return { cellId: id, vintage: held.vintage + 1, isNew: true }
  })
  await insertObservations(ctx, newObservations(plans, outcomes), from)
  return outcomes
}

function newObservations(judged: readonly Judged[], outcomes: readonly Outcome[]): NewObservation[] {
  return judged.flatMap(({ entry, held, ownerId }, place) => {
    const outcome = outcomes[place]
    if (outcome === undefined || 'code' in outcome || !outcome.isNew) return []
    const { measureId, status, numerator, denominator, absence, comment } = entry
    const agencyId = held?.agencyId ?? ownerId ?? ''
    const { cellId, vintage } = outcome
    return [{ cellId, vintage, agencyId, measureId, status, numerator, denominator, absence, comment }]
  })
}
