import type { Context } from '#platform'
import type { OwedReport, ReportWork } from '../../model.ts'
import { listOwed } from './owed.ts'

/** Cards a column shows; the count says how many there are. */
const shown = 20
/** Days ahead that count as soon: the regime's own reminders are for people, this is for a list. */
const soonDays = 30

/** What reports want of the acting post: to be corrected, written, signed, reviewed. */
export async function getReportWork(ctx: Context, may: (permission: string) => boolean): Promise<ReportWork> {
  const column = async (side: 'own' | 'receiver', show: 'returned' | 'due' | 'to-sign' | 'to-review') => {
    const { items, total } = await listOwed(ctx, { side, show, page: 1, size: shown, soonDays })
    return { items, total }
  }
  const none = { items: [] as OwedReport[], total: 0 }
  return {
    returned: may('reporting.write-reports') ? await column('own', 'returned') : none,
    due: may('reporting.write-reports') ? await column('own', 'due') : none,
    toSign: may('reporting.sign-reports') ? await column('own', 'to-sign') : none,
    toReview: may('reporting.review-reports') ? await column('receiver', 'to-review') : none,
  }
}
