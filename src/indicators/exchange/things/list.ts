import { sql, type SqlBool } from 'kysely'
import { z } from 'zod'
import { declareList, type Catalogue, type List } from '#platform'
import type { Language } from '#platform/model'
import { CodeKind, MeaningFoundBy, SystemCode, ThingState } from '../../model.ts'

/** How a thing stands, as the table has it. */
const stateOf = sql<ThingState>`case when f.code_id is not null then 'joined' when f.found_by is not null then 'suggested' else 'unmatched' end`

function wordOf(of: 'kind' | 'state' | 'by') {
  return (say: Catalogue, language: Language, code: string): string => say(language, `indicators.things-${of}-${code}`)
}

/** Things of other systems as one's own body came to know them. The row is `indicators.foreign_thing f`. */
export const thingList: List = declareList({
  key: 'indicators.foreign-things',
  allow: 'indicators.enter-figures',
  words: { file: 'indicators.things-file', column: 'indicators.things-column' },
  from: sql`indicators.foreign_thing f`,
  id: sql`f.id`,
  within: (ctx) => sql<SqlBool>`f.agency_id = ${ctx.actor.agencyId}::uuid`,
  facets: [
    { kind: 'choice', key: 'system', values: null, of: () => sql`f.system` },
    { kind: 'choice', key: 'kind', values: CodeKind.options, of: () => sql`f.kind` },
    { kind: 'choice', key: 'state', values: ThingState.options, of: () => sql`${stateOf}` },
    {
      ...{ kind: 'choice', key: 'by', values: MeaningFoundBy.options },
      of: () => sql`case when f.code_id is null then f.found_by end`,
    },
    { kind: 'choice', key: 'isRefused', values: ['true', 'false'], of: () => sql`(f.refused > 0)::text` },
  ],
  conditions: [
    {
      ...{ key: 'search', accepts: z.string().min(1).max(100) },
      where: (_ctx, [said = '']) =>
        sql<SqlBool>`concat_ws(' ', f.uid, f.code, f.name) ilike ${`%${said.replace(/[\\%_]/g, '\\$&')}%`}`,
    },
    {
      ...{ key: 'ofSystem', accepts: SystemCode },
      where: (_ctx, [system]) => sql<SqlBool>`f.system = ${system}`,
    },
  ],
  joins:
    () => sql`left join indicators.exchange_code c on c.id = f.code_id left join indicators.measure m on m.id = c.measure_id
    left join lateral (select v.name, v.code from territory.unit_version v where v.unit_id = c.unit_id
      order by v.valid_to is null desc, v.valid_to desc limit 1) u on true`,
  columns: [
    { key: 'system', kind: 'text', width: 12, of: () => sql`f.system` },
    { key: 'kind', kind: 'code', width: 20, codes: CodeKind.options, of: () => sql`f.kind`, word: wordOf('kind') },
    { key: 'uid', kind: 'text', width: 14, of: () => sql`f.uid` },
    { key: 'code', kind: 'text', width: 20, of: () => sql`f.code` },
    { key: 'name', kind: 'text', width: 44, of: () => sql`f.name` },
    { key: 'above', kind: 'text', width: 30, of: () => sql`array_to_string(f.above, ', ')` },
    {
      key: 'state',
      kind: 'code',
      width: 18,
      codes: ThingState.options,
      of: () => sql`${stateOf}`,
      word: wordOf('state'),
    },
    {
      ...{ key: 'by', kind: 'code', width: 24, codes: MeaningFoundBy.options },
      ...{ of: () => sql`case when f.code_id is null then f.found_by end`, word: wordOf('by') },
    },
    { key: 'meansCode', kind: 'text', width: 20, of: () => sql`coalesce(u.code, m.code, c.breakdown)` },
    { key: 'meansName', kind: 'text', width: 44, of: (ctx) => sql`coalesce(u.name, m.names ->> ${ctx.language})` },
    { key: 'refused', kind: 'integer', width: 12, of: () => sql`f.refused::integer` },
  ],
  orders: {
    usual: () =>
      sql`(f.code_id is not null), f.refused desc, case f.kind when 'data-set' then 0 when 'element' then 1 when 'combo' then 2 else 3 end, f.name nulls last, f.id`,
  },
})
