import type { Context } from '#platform'
import { lockDueRounds } from './commands/lock.ts'
import { endReopenings } from './commands/reopen.ts'

/** What the calendar does to reports: openings that are over end, rounds whose day has come are locked. Safe to run twice. */
export async function tendRounds(ctx: Context): Promise<void> {
  await endReopenings(ctx)
  await lockDueRounds(ctx)
}
