import { sql } from 'kysely'
import { tellBodies, tellEach } from '#notifications'
import type { NoticeKind } from '#notifications/model'
import { asEverywhere, type Context, type RecordParams, type Subscriber } from '#platform'
import { working } from './awaited.ts'

/** What is recorded of a report, who hears of it, and the day that is told with it. */
const ofReports: readonly { act: string; kind: NoticeKind; to: 'body' | 'receiver'; day?: string }[] = [
  { act: 'reporting.report-returned', kind: 'report-returned', to: 'body', day: 'dueOn' },
  { act: 'reporting.report-accepted', kind: 'report-accepted', to: 'body' },
  { act: 'reporting.report-withdrawn', kind: 'report-withdrawn', to: 'receiver' },
  { act: 'reporting.report-reopened', kind: 'report-reopened', to: 'body', day: 'until' },
]

/** Tells bodies what they owe from now on, and what became of the reports they sent. */
export const urgingSubscribers: readonly Subscriber[] = [
  { to: 'reporting.round-opened', run: (ctx, { recordId }) => tellOwing(ctx, recordId) },
  {
    to: 'reporting.round-not-opened',
    run: (ctx, { recordId, agencyId }) => tellOwner(ctx, recordId, agencyId),
  },
  { to: 'reporting.obligations-landed', run: (ctx, { recordId }) => tellLanded(ctx, recordId) },
  { to: 'reporting.obligation-extended', run: (ctx, { recordId }) => tellHolder(ctx, 'report-extended', recordId) },
  { to: 'reporting.obligation-exempted', run: (ctx, { recordId }) => tellHolder(ctx, 'report-exempted', recordId) },
  { to: 'reporting.obligation-restored', run: (ctx, { recordId }) => tellHolder(ctx, 'report-restored', recordId) },
  { to: 'reporting.workbook-parts-handed', run: (ctx, { recordId }) => tellHanded(ctx, recordId) },
  { to: 'reporting.urged', run: (ctx, { recordId }) => tellUrged(ctx, recordId) },
  ...ofReports.map(({ act, kind, to, day }) => ({
    to: act,
    run: (ctx: Context, event: { recordId: string; params: RecordParams }) =>
      tellOfReport(ctx, {
        kind,
        to,
        id: event.recordId,
        until: day === undefined ? null : (event.params[day] ?? null),
      }),
  })),
]

const obligation = (kind: NoticeKind) => ({ kind, recordKind: 'reporting.obligation', roles: working })

/** Bodies that owe a report of the round, each of its own; who opened the round knows. */
async function tellOwing(ctx: Context, roundId: string): Promise<void> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{ id: string; agencyId: string; dueOn: string }>`
      select o.id, o.agency_id, o.due_on from reporting.obligation o
      where o.round_id = ${roundId}::uuid and o.state = 'owed' and o.agency_id is distinct from ${ctx.actor.agencyId}::uuid`.execute(
      ctx.db,
    ),
  )
  await tellEach(
    ctx,
    obligation('report-round-opened'),
    rows.map(({ id, agencyId, dueOn }) => ({ recordId: id, agencyId, params: { to: dueOn } })),
  )
}

/** Whoever took a report over that another body owed, by what was landed at this moment. */
async function tellLanded(ctx: Context, roundId: string): Promise<void> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{ id: string; agencyId: string }>`
      select distinct held.id, held.agency_id from reporting.obligation_change c join reporting.obligation o on o.id = c.obligation_id
      join reporting.obligation held on held.id = coalesce(o.merged_into_id, o.id) and held.state = 'owed'
      where o.round_id = ${roundId}::uuid and c.kind in ('merged', 'passed') and c.changed_at = ${ctx.now}::timestamptz`.execute(
      ctx.db,
    ),
  )
  await tellEach(
    ctx,
    obligation('report-merged'),
    rows.map(({ id, agencyId }) => ({ recordId: id, agencyId })),
  )
}

/** The body whose regime it is. */
async function tellOwner(ctx: Context, regimeId: string, agencyId: string | null): Promise<void> {
  if (agencyId === null) return
  const news = {
    kind: 'report-round-not-opened' as const,
    record: { kind: 'reporting.regime', id: regimeId },
    params: {},
  }
  await tellBodies(ctx, news, { agencyIds: [agencyId], roles: working })
}

async function tellHolder(ctx: Context, kind: NoticeKind, id: string): Promise<void> {
  const of = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('reporting.obligation as o')
      .leftJoin('reporting.report as r', 'r.obligationId', 'o.id')
      .select(['o.agencyId', sql<string>`coalesce(r.due_on, o.due_on)`.as('dueOn')])
      .where('o.id', '=', id)
      .executeTakeFirstOrThrow(),
  )
  await tellEach(ctx, obligation(kind), [{ recordId: id, agencyId: of.agencyId, params: { to: of.dueOn } }])
}

/** Bodies to whose reports a part of a workbook was handed at this moment. */
async function tellHanded(ctx: Context, roundId: string): Promise<void> {
  const rows = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('reporting.workbookPart')
      .select(['obligationId', 'agencyId'])
      .where('roundId', '=', roundId)
      .where('fromAgencyId', '=', ctx.actor.agencyId)
      .where('handedAt', '=', ctx.now)
      .execute(),
  )
  await tellEach(
    ctx,
    obligation('report-part-handed'),
    rows.map(({ obligationId, agencyId }) => ({ recordId: obligationId, agencyId })),
  )
}

async function tellUrged(ctx: Context, urgingId: string): Promise<void> {
  const rows = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('reporting.urgingAddressee')
      .select(['obligationId', 'agencyId'])
      .where('urgingId', '=', urgingId)
      .execute(),
  )
  await tellEach(
    ctx,
    obligation('report-urged'),
    rows.map(({ obligationId, agencyId }) => ({ recordId: obligationId, agencyId })),
  )
}

async function tellOfReport(
  ctx: Context,
  of: { kind: NoticeKind; to: 'body' | 'receiver'; id: string; until: RecordParams[string] },
): Promise<void> {
  const held = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('reporting.report as r')
      .innerJoin('reporting.obligation as o', 'o.id', 'r.obligationId')
      .select(['r.agencyId', 'o.receiverId'])
      .where('r.id', '=', of.id)
      .executeTakeFirstOrThrow(),
  )
  const agencyId = of.to === 'body' ? held.agencyId : held.receiverId
  if (agencyId === null) return
  const params: RecordParams = of.until === null ? {} : { to: of.until }
  const news = { kind: of.kind, record: { kind: 'reporting.report', id: of.id }, params }
  await tellBodies(ctx, news, { agencyIds: [agencyId], roles: working })
}
