import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { nameOfBody } from '#agencies'
import { may } from '#access'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import type { OwedReport } from '../../model.ts'
import { lateFrom } from '../rules.ts'
import { standingNumber } from '../store.ts'

type Row = Omit<OwedReport, 'isLate' | 'mayBeSigned'> & {
  obligationDueOn: string
  isWritten: boolean
  mayDelegated: boolean
  total: number
}

export type OwedFilter = {
  side: 'own' | 'receiver'
  obligationId?: string | undefined
  roundId?: string | undefined
  /** What wants something of the asker: not yet sent, returned; of the receiver, sent and not yet decided. */
  show: 'all' | 'open' | 'returned' | 'due' | 'to-sign' | 'to-review' | 'missing'
  /** How far ahead `due` looks. */
  soonDays?: number
  page: number
  size: number
}

/** Its round goes on; what was opened by an order may be sent until its day. */
const mayStillBeSent = (ctx: Context) =>
  sql<SqlBool>`coalesce(r.reopened_until >= ${ctx.today}::date, n.state = 'open')`

const isOpen = (ctx: Context) =>
  sql<SqlBool>`o.state = 'owed' and ${mayStillBeSent(ctx)} and coalesce(r.state, 'draft') in ('draft', 'returned', 'reopened')`

const shows: Record<OwedFilter['show'], (ctx: Context, filter: OwedFilter) => RawBuilder<SqlBool>> = {
  all: () => sql`true`,
  open: isOpen,
  returned: (ctx) => sql`${isOpen(ctx)} and r.state in ('returned', 'reopened')`,
  due: (ctx, { soonDays = 0 }) =>
    sql`${isOpen(ctx)} and coalesce(r.state, 'draft') = 'draft' and o.due_on <= ${ctx.today}::date + ${soonDays}::integer`,
  'to-sign': (ctx) => sql`${isOpen(ctx)} and ${isWritten(ctx)} and ${signs(ctx)}`,
  'to-review': () => sql`r.state in ('submitted', 'in-review')`,
  missing: () => sql`n.state = 'open' and o.state = 'owed' and coalesce(r.state, 'draft') in ('draft', 'returned')`,
}

/** Something was written in it, and none of it by whoever asks. */
function isWritten(ctx: Context): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from reporting.draft_section d where d.report_id = r.id and d.version > 1)
    and not exists (select 1 from reporting.draft_section d where d.report_id = r.id and ${ctx.actor.personId}::uuid = any (d.writers))`
}

/** Whether a delegation of today gives the asker the signature in the round `n`. */
function isDelegated(ctx: Context): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from reporting.delegation d where d.agency_id = o.agency_id and d.to_person = ${ctx.actor.personId}::uuid and d.ended_at is null
    and d.valid_from <= ${ctx.today}::date and (d.valid_to is null or d.valid_to > ${ctx.today}::date) and (d.regime_id is null or d.regime_id = n.regime_id))`
}

const signs = (ctx: Context) => (ctx.actor.role === 'approver' ? sql<SqlBool>`true` : isDelegated(ctx))

/**
 * Reports the acting body owes, the next due first; or those it receives: first who has sent nothing, then what waits for review.
 * A body whose report was begun by nobody is in the list all the same.
 */
export async function listOwed(ctx: Context, filter: OwedFilter): Promise<Page<OwedReport>> {
  const own = ctx.actor.agencyId
  const { page, size } = filter
  const of =
    filter.side === 'own'
      ? sql`o.agency_id = ${own}::uuid`
      : sql`o.receiver_id = ${own}::uuid and o.state <> 'withdrawn'`
  const rows = await readOwed(ctx, {
    where: sql`${of} and ${shows[filter.show](ctx, filter)}
      and ${filter.obligationId === undefined ? sql`true` : sql`o.id = ${filter.obligationId}::uuid`}
      and ${filter.roundId === undefined ? sql`true` : sql`o.round_id = ${filter.roundId}::uuid`}`,
    order:
      filter.side === 'own'
        ? sql`${mayStillBeSent(ctx)} desc, coalesce(r.state, 'draft') in ('draft', 'returned', 'reopened') desc, coalesce(r.due_on, o.due_on), o.id`
        : sql`n.state = 'open' desc, case when o.state <> 'owed' then 3 when coalesce(r.state, 'draft') in ('draft', 'returned') then 0 when r.state in ('submitted', 'in-review') then 1 else 2 end,
            coalesce(r.due_on, o.due_on), o.id`,
    limit: size,
    offset: (page - 1) * size,
  })
  return { items: rows.map((row) => owedOf(ctx, row)), total: rows[0]?.total ?? 0, page, size }
}

/** What one report is of; of any body within sight. */
export async function findOwed(ctx: Context, reportId: string): Promise<OwedReport | undefined> {
  const [row] = await readOwed(ctx, { where: sql`r.id = ${reportId}::uuid`, order: sql`o.id`, limit: 1, offset: 0 })
  return row && owedOf(ctx, row)
}

async function readOwed(
  ctx: Context,
  of: { where: RawBuilder<unknown>; order: RawBuilder<unknown>; limit: number; offset: number },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select o.id as obligation_id, o.round_id, n.regime_id, v.definition->'names' as regime_names, n.period, n.period_from, n.period_to,
      o.agency_id, ${nameOfBody(sql`o.agency_id`, ctx.today)} as agency_name, o.unit_id, o.tier, o.receiver_id,
      case when o.receiver_id is not null then ${nameOfBody(sql`o.receiver_id`, ctx.today)} end as receiver_name,
      coalesce(r.due_on, o.due_on) as due_on, o.due_on as obligation_due_on, coalesce((n.dates->>'graceDays')::integer, 0) as grace_days,
      o.state as obligation_state, o.reason, o.is_requested, ${mayStillBeSent(ctx)} as is_open, r.id as report_id, r.state,
      coalesce(${standingNumber}, 0) as number, r.accepted_number, coalesce(r.is_nil, false) as is_nil, r.first_submitted_at, s.submitted_at,
      case when r.state in ('returned', 'reopened') then r.open_lines end as open_lines,
      ${isOpen(ctx)} and ${isWritten(ctx)} as is_written,
      ${isDelegated(ctx)} as may_delegated,
      count(*) over ()::integer as total
    from reporting.obligation o join reporting.round n on n.id = o.round_id
    join reporting.regime_version v on v.regime_id = n.regime_id and v.number = n.regime_number
    left join reporting.report r on r.obligation_id = o.id
    left join reporting.submission s on s.report_id = r.id and s.number = ${standingNumber}
    where ${of.where} order by ${of.order} limit ${of.limit} offset ${of.offset}`.execute(ctx.db)
  return rows
}

function owedOf(ctx: Context, row: Row): OwedReport {
  const { obligationDueOn, isWritten: written, mayDelegated, total: _, ...owed } = row
  const isMine = owed.agencyId === ctx.actor.agencyId
  const maySign = ctx.actor.role === 'approver' || mayDelegated
  return {
    ...owed,
    isLate: isLate(ctx, owed, obligationDueOn),
    mayBeSigned: isMine && written && maySign && may(ctx.actor, 'reporting.sign-reports'),
  }
}

/** By the first submission and the day first set; while nothing was sent, or it is to be corrected, by today and the day that holds now. */
function isLate(
  ctx: Context,
  owed: Pick<OwedReport, 'state' | 'dueOn' | 'graceDays' | 'firstSubmittedAt' | 'obligationState' | 'isRequested'>,
  obligationDueOn: string,
): boolean {
  if (owed.obligationState !== 'owed' || owed.isRequested) return false
  const isOut = owed.state === null || owed.state === 'draft' || owed.state === 'returned'
  if (isOut) return ctx.today >= lateFrom(owed.dueOn, owed.graceDays)
  const first = owed.firstSubmittedAt
  return first !== null && ctx.dateOf(first) >= lateFrom(obligationDueOn, owed.graceDays)
}
