import { sql } from 'kysely'
import type { Context } from '#platform'
import { foldName } from '#territory/model'
import type { ObstacleLine, ReportContent } from '../model.ts'
import { keepObstacle } from './commands.ts'
import type { ObstacleState, SaidIn } from './model.ts'
import type { ObstacleParts } from './parts.ts'
import { answerDay, ownObstacles, saidAgain, themeNamed } from './rules.ts'
import { moveObstacle, noteStep, type KeptObstacle } from './store.ts'

type Known = KeptObstacle & {
  words: string
  folded: string
  saidIn: SaidIn[]
  /** Somebody passed it on, answered it or closed it, or nobody answered in time. */
  isWorkedOn: boolean
  lastStep: string
}

type OfReport = { id: string; agencyId: string }

/**
 * Makes the obstacles a body says in a report it sends records that are routed and answered. Each line has one record: said again in a
 * later submission it is the same, with its new words while nobody worked on it; said before in the same words and still open, it is that
 * one. Lines no longer said are withdrawn as `withdrawObstacles` does. A body with nobody over it has nobody to tell.
 */
export async function raiseFromReport(
  ctx: Context,
  parts: ObstacleParts,
  of: { report: OfReport; number: number; content: ReportContent },
): Promise<void> {
  const { report, number } = of
  const said = ownObstacles(of.content)
  const known = await readKnown(ctx, report.agencyId)
  const taken = new Set<string>()
  for (const { line, said: words } of said) {
    const at = { reportId: report.id, line, number }
    const found =
      known.find((one) => one.saidIn.some((place) => place.reportId === report.id && place.line === line)) ??
      known.find((one) => !taken.has(one.id) && one.state !== 'closed' && one.folded === foldedOf(words))
    if (found === undefined) await raiseNew(ctx, parts, { agencyId: report.agencyId, at, words })
    else {
      taken.add(found.id)
      await sayAgain(ctx, parts, { was: found, at, words })
    }
  }
  const lines = said.map(({ line }) => line)
  await takeBack(ctx, known, (place) => place.reportId === report.id && !lines.includes(place.line))
}

/** Withdraws what a submission was the first to say, where nobody worked on it; what somebody worked on goes its way. */
export async function withdrawFromReport(ctx: Context, report: OfReport, number: number): Promise<void> {
  const known = await readKnown(ctx, report.agencyId)
  await takeBack(ctx, known, (place) => place.reportId === report.id && place.number === number)
}

const foldedOf = ({ text, proposal }: ObstacleLine): string => foldName(`${text} ${proposal}`)

/** Obstacles of a body that are open, or are said in some report; locked. */
async function readKnown(ctx: Context, agencyId: string): Promise<Known[]> {
  const { rows } = await sql<Omit<Known, 'state'> & { state: string }>`
    select b.id, b.agency_id, b.routed_to_id, b.theme, b.state, b.held_ids, b.version, b.words, b.folded, b.said_in,
      exists (select 1 from reporting.obstacle_step s where s.obstacle_id = b.id
        and s.kind not in ('raised', 'reworded', 'withdrawn', 'handed-over')) as is_worked_on,
      (select s.kind from reporting.obstacle_step s where s.obstacle_id = b.id order by s.taken_at desc, s.id desc limit 1) as last_step
    from reporting.obstacle b where b.agency_id = ${agencyId}::uuid and (b.state <> 'closed' or b.said_in <> '[]'::jsonb)
    order by b.id for update of b`.execute(ctx.db)
  return rows.map((row) => ({ ...row, state: row.state as ObstacleState }))
}

type Place = Omit<SaidIn, 'isWithdrawn'>

async function raiseNew(
  ctx: Context,
  parts: ObstacleParts,
  { agencyId, at, words }: { agencyId: string; at: Place; words: ObstacleLine },
): Promise<void> {
  const theme = themeNamed(parts.obstacles, words.theme)
  if (theme === undefined) return
  const input = { words: words.text, proposal: words.proposal, reportId: at.reportId }
  await keepObstacle(ctx, parts, { agencyId, theme, input, saidIn: [{ ...at, isWithdrawn: false }] })
}

async function sayAgain(
  ctx: Context,
  parts: ObstacleParts,
  { was, at, words }: { was: Known; at: Place; words: ObstacleLine },
): Promise<void> {
  const saidIn = JSON.stringify(saidAgain(was.saidIn, at))
  const isBack = was.state === 'closed' && was.lastStep === 'withdrawn'
  const isReworded = !was.isWorkedOn && was.folded !== foldedOf(words)
  if (!isBack && !isReworded && saidIn === JSON.stringify(was.saidIn)) return
  await moveObstacle(ctx, was, {
    saidIn,
    ...(isReworded && { words: words.text, proposal: words.proposal || null, folded: foldedOf(words) }),
    ...(isBack && {
      ...{ state: 'raised', answerDueOn: answerDay(ctx.today, parts.obstacles.answerDays, parts.daysOff) },
    }),
  })
  const record = { kind: 'reporting.obstacle', id: was.id, agencyId: was.agencyId }
  if (isBack) {
    await noteStep(ctx, was, { kind: 'raised', toAgencyId: was.routedToId })
    await ctx.record('reporting.obstacle-raised', record, { theme: was.theme })
  } else if (isReworded) {
    await noteStep(ctx, was, { kind: 'reworded', words: was.words })
    await ctx.record('reporting.obstacle-reworded', record)
  } else await ctx.record('reporting.obstacle-said-again', record, { reportId: at.reportId })
}

/** What is no longer said anywhere and nobody worked on is withdrawn. */
async function takeBack(ctx: Context, known: readonly Known[], isMeant: (place: SaidIn) => boolean): Promise<void> {
  for (const was of known) {
    if (was.isWorkedOn || was.state !== 'raised') continue
    const saidIn = was.saidIn.map((place) => (isMeant(place) ? { ...place, isWithdrawn: true } : place))
    if (was.saidIn.every((place, at) => place.isWithdrawn === saidIn[at]?.isWithdrawn)) continue
    const isGone = saidIn.every(({ isWithdrawn }) => isWithdrawn)
    await moveObstacle(ctx, was, { saidIn: JSON.stringify(saidIn), ...(isGone && { state: 'closed' }) })
    if (isGone) await noteStep(ctx, was, { kind: 'withdrawn' })
    await ctx.record('reporting.obstacle-withdrawn', { kind: 'reporting.obstacle', id: was.id, agencyId: was.agencyId })
  }
}
