import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import { foldName } from '#territory/model'
import type { ObstacleTheme } from '../model.ts'
import type { ObstacleAct, PassObstacleOn, RaiseObstacle, SaidIn } from './model.ts'
import type { ObstacleParts } from './parts.ts'
import { passableTo } from './queries.ts'
import { answerDay, routeOf } from './rules.ts'
import { bodyOf, expertsIn, lineAbove, lockObstacle, moveObstacle, noteStep, type KeptObstacle } from './store.ts'

const recordOf = ({ id, agencyId }: Pick<KeptObstacle, 'id' | 'agencyId'>) => ({
  ...{ kind: 'reporting.obstacle', id, agencyId },
})

/**
 * Raises what stands in the way of the acting body's work; it goes to the lowest level that can resolve it.
 * @throws forbidden `reporting.no-body`; invalid `reporting.no-such-theme`; conflict `reporting.nobody-above`; notFound for a report
 *   that is not the body's own
 */
export async function raiseObstacle(ctx: Context, parts: ObstacleParts, input: RaiseObstacle): Promise<{ id: string }> {
  const agencyId = bodyOf(ctx)
  const theme = parts.obstacles.themes.find(({ key }) => key === input.theme)
  if (theme === undefined) throw invalid('reporting.no-such-theme')
  if (input.reportId !== null) await requireOwnReport(ctx, input.reportId, agencyId)
  const id = await keepObstacle(ctx, parts, { agencyId, theme, input, saidIn: [] })
  if (id === undefined) throw conflict('reporting.nobody-above')
  return { id }
}

/** Keeps an obstacle of the acting body with whom it goes to. @returns its id; undefined where nobody stands over the body */
export async function keepObstacle(
  ctx: Context,
  parts: ObstacleParts,
  of: { agencyId: string; theme: ObstacleTheme; input: Omit<RaiseObstacle, 'theme'>; saidIn: readonly SaidIn[] },
): Promise<string | undefined> {
  const { agencyId, theme, input } = of
  const line = await lineAbove(ctx, agencyId)
  const experts = await expertsIn(ctx, theme.function)
  const routedToId = routeOf(theme, { raiserId: agencyId, line, experts })
  if (routedToId === undefined) return undefined
  const id = newId()
  await ctx.db
    .insertInto('reporting.obstacle')
    .values({
      ...{ id, agencyId, routedToId, heldIds: [routedToId], reportId: input.reportId, theme: theme.key },
      ...{ words: input.words, proposal: input.proposal || null, state: 'raised' },
      ...{ folded: foldName(`${input.words} ${input.proposal}`), saidIn: JSON.stringify(of.saidIn) },
      answerDueOn: answerDay(ctx.today, parts.obstacles.answerDays, parts.daysOff),
      ...{ raisedBy: ctx.actor.personId, raisedAt: ctx.now },
    })
    .execute()
  await noteStep(ctx, { id, agencyId }, { kind: 'raised', toAgencyId: routedToId })
  await ctx.record('reporting.obstacle-raised', recordOf({ id, agencyId }), { theme: theme.key })
  return id
}

async function requireOwnReport(ctx: Context, reportId: string, agencyId: string): Promise<void> {
  const row = await ctx.db
    .selectFrom('reporting.report')
    .select('id')
    .where('id', '=', reportId)
    .where('agencyId', '=', agencyId)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
}

/** An obstacle that waits for the acting body's answer. @throws forbidden `reporting.obstacle-not-yours`; conflict `reporting.obstacle-not-open` */
async function takeWaiting(ctx: Context, id: string, version: number): Promise<KeptObstacle> {
  const was = await lockObstacle(ctx, id, version)
  if (was.routedToId !== bodyOf(ctx)) throw forbidden('reporting.obstacle-not-yours')
  if (was.state !== 'raised') throw conflict('reporting.obstacle-not-open')
  return was
}

/** An obstacle of the acting body's own. @throws forbidden `reporting.obstacle-not-yours` */
async function takeOwn(ctx: Context, id: string, version: number): Promise<KeptObstacle> {
  const was = await lockObstacle(ctx, id, version)
  if (was.agencyId !== bodyOf(ctx)) throw forbidden('reporting.obstacle-not-yours')
  return was
}

/** Answers an obstacle; whoever raised it says whether it is resolved. @throws as `takeWaiting` */
export async function answerObstacle(ctx: Context, id: string, { words, version }: ObstacleAct): Promise<void> {
  const was = await takeWaiting(ctx, id, version)
  await moveObstacle(ctx, was, { state: 'answered' })
  await noteStep(ctx, was, { kind: 'answered', words })
  await ctx.record('reporting.obstacle-answered', recordOf(was))
}

/** Passes an obstacle on to who can resolve it; the clock begins anew. @throws as `takeWaiting`; invalid `reporting.obstacle-not-there` */
export async function passObstacleOn(
  ctx: Context,
  parts: ObstacleParts,
  { id, input }: { id: string; input: PassObstacleOn },
): Promise<void> {
  const was = await takeWaiting(ctx, id, input.version)
  const open = await passableTo(ctx, was)
  if (!open.some((body) => body.id === input.toAgencyId)) throw invalid('reporting.obstacle-not-there')
  await moveObstacle(ctx, was, {
    ...{ routedToId: input.toAgencyId, heldIds: [...was.heldIds, input.toAgencyId] },
    answerDueOn: answerDay(ctx.today, parts.obstacles.answerDays, parts.daysOff),
  })
  await noteStep(ctx, was, { kind: 'passed-on', words: input.words, toAgencyId: input.toAgencyId })
  await ctx.record('reporting.obstacle-passed-on', recordOf(was))
}

/** Says that an answer did not resolve it: it waits again for the same body, on a new clock. @throws as `takeOwn`; conflict `reporting.obstacle-not-answered` */
export async function obstacleNotResolved(
  ctx: Context,
  parts: ObstacleParts,
  { id, input }: { id: string; input: ObstacleAct },
): Promise<void> {
  const was = await takeOwn(ctx, id, input.version)
  if (was.state !== 'answered') throw conflict('reporting.obstacle-not-answered')
  await moveObstacle(ctx, was, {
    ...{ state: 'raised', answerDueOn: answerDay(ctx.today, parts.obstacles.answerDays, parts.daysOff) },
  })
  await noteStep(ctx, was, { kind: 'not-resolved', words: input.words, toAgencyId: was.routedToId })
  await ctx.record('reporting.obstacle-not-resolved', recordOf(was))
}

/** Closes an obstacle, by the body that raised it, answered or not. @throws as `takeOwn`; conflict `reporting.obstacle-closed-already` */
export async function closeObstacle(ctx: Context, id: string, { words, version }: ObstacleAct): Promise<void> {
  const was = await takeOwn(ctx, id, version)
  if (was.state === 'closed') throw conflict('reporting.obstacle-closed-already')
  await moveObstacle(ctx, was, { state: 'closed' })
  await noteStep(ctx, was, { kind: 'closed', words })
  await ctx.record('reporting.obstacle-closed', recordOf(was))
}
