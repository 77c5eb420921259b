import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import type { Context } from '#platform'
import { obligationList } from '../../regimes/list.ts'
import type { Cockpit, CockpitCounts } from '../model.ts'
import { placesBelow, wholeCountry } from '../standing.ts'
import { getBoardRound, unitNames } from './rounds.ts'

/** How many of the newest sendings, and of those who write, are named. */
const named = 12

type Row = { tier: string; unitId: string | null; standing: string; count: number }

/** One round this minute, of what the reader sees: read again and again on the day it is due, so few statements and cheap ones. @throws notFound */
export async function readCockpit(ctx: Context, roundId: string): Promise<Cockpit> {
  const { head, tiers, due } = await getBoardRound(ctx, roundId)
  const { rows, sendings } = await countRound(ctx, roundId)
  const codes = tiers.filter(({ code }) => rows.some(({ tier }) => tier === code))
  const clock = await readClock(ctx, Object.values(due))
  const units = [...new Set(rows.map(({ unitId }) => unitId))]
  const names = await unitNames(
    ctx,
    units.flatMap((id) => id ?? []),
  )
  const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''))
  return {
    ...{ asOf: ctx.now, timeZone: ctx.timeZone, round: head },
    tiers: codes.map((tier) => {
      const dueOn = due[tier.code] ?? head.periodTo
      return {
        ...tier,
        dueOn,
        dueAt: clock.ends[dueOn] ?? ctx.now,
        counts: sumOf(rows.filter((row) => row.tier === tier.code)),
      }
    }),
    units: units
      .sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'vi'))
      .map((id) => ({
        unit: id === null ? null : { id, name: nameOf(id) },
        counts: sumOf(rows.filter((row) => row.unitId === id)),
      })),
    total: sumOf(rows),
    ...paceOf(sendings, clock),
    newest: await readNewest(ctx, roundId),
    writing: await readWriting(ctx, roundId),
  }
}

type Sending = { hour: number; minute: number; count: number }

/**
 * Obligations of a round by tier, province and standing, and sendings of today by hour and minute: the one statement that grows with them,
 * so that who may be seen is asked once. Every sending counts, the second one of a report too.
 */
async function countRound(ctx: Context, roundId: string): Promise<{ rows: Row[]; sendings: Sending[] }> {
  const days = sql`select owed_on from reporting.round where id = ${roundId}::uuid`
  const { rows } = await sql<{
    rows: Row[]
    sendings: Sending[]
  }>`with recursive ${placesBelow({ unit: wholeCountry, days })},
    seen as materialized (select o.unit_id, o.tier, r.id as report_id, r.number,
        case when o.state <> 'owed' then 'not-owed' else coalesce(r.state, 'not-begun') end as standing
      from reporting.obligation o left join reporting.report r on r.obligation_id = o.id
      where o.round_id = ${roundId}::uuid and ${obligationList.within(ctx)}),
    counted as (select seen.tier, place.group_id as "unitId", seen.standing, count(*) as count
      from seen left join place on place.unit_id = seen.unit_id group by 1, 2, 3),
    sent as (select extract(hour from t.taken_at at time zone ${ctx.timeZone})::integer as hour,
        floor(extract(epoch from ${ctx.now}::timestamptz - t.taken_at) / 60)::integer as minute, count(*) as count
      from reporting.step t where t.kind = 'submitted' and t.report_id in (select report_id from seen)
        and t.taken_at >= least(${startOfToday(ctx)}, ${ctx.now}::timestamptz - interval '1 hour') and t.taken_at <= ${ctx.now}::timestamptz group by 1, 2)
    select coalesce((select jsonb_agg(counted) from counted), '[]') as rows, coalesce((select jsonb_agg(sent) from sent), '[]') as sendings`.execute(
    ctx.db,
  )
  return rows[0] ?? { rows: [], sendings: [] }
}

/** SQL: the moment the country's day began. */
const startOfToday = (ctx: Context) => sql`(${ctx.today}::date::timestamp at time zone ${ctx.timeZone})`

function sumOf(rows: readonly Row[]): CockpitCounts {
  const of = (...standings: string[]) =>
    rows.reduce((sum, row) => sum + (standings.includes(row.standing) ? row.count : 0), 0)
  const counts = {
    ...{ notBegun: of('not-begun'), writing: of('draft'), submitted: of('submitted'), inReview: of('in-review') },
    ...{ returned: of('returned'), accepted: of('accepted', 'approved', 'locked', 'reopened') },
  }
  return { ...counts, owed: Object.values(counts).reduce((sum, one) => sum + one, 0), notOwed: of('not-owed') }
}

type Clock = { hour: number; ofToday: number; ends: Record<string, string> }

/** The hour of the country's day, how many minutes of it have passed, and when days end there. */
async function readClock(ctx: Context, days: readonly string[]): Promise<Clock> {
  const { rows } = await sql<Clock>`
    select extract(hour from ${ctx.now}::timestamptz at time zone ${ctx.timeZone})::integer as hour,
      floor(extract(epoch from ${ctx.now}::timestamptz - ${startOfToday(ctx)}) / 60)::integer as of_today,
      (select coalesce(jsonb_object_agg(n.day::text, to_char(((n.day + 1)::timestamp at time zone ${ctx.timeZone}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), '{}')
        from unnest(${days}::date[]) n (day)) as ends`.execute(ctx.db)
  return rows[0] ?? { hour: 0, ofToday: 0, ends: {} }
}

function paceOf(sendings: readonly Sending[], { hour: last, ofToday }: Clock): Pick<Cockpit, 'hours' | 'minutes'> {
  const sum = (test: (row: Sending) => boolean) =>
    sendings.reduce((total, row) => total + (test(row) ? row.count : 0), 0)
  return {
    hours: Array.from({ length: last + 1 }, (_, hour) => ({
      hour,
      count: sum((row) => row.hour === hour && row.minute <= ofToday),
    })),
    minutes: Array.from({ length: 60 }, (_, minute) => sum((row) => row.minute === minute)),
  }
}

async function readNewest(ctx: Context, roundId: string): Promise<Cockpit['newest']> {
  const { rows } = await sql<Cockpit['newest'][number]>`
    select r.id as report_id, ${nameOfBody(sql`o.agency_id`, ctx.today)} as agency_name, o.tier, t.number, t.taken_at as at
    from reporting.step t join reporting.report r on r.id = t.report_id join reporting.obligation o on o.id = r.obligation_id
    where t.kind = 'submitted' and o.round_id = ${roundId}::uuid and ${obligationList.within(ctx)} order by t.taken_at desc, t.id limit ${named}`.execute(
    ctx.db,
  )
  return rows
}

/** Bodies that have begun and sent nothing; of what they write nothing is read. */
async function readWriting(ctx: Context, roundId: string): Promise<Cockpit['writing']> {
  const { rows } = await sql<Cockpit['writing'][number]>`
    select r.id as report_id, ${nameOfBody(sql`o.agency_id`, ctx.today)} as agency_name, o.tier
    from reporting.obligation o join reporting.report r on r.obligation_id = o.id
    where o.round_id = ${roundId}::uuid and o.state = 'owed' and r.state = 'draft' and ${obligationList.within(ctx)}
    order by o.due_on, o.tier, o.addressed_id limit ${named}`.execute(ctx.db)
  return rows
}
