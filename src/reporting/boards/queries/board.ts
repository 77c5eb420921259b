import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#platform'
import { obligationList } from '../../regimes/list.ts'
import {
  Completeness,
  LateBy,
  ReviewOutcome,
  Timeliness,
  type BoardBy,
  type BoardCounts,
  type BoardRow,
  type ReportBoard,
} from '../model.ts'
import { completenessOf, lateByOf, liesIn, obligationWhole, placesBelow, reviewing, timelinessOf } from '../standing.ts'
import { readBoardRounds, readPlace, unitNames, type RoundOfBoard } from './rounds.ts'

export type BoardAsked = {
  by: BoardBy
  roundId?: string | undefined
  tier?: string | undefined
  unitId?: string | undefined
}

/**
 * Reports owed and what became of them, counted by tier, by the units right below one, by regime in its newest round, or over the rounds of
 * a regime; of what the reader sees. Without a round, the newest.
 */
export async function readBoardOf(ctx: Context, asked: BoardAsked): Promise<ReportBoard> {
  const rounds = await readBoardRounds(ctx)
  const round = rounds.find(({ head }) => head.id === asked.roundId) ?? rounds[0]
  const place = await readPlace(ctx, asked.unitId)
  const of = roundsCounted(asked.by, rounds, round)
  const counted = await countBy(ctx, { ...asked, roundIds: of.map(({ head }) => head.id), placeId: place.id })
  const total = counted.find(({ isTotal }) => isTotal)
  const groups = counted.filter(({ isTotal }) => !isTotal)
  const named = await unitNames(ctx, asked.by === 'unit' ? groups.flatMap(({ key }) => key ?? []) : [])
  return {
    ...{ asOf: ctx.now, by: asked.by, round: round?.head ?? null, rounds: rounds.map(({ head }) => head) },
    ...{ tiers: round?.tiers ?? [], unit: { id: place.id, name: place.name }, above: place.above },
    total: total?.counts ?? noCounts(),
    rows: rowsOf({ by: asked.by, of, round, groups, named }),
  }
}

function roundsCounted(by: BoardBy, rounds: RoundOfBoard[], round: RoundOfBoard | undefined): RoundOfBoard[] {
  if (round === undefined) return []
  if (by === 'round') return rounds.filter(({ head }) => head.regimeId === round.head.regimeId).toReversed()
  if (by !== 'regime') return [round]
  const newest = new Map(rounds.toReversed().map((one) => [one.head.regimeId, one]))
  return rounds.filter((one) => newest.get(one.head.regimeId) === one)
}

type Group = { key: string | null; isTotal: boolean; counts: BoardCounts }

function rowsOf(on: {
  by: BoardBy
  of: RoundOfBoard[]
  round: RoundOfBoard | undefined
  groups: Group[]
  named: ReadonlyMap<string, string>
}): BoardRow[] {
  const bare = { tier: null, unit: null, round: null }
  const at = (key: string) => on.groups.find((group) => group.key === key)?.counts
  if (on.by === 'tier')
    return (on.round?.tiers ?? []).flatMap((tier) => {
      const counts = at(tier.code)
      return counts === undefined ? [] : [{ ...bare, key: tier.code, tier, counts }]
    })
  if (on.by !== 'unit')
    return on.of.map(({ head }) => ({ ...bare, key: head.id, round: head, counts: at(head.id) ?? noCounts() }))
  const units = on.groups.map(({ key, counts }) => ({
    ...{ ...bare, key: key ?? 'itself', counts },
    unit: key === null ? null : { id: key, name: on.named.get(key) ?? '' },
  }))
  return units.sort((one, other) => (one.unit?.name ?? '').localeCompare(other.unit?.name ?? '', 'vi'))
}

type Counting = BoardAsked & { roundIds: readonly string[]; placeId: string }

const keys: Record<BoardBy, RawBuilder<unknown>> = {
  tier: sql`o.tier`,
  unit: sql`place.group_id::text`,
  regime: sql`o.round_id::text`,
  round: sql`o.round_id::text`,
}

const json = (name: string, values: readonly string[]) =>
  sql`jsonb_build_object(${sql.join(values.flatMap((value) => [sql`${sql.lit(value)}`, sql`count(*) filter (where ${sql.ref(name)} = ${sql.lit(value)})`]))}) as ${sql.ref(name)}`

async function countBy(ctx: Context, asked: Counting): Promise<Group[]> {
  const isByUnit = asked.by === 'unit'
  const days = sql`select distinct owed_on from reporting.round where id = any (${asked.roundIds}::uuid[])`
  const places = isByUnit ? sql`left join place on place.unit_id = o.unit_id and place.day = d.owed_on` : sql``
  const { rows } = await sql<BoardCounts & { key: string | null; isTotal: boolean }>`
    with recursive ${isByUnit ? placesBelow({ unit: sql`${asked.placeId}::uuid`, days }) : sql`place as (select 1)`},
    one as (select ${keys[asked.by]} as key, o.state, ${completenessOf} as completeness, ${timelinessOf(ctx)} as timeliness,
        ${lateByOf(ctx)} as late_by, ${reviewing.review} as review, ${reviewing.linesReturned} as lines_returned, ${reviewing.amendments} as amended
      from ${obligationWhole} ${places} ${reviewing.joined}
      where o.round_id = any (${asked.roundIds}::uuid[]) and ${obligationList.within(ctx)}
        and ${asked.tier === undefined ? sql`true` : sql`o.tier = ${asked.tier}`}
        and ${asked.unitId === undefined ? sql`true` : liesIn(asked.unitId)})
    select key, grouping(key) = 1 as is_total, count(*)::integer as total, count(*) filter (where state = 'owed')::integer as owed,
      ${json('completeness', Completeness.options)}, ${json('timeliness', Timeliness.options)}, ${json('late_by', LateBy.options)},
      ${json('review', ReviewOutcome.options)}, coalesce(sum(lines_returned), 0)::integer as lines_returned,
      count(*) filter (where amended > 0)::integer as amended, coalesce(sum(amended), 0)::integer as amendments
    from one group by grouping sets ((key), ())`.execute(ctx.db)
  return rows.map(({ key, isTotal, ...counts }) => ({ key, isTotal, counts }))
}

function noCounts(): BoardCounts {
  const none = <K extends string>(keysOf: readonly K[]) =>
    Object.fromEntries(keysOf.map((key) => [key, 0])) as Record<K, number>
  return {
    ...{ total: 0, owed: 0, linesReturned: 0, amended: 0, amendments: 0 },
    completeness: none(Completeness.options),
    timeliness: none(Timeliness.options),
    lateBy: none(LateBy.options),
    review: none(ReviewOutcome.options),
  }
}
