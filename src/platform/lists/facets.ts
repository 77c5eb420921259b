import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Context } from '../context.ts'
import type { FacetCounts } from '../model.ts'
import { remembered } from '../remember.ts'
import { countedByRow } from './facets-by-row.ts'
import { noneOfIt, type Choice, type Facet, type Having, type Linked, type List, type ListFilter } from './list.ts'
import { allOf, byOrder, testsOf } from './where.ts'

/** Values of a facet that are told at most, the most frequent first. */
const mostValues = 200

type Row = { facet: string; value: string | null; count: number }

/**
 * How many rows each value of the wanted facets would leave, the facet's own choice not applied and all others applied.
 * One statement: rows are put together by all wanted facets at once, and only these few groups are counted out; facets of
 * many values a row have a branch of their own.
 */
export async function countFacets(
  ctx: Context,
  list: List,
  filter: ListFilter,
  wanted: readonly string[],
): Promise<FacetCounts> {
  const { once } = list
  const facets = list.facets.filter((facet) => wanted.includes(facet.key))
  if (facets.length === 0) return {}
  const byRow = facets.filter((facet) => list.mostCounted !== undefined || facet.kind === 'several')
  const others = facets.filter((facet) => !byRow.includes(facet))
  const many = others.filter((facet) => facet.kind === 'linked' && facet.isMany === true) as Linked[]
  const single = others.filter(
    (facet): facet is Choice | Having | Linked => facet.kind !== 'several' && !many.some((other) => other === facet),
  )
  const parts = [
    ...(single.length === 0 ? [] : [countedTogether(ctx, list, filter, single)]),
    ...many.map((facet) => countedApart(ctx, list, filter, facet)),
    ...(byRow.length === 0 ? [] : [countedByRow(ctx, list, filter, byRow)]),
    ...(once === undefined ? [] : single.concat(many).map((facet) => countedOnce(ctx, list, filter, { facet, once }))),
  ]
  const query = sql<Row>`${sql.join(parts, sql` union all `)}`
  const rows = list.isKept === true ? await remembered(ctx, query) : (await query.execute(ctx.db)).rows
  const sums = [...Map.groupBy(rows, (row) => JSON.stringify([row.facet, row.value])).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ ...first, count: same.reduce((sum, row) => sum + row.count, 0) }]
  })
  return named(ctx, facets, sums)
}

/** The value of the row in a facet of at most one: `with` and `without` for what it has, null for none. */
function valueOf(ctx: Context, filter: ListFilter, facet: Choice | Having | Linked, at: number): RawBuilder<unknown> {
  if (facet.kind === 'choice') return sql`(${facet.of(ctx, filter)})::text`
  if (facet.kind === 'having')
    return sql`case when ${facet.has(ctx, filter)} then 'with' when not (${facet.has(ctx, filter)}) then 'without' end`
  return sql`${sql.ref(`l${at}.value`)}::text`
}

function countedTogether(
  ctx: Context,
  list: List,
  filter: ListFilter,
  facets: (Choice | Having | Linked)[],
): RawBuilder<unknown> {
  const tests = testsOf(ctx, list, filter)
  const own = tests.filter(({ key }) => facets.some((facet) => facet.key === key))
  const always = tests.filter((one) => !own.includes(one)).map(({ test }) => test)
  const joins = facets.map((facet, at) =>
    facet.kind === 'linked'
      ? sql`left join (${facet.pairs(ctx, filter)}) ${sql.ref(`l${at}`)} on ${sql.ref(`l${at}.key`)} = ${facet.on}`
      : sql``,
  )
  const values = facets.map((facet, at) => sql`${valueOf(ctx, filter, facet, at)} as ${sql.ref(`v${at}`)}`)
  const fits = own.map(({ test }, at) => sql`coalesce(${test}, false) as ${sql.ref(`t${at}`)}`)
  // A row that fails two of the choices counts for no facet.
  const nearly =
    own.length < 2
      ? sql`true`
      : sql`(${sql.join(
          own.map(({ test }) => sql`(${test} is not true)::int`),
          sql` + `,
        )}) <= 1`
  const branches = facets.map((facet, at) => {
    const others = own.flatMap(({ key }, which) => (key === facet.key ? [] : [sql<boolean>`${sql.ref(`g.t${which}`)}`]))
    return sql`select ${facet.key} as facet, ${sql.ref(`g.v${at}`)} as value, sum(g.n)::integer as count from grouped g where ${allOf(others)} group by 2`
  })
  const groups = sql.join(Array.from({ length: values.length + fits.length }, (_none, at) => sql.lit(at + 1)))
  return sql`select * from (with grouped as materialized (
      select ${sql.join([...values, ...fits])}, count(*) as n from ${list.from} ${sql.join(joins, sql` `)}
      where ${allOf([list.within(ctx), byThemselves(list), ...always])} and ${nearly} group by ${groups})
    ${sql.join(branches, sql` union all `)}) together`
}

function countedApart(ctx: Context, list: List, filter: ListFilter, facet: Linked): RawBuilder<unknown> {
  const others = testsOf(ctx, list, filter).flatMap(({ key, test }) => (key === facet.key ? [] : [test]))
  const kept = allOf([list.within(ctx), byThemselves(list), ...others])
  // Rows of one key have the same values: they are put together before they meet them.
  return sql`select * from (with linked as materialized (select distinct p.key, p.value from (${facet.pairs(ctx, filter)}) p where p.key is not null),
      kept as materialized (select ${facet.on} as key, count(*) as n from ${list.from} where ${kept} group by 1)
    select ${facet.key} as facet, l.value::text as value, sum(k.n)::integer as count from kept k join linked l on l.key = k.key group by 2
    union all
    select ${facet.key}, null, coalesce(sum(k.n), 0)::integer from kept k where not exists (select 1 from linked l where l.key = k.key)) apart`
}

/** Rows that are no part of a group. */
function byThemselves(list: List): Expression<SqlBool> {
  return list.once === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${list.once.group} is null`
}

/** Groups by the values of a facet: each counts once for every value one of its rows has, by the row that then stands for it. */
function countedOnce(
  ctx: Context,
  list: List,
  filter: ListFilter,
  { facet, once }: { facet: Choice | Having | Linked; once: NonNullable<List['once']> },
): RawBuilder<unknown> {
  const { before, after } = byOrder(
    list,
    testsOf(ctx, list, filter).filter(({ key }) => key !== facet.key),
  )
  const value = valueOf(ctx, filter, facet, 0)
  const linked =
    facet.kind === 'linked'
      ? sql`left join lateral (select pair.value from (${facet.pairs(ctx, filter)}) pair where pair.key = ${facet.on}) l0 on true`
      : sql``
  // What is asked of the row that stands for its group has one answer a group.
  const each = once.after.includes(facet.key) ? sql`each.thing` : sql`each.thing, each.value`
  return sql`select * from (select ${facet.key} as facet, stands.value, count(*)::integer as count from (
      select distinct on (${each}) each.value, each.fits from (
        select ${once.group} as thing, ${value} as value, coalesce(${allOf(after)}, false) as fits, row_number() over (order by ${once.order}) as rank
        from ${list.from} ${linked} where ${allOf([list.within(ctx), sql<SqlBool>`${once.group} is not null`, ...before])}) each
      order by ${each}, each.rank) stands
    where stands.fits group by 2) once`
}

async function named(ctx: Context, facets: readonly Facet[], rows: readonly Row[]): Promise<FacetCounts> {
  const counts: FacetCounts = {}
  for (const facet of facets) {
    const own = rows
      .filter((row) => row.facet === facet.key && row.count > 0 && !(facet.kind === 'having' && row.value === null))
      .map((row) => ({ value: row.value ?? noneOfIt, count: row.count }))
    const names =
      facet.kind === 'having' || facet.names === undefined
        ? new Map<string, string>()
        : await facet.names(
            ctx,
            own.map(({ value }) => value),
          )
    const order = facet.kind === 'having' ? ['with', 'without'] : facet.values
    counts[facet.key] = own
      .toSorted((a, b) => (order === null ? b.count - a.count : rankIn(order, a.value) - rankIn(order, b.value)))
      .slice(0, mostValues)
      .map((one) => ({ ...one, name: names.get(one.value) ?? null }))
  }
  return counts
}

/** Where a value stands in its order; what is none of them comes last. */
function rankIn(order: readonly string[], value: string): number {
  const at = order.indexOf(value)
  return at < 0 ? order.length : at
}
