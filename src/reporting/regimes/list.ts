import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import { withinReach } from '#access'
import { listAgencyNames, nameOfBody } from '#agencies'
import { declareList, noneOfIt, type Catalogue, type Context, type List } from '#platform'
import { Id, text, type Language } from '#platform/model'
import { foldName } from '#territory/model'
import { Completeness, LateBy, ReviewOutcome, Timeliness } from '../boards/model.ts'
import {
  completenessOf,
  isAmended,
  lateByOf,
  liesIn,
  ofObligation,
  reviewOfReport,
  timelinessOf,
} from '../boards/standing.ts'
import { isAwaited } from '../urging/awaited.ts'
import { LateDays, ReportStanding } from './model.ts'

/** How an obligation stands: its own state, or that of its report where it is owed. The row is `reporting.obligation o`. */
export const standingOf = sql<string>`case when o.state <> 'owed' then o.state
  else coalesce((select r.state from reporting.report r where r.obligation_id = o.id), 'not-begun') end`

/** Whether nothing was sent by the due day and its days of grace, or what was sent was taken back; never of a body that is only asked. */
export const isOverdue = (ctx: Context) => sql<SqlBool>`(o.state = 'owed' and not o.is_requested
  and o.due_on + (select (d.dates ->> 'graceDays')::integer from reporting.round d where d.id = o.round_id) < ${ctx.today}::date
  and not exists (select 1 from reporting.report r where r.obligation_id = o.id and r.state <> 'draft'))`

/** Days since the due day of what is overdue; else null. */
export const lateDaysOf = (ctx: Context) =>
  sql<number | null>`(case when ${isOverdue(ctx)} then ${ctx.today}::date - o.due_on end)`

const lateGroup = (
  ctx: Context,
) => sql`(case when ${lateDaysOf(ctx)} <= 3 then 'to-3' when ${lateDaysOf(ctx)} <= 7 then 'to-7'
  when ${lateDaysOf(ctx)} <= 30 then 'to-30' when ${lateDaysOf(ctx)} > 30 then 'over-30' end)`

/** The unit right under the country in which the unit of an obligation lies; null for bodies of the whole country. */
const placeOf = sql`(with recursive up as (
    select o.unit_id as id, 0 as depth
    union all select v.parent_id, up.depth + 1 from up cross join lateral (select p.parent_id from territory.unit_version p
      where p.unit_id = up.id order by p.valid_to desc limit 1) v where v.parent_id is not null and up.depth < 9)
  select up.id::text from up order by up.depth desc offset 1 limit 1)`

const namesOfPlaces = async (ctx: Context, ids: readonly string[]) => {
  const known = ids.filter((id) => id !== noneOfIt)
  const { rows } = await sql<{ unitId: string; name: string }>`
    select distinct on (v.unit_id) v.unit_id, v.name from territory.unit_version v where v.unit_id = any (${known}::uuid[])
    order by v.unit_id, v.valid_to desc`.execute(ctx.db)
  return new Map(rows.map(({ unitId, name }) => [unitId, name]))
}

const standingWord = (say: Catalogue, language: Language, code: string) =>
  say(language, `reporting.obligations-standing-${code}`)
const yesNo = (say: Catalogue, language: Language, code: string) =>
  say(language, 'reporting.obligations-yes', { is: code })

const namesOfBodies = async (ctx: Context, ids: readonly string[]) =>
  new Map(
    [
      ...(await listAgencyNames(
        ctx,
        ids.filter((id) => id !== noneOfIt),
        ctx.today,
      )),
    ].map(([id, { name }]) => [id, name]),
  )

type Condition = List['conditions'][number]

/** What a number of a board counts, as conditions of the list it opens to. */
function boardConditions(): Condition[] {
  const choice = (
    key: string,
    of: { accepts: Condition['accepts']; is: (ctx: Context) => RawBuilder<unknown> },
  ): Condition => ({
    ...{ key, accepts: of.accepts, isMany: true },
    where: (ctx, values) => sql<SqlBool>`${ofObligation(of.is(ctx))} = any (${values}::text[])`,
  })
  return [
    choice('completeness', { accepts: Completeness, is: () => completenessOf }),
    choice('timeliness', { accepts: Timeliness, is: timelinessOf }),
    choice('lateBy', { accepts: LateBy, is: lateByOf }),
    choice('review', { accepts: ReviewOutcome, is: () => reviewOfReport }),
    choice('amended', { accepts: z.enum(['true', 'false']), is: () => sql`(${isAmended})::text` }),
    { key: 'unitId', accepts: Id, where: (_ctx, [id = '']) => sql<SqlBool>`${liesIn(id)}` },
    { key: 'ofUnitId', accepts: Id, where: (_ctx, [id = '']) => sql<SqlBool>`o.unit_id = ${id}::uuid` },
  ]
}

/** The same in a file, so that whatever a board counts can be counted again. */
function boardColumns(): List['columns'] {
  const column = (key: string, codes: readonly string[], of: (ctx: Context) => RawBuilder<unknown>) => ({
    ...{
      key,
      kind: 'code' as const,
      width: 18,
      codes,
      of: (ctx: Context) => ofObligation(of(ctx)),
      isSpare: true as const,
    },
    word: (say: Catalogue, language: Language, code: string) => say(language, `reporting.obligations-${key}-${code}`),
  })
  return [
    column('completeness', Completeness.options, () => completenessOf),
    column('timeliness', [...Timeliness.options, 'not-owed'], timelinessOf),
    column('lateBy', LateBy.options, lateByOf),
    column('review', ReviewOutcome.options, () => reviewOfReport),
  ]
}

/** Who owes which report: for the bodies themselves, those above, the receivers up the chain and the owner of the regime. */
export const obligationList: List = declareList({
  key: 'reporting.obligations',
  allow: 'reporting.read',
  words: { file: 'reporting.obligations-file', column: 'reporting.obligations-column' },
  from: sql`reporting.obligation o`,
  id: sql`o.id`,
  within: (ctx) => sql<SqlBool>`(${withinReach(ctx, 'o.agencyId')} or ${withinReach(ctx, 'o.addressedId')}
    or o.owner_id = ${ctx.actor.agencyId}::uuid or ${ctx.actor.agencyId}::uuid = any (o.above))`,
  facets: [
    { kind: 'choice', key: 'tier', values: null, of: () => sql`o.tier` },
    { kind: 'choice', key: 'standing', values: ReportStanding.options, of: () => standingOf },
    { kind: 'having', key: 'isOverdue', has: isOverdue },
    {
      kind: 'having',
      key: 'isAwaited',
      has: () =>
        sql<SqlBool>`exists (select 1 from reporting.round d left join reporting.report r on r.obligation_id = o.id where d.id = o.round_id and ${isAwaited})`,
    },
    { kind: 'choice', key: 'lateDays', values: LateDays.options, of: lateGroup },
    { kind: 'choice', key: 'place', values: null, of: () => placeOf, names: namesOfPlaces },
    { kind: 'choice', key: 'isRequested', values: ['true', 'false'], of: () => sql`o.is_requested::text` },
    { kind: 'choice', key: 'receiver', values: null, of: () => sql`o.receiver_id::text`, names: namesOfBodies },
  ],
  conditions: [
    { key: 'id', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`o.id = any (${ids}::uuid[])` },
    { key: 'roundId', accepts: Id, where: (_ctx, [id]) => sql<SqlBool>`o.round_id = ${id}::uuid` },
    {
      ...{ key: 'agencyId', accepts: Id, isMany: true },
      where: (_ctx, ids) => sql<SqlBool>`(o.agency_id = any (${ids}::uuid[]) or o.addressed_id = any (${ids}::uuid[]))`,
    },
    ...boardConditions(),
    {
      ...{ key: 'q', accepts: text(200) },
      where: (_ctx, [words = '']) =>
        sql<SqlBool>`exists (select 1 from agencies.agency_name n where n.agency_id = o.addressed_id and n.search_key like ${`%${foldName(words)}%`})`,
    },
  ],
  joins: () => sql`left join reporting.report r on r.obligation_id = o.id`,
  columns: [
    { key: 'body', kind: 'text', width: 44, of: (ctx) => nameOfBody(sql`o.addressed_id`, ctx.today) },
    { key: 'holder', kind: 'text', width: 44, of: (ctx) => nameOfBody(sql`o.agency_id`, ctx.today), isSpare: true },
    { key: 'tier', kind: 'text', width: 14, of: () => sql`o.tier` },
    { key: 'receiver', kind: 'text', width: 40, of: (ctx) => nameOfBody(sql`o.receiver_id`, ctx.today) },
    { key: 'dueOn', kind: 'date', width: 12, of: () => sql`coalesce(r.due_on, o.due_on)` },
    {
      ...{ key: 'standing', kind: 'code', width: 20, codes: ReportStanding.options },
      ...{ of: () => standingOf, word: standingWord },
    },
    {
      ...{ key: 'isOverdue', kind: 'code', width: 10, codes: ['true', 'false'] },
      ...{ of: (ctx) => sql`(${isOverdue(ctx)})::text`, word: yesNo },
    },
    {
      ...{ key: 'isRequested', kind: 'code', width: 12, codes: ['true', 'false'] },
      ...{ of: () => sql`o.is_requested::text`, word: yesNo },
    },
    {
      key: 'sentOn',
      kind: 'date',
      width: 12,
      of: (ctx) => sql`(r.first_submitted_at at time zone ${ctx.timeZone})::date`,
    },
    ...boardColumns(),
    { key: 'reason', kind: 'text', width: 40, of: () => sql`nullif(o.reason, '')` },
  ],
  orders: {
    usual: (ctx) => sql`(${isOverdue(ctx)}) desc, o.due_on, o.tier, o.addressed_id, o.id`,
  },
})
