import { sql, type SqlBool } from 'kysely'
import { z } from 'zod'
import { withinReach } from '#access'
import { nameOfBody } from '#agencies'
import { declareList, type Catalogue, type List } from '#platform'
import { Id, type Language } from '#platform/model'
import { FindingState, PeriodId, RuleKind } from '../model.ts'

function wordOf(of: 'kind' | 'state') {
  return (say: Catalogue, language: Language, code: string): string =>
    say(language, `indicators.findings-${of}-${code}`)
}

/** What was found in figures, for all who see the figures. The row is `indicators.finding f`. */
export const findingList: List = declareList({
  key: 'indicators.findings',
  allow: 'indicators.read-figures',
  words: { file: 'indicators.findings-file', column: 'indicators.findings-column' },
  from: sql`indicators.finding f`,
  id: sql`f.id`,
  within: (ctx) => sql<SqlBool>`(${withinReach(ctx, 'f.agencyId')}
    or (f.measure_id in (select indicators.own_measures()) and f.agency_id in (select indicators.own_ground())))`,
  facets: [
    { kind: 'choice', key: 'state', values: FindingState.options, of: () => sql`f.state` },
    {
      ...{ kind: 'choice', key: 'kind', values: RuleKind.options },
      of: () => sql`(select r.kind from indicators.rule r where r.code = f.rule)`,
    },
    {
      ...{ kind: 'choice', key: 'isOwn', values: ['true', 'false'] },
      of: (ctx) => sql`((f.agency_id = ${ctx.actor.agencyId}::uuid) is true)::text`,
    },
  ],
  conditions: [
    { key: 'id', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`f.id = any (${ids}::uuid[])` },
    { key: 'cellId', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`f.cell_id = any (${ids}::uuid[])` },
    {
      ...{ key: 'measureId', accepts: Id, isMany: true },
      where: (_ctx, ids) => sql<SqlBool>`f.measure_id = any (${ids}::uuid[])`,
    },
    { key: 'unitId', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`f.unit_id = any (${ids}::uuid[])` },
    {
      /** Units that lie in one, or ever lay in it. */
      ...{ key: 'inUnitId', accepts: Id },
      where: (_ctx, [id]) => sql<SqlBool>`f.unit_id in (with recursive below (id) as (
        select ${id}::uuid union select v.unit_id from below join territory.unit_version v on v.parent_id = below.id) select id from below)`,
    },
    {
      ...{ key: 'period', accepts: PeriodId, isMany: true },
      where: (_ctx, periods) => sql<SqlBool>`f.period = any (${periods}::text[])`,
    },
    {
      /** What is still to be looked at where figures are entered and accepted. */
      ...{ key: 'isTold', accepts: z.enum(['true']) },
      where: () => sql<SqlBool>`f.state <> 'corrected'`,
    },
  ],
  joins: () => sql`join indicators.rule r on r.code = f.rule left join indicators.measure m on m.id = f.measure_id
    left join indicators.cell c on c.id = f.cell_id
    left join lateral (select v.name, v.code from territory.unit_version v where v.unit_id = f.unit_id
      order by v.valid_to is null desc, v.valid_to desc limit 1) u on true`,
  columns: [
    { key: 'unit', kind: 'text', width: 10, of: () => sql`u.code` },
    { key: 'unitName', kind: 'text', width: 24, of: () => sql`u.name` },
    { key: 'measure', kind: 'text', width: 14, of: () => sql`m.code` },
    { key: 'measureName', kind: 'text', width: 44, of: (ctx) => sql`m.names ->> ${ctx.language}` },
    { key: 'period', kind: 'text', width: 16, of: () => sql`f.period` },
    { key: 'kind', kind: 'code', width: 34, codes: RuleKind.options, of: () => sql`r.kind`, word: wordOf('kind') },
    {
      ...{ key: 'state', kind: 'code', width: 14, codes: FindingState.options },
      ...{ of: () => sql`f.state`, word: wordOf('state') },
    },
    { key: 'explanation', kind: 'text', width: 44, of: () => sql`f.explanation` },
    { key: 'body', kind: 'text', width: 36, of: (ctx) => nameOfBody(sql`f.agency_id`, ctx.today) },
    { key: 'foundOn', kind: 'date', width: 12, of: () => sql`f.found_at::date` },
  ],
  ordersNeedJoins: true,
  orders: {
    usual: () =>
      sql`case f.state when 'open' then 0 when 'confirmed' then 1 else 2 end, f.period desc, m.rank, u.code, f.id`,
  },
})
