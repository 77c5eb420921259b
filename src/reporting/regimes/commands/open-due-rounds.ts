import { Problem, type Context } from '#platform'
import { NotOpened, type RegimeDefinition } from '../../model.ts'
import { addDays } from '../days.ts'
import type { RegimeParts } from '../parts.ts'
import { periodsOfYear, scheduleOf, type ScheduledPeriod } from '../schedule.ts'
import { readIssuedVersions, type OwnRegime } from '../store.ts'
import { layRound } from './open-round.ts'

/**
 * Opens the rounds whose day has come, of regimes that say how long before their first due day they open. What keeps one from being opened
 * is kept at its regime and told to its body, once as long as it is the same. To be called as the product itself; safe to run twice.
 *
 * @returns how many were opened, and how many could not be
 */
export async function openDueRounds(ctx: Context, parts: RegimeParts): Promise<{ opened: number; refused: number }> {
  const regimes = await ctx.db
    .selectFrom('reporting.regime')
    .select(['id', 'agencyId', 'code', 'state', 'version', 'notOpened'])
    .where('state', '=', 'in-force')
    .orderBy('code')
    .forUpdate()
    .execute()
  const sum = { opened: 0, refused: 0 }
  for (const regime of regimes) {
    let fault: NotOpened | null = null
    for (const period of await duePeriods(ctx, parts, regime.id)) {
      fault = await tryOpening(ctx, parts, { regime, period })
      if (fault !== null) break
      sum.opened++
    }
    if (fault !== null) sum.refused++
    await keepFault(ctx, regime, fault)
  }
  return sum
}

/** Periods of a regime that are to be open today and are not: by the newest version that knows them, the earliest first. */
async function duePeriods(ctx: Context, { calendars, daysOff }: RegimeParts, regimeId: string): Promise<string[]> {
  const versions = await readIssuedVersions(ctx, regimeId)
  const opened = await ctx.db.selectFrom('reporting.round').select('period').where('regimeId', '=', regimeId).execute()
  const known = new Set(opened.map(({ period }) => period))
  const year = Number(ctx.today.slice(0, 4))
  const due = new Map<string, string>()
  for (const { definition, effectiveFrom } of versions)
    for (const period of [year - 1, year, year + 1].flatMap((one) =>
      periodsOfYear(definition.window, one, calendars),
    )) {
      if (known.has(period.id) || effectiveFrom >= period.to) continue
      // A newer version has said when it is opened, if at all.
      known.add(period.id)
      const scheduled = scheduleOf(definition, period, daysOff)
      if (scheduled !== undefined && isDue(definition, scheduled, ctx.today)) due.set(period.id, period.from)
    }
  return [...due.keys()].toSorted((one, other) => (due.get(one) ?? '').localeCompare(due.get(other) ?? ''))
}

/** Its day of opening has come, and somebody can still be in time. */
function isDue({ opensDaysBefore }: RegimeDefinition, { due }: ScheduledPeriod, today: string): boolean {
  if (opensDaysBefore === null) return false
  const days = Object.values(due)
    .map(({ on }) => on)
    .toSorted()
  const [first, last] = [days[0], days.at(-1)]
  return first !== undefined && last !== undefined && addDays(first, -opensDaysBefore) <= today && today <= last
}

async function tryOpening(
  ctx: Context,
  parts: RegimeParts,
  { regime, period }: { regime: OwnRegime; period: string },
): Promise<NotOpened | null> {
  try {
    await layRound(ctx, parts, { regime, period })
    return null
  } catch (fault) {
    // Whatever is against it was found before anything was written; another fault ends the work of the day.
    if (!(fault instanceof Problem) || !fault.code.startsWith('reporting.')) throw fault
    return { period, code: fault.code, params: fault.params }
  }
}

async function keepFault(
  ctx: Context,
  regime: { id: string; agencyId: string; notOpened: unknown },
  fault: NotOpened | null,
): Promise<void> {
  const known = NotOpened.nullable().parse(regime.notOpened)
  if (known?.period === fault?.period && known?.code === fault?.code) return
  await ctx.db
    .updateTable('reporting.regime')
    .set({ notOpened: fault === null ? null : JSON.stringify(fault) })
    .where('id', '=', regime.id)
    .execute()
  if (fault === null) return
  const of = { kind: 'reporting.regime', id: regime.id, agencyId: regime.agencyId }
  await ctx.record('reporting.round-not-opened', of, { period: fault.period, code: fault.code })
}
