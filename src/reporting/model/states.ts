import { z } from 'zod'

/**
 * Where a report stands. Late is not locked; accepted is not approved: four things, each with its time.
 * @source design, periodic reporting
 */
export const ReportState = z
  .enum(['draft', 'submitted', 'in-review', 'returned', 'accepted', 'approved', 'locked', 'reopened'])
  .meta({ id: 'ReportState' })
export type ReportState = z.infer<typeof ReportState>

export const ObligationState = z.enum(['owed', 'exempt', 'merged', 'withdrawn']).meta({ id: 'ObligationState' })
export type ObligationState = z.infer<typeof ObligationState>
