import { z } from 'zod'
import { AgencyLevel } from '#agencies/model'
import { Id, Instant, LocalizedText, PlainDate, text, Version } from '#platform/model'

export const ObstacleState = z.enum(['raised', 'answered', 'closed']).meta({ id: 'ObstacleState' })
export type ObstacleState = z.infer<typeof ObstacleState>

/** How long ago it was raised, in days; of a closed one until it was closed. */
export const ObstacleAge = z.enum(['to-7', 'to-30', 'to-90', 'over-90']).meta({ id: 'ObstacleAge' })
export type ObstacleAge = z.infer<typeof ObstacleAge>

/** The clock of the answer: running, run out, or stopped. */
export const ObstacleClock = z.enum(['in-time', 'overdue', 'stopped']).meta({ id: 'ObstacleClock' })
export type ObstacleClock = z.infer<typeof ObstacleClock>

/** Whose it is for the acting body: to resolve, raised by it, or of others within reach. */
export const ObstacleSide = z.enum(['to-resolve', 'own', 'others']).meta({ id: 'ObstacleSide' })
export type ObstacleSide = z.infer<typeof ObstacleSide>

const words = text(5_000)
const Body = z.object({ id: Id, name: z.string() })

export const RaiseObstacle = z
  .strictObject({ theme: z.string().max(60), words, proposal: text(5_000, 0), reportId: Id.nullable() })
  .meta({ id: 'RaiseObstacle' })
export type RaiseObstacle = z.infer<typeof RaiseObstacle>

/** An act on an obstacle in words: the answer, why it is passed on, why it is not resolved, what came of it. */
export const ObstacleAct = z.strictObject({ words, version: Version }).meta({ id: 'ObstacleAct' })
export type ObstacleAct = z.infer<typeof ObstacleAct>

/** To which body within one's superiors or subordinates it goes. */
export const PassObstacleOn = ObstacleAct.extend({ toAgencyId: Id }).meta({ id: 'PassObstacleOn' })
export type PassObstacleOn = z.infer<typeof PassObstacleOn>

export const ObstacleRow = z
  .object({
    id: Id,
    theme: z.string(),
    words: z.string(),
    state: ObstacleState,
    clock: ObstacleClock,
    by: Body,
    routedTo: Body,
    level: AgencyLevel,
    raisedAt: Instant,
    answerDueOn: PlainDate,
    ageDays: z.int(),
    /** How many times it went to the superior unanswered. */
    escalations: z.int(),
  })
  .meta({ id: 'ObstacleRow' })
export type ObstacleRow = z.infer<typeof ObstacleRow>

/** A line of a report that says an obstacle, with the first submission that did. */
export const SaidIn = z
  .object({ reportId: Id, line: z.string(), number: z.int(), isWithdrawn: z.boolean() })
  .meta({ id: 'ObstacleSaidIn' })
export type SaidIn = z.infer<typeof SaidIn>

export const ObstacleStepKind = z
  .enum([
    ...(['raised', 'passed-on', 'escalated', 'answered', 'not-resolved', 'closed'] as const),
    ...(['reworded', 'withdrawn', 'handed-over'] as const),
  ])
  .meta({ id: 'ObstacleStepKind' })
export type ObstacleStepKind = z.infer<typeof ObstacleStepKind>

export const ObstacleDetail = ObstacleRow.extend({
  proposal: z.string(),
  reportId: Id.nullable(),
  saidIn: z.array(SaidIn),
  version: Version,
  steps: z.array(
    z.object({
      id: Id,
      kind: ObstacleStepKind,
      words: z.string().nullable(),
      to: Body.nullable(),
      by: Body.nullable(),
      personName: z.string().nullable(),
      takenAt: Instant,
    }),
  ),
  /** Bodies it may be passed on to by the acting body. */
  passableTo: z.array(Body),
  may: z.object({ answer: z.boolean(), passOn: z.boolean(), close: z.boolean(), notResolved: z.boolean() }),
}).meta({ id: 'ObstacleDetail' })
export type ObstacleDetail = z.infer<typeof ObstacleDetail>

/** Open obstacles within reach, by theme and age. */
export const ObstacleBoard = z
  .object({
    answerDays: z.int(),
    themes: z.array(z.object({ key: z.string(), names: LocalizedText })),
    rows: z.array(
      z.object({
        theme: z.string(),
        ages: z.array(z.object({ age: ObstacleAge, count: z.int() })),
        open: z.int(),
        overdue: z.int(),
        answered: z.int(),
        closed: z.int(),
      }),
    ),
  })
  .meta({ id: 'ObstacleBoard' })
export type ObstacleBoard = z.infer<typeof ObstacleBoard>
