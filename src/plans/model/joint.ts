import { z } from 'zod'
import { Id, Instant, PlainDate, Version } from '#platform/model'
import { FourNumbers, Standing } from './numbers.ts'

/** A task of a plan as a list of joined work names it. */
export const JointPlace = z
  .object({
    occurrenceId: Id,
    planId: Id,
    planTitle: z.string(),
    planNumber: z.string().nullable(),
    nodeId: Id,
    path: z.string(),
    text: z.string(),
    /** The day this plan asks for. */
    dueOn: PlainDate.nullable(),
    /** Where the work stands in this plan, by its own due date. */
    standing: Standing,
    /** Progress is entered here. */
    isHome: z.boolean(),
  })
  .meta({ id: 'JointPlace' })
export type JointPlace = z.infer<typeof JointPlace>

/** Two tasks a body joined, or once had joined: who, when, why, and how it ended. */
export const Joint = z
  .object({
    id: Id,
    homeNodeId: Id,
    nodeId: Id,
    /** The task at the other end, seen from the task asked about. */
    other: z.object({
      nodeId: Id,
      planId: Id,
      planTitle: z.string(),
      planNumber: z.string().nullable(),
      path: z.string(),
      text: z.string(),
    }),
    reason: z.string(),
    personName: z.string().nullable(),
    joinedAt: Instant,
    ended: z
      .object({
        at: Instant,
        cause: z.enum(['parted', 'plan-changed', 'succession']),
        reason: z.string().nullable(),
        personName: z.string().nullable(),
      })
      .nullable(),
    version: Version,
  })
  .meta({ id: 'Joint' })
export type Joint = z.infer<typeof Joint>

/** What a piece of work serves: plans, programmes, and who joined it with what. */
export const Serving = z
  .object({
    /** Every plan it serves that one may see, this one included; one alone: not joined. */
    places: z.array(JointPlace),
    /** Progress is entered in a plan one does not see. */
    isHomeHidden: z.boolean(),
    /** The earliest due date of the places: what counts where plans are taken together. */
    strictestDueOn: PlainDate.nullable(),
    programmes: z.array(z.object({ code: z.string(), name: z.string(), number: z.string().nullable() })),
    /** Newest first; empty for those who do not reach the body. */
    joints: z.array(Joint),
  })
  .meta({ id: 'Serving' })
export type Serving = z.infer<typeof Serving>

/** Why two tasks cannot be one piece of work; each is also a message. */
export const JointFault = z
  .enum([
    'plans.joint-same-plan',
    'plans.joint-nothing-open',
    'plans.joint-times-differ',
    'plans.joint-periods-do-not-nest',
    'plans.joint-home-coarser',
    'plans.joint-update-open',
    'plans.joint-already',
    'plans.joint-other-is-home',
    'plans.joint-both-joined',
  ])
  .meta({ id: 'JointFault' })
export type JointFault = z.infer<typeof JointFault>

/** A task on which a body leads, as one end of a possible joint. */
export const LedTask = z
  .object({
    nodeId: Id,
    planId: Id,
    planTitle: z.string(),
    planNumber: z.string().nullable(),
    path: z.string(),
    text: z.string(),
    output: z.string().nullable(),
    timeText: z.string().nullable(),
    /** Its earliest open piece of work and when that is due. */
    occurrenceId: Id,
    dueOn: PlainDate.nullable(),
  })
  .meta({ id: 'LedTask' })
export type LedTask = z.infer<typeof LedTask>

/** A task that might be joined with the one asked about, and what stands against either way of entering it. */
export const Joinable = z
  .object({
    task: LedTask,
    /** Against entering progress at the task asked about, and at this one. */
    faults: z.object({ here: JointFault.nullable(), there: JointFault.nullable() }),
  })
  .meta({ id: 'Joinable' })
export type Joinable = z.infer<typeof Joinable>

/** Two tasks of different plans of one body that look like the same work, and why. */
export const LikelyDuplicate = z
  .object({
    one: LedTask,
    other: LedTask,
    /** 0–1: how like the words of the two tasks are. */
    likeness: z.number(),
    /** Words both share, as the first one writes them, longest first. */
    sharedWords: z.array(z.string()),
    hasSameTime: z.boolean(),
    hasSameOutput: z.boolean(),
    /** Why their plans bring them together: one carries out the other, or both the same task above. */
    kinship: z.enum(['derived', 'same-parent']).nullable(),
    isSetApart: z.boolean(),
    /** Against entering progress at the one, and at the other; one way at least is open. */
    faults: z.object({ one: JointFault.nullable(), other: JointFault.nullable() }),
  })
  .meta({ id: 'LikelyDuplicate' })
export type LikelyDuplicate = z.infer<typeof LikelyDuplicate>

/** The work that serves one programme, each piece counted once; `total` over all programmes, each counted once there too. */
export const ProgrammeNumbers = z
  .object({
    programmes: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        number: z.string().nullable(),
        issuedOn: PlainDate.nullable(),
        plans: z.number().int(),
        tasks: z.number().int(),
        numbers: FourNumbers,
      }),
    ),
    total: FourNumbers,
  })
  .meta({ id: 'ProgrammeNumbers' })
export type ProgrammeNumbers = z.infer<typeof ProgrammeNumbers>
