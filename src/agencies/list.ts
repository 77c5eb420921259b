import { sql, type SqlBool } from 'kysely'
import { z } from 'zod'
import { declareList, type Condition, type Context, type Facet, type List, type ListFilter } from '#platform'
import { Id, PlainDate, text } from '#platform/model'
import { holds } from '#territory'
import { AgencyKind, AgencyLevel } from './model.ts'
import { nameOfBody } from './names.ts'
import { bodiesFound, unitsBelow } from './queries.ts'

/** The day the list is read on. */
export function asOfIn(ctx: Context, filter: ListFilter): PlainDate {
  return filter['asOf']?.[0] ?? ctx.today
}

const everything: Condition['where'] = () => sql<SqlBool>`true`

/**
 * The bodies of the State, which everyone may read. Later modules hand in what they know of bodies. The row is
 * `agencies.agency a`.
 */
export function bodyList(more: { facets: readonly Facet[]; conditions: readonly Condition[] }): List {
  return declareList({
    key: 'agencies.bodies',
    allow: 'agencies.read',
    words: { file: 'agencies.bodies-file', column: 'agencies.bodies-column' },
    from: sql`agencies.agency a`,
    id: sql`a.id`,
    within: () => sql<SqlBool>`true`,
    facets: [
      { kind: 'choice', key: 'level', values: AgencyLevel.options, of: () => sql`a.level` },
      { kind: 'choice', key: 'kind', values: AgencyKind.options, of: () => sql`a.kind` },
      {
        kind: 'choice',
        key: 'inBeing',
        values: ['true', 'false'],
        of: (ctx, filter) => sql`${holds('a', asOfIn(ctx, filter))}`,
      },
      {
        kind: 'linked',
        key: 'superiorKind',
        values: AgencyKind.options,
        isMany: true,
        on: sql`a.id`,
        pairs: (ctx, filter) =>
          sql`select s.agency_id as key, b.kind as value from agencies.superior s join agencies.agency b on b.id = s.superior_id where ${holds('s', asOfIn(ctx, filter))}`,
      },
      ...more.facets,
    ],
    conditions: [
      { key: 'asOf', accepts: PlainDate, where: everything },
      {
        key: 'search',
        accepts: text(200),
        where: (_ctx, [words]) =>
          sql<SqlBool>`a.id in (select found.agency_id from (${bodiesFound(words ?? '')}) found)`,
      },
      { key: 'id', accepts: Id, isMany: true, where: (_ctx, ids) => sql<SqlBool>`a.id = any (${ids}::uuid[])` },
      {
        key: 'unitId',
        accepts: Id,
        where: (ctx, [id], filter) =>
          filter['below']?.[0] === 'true'
            ? sql<SqlBool>`a.unit_id in (${unitsBelow(id ?? '', asOfIn(ctx, filter))})`
            : sql<SqlBool>`a.unit_id = ${id}::uuid`,
      },
      { key: 'below', accepts: z.enum(['true', 'false']), where: everything },
      {
        key: 'superiorId',
        accepts: Id,
        isMany: true,
        where: (ctx, ids, filter) =>
          sql<SqlBool>`a.id in (select s.agency_id from agencies.superior s where s.superior_id = any (${ids}::uuid[]) and ${holds('s', asOfIn(ctx, filter))})`,
      },
      ...more.conditions,
    ],
    joins: (
      ctx,
      filter,
    ) => sql`left join lateral (select v.name from territory.unit_version v where v.unit_id = a.unit_id
        order by ${holds('v', asOfIn(ctx, filter))} desc, v.valid_to desc limit 1) u on true`,
    columns: [
      { key: 'id', kind: 'text', width: 38, of: () => sql`a.id` },
      { key: 'name', kind: 'text', width: 50, of: (ctx, filter) => nameOfBody(sql`a.id`, asOfIn(ctx, filter)) },
      {
        key: 'kind',
        kind: 'code',
        width: 24,
        of: () => sql`a.kind`,
        codes: AgencyKind.options,
        word: (say, language, code) => say(language, `agencies.in-file-kind-${code}`),
      },
      {
        key: 'level',
        kind: 'code',
        width: 14,
        of: () => sql`a.level`,
        codes: AgencyLevel.options,
        word: (say, language, code) => say(language, 'agencies.in-file-level', { code }),
      },
      { key: 'unit', kind: 'text', width: 30, of: () => sql`u.name` },
      {
        key: 'superior',
        kind: 'text',
        width: 50,
        of: (ctx, filter) =>
          nameOfBody(
            sql`(select s.superior_id from agencies.superior s where s.agency_id = a.id order by ${holds('s', asOfIn(ctx, filter))} desc, s.valid_from desc nulls last limit 1)`,
            asOfIn(ctx, filter),
          ),
      },
      { key: 'validFrom', kind: 'date', width: 12, of: () => sql`a.valid_from` },
      { key: 'validTo', kind: 'date', width: 12, of: () => sql`a.valid_to` },
    ],
    orders: {
      usual: () => sql`array_position(array['central', 'province', 'district', 'commune'], a.level), a.rank, a.id`,
    },
  })
}
