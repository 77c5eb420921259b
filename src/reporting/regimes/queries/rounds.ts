import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import { listIds, notFound, whereOf, type Context, type ListRequest } from '#platform'
import type { Page } from '#platform/model'
import { FormDefinition, RegimeDefinition, RoundDates } from '../../model.ts'
import { isAwaited, isConsolidated } from '../../urging/awaited.ts'
import { isOverdue, lateDaysOf, obligationList, standingOf } from '../list.ts'
import type { ObligationRow, RegimeRounds, RoundDetail, RoundRow, RoundsQuery } from '../model.ts'

type Kept = Omit<RoundRow, 'dates' | 'owed' | 'sent' | 'overdue'> & { dates: unknown }

/** Rounds with counts of what the reader sees, the newest first. */
export async function readRounds(ctx: Context, roundIds: readonly string[]): Promise<RoundRow[]> {
  const { rows } = await sql<Kept>`
    select d.id, d.regime_id, d.period, d.period_from, d.period_to, d.cut_off_on, d.owed_on, d.dates, d.state, d.opened_at
    from reporting.round d where d.id = any (${roundIds}::uuid[]) order by d.period_from desc, d.id`.execute(ctx.db)
  const ids = rows.map(({ id }) => id)
  const counted = await sql<{ roundId: string; owed: number; sent: number; overdue: number }>`
    select o.round_id, count(*) filter (where o.state = 'owed')::integer as owed,
      count(*) filter (where o.state = 'owed' and r.state <> 'draft')::integer as sent,
      count(*) filter (where ${isOverdue(ctx)})::integer as overdue
    from reporting.obligation o left join reporting.report r on r.obligation_id = o.id
    where o.round_id = any (${ids}::uuid[]) and ${obligationList.within(ctx)} group by o.round_id`.execute(ctx.db)
  const counts = new Map(counted.rows.map((row) => [row.roundId, row]))
  return rows.map((row) => {
    const { owed = 0, sent = 0, overdue = 0 } = counts.get(row.id) ?? {}
    return { ...row, dates: RoundDates.parse(row.dates), owed, sent, overdue }
  })
}

/** The year in the name of a round's period (`2031-S1` of any calendar). */
const yearOfRound = sql`substring(d.period from '([0-9]{4})(?:-[A-Z0-9]{2})?$')::integer`

/** Rounds of a regime by pages, the newest first. @throws notFound for a regime out of sight */
export async function listRoundsOf(ctx: Context, of: { regimeId: string } & RoundsQuery): Promise<RegimeRounds> {
  const { regimeId, year, page, size } = of
  const { rows: counted } = await sql<{ year: number | null; count: number }>`
    select ${yearOfRound} as year, count(d.id)::integer as count from reporting.regime r left join reporting.round d on d.regime_id = r.id
    where r.id = ${regimeId}::uuid group by 1 order by 1 desc`.execute(ctx.db)
  if (counted.length === 0) throw notFound()
  const { rows: ids } = await sql<{ id: string }>`
    select d.id from reporting.round d where d.regime_id = ${regimeId}::uuid and ${year === undefined ? sql`true` : sql`${yearOfRound} = ${year}`}
    order by d.period_from desc, d.id limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  const items = await readRounds(
    ctx,
    ids.map(({ id }) => id),
  )
  const years = counted.flatMap((one) => one.year ?? [])
  const among = counted.filter((one) => year === undefined || one.year === year)
  return { items, total: among.reduce((sum, { count }) => sum + count, 0), page, size, years }
}

/** One round with what its regime and form say. @throws notFound */
export async function getRound(ctx: Context, id: string): Promise<RoundDetail> {
  const [round] = await readRounds(ctx, [id])
  if (round === undefined) throw notFound()
  const { rows } = await sql<{
    code: string
    agencyId: string
    agencyName: string
    isOwn: boolean
    definition: unknown
    formId: string
    formNumber: number
    form: unknown
  }>`select r.code, r.agency_id, ${nameOfBody(sql`r.agency_id`, ctx.today)} as agency_name, (r.agency_id = ${ctx.actor.agencyId}::uuid) is true as is_own,
      v.definition, f.id as form_id, f.number as form_number, f.definition as form
    from reporting.round d join reporting.regime r on r.id = d.regime_id join reporting.form f on f.id = d.form_id
    join reporting.regime_version v on v.regime_id = d.regime_id and v.number = d.regime_number where d.id = ${id}::uuid`.execute(
    ctx.db,
  )
  const [row] = rows
  if (row === undefined) throw notFound()
  const { definition, formId, formNumber, form, ...rest } = row
  return {
    ...round,
    ...rest,
    definition: RegimeDefinition.parse(definition),
    form: { id: formId, number: formNumber, definition: FormDefinition.parse(form) },
  }
}

/** Who owes which report, of one round or of all; what is overdue first. */
export async function listObligations(ctx: Context, { filter, page, size }: ListRequest): Promise<Page<ObligationRow>> {
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::integer as count from ${obligationList.from} where ${whereOf(ctx, obligationList, filter)}`.execute(
    ctx.db,
  )
  const upTo = await listIds(ctx, obligationList, { filter, order: 'usual', most: page * size })
  const ids = upTo.slice((page - 1) * size)
  const acting = ctx.actor.agencyId
  const { rows } = await sql<ObligationRow>`
    select o.id, o.round_id, o.tier, o.addressed_id, ${nameOfBody(sql`o.addressed_id`, ctx.today)} as addressed_name,
      o.agency_id, ${nameOfBody(sql`o.agency_id`, ctx.today)} as agency_name,
      o.receiver_id, ${nameOfBody(sql`o.receiver_id`, ctx.today)} as receiver_name, coalesce(r.due_on, o.due_on) as due_on,
      o.is_requested, ${isOverdue(ctx)} as is_overdue, ${lateDaysOf(ctx)} as late_days, ${standingOf} as standing, nullif(o.reason, '') as reason,
      r.first_submitted_at as sent_at, o.version,
      ((o.owner_id = ${acting}::uuid or o.receiver_id = ${acting}::uuid) and d.state = 'open') is true as may_change,
      (${isAwaited} and ${isConsolidated(ctx)}) is true as may_urge
    from reporting.obligation o join reporting.round d on d.id = o.round_id left join reporting.report r on r.obligation_id = o.id
    where o.id = any (${ids}::uuid[]) and ${obligationList.within(ctx)} order by array_position(${ids}::uuid[], o.id)`.execute(
    ctx.db,
  )
  return { items: rows, total: counted[0]?.count ?? 0, page, size }
}
