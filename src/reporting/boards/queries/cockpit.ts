import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import type { Context } from '#platform'
import { obligationList } from '../../regimes/list.ts'
import type { Cockpit, CockpitCounts } from '../model.ts'
import { placesBelow } from '../standing.ts'
import { getBoardRound, readPlace, unitNames } from './rounds.ts'

/** How many of the newest sendings, and of those who write, are named. */
const named = 12

type Row = { tier: string; unitId: string | null; standing: string; count: number }

/** One round this minute, of what the reader sees: read again and again on the day it is due, so few statements and cheap ones. @throws notFound */
export async function readCockpit(ctx: Context, roundId: string): Promise<Cockpit> {
  const { head, tiers, due } = await getBoardRound(ctx, roundId)
  const rows = await countStandings(ctx, roundId)
  const codes = tiers.filter(({ code }) => rows.some(({ tier }) => tier === code))
  const dueAt = await endsOfDays(ctx, Object.values(due))
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
        dueAt: dueAt.get(dueOn) ?? ctx.now,
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
    ...(await readSendings(ctx, roundId)),
    newest: await readNewest(ctx, roundId),
    writing: await readWriting(ctx, roundId),
  }
}

/** Obligations of a round by tier, province and standing: the one statement that grows with them. */
export async function countStandings(ctx: Context, roundId: string): Promise<Row[]> {
  const { id } = await readPlace(ctx, undefined)
  const days = sql`select owed_on from reporting.round where id = ${roundId}::uuid`
  const { rows } = await sql<Row>`with recursive ${placesBelow({ unitId: id, days })}
    select o.tier, place.group_id as unit_id, case when o.state <> 'owed' then 'not-owed' else coalesce(r.state, 'not-begun') end as standing,
      count(*)::integer as count
    from reporting.obligation o left join reporting.report r on r.obligation_id = o.id left join place on place.unit_id = o.unit_id
    where o.round_id = ${roundId}::uuid and ${obligationList.within(ctx)} group by 1, 2, 3`.execute(ctx.db)
  return rows
}

function sumOf(rows: readonly Row[]): CockpitCounts {
  const of = (...standings: string[]) =>
    rows.reduce((sum, row) => sum + (standings.includes(row.standing) ? row.count : 0), 0)
  const counts = {
    ...{ notBegun: of('not-begun'), writing: of('draft'), submitted: of('submitted'), inReview: of('in-review') },
    ...{ returned: of('returned'), accepted: of('accepted', 'approved', 'locked', 'reopened') },
  }
  return { ...counts, owed: Object.values(counts).reduce((sum, one) => sum + one, 0), notOwed: of('not-owed') }
}

async function endsOfDays(ctx: Context, days: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ day: string; ends: string }>`
    select n.day::text as day, (n.day + 1)::timestamp at time zone ${ctx.timeZone} as ends from unnest(${days}::date[]) n (day)`.execute(
    ctx.db,
  )
  return new Map(rows.map(({ day, ends }) => [day, ends]))
}

const sendings = (ctx: Context, roundId: string) => sql`reporting.step t join reporting.report r on r.id = t.report_id
  join reporting.obligation o on o.id = r.obligation_id
  where t.kind = 'submitted' and o.round_id = ${roundId}::uuid and ${obligationList.within(ctx)}`

/** Every sending of today counts, the second one of a report too. */
async function readSendings(ctx: Context, roundId: string): Promise<Pick<Cockpit, 'hours' | 'minutes'>> {
  const { rows } = await sql<{ hour: number; minute: number; count: number }>`
    select extract(hour from t.taken_at at time zone ${ctx.timeZone})::integer as hour,
      floor(extract(epoch from ${ctx.now}::timestamptz - t.taken_at) / 60)::integer as minute, count(*)::integer as count
    from ${sendings(ctx, roundId)} and t.taken_at >= least(${ctx.today}::date::timestamp at time zone ${ctx.timeZone}, ${ctx.now}::timestamptz - interval '1 hour')
      and t.taken_at <= ${ctx.now}::timestamptz group by 1, 2`.execute(ctx.db)
  const clock = await sql<{ hour: number; ofToday: number }>`
    select extract(hour from ${ctx.now}::timestamptz at time zone ${ctx.timeZone})::integer as hour,
      floor(extract(epoch from ${ctx.now}::timestamptz - (${ctx.today}::date::timestamp at time zone ${ctx.timeZone})) / 60)::integer as of_today`.execute(
    ctx.db,
  )
  const { hour: last = 0, ofToday = 0 } = clock.rows[0] ?? {}
  const sum = (test: (row: { hour: number; minute: number }) => boolean) =>
    rows.reduce((total, row) => total + (test(row) ? row.count : 0), 0)
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
    from ${sendings(ctx, roundId)} order by t.taken_at desc, t.id limit ${named}`.execute(ctx.db)
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
