import { sql, type SqlBool } from 'kysely'
import { nameOfBody } from '#agencies'
import { withinReach } from '#access'
import { AgencyLevel } from '#agencies/model'
import { declareList, type Condition, type Context, type Facet, type List } from '#platform'
import { Id } from '#platform/model'
import { z } from 'zod'
import { PlanState, Standing } from '../model.ts'
import { planVisible, workVisible } from '../store/visible.ts'
import { prefixQuery } from '../store/words.ts'
import { among, ofBody, ofProgramme, searchWords, standingToday, wordOf } from './parts.ts'

/**
 * The order of lists and searches of plans: one's own body first with what it writes, then by tier from the centre down,
 * the newest first: the thousand plans of communes do not bury the ministry's.
 */
export function byNearness(ctx: Context, as: string) {
  const column = (name: string) => sql.ref(`${as}.${name}`)
  return sql`(${column('agencyId')} = ${ctx.actor.agencyId}) is true desc, (${column('state')} = 'draft') desc,
    array_position(array['central', 'province', 'district', 'commune'], ${column('level')}), ${column('issuedOn')} desc nulls last`
}

const work = (ctx: Context) => sql`plans.occurrence o where o.cancelled_on is null and ${workVisible(ctx, 'o')}`
const counted = (ctx: Context, what: readonly Standing[]) =>
  sql`(select count(*) from ${work(ctx)} and o.plan_id = p.id and ${standingToday(ctx)} = any (${what}::text[]))`

const facets: readonly Facet[] = [
  { kind: 'choice', key: 'state', values: PlanState.options, of: () => sql`p.state` },
  { kind: 'choice', key: 'level', values: AgencyLevel.options, of: () => sql`p.level` },
  ofBody('issuerKind', sql`p.issuer_id`, 'kind'),
  {
    kind: 'linked',
    key: 'aboveLevel',
    values: AgencyLevel.options,
    isMany: true,
    on: sql`p.id`,
    pairs: (ctx) =>
      sql`select up.plan_id as key, above.level as value from plans.parent up join plans.plan above on above.id = up.parent_plan_id where ${planVisible(ctx, 'above')}`,
  },
  {
    kind: 'linked',
    key: 'standing',
    values: Standing.options,
    isMany: true,
    on: sql`p.id`,
    pairs: (ctx) => sql`select distinct o.plan_id as key, ${standingToday(ctx)} as value from ${work(ctx)}`,
  },
  ofProgramme(sql`p.id`, 'planId'),
  {
    kind: 'having',
    key: 'below',
    has: (ctx) =>
      sql<SqlBool>`p.id in (select up.parent_plan_id from plans.parent up join plans.plan under on under.id = up.plan_id where under.state <> 'draft' and ${planVisible(ctx, 'under')})`,
  },
  {
    kind: 'having',
    key: 'progress',
    has: (ctx) =>
      sql<SqlBool>`p.id in (select g.plan_id from plans.progress g where g.state <> 'draft' and ${workVisible(ctx, 'g')})`,
  },
  {
    kind: 'having',
    key: 'urging',
    has: (ctx) =>
      sql<SqlBool>`p.id in (select u.plan_id from plans.urging u where u.plan_id is not null and ${withinReach(ctx, 'u.agencyId')})`,
  },
  { kind: 'having', key: 'number', has: () => sql<SqlBool>`coalesce(p.number, '') <> ''` },
  { kind: 'having', key: 'periodTo', has: () => sql<SqlBool>`p.period_to is not null` },
]

const conditions: readonly Condition[] = [
  {
    key: 'search',
    accepts: searchWords,
    where: (_ctx, [search]) => {
      const words = prefixQuery(search)
      return words === undefined ? sql<SqlBool>`true` : sql<SqlBool>`p.words @@ to_tsquery('simple', ${words})`
    },
  },
  { key: 'id', accepts: Id, isMany: true, where: among(sql`p.id`) },
  { key: 'issuerId', accepts: Id, isMany: true, where: among(sql`p.issuer_id`) },
  {
    key: 'parentId',
    accepts: Id,
    isMany: true,
    where: (_ctx, ids) =>
      sql<SqlBool>`p.id in (select up.plan_id from plans.parent up where up.parent_plan_id = any (${ids}::uuid[]))`,
  },
  {
    key: 'mine',
    accepts: z.enum(['true', 'false']),
    where: (ctx, [flag]) => (flag === 'true' ? sql<SqlBool>`p.agency_id = ${ctx.actor.agencyId}` : sql<SqlBool>`true`),
  },
]

/** The plans within reach; drafts only of the acting body. The row is `plans.plan p`. */
export const planList: List = declareList({
  key: 'plans.plans',
  allow: 'plans.read',
  words: { file: 'plans.plans-file', column: 'plans.plans-column' },
  from: sql`plans.plan p`,
  id: sql`p.id`,
  within: (ctx) =>
    sql<SqlBool>`(${planVisible(ctx, 'p')} and (p.state <> 'draft' or p.agency_id = ${ctx.actor.agencyId}))`,
  facets,
  conditions,
  joins: () => sql``,
  columns: [
    { key: 'id', kind: 'text', width: 38, of: () => sql`p.id` },
    { key: 'title', kind: 'text', width: 70, of: () => sql`p.title` },
    { key: 'number', kind: 'text', width: 18, of: () => sql`p.number` },
    { key: 'issuedOn', kind: 'date', width: 14, of: () => sql`p.issued_on` },
    { key: 'issuer', kind: 'text', width: 36, of: (ctx) => nameOfBody(sql`p.issuer_id`, ctx.today) },
    { key: 'owner', kind: 'text', width: 36, isSpare: true, of: (ctx) => nameOfBody(sql`p.agency_id`, ctx.today) },
    {
      key: 'level',
      kind: 'code',
      width: 14,
      of: () => sql`p.level`,
      codes: AgencyLevel.options,
      word: wordOf('level'),
    },
    { key: 'state', kind: 'code', width: 16, of: () => sql`p.state`, codes: PlanState.options, word: wordOf('state') },
    { key: 'periodFrom', kind: 'date', width: 12, isSpare: true, of: () => sql`p.period_from` },
    { key: 'periodTo', kind: 'date', width: 12, of: () => sql`p.period_to` },
    { key: 'doneOnTime', kind: 'integer', width: 12, of: (ctx) => counted(ctx, ['done-on-time']) },
    { key: 'doneLate', kind: 'integer', width: 12, of: (ctx) => counted(ctx, ['done-late']) },
    { key: 'pendingInTime', kind: 'integer', width: 12, of: (ctx) => counted(ctx, ['pending-in-time']) },
    { key: 'overdue', kind: 'integer', width: 12, of: (ctx) => counted(ctx, ['overdue']) },
    { key: 'noDueDate', kind: 'integer', width: 12, of: (ctx) => counted(ctx, ['no-due-date']) },
    {
      key: 'requested',
      kind: 'integer',
      width: 12,
      isSpare: true,
      of: (ctx) => counted(ctx, ['requested-done', 'requested-open']),
    },
  ],
  orders: {
    usual: (ctx) => sql`${byNearness(ctx, 'p')}, p.id desc`,
    issued: () => sql`p.issued_on nulls last, p.id`,
    '-issued': () => sql`p.issued_on desc nulls last, p.id`,
  },
})
