import { listAgencyNames } from '#agencies'
import { notFound, type Context } from '#platform'
import { roundDates } from '../schedule.ts'
import { rootTier } from '../../model.ts'
import type { RoundTrial } from '../model.ts'
import type { RegimeParts } from '../parts.ts'
import type { WorkedOut } from '../owed.ts'
import { findIssuedForm } from '../store.ts'
import { whoOwes } from '../work-out.ts'
import { planRound, type Planned } from './open-round.ts'

/** How many bodies of a kind are named in a trial; the others are counted. */
const namedMost = 50

/**
 * What opening a round would lay on whom; writes nothing.
 * @throws notFound; conflict and invalid as opening does where the period or the regime is not fit
 */
export async function tryRound(
  ctx: Context,
  parts: RegimeParts,
  of: { regimeId: string; period: string },
): Promise<RoundTrial> {
  const regime = await ctx.db
    .selectFrom('reporting.regime')
    .select(['id', 'agencyId', 'state'])
    .where('id', '=', of.regimeId)
    .where('agencyId', '=', ctx.actor.agencyId)
    .executeTakeFirst()
  if (regime === undefined) throw notFound()
  const planned = await planRound(ctx, parts, { regime, period: of.period })
  const { definition, owedOn } = planned
  const worked = await whoOwes(ctx, parts, { ownerId: regime.agencyId, definition, owedOn })
  const hasForm = (await findIssuedForm(ctx, regime.id)) !== undefined
  const isOpen = await isRoundOpen(ctx, regime.id, of.period)
  const { aboveNone, twice, severalReceivers } = worked
  const names = await listAgencyNames(ctx, [...aboveNone, ...twice, ...severalReceivers], owedOn)
  const named = (ids: readonly string[]) =>
    ids.slice(0, namedMost).flatMap((id) => {
      const name = names.get(id)
      return name === undefined ? [] : [name]
    })
  return {
    ...daysOf(planned),
    obstacles: obstaclesOf({ worked, hasForm, isOpen, period: of.period }),
    tiers: tiersOf(planned, worked),
    ...{ aboveNone: named(aboveNone), aboveNoneCount: aboveNone.length },
    ...{ twice: named(twice), severalReceivers: named(severalReceivers) },
  }
}

function daysOf({ scheduled, owedOn }: Planned) {
  const { period, cutOffOn, lockOn } = scheduled
  return { period: period.id, periodFrom: period.from, periodTo: period.to, cutOffOn, owedOn, lockOn }
}

async function isRoundOpen(ctx: Context, regimeId: string, period: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('reporting.round')
    .select('id')
    .where('regimeId', '=', regimeId)
    .where('period', '=', period)
    .executeTakeFirst()
  return row !== undefined
}

function obstaclesOf(of: {
  worked: WorkedOut
  hasForm: boolean
  isOpen: boolean
  period: string
}): RoundTrial['obstacles'] {
  const { twice, severalReceivers } = of.worked
  return [
    ...(of.isOpen ? [{ code: 'reporting.round-open-already', params: { period: of.period } }] : []),
    ...(of.hasForm ? [] : [{ code: 'reporting.no-form', params: {} }]),
    ...(twice.length > 0 ? [{ code: 'reporting.owed-twice', params: { count: twice.length } }] : []),
    ...(severalReceivers.length > 0
      ? [{ code: 'reporting.several-receivers', params: { count: severalReceivers.length } }]
      : []),
  ]
}

function tiersOf({ definition, scheduled }: Planned, { owed }: WorkedOut): RoundTrial['tiers'] {
  const { due } = roundDates(definition, scheduled)
  return [...definition.tiers.map(({ code }) => code), rootTier].map((code) => {
    const of = owed.filter((one) => one.tier === code)
    const count = (state: string) => of.filter((one) => one.state === state).length
    return {
      ...{ code, dueOn: due[code] ?? '', isDueSure: scheduled.due[code]?.isSure ?? false },
      ...{ owed: count('owed'), merged: count('merged'), withdrawn: count('withdrawn') },
      requested: of.filter((one) => one.state === 'owed' && one.isRequested).length,
    }
  })
}
