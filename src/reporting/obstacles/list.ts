import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { withinReach } from '#access'
import { nameOfBody } from '#agencies'
import { AgencyLevel } from '#agencies/model'
import { declareList, type Catalogue, type Context, type List } from '#platform'
import { Id, text, type Language } from '#platform/model'
import { foldName } from '#territory/model'
import { ObstacleAge, ObstacleClock, ObstacleSide, ObstacleState } from './model.ts'

const wordOf = (of: 'state' | 'clock' | 'level') => (say: Catalogue, language: Language, code: string) =>
  say(language, `reporting.obstacle-${of}`, { code: code.replaceAll('-', '_') })

/** SQL: how many days an obstacle `b` is old today, or was when it was closed. */
export const ageOf = (ctx: Context): RawBuilder<number> =>
  sql<number>`(coalesce((select max(s.taken_at) from reporting.obstacle_step s where s.obstacle_id = b.id and b.state = 'closed' and s.kind = 'closed'),
    ${ctx.now}::timestamptz)::date - b.raised_at::date)`

/** SQL: in which part of the board an age lies. */
export const ageGroup = (ctx: Context): RawBuilder<string> =>
  sql<string>`case when ${ageOf(ctx)} <= 7 then 'to-7' when ${ageOf(ctx)} <= 30 then 'to-30' when ${ageOf(ctx)} <= 90 then 'to-90' else 'over-90' end`

export const clockOf = (ctx: Context): RawBuilder<string> =>
  sql<string>`case when b.state <> 'raised' then 'stopped' when b.answer_due_on < ${ctx.today}::date then 'overdue' else 'in-time' end`

const levelOf = sql`(select a.level from agencies.agency a where a.id = b.routed_to_id)`

/** Obstacles one may see: raised within reach, or with a body within reach now or before. The row is `reporting.obstacle b`. */
export const obstacleList: List = declareList({
  key: 'reporting.obstacles',
  allow: 'reporting.read',
  words: { file: 'reporting.obstacles-file', column: 'reporting.obstacles-column' },
  from: sql`reporting.obstacle b`,
  id: sql`b.id`,
  within: (ctx) => sql<SqlBool>`(${withinReach(ctx, 'b.agencyId')} or ${withinReach(ctx, 'b.routedToId')}
    or exists (select 1 from unnest(b.held_ids) held (id) where ${withinReach(ctx, 'held.id')}))`,
  facets: [
    { kind: 'choice', key: 'state', values: ObstacleState.options, of: () => sql`b.state` },
    { kind: 'choice', key: 'clock', values: ObstacleClock.options, of: clockOf },
    { kind: 'choice', key: 'theme', values: null, of: () => sql`b.theme` },
    { kind: 'choice', key: 'age', values: ObstacleAge.options, of: ageGroup },
    { kind: 'choice', key: 'level', values: AgencyLevel.options, of: () => levelOf },
    {
      ...{ kind: 'choice', key: 'side', values: ObstacleSide.options },
      of: (ctx) => sql`case when b.routed_to_id = ${ctx.actor.agencyId}::uuid then 'to-resolve'
        when b.agency_id = ${ctx.actor.agencyId}::uuid then 'own' else 'others' end`,
    },
  ],
  conditions: [
    { key: 'id', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`b.id = any (${ids}::uuid[])` },
    {
      ...{ key: 'agencyId', accepts: Id, isMany: true },
      where: (_ctx, ids) => sql<SqlBool>`b.agency_id = any (${ids}::uuid[])`,
    },
    {
      ...{ key: 'reportId', accepts: Id, isMany: true },
      where: (_ctx, ids) => sql<SqlBool>`b.report_id = any (${ids}::uuid[])`,
    },
    {
      ...{ key: 'search', accepts: text(200) },
      where: (_ctx, [search]) => sql<SqlBool>`position(${foldName(search ?? '')} in b.folded) > 0`,
    },
  ],
  joins: () => sql``,
  columns: [
    { key: 'theme', kind: 'text', width: 20, of: () => sql`b.theme` },
    { key: 'words', kind: 'text', width: 70, of: () => sql`b.words` },
    { key: 'proposal', kind: 'text', width: 50, of: () => sql`b.proposal` },
    { key: 'body', kind: 'text', width: 36, of: (ctx) => nameOfBody(sql`b.agency_id`, ctx.today) },
    { key: 'routedTo', kind: 'text', width: 36, of: (ctx) => nameOfBody(sql`b.routed_to_id`, ctx.today) },
    {
      ...{ key: 'level', kind: 'code', width: 16, codes: AgencyLevel.options },
      ...{ of: () => levelOf, word: wordOf('level') },
    },
    {
      ...{ key: 'state', kind: 'code', width: 18, codes: ObstacleState.options },
      ...{ of: () => sql`b.state`, word: wordOf('state') },
    },
    {
      ...{ key: 'clock', kind: 'code', width: 18, codes: ObstacleClock.options },
      ...{ of: clockOf, word: wordOf('clock') },
    },
    { key: 'raisedOn', kind: 'date', width: 14, of: () => sql`b.raised_at::date` },
    { key: 'answerDueOn', kind: 'date', width: 14, of: () => sql`b.answer_due_on` },
    { key: 'age', kind: 'integer', width: 12, of: ageOf },
  ],
  orders: {
    usual: (ctx) =>
      sql`array_position(array['raised', 'answered', 'closed'], b.state), (b.routed_to_id = ${ctx.actor.agencyId}::uuid) is true desc, b.answer_due_on, b.id`,
    raised: () => sql`b.raised_at, b.id`,
    '-raised': () => sql`b.raised_at desc, b.id`,
  },
})
