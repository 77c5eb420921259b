import { sql } from 'kysely'
import { asEverywhere, conflict, invalid, newId, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import type { RegimeDefinition, RoundDates } from '../../model.ts'
import type { RegimeParts } from '../parts.ts'
import { readOwnPeriod, roundDates, scheduleOf, type ScheduledPeriod } from '../schedule.ts'
import { findIssuedForm, lockOwnRegime, readIssuedVersions, type OwnRegime } from '../store.ts'
import type { Owed } from '../owed.ts'
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
  const regime = await lockOwnRegime(ctx, of.regimeId)
  const planned = await planRound(ctx, parts, { regime, period: of.period })
  const form = await findIssuedForm(ctx, regime.id)
  if (form === undefined) throw conflict('reporting.no-form')
  const { definition, scheduled, owedOn } = planned
  const { owed, twice, severalReceivers } = await whoOwes(ctx, parts, { ownerId: regime.agencyId, definition, owedOn })
  if (twice.length > 0) throw conflict('reporting.owed-twice', { count: twice.length })
  if (severalReceivers.length > 0) throw conflict('reporting.several-receivers', { count: severalReceivers.length })
  const dates = roundDates(definition, scheduled)
  const id = await insertRound(ctx, regime, { planned, formId: form.id, dates })
  await insertObligations(ctx, { roundId: id, ownerId: regime.agencyId, owed, dates })
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

type Laid = { roundId: string; ownerId: string; owed: readonly Owed[]; dates: RoundDates }

/** Reasons the product itself gives; what a person wrote is kept as written. */
const ownReason = { merged: 'reporting.reason-body-ended', withdrawn: 'reporting.reason-no-successor' } as const

async function insertObligations(ctx: Context, { roundId, ownerId, owed, dates }: Laid): Promise<void> {
  const ids = new Map(owed.map(({ key }) => [key, newId()]))
  const rows = owed.map((one) => ({
    ...one,
    id: ids.get(one.key),
    parentId: one.parent === null ? null : ids.get(one.parent),
    intoId: one.into === null ? null : ids.get(one.into),
    dueOn: dates.due[one.tier],
    reason: one.state === 'owed' ? null : ownReason[one.state],
  }))
  await sql`insert into reporting.obligation (id, round_id, agency_id, addressed_id, unit_id, tier, parent_id, owner_id, due_on, is_requested, state, reason, merged_into_id)
    select id, ${roundId}::uuid, "agencyId", "addressedId", "unitId", tier, "parentId", ${ownerId}::uuid, "dueOn", "isRequested", state, reason, "intoId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "agencyId" uuid, "addressedId" uuid, "unitId" uuid, tier text, "parentId" uuid,
      "dueOn" date, "isRequested" boolean, state text, reason text, "intoId" uuid)`.execute(ctx.db)
  await noteLanding(ctx, roundId)
  // The chain of receivers is worked out on the whole round, of which the owner sees every part.
  await asEverywhere(ctx, () => chainReceivers(ctx, [roundId]))
}

/** Keeps why an obligation was not laid on the body that owed it. */
async function noteLanding(ctx: Context, roundId: string): Promise<void> {
  await sql`insert into reporting.obligation_change (id, obligation_id, agency_id, kind, reason, by_agency_id, changed_by, changed_at)
    select gen_random_uuid(), o.id, o.agency_id, case o.state when 'owed' then 'passed' else o.state end, coalesce(o.reason, ${ownReason.merged}),
      ${ctx.actor.agencyId}::uuid, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from reporting.obligation o where o.round_id = ${roundId}::uuid and (o.state <> 'owed' or o.agency_id <> o.addressed_id)`.execute(
    ctx.db,
  )
}

/**
 * Works out anew to whom each obligation of rounds goes, from the obligations in whose reports they are consolidated: one that was
 * merged gives its children to the one it went into.
 */
async function chainReceivers(ctx: Context, roundIds: readonly string[]): Promise<void> {
  const rounds = sql`${[...roundIds]}::uuid[]`
  await sql`with recursive into_ as (
      select o.id, o.merged_into_id as at from reporting.obligation o where o.round_id = any (${rounds}) and o.merged_into_id is not null
      union select i.id, o.merged_into_id from into_ i join reporting.obligation o on o.id = i.at where o.merged_into_id is not null),
    last as (select i.id, i.at from into_ i join reporting.obligation o on o.id = i.at where o.merged_into_id is null)
    update reporting.obligation o set parent_id = last.at from last
    where o.round_id = any (${rounds}) and o.parent_id = last.id and o.id <> last.at`.execute(ctx.db)
  await sql`with recursive line as (
      select o.id, o.parent_id, 0 as depth, array[]::uuid[] as above from reporting.obligation o where o.round_id = any (${rounds})
      union all select line.id, p.parent_id, line.depth + 1, line.above || p.agency_id from line join reporting.obligation p on p.id = line.parent_id where line.depth < 10),
    whole as (select distinct on (id) id, above from line order by id, depth desc)
    update reporting.obligation o set above = whole.above, receiver_id = whole.above[1] from whole
    where o.id = whole.id and (o.above <> whole.above or o.receiver_id is distinct from whole.above[1])`.execute(ctx.db)
}
