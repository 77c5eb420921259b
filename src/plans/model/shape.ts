import { z } from 'zod'
import { Id, PlainDate } from '#platform/model'
import { Frequency, TimeKind } from './draft.ts'
import { AgencyName, Standing } from './numbers.ts'
import { ProgressState } from './work.ts'

/** What rows of a timeline stand under: the body that leads, or the group of the plan. */
export const TimelineGrouping = z.enum(['body', 'group']).meta({ id: 'TimelineGrouping' })
export type TimelineGrouping = z.infer<typeof TimelineGrouping>

/** One task of one body on a line of time: every piece of work it makes, and their milestones. */
export const TimelineRow = z
  .object({
    planId: Id,
    nodeId: Id,
    planTitle: z.string(),
    planNumber: z.string().nullable(),
    path: z.string(),
    text: z.string(),
    agency: AgencyName,
    /** The group of the plan it stands in; null at the highest level. */
    group: z.object({ nodeId: Id, path: z.string(), text: z.string() }).nullable(),
    time: z.object({
      kind: TimeKind.nullable(),
      from: PlainDate.nullable(),
      to: PlainDate.nullable(),
      frequency: Frequency.nullable(),
    }),
    /** The day the plan was issued: work without a beginning counts from there. */
    issuedOn: PlainDate.nullable(),
    pieces: z.array(
      z.object({
        id: Id,
        period: z.string(),
        dueOn: PlainDate.nullable(),
        doneOn: PlainDate.nullable(),
        standing: Standing,
      }),
    ),
    milestones: z.array(
      z.object({ occurrenceId: Id, name: z.string(), dueOn: PlainDate, doneOn: PlainDate.nullable() }),
    ),
  })
  .meta({ id: 'TimelineRow' })
export type TimelineRow = z.infer<typeof TimelineRow>

/** Where a piece of work stands on its way: nothing said yet, or the state of its newest update. */
export const ProgressColumn = z.enum(['none', ...ProgressState.options]).meta({ id: 'ProgressColumn' })
export type ProgressColumn = z.infer<typeof ProgressColumn>

/** How many pieces of work stand in each column of a board: by progress, and by standing. */
export const BoardCounts = z
  .object({
    columns: z.array(z.object({ column: ProgressColumn, count: z.number().int() })),
    standings: z.array(z.object({ standing: Standing, count: z.number().int() })),
  })
  .meta({ id: 'BoardCounts' })
export type BoardCounts = z.infer<typeof BoardCounts>
