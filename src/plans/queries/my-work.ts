import { sql } from 'kysely'
import type { Context } from '#platform'
import { listAgencyNames } from '#agencies'
import { milestoneSoonDays, type MyWork, type Standing, type WorkCard } from '../model.ts'
import { countedOnce, countNumbers, ofFilter, type NumbersFilter } from './numbers.ts'

/** Cards a column shows; the count says how many there are, and the column leads to the whole list. */
const shown = 20
/** Days ahead that count as soon. */
const soonDays = 30

type Row = {
  want: WorkCard['want']
  occurrenceId: string | null
  progressId: string | null
  planId: string | null
  urgingId: string | null
  agencyId: string
  text: string
  dueOn: string | null
  reason: string | null
  standing: Standing | null
  total: number
}

/**
 * What the acting post owes, by what it wants of one: returned, soon due, waiting for a check or answer, overdue
 * (design §5). `next` is the first thing on the calendar after these, for the day nothing is owed.
 */
export async function getMyWork(ctx: Context, may: (permission: string) => boolean): Promise<MyWork> {
  const own = ctx.actor.agencyId
  const words = sql`left(n.text, 300) as text`
  const task = sql`join lateral (select nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true`
  const standing = sql`plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date)`
  const mine: NumbersFilter = { agencyIds: own === null ? [] : [own] }
  // Joined work is one card, by the strictest of its due dates.
  const open = sql`${countedOnce(ofFilter(ctx, mine))} and o.done_on is null`
  const column = async (query: ReturnType<typeof sql<Row>>) => (await query.execute(ctx.db)).rows
  const returned = await column(sql<Row>`
    select 'returned' as want, o.id as occurrence_id, g.id as progress_id, o.plan_id, null as urging_id, o.agency_id, ${words}, o.due_on, g.reason, ${standing} as standing, count(*) over () as total
    from plans.progress g join plans.occurrence o on o.id = g.occurrence_id ${task} where g.agency_id = ${own} and (g.state = 'returned' or g.state = 'draft' and g.reason is not null) order by o.due_on nulls last limit ${shown}`)
  const due = await column(sql<Row>`
    select 'due' as want, o.id as occurrence_id, null as progress_id, o.plan_id, null as urging_id, o.agency_id, ${words}, o.due_on, null as reason, ${standing} as standing, count(*) over () as total
    from plans.occurrence o ${task} where ${open} and not o.is_requested and o.due_on >= ${ctx.today} and o.due_on <= ${ctx.today}::date + ${soonDays}::int order by o.due_on, o.id limit ${shown}`)
  const overdue = await column(sql<Row>`
    select 'overdue' as want, o.id as occurrence_id, null as progress_id, o.plan_id, null as urging_id, o.agency_id, ${words}, o.due_on, null as reason, ${standing} as standing, count(*) over () as total
    from plans.occurrence o ${task} where ${open} and not o.is_requested and o.due_on < ${ctx.today} order by o.due_on, o.id limit ${shown}`)
  const next = await column(sql<Row>`
    select 'due' as want, o.id as occurrence_id, null as progress_id, o.plan_id, null as urging_id, o.agency_id, ${words}, o.due_on, null as reason, ${standing} as standing, 1 as total
    from plans.occurrence o ${task} where ${open} and o.due_on > ${ctx.today}::date + ${soonDays}::int order by o.due_on, o.id limit 1`)
  const milestones = await column(sql<Row>`
    select 'milestone' as want, o.id as occurrence_id, null as progress_id, o.plan_id, null as urging_id, o.agency_id, k.name as text, k.due_on, left(n.text, 300) as reason, null as standing, count(*) over () as total
    from plans.milestone k join plans.occurrence o on o.id = k.occurrence_id ${task}
    where k.agency_id = ${own} and k.done_on is null and k.cancelled_on is null and ${open} and k.due_on <= ${ctx.today}::date + ${milestoneSoonDays}::int
    order by k.due_on, k.id limit ${shown}`)
  const waiting = [
    ...(await urgingsToAnswer(ctx, may)),
    ...(may('plans.check-progress') ? await progressToCheck(ctx) : []),
    ...(await ownDrafts(ctx, may)),
  ]
  const all = [returned, due, overdue, milestones, next, waiting].flat()
  const names = await listAgencyNames(
    ctx,
    all.map((row) => row.agencyId),
    ctx.today,
  )
  const cards = (rows: Row[]): WorkCard[] =>
    rows.map(({ agencyId, total: _total, ...row }) => ({
      ...row,
      agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
    }))
  const totalOf = (rows: Row[]) =>
    [...new Map(rows.map((row) => [row.want, row.total])).values()].reduce((sum, count) => sum + count, 0)
  const columnOf = (rows: Row[]) => ({ total: totalOf(rows), cards: cards(rows) })
  return {
    returned: columnOf(returned),
    due: columnOf(due),
    waiting: columnOf(waiting),
    overdue: columnOf(overdue),
    milestones: columnOf(milestones),
    next: cards(next)[0] ?? null,
    numbers: await countNumbers(ctx, countedOnce(ofFilter(ctx, mine))),
  }
}

/**
 * Updates of others that wait for this post's check, oldest first: those in plans its body answers for, and those of
 * the bodies under it in plans of their own.
 */
async function progressToCheck(ctx: Context): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select 'check' as want, g.occurrence_id, g.id as progress_id, g.plan_id, null as urging_id, g.agency_id, left(g.narrative, 300) as text, o.due_on, null as reason,
      plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing, count(*) over () as total
    from plans.progress g join plans.occurrence o on o.id = g.occurrence_id
    where g.state = 'submitted' and g.agency_id <> ${ctx.actor.agencyId} and ${ctx.actor.personId}::uuid not in (g.person_id, g.submitted_by)
      and (g.owner_id = ${ctx.actor.agencyId} or (g.owner_id = g.agency_id and exists (select 1 from agencies.agency a where a.id = g.agency_id and a.superior_id = ${ctx.actor.agencyId})))
    order by g.submitted_at, g.id limit ${shown}`.execute(ctx.db)
  return rows
}

async function urgingsToAnswer(ctx: Context, may: (permission: string) => boolean): Promise<Row[]> {
  if (!may('plans.answer-urging')) return []
  const { rows } = await sql<Row>`
    select 'answer' as want, null as occurrence_id, null as progress_id, u.plan_id, u.id as urging_id, u.agency_id, left(u.text, 300) as text, u.answer_by as due_on, null as reason, null as standing, count(*) over () as total
    from plans.urging_addressee a join plans.urging u on u.id = a.urging_id where a.agency_id = ${ctx.actor.agencyId} and a.answered_at is null order by u.answer_by nulls last limit ${shown}`.execute(
    ctx.db,
  )
  return rows
}

/** Own plans in draft: for the one who signs they wait for a signature, for the one who writes for an end. */
async function ownDrafts(ctx: Context, may: (permission: string) => boolean): Promise<Row[]> {
  if (!may('plans.issue') && !may('plans.draft')) return []
  const { rows } = await sql<Row>`
    select 'draft' as want, null as occurrence_id, null as progress_id, v.plan_id, null as urging_id, v.agency_id, left(v.title, 300) as text, null as due_on, null as reason, null as standing, count(*) over () as total
    from plans.plan_version v where v.state = 'draft' and v.agency_id = ${ctx.actor.agencyId} order by v.id desc limit ${shown}`.execute(
    ctx.db,
  )
  return rows
}
