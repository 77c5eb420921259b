import { conflict, invalid, newId, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import type { RegimeDefinition, RoundDates } from '../../model.ts'
import type { RegimeParts } from '../parts.ts'
import { readOwnPeriod, roundDates, scheduleOf, type ScheduledPeriod } from '../schedule.ts'
import { findIssuedForm, lockOwnRegime, readIssuedVersions, type OwnRegime } from '../store.ts'
import { layObligations } from './lay-obligations.ts'
import { whoOwes } from '../work-out.ts'

/** A round as the newest version for its period would have it. */
export type Planned = {
  number: number
  definition: RegimeDefinition
  scheduled: ScheduledPeriod
  /** On whose units and mandates who owes is worked out: the cut-off, or today while that is to come. */
  owedOn: PlainDate
}

/**
 * What a regime says of one of its periods.
 * @throws conflict `reporting.regime-not-in-force`, `reporting.no-version-yet`; invalid `reporting.unknown-period`
 */
export async function planRound(
  ctx: Context,
  { calendars, daysOff }: RegimeParts,
  of: { regime: Pick<OwnRegime, 'id' | 'state'>; period: string },
): Promise<Planned> {
  if (of.regime.state !== 'in-force') throw conflict('reporting.regime-not-in-force')
  for (const { number, definition, effectiveFrom } of await readIssuedVersions(ctx, of.regime.id)) {
    const period = readOwnPeriod(of.period, definition.window, calendars)
    if (period === undefined) throw invalid('reporting.unknown-period', { period: of.period })
    if (effectiveFrom >= period.to) continue
    const scheduled = scheduleOf(definition, period, daysOff)
    if (scheduled === undefined) throw invalid('reporting.unknown-period', { period: of.period })
    const owedOn = scheduled.cutOffOn < ctx.today ? scheduled.cutOffOn : ctx.today
    return { number, definition, scheduled, owedOn }
  }
  throw conflict('reporting.no-version-yet', { period: of.period })
}

/**
 * Opens one period of a regime of the acting body: lays on every body that owes its obligation, in one transaction.
 * @returns the round and how many obligations were laid
 * @throws notFound; conflict `reporting.regime-not-in-force`, `reporting.no-form`, `reporting.no-version-yet`, `reporting.round-open-already`,
 * `reporting.owed-twice`, `reporting.several-receivers`, `reporting.open-class`; invalid `reporting.unknown-period`
 */
export async function openRound(
  ctx: Context,
  parts: RegimeParts,
  of: { regimeId: string; period: string },
): Promise<{ id: string; obligations: number }> {
  return layRound(ctx, parts, { regime: await lockOwnRegime(ctx, of.regimeId), period: of.period })
}

/** The same of a regime that is locked already. @throws as `openRound` does */
export async function layRound(
  ctx: Context,
  parts: RegimeParts,
  of: { regime: OwnRegime; period: string },
): Promise<{ id: string; obligations: number }> {
  const { regime } = of
  const planned = await planRound(ctx, parts, { regime, period: of.period })
  const form = await findIssuedForm(ctx, regime.id)
  if (form === undefined) throw conflict('reporting.no-form')
  const { definition, scheduled, owedOn } = planned
  const { owed, twice, severalReceivers } = await whoOwes(ctx, parts, { ownerId: regime.agencyId, definition, owedOn })
  if (twice.length > 0) throw conflict('reporting.owed-twice', { count: twice.length })
  if (severalReceivers.length > 0) throw conflict('reporting.several-receivers', { count: severalReceivers.length })
  const dates = roundDates(definition, scheduled)
  const id = await insertRound(ctx, regime, { planned, formId: form.id, dates })
  await layObligations(ctx, { roundId: id, ownerId: regime.agencyId, owed, dates })
  const said = { period: of.period, obligations: owed.length }
  await ctx.record('reporting.round-opened', { kind: 'reporting.round', id, agencyId: regime.agencyId }, said)
  return { id, obligations: owed.length }
}

async function insertRound(
  ctx: Context,
  regime: OwnRegime,
  { planned, formId, dates }: { planned: Planned; formId: string; dates: RoundDates },
): Promise<string> {
  const { period, cutOffOn } = planned.scheduled
  const made = await ctx.db
    .insertInto('reporting.round')
    .values({
      ...{ id: newId(), regimeId: regime.id, regimeNumber: planned.number, formId, agencyId: regime.agencyId },
      ...{ period: period.id, periodFrom: period.from, periodTo: period.to, cutOffOn, owedOn: planned.owedOn },
      ...{ dates: JSON.stringify(dates), state: 'open', openedBy: ctx.actor.personId, openedAt: ctx.now },
    })
    .onConflict((on) => on.columns(['regimeId', 'period']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) throw conflict('reporting.round-open-already', { period: period.id })
  return made.id
}
