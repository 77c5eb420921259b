import { tellBodies } from '#notifications'
import type { NoticeKind } from '#notifications/model'
import { asEverywhere, type Context, type Subscriber } from '#platform'

/** Who works on reports at a body. */
const working = ['officer', 'approver', 'consolidator']

/** Tells the body an obstacle goes to, and the one that raised it when it is answered. */
export const obstacleSubscribers: readonly Subscriber[] = [
  { to: 'reporting.obstacle-raised', run: (ctx, { recordId }) => tell(ctx, 'obstacle-raised', recordId) },
  { to: 'reporting.obstacle-handed-over', run: (ctx, { recordId }) => tell(ctx, 'obstacle-raised', recordId) },
  { to: 'reporting.obstacle-passed-on', run: (ctx, { recordId }) => tell(ctx, 'obstacle-raised', recordId) },
  { to: 'reporting.obstacle-not-resolved', run: (ctx, { recordId }) => tell(ctx, 'obstacle-raised', recordId) },
  { to: 'reporting.obstacle-escalated', run: (ctx, { recordId }) => tell(ctx, 'obstacle-escalated', recordId) },
  { to: 'reporting.obstacle-answered', run: (ctx, { recordId }) => tell(ctx, 'obstacle-answered', recordId) },
]

async function tell(ctx: Context, kind: NoticeKind, id: string): Promise<void> {
  const of = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('reporting.obstacle')
      .select(['agencyId', 'routedToId'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )
  const to = kind === 'obstacle-answered' ? of.agencyId : of.routedToId
  await tellBodies(ctx, { kind, record: { kind: 'reporting.obstacle', id } }, { agencyIds: [to], roles: working })
}
