import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#platform'

/** Every expression here is of `reporting.obligation o` with its round `d` and, where it was begun, its report `r`. */
export const obligationWhole = sql`reporting.obligation o join reporting.round d on d.id = o.round_id
  left join reporting.report r on r.obligation_id = o.id`

/** The same expression where only the obligation `o` is at hand. */
export const ofObligation = <T>(expression: RawBuilder<T>): RawBuilder<T> =>
  sql<T>`(select ${expression} from reporting.round d left join reporting.report r on r.obligation_id = o.id where d.id = o.round_id)`

/** What was taken back counts for nothing. */
const isSent = sql`coalesce(r.state, 'draft') <> 'draft'`
const isAmong = sql`o.state = 'owed'`

/** How complete: what was not sent is missing, what is not owed says why; a nil report is no missing one. */
export const completenessOf: RawBuilder<string> = sql<string>`case when not ${isAmong} then o.state when not ${isSent} then 'missing'
  when r.accepted_number is null and r.state = 'returned' then 'returned' when r.is_nil then 'nil'
  when r.accepted_number is not null then 'accepted' else 'sent' end`

const lateAfter = sql`o.due_on + coalesce((d.dates ->> 'graceDays')::integer, 0)`
const sentOn = (ctx: Context) => sql`(r.first_submitted_at at time zone ${ctx.timeZone})::date`

/** By the first submission and the day first set, in the country's time; bodies that are only asked are never late. */
export const timelinessOf = (ctx: Context): RawBuilder<string> => sql<string>`case when not ${isAmong} then 'not-owed'
  when ${isSent} then case when not o.is_requested and ${sentOn(ctx)} > ${lateAfter} then 'late' else 'on-time' end
  when not o.is_requested and ${ctx.today}::date > ${lateAfter} then 'overdue' else 'waiting' end`

/** By how many days it was sent late, or is late until today, from its due day on; in groups. Null where it is not late. */
export const lateByOf = (ctx: Context): RawBuilder<string | null> =>
  sql<string | null>`case when ${timelinessOf(ctx)} not in ('late', 'overdue') then null else (select case
    when n.days <= 3 then 'to-3' when n.days <= 7 then 'to-7' when n.days <= 30 then 'to-30' else 'over-30' end
    from (select (case when ${isSent} then ${sentOn(ctx)} else ${ctx.today}::date end) - o.due_on as days) n) end`

/** How often what was accepted of a report `r` was amended. */
const amendments = sql`(select count(*) from reporting.submission s where s.report_id = r.id and s.kind = 'amended')`
const happened = sql`select bool_or(t.kind = 'accepted') as was_accepted, bool_or(t.kind = 'returned') as was_returned,
    coalesce(sum(jsonb_array_length(t.lines)) filter (where t.kind = 'returned'), 0) as lines_returned
  from reporting.step t where t.report_id = r.id and t.kind in ('accepted', 'returned')`
const came = sql`case when h.was_accepted then case when h.was_returned then 'after-return' else 'first-pass' end
  when h.was_returned then 'still-returned' else 'not-reviewed' end`

/**
 * What reviewing came to of reports `r`, counted from what happened and not from how things stand: `joined` to them, `review` says whether
 * they were accepted without a return, after one, returned and not yet accepted.
 */
export const reviewing = {
  joined: sql`left join lateral (${happened}) h on r.number > 0`,
  review: sql<string>`${came}`,
  linesReturned: sql<number>`coalesce(h.lines_returned, 0)`,
  amendments: sql<number>`case when r.number > 1 then ${amendments} else 0 end`,
}
export const reviewOfReport = sql<string>`(select ${came} from (${happened}) h)`
export const isAmended = sql<boolean>`${amendments} > 0`

/** The unit everything lies in. */
export const wholeCountry = sql`(select u.id from territory.unit u where u.level = 'country' limit 1)`

/**
 * Units below one, each on the days on which rounds asked who owes: `place(unit_id, day, group_id)`, where `group_id` is the unit right
 * below in which it lies. The tree is that of each round's own day, so that a reform moves no report of an earlier round.
 */
export const placesBelow = (of: { unit: RawBuilder<unknown>; days: RawBuilder<unknown> }) => sql`
  place (unit_id, day, group_id) as (
    select v.unit_id, n.owed_on, v.unit_id from (${of.days}) n join territory.unit_version v on v.parent_id = ${of.unit}
      and (v.valid_from is null or v.valid_from <= n.owed_on) and (v.valid_to is null or n.owed_on < v.valid_to)
    union all
    select v.unit_id, place.day, place.group_id from place join territory.unit_version v on v.parent_id = place.unit_id
      and (v.valid_from is null or v.valid_from <= place.day) and (v.valid_to is null or place.day < v.valid_to))`

/** Whether the obligation's body lies in a unit or in one below it, on the day its round asked who owes. */
export const liesIn = (
  unitId: string,
) => sql<boolean>`(o.unit_id = ${unitId}::uuid or (o.unit_id, (select n.owed_on from reporting.round n
  where n.id = o.round_id)) in (with recursive ${placesBelow({ unit: sql`${unitId}::uuid`, days: sql`select distinct owed_on from reporting.round` })}
  select unit_id, day from place))`
