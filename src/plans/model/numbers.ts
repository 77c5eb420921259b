import { z } from 'zod'
import { Id, PlainDate } from '#platform/model'

/** A body as a list shows it: `name` as of the day asked, `nameThen` when the document said another. */
export const AgencyName = z
  .object({ id: Id, name: z.string(), endedOn: PlainDate.nullable() })
  .meta({ id: 'AgencyName' })
export type AgencyName = z.infer<typeof AgencyName>

/**
 * Where work stands (design §3.4): per lead duty and period. `noDueDate` is continuous or undated work; `requested` is
 * work of bodies that are asked, not ordered: counted apart and never overdue.
 */
export const FourNumbers = z
  .object({
    doneOnTime: z.number().int(),
    doneLate: z.number().int(),
    pendingInTime: z.number().int(),
    overdue: z.number().int(),
    noDueDate: z.number().int(),
    requested: z.object({ done: z.number().int(), open: z.number().int() }),
    asOf: PlainDate,
  })
  .meta({ id: 'FourNumbers' })
export type FourNumbers = z.infer<typeof FourNumbers>

/** All pieces of work the numbers tell of, requested ones too. */
export function totalOf({ doneOnTime, doneLate, pendingInTime, overdue, noDueDate, requested }: FourNumbers): number {
  return doneOnTime + doneLate + pendingInTime + overdue + noDueDate + requested.done + requested.open
}

export const Standing = z
  .enum(['done-on-time', 'done-late', 'pending-in-time', 'overdue', 'no-due-date', 'requested-done', 'requested-open'])
  .meta({ id: 'Standing' })
export type Standing = z.infer<typeof Standing>

/** Where a task stands on a date, by the rule of design §3.4; one place, used by queries and screens alike. */
export function standingOf(
  work: { dueOn: string | null; doneOn: string | null; isRequested: boolean },
  on: string,
): Standing {
  if (work.isRequested) return work.doneOn === null ? 'requested-open' : 'requested-done'
  if (work.dueOn === null) return 'no-due-date'
  if (work.doneOn !== null) return work.doneOn <= work.dueOn ? 'done-on-time' : 'done-late'
  return work.dueOn < on ? 'overdue' : 'pending-in-time'
}
