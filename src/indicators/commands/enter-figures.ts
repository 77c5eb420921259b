import { forbidden, newId, type Catalogue, type Context } from '#platform'
import {
  readPeriod,
  type Calendar,
  type FigureEntry,
  type Period,
  type RowOutcome,
  type SavedFigures,
} from '../model.ts'
import { openLand, type Land } from '../land.ts'
import { lastDay, levelOn } from '../rollup/ground.ts'
import { entryFault, type Fault, type Known } from '../rules.ts'
import {
  advanceCells,
  insertCells,
  insertObservations,
  placeOf,
  readAnswering,
  readDimensionValues,
  readHeld,
  readMeasures,
  type HeldCell,
  type MeasureRules,
  type NewObservation,
} from '../store.ts'

export type EntryParts = { calendars: readonly Calendar[]; say: Catalogue }

type Judged = { entry: FigureEntry; fault: Fault | null; period: Period | undefined; held: HeldCell | undefined }

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
  const judged = await judge(ctx, entries, calendars)
  const outcomes = await save(ctx, judged)
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
  return { taken, refused: rows.length - taken, rows }
}

/** Loads what the entries are about and says of each whether it can be taken. */
async function judge(ctx: Context, entries: readonly FigureEntry[], calendars: readonly Calendar[]): Promise<Judged[]> {
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
  const seen = new Set<string>()
  return entries.map((entry): Judged => {
    const measure = measures.get(entry.measureId)
    const period = readPeriod(entry.period, calendars)
    const cell = held.get(placeOf(entry))
    const judged = { entry, period, held: cell }
    const refuse = (code: string, params: Fault['params'] = {}) => ({ ...judged, fault: { code, params } })
    if (measure === undefined) return refuse('indicators.unknown-measure')
    if (period === undefined) return refuse('indicators.unknown-period', { period: entry.period })
    if (!land.keyOf.has(entry.unitId)) return refuse('indicators.unknown-unit')
    if (seen.has(placeOf(entry))) return refuse('indicators.twice')
    seen.add(placeOf(entry))
    const known: Known = {
      ...{ measure, period, values, today: ctx.today },
      answers: answers(land, entry.unitId, measure, period),
      isOwn: answering.unitIds.has(entry.unitId) && (answering.isHead || answering.functions.has(measure.function)),
      held: cell === undefined ? null : { vintage: cell.vintage, isOthers: !answering.bodyIds.has(cell.agencyId) },
    }
    // Whoever says again what is there changes nothing, whatever he saw last.
    const asked = cell !== undefined && saysTheSame(entry, cell) ? { ...entry, seen: cell.vintage } : entry
    return { ...judged, fault: entryFault(asked, known) }
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

function saysTheSame(entry: FigureEntry, cell: HeldCell): boolean {
  return (
    entry.status === cell.status &&
    entry.numerator === cell.numerator &&
    entry.denominator === cell.denominator &&
    entry.absence === cell.absence &&
    entry.comment === cell.comment
  )
}

type Outcome = { cellId: string; vintage: number; isNew: boolean } | Fault

async function save(ctx: Context, judged: readonly Judged[]): Promise<Outcome[]> {
  const plans = judged.map((one) => ({ ...one, id: one.held?.id ?? newId() }))
  const fresh = plans.filter(({ fault, held }) => fault === null && held === undefined)
  const later = plans.filter(
    ({ fault, held, entry }) => fault === null && held !== undefined && !saysTheSame(entry, held),
  )
  const isAnswered = ({ entry }: Judged) => entry.status !== null
  const laid = await insertCells(
    ctx,
    fresh.flatMap((one) => {
      const { period, entry } = one
      if (period === undefined) return []
      const { measureId, unitId, breakdown } = entry
      const span = { period: period.id, periodFrom: period.from, periodTo: period.to }
      return [{ id: one.id, measureId, unitId, breakdown, ...span, isAnswered: isAnswered(one) }]
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
    if (saysTheSame(entry, held)) return { cellId: id, vintage: held.vintage, isNew: false }
    if (!moved.has(id)) return { code: 'indicators.entered-meanwhile', params: {} }
    return { cellId: id, vintage: held.vintage + 1, isNew: true }
  })
  await insertObservations(ctx, newObservations(ctx, plans, outcomes), 'typed')
  return outcomes
}

function newObservations(ctx: Context, judged: readonly Judged[], outcomes: readonly Outcome[]): NewObservation[] {
  return judged.flatMap(({ entry, held }, place) => {
    const outcome = outcomes[place]
    if (outcome === undefined || 'code' in outcome || !outcome.isNew) return []
    const { measureId, status, numerator, denominator, absence, comment } = entry
    const agencyId = held?.agencyId ?? ctx.actor.agencyId ?? ''
    const { cellId, vintage } = outcome
    return [{ cellId, vintage, agencyId, measureId, status, numerator, denominator, absence, comment }]
  })
}
