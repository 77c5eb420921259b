import { sql, type SqlBool } from 'kysely'
import { nameOfBody } from '#agencies'
import { withinReach } from '#access'
import { declareList, type Catalogue, type Context, type List } from '#platform'
import { Id, type Language } from '#platform/model'
import { AbsenceReason, FigureStatus, PeriodId } from './model.ts'

/** What became of the newest vintage. */
const standing = sql`coalesce((select d.outcome from indicators.decision d where d.cell_id = c.id and d.vintage = c.vintage), 'waiting')`
const standings = ['waiting', 'accepted', 'returned'] as const

function wordOf(of: 'status' | 'absence' | 'standing') {
  return (say: Catalogue, language: Language, code: string): string => say(language, `indicators.figures-${of}-${code}`)
}

const value = sql`case when m.aggregation = 'ratio' then round(o.numerator / nullif(o.denominator, 0) * m.factor, 4) else o.numerator end::float8`

/** What a file of figures holds: it can be filled in and brought back. Heads and words are read by `import`. */
const columns: List['columns'] = [
  { key: 'measure', kind: 'text', width: 14, isForReturn: true, of: () => sql`m.code` },
  { key: 'measureName', kind: 'text', width: 44, of: (ctx) => sql`m.names ->> ${ctx.language}` },
  { key: 'unit', kind: 'text', width: 10, isForReturn: true, of: () => sql`v.code` },
  { key: 'unitName', kind: 'text', width: 24, isForReturn: true, of: () => sql`v.name` },
  { key: 'period', kind: 'text', width: 16, isForReturn: true, of: () => sql`c.period` },
  { key: 'breakdown', kind: 'text', width: 16, isForReturn: true, of: () => sql`nullif(c.breakdown, '')` },
  {
    ...{
      key: 'status',
      kind: 'code',
      width: 14,
      isForReturn: true,
      codes: FigureStatus.options,
      of: () => sql`o.status`,
    },
    word: wordOf('status'),
  },
  { key: 'numerator', kind: 'number', width: 16, isForReturn: true, of: () => sql`o.numerator::float8` },
  { key: 'denominator', kind: 'number', width: 16, isForReturn: true, of: () => sql`o.denominator::float8` },
  { key: 'value', kind: 'number', width: 14, of: () => value },
  {
    ...{
      key: 'absence',
      kind: 'code',
      width: 20,
      isForReturn: true,
      codes: AbsenceReason.options,
      of: () => sql`o.absence`,
    },
    word: wordOf('absence'),
  },
  { key: 'comment', kind: 'text', width: 40, isForReturn: true, of: () => sql`o.comment` },
  { key: 'vintage', kind: 'integer', width: 8, isForReturn: true, of: () => sql`c.vintage` },
  { key: 'body', kind: 'text', width: 36, of: (ctx) => nameOfBody(sql`c.agency_id`, ctx.today) },
  { key: 'standing', kind: 'code', width: 14, codes: standings, of: () => standing, word: wordOf('standing') },
]

/** Figures as last said, for files: read out and brought back in with the same columns. */
export const figureList: List = declareList({
  key: 'indicators.figures',
  allow: 'indicators.read-figures',
  words: { file: 'indicators.figures-file', column: 'indicators.figures-column' },
  from: sql`indicators.cell c`,
  id: sql`c.id`,
  within: (ctx: Context) => sql<SqlBool>`(${withinReach(ctx, 'c.agencyId')}
    or (c.measure_id in (select indicators.own_measures()) and c.agency_id in (select indicators.own_ground())))`,
  facets: [
    { kind: 'choice', key: 'standing', values: standings, of: () => standing },
    {
      ...{ kind: 'choice', key: 'status', values: FigureStatus.options },
      of: () => sql`(select o.status from indicators.observation o where o.cell_id = c.id and o.vintage = c.vintage)`,
    },
  ],
  conditions: [
    { key: 'id', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`c.id = any (${ids}::uuid[])` },
    {
      ...{ key: 'measureId', accepts: Id, isMany: true },
      where: (_ctx, ids) => sql<SqlBool>`c.measure_id = any (${ids}::uuid[])`,
    },
    { key: 'unitId', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`c.unit_id = any (${ids}::uuid[])` },
    {
      /** Units that lie in one, or ever lay in it. */
      ...{ key: 'inUnitId', accepts: Id },
      where: (_ctx, [id]) => sql<SqlBool>`c.unit_id in (with recursive below (id) as (
        select ${id}::uuid union select v.unit_id from below join territory.unit_version v on v.parent_id = below.id) select id from below)`,
    },
    {
      ...{ key: 'period', accepts: PeriodId, isMany: true },
      where: (_ctx, periods) => sql<SqlBool>`c.period = any (${periods}::text[])`,
    },
  ],
  joins: () => sql`join indicators.measure m on m.id = c.measure_id
    join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage
    left join territory.unit_version v on v.unit_id = c.unit_id and (v.valid_from is null or v.valid_from < c.period_to)
      and (v.valid_to is null or c.period_to <= v.valid_to)`,
  columns,
  ordersNeedJoins: true,
  orders: { usual: () => sql`c.period_from desc, m.rank, v.code, c.breakdown, c.id` },
})
