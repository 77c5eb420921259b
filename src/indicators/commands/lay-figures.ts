import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import type { PlainDate } from '#territory/model'
import { openLand } from '../land.ts'
import { readPeriod, type Calendar, type FigureEntry } from '../model.ts'
import { entryFault } from '../rules.ts'
import { readDimensionValues, readMeasures } from '../store.ts'
import { answers } from './judge-figures.ts'

/** A figure as a body said it on a day, and what a second person said of it the day after; null: it still waits. */
export type LaidFigure = Omit<FigureEntry, 'seen'> & {
  agencyId: string
  enteredOn: PlainDate
  outcome: 'accepted' | 'returned' | null
  reason: string | null
}

/**
 * Lays many first vintages of many bodies at once, judged by the rules of entry: how a demonstration gets its figures.
 *
 * @param ctx acts for the instance; @param hands those who entered and decided
 * @throws Error naming the first figure that could not have been entered
 */
export async function layFigures(
  ctx: Context,
  figures: readonly LaidFigure[],
  { hands, calendars }: { hands: { writer: string; signer: string }; calendars: readonly Calendar[] },
): Promise<void> {
  const rows = await judged(ctx, figures, calendars)
  const all = sql`${JSON.stringify(rows)}::jsonb`
  await sql`
    with given as (
      select * from jsonb_to_recordset(${all}) as t(id uuid, "measureId" uuid, "unitId" uuid, period text, "periodFrom" date, "periodTo" date,
        breakdown text, "agencyId" uuid, "enteredOn" date, status text, numerator numeric, denominator numeric, absence text, comment text,
        outcome text, reason text)
    ), cells as (
      insert into indicators.cell (id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, answered_on, vintage, accepted_vintage)
      select id, "measureId", "unitId", period, "periodFrom", "periodTo", breakdown, "agencyId", case when status is not null then "enteredOn" end, 1,
        case when outcome = 'accepted' then 1 end from given
      returning id
    ), said as (
      insert into indicators.observation (cell_id, vintage, agency_id, measure_id, status, numerator, denominator, absence, source, comment,
        by_agency_id, entered_by, entered_at)
      select id, 1, "agencyId", "measureId", status, numerator, denominator, absence, 'typed', comment, "agencyId", ${hands.writer}::uuid,
        "enteredOn"::timestamp at time zone 'UTC' + interval '3 hours' from given
      returning cell_id
    )
    insert into indicators.decision (cell_id, vintage, agency_id, measure_id, outcome, reason, by_agency_id, decided_by, decided_at)
    select id, 1, "agencyId", "measureId", outcome, reason, "agencyId", ${hands.signer}::uuid,
      "enteredOn"::timestamp at time zone 'UTC' + interval '9 hours' from given where outcome is not null`.execute(
    ctx.db,
  )
  await ctx.record(
    'indicators.figures-entered',
    { kind: 'indicators.figures', id: null, agencyId: null },
    { taken: rows.length, made: rows.length, refused: 0 },
  )
}

async function judged(ctx: Context, figures: readonly LaidFigure[], calendars: readonly Calendar[]) {
  const measures = await readMeasures(
    ctx,
    figures.map(({ measureId }) => measureId),
  )
  const values = await readDimensionValues(ctx)
  const land = await openLand(ctx)
  return figures.map((figure) => {
    const measure = measures.get(figure.measureId)
    const period = readPeriod(figure.period, calendars)
    if (measure === undefined || period === undefined)
      throw new Error(`no measure ${figure.measureId} or period ${figure.period}`)
    const fault = entryFault(
      { ...figure, seen: null },
      {
        ...{ measure, period, values, today: figure.enteredOn, isOwn: true, held: null },
        answers: answers(land, figure.unitId, measure, period),
      },
    )
    if (fault !== null)
      throw new Error(`${measure.code} of ${land.keyOf.get(figure.unitId) ?? figure.unitId}: ${fault.code}`)
    return { ...figure, id: newId(), periodFrom: period.from, periodTo: period.to }
  })
}
