import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Context } from '../context.ts'
import { noneOfIt, type Facet, type Linked, type List, type ListFilter } from './list.ts'

type Test = Expression<SqlBool>

/** All of the tests, of which there may be none. */
export function allOf(tests: readonly Test[]): RawBuilder<SqlBool> {
  return tests.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(tests, sql` and `)})`
}

function anyOf(tests: readonly Test[]): RawBuilder<SqlBool> {
  return tests.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(tests, sql` or `)})`
}

/**
 * Rows that have something linked, of the given values or at all. Said so that what is linked is found once and looked up by
 * hash: joined to the rows the planner guesses how many it is, and wrongly goes through them for each row.
 */
function linkedTo(ctx: Context, filter: ListFilter, facet: Linked, values: readonly string[] | null): Test {
  const some = values === null ? sql`true` : sql`linked.value = any (${values}::text[])`
  return sql<SqlBool>`(${facet.on} in (select linked.key from (${facet.pairs(ctx, filter)}) linked where linked.key is not null and ${some})) is true`
}

/** The rows that fit at least one of the values asked of a facet. */
function ofFacet(
  ctx: Context,
  filter: ListFilter,
  { facet, values }: { facet: Facet; values: readonly string[] },
): Test {
  if (facet.kind === 'having') {
    const has = facet.has(ctx, filter)
    return anyOf(values.map((value) => (value === 'with' ? sql<SqlBool>`(${has})` : sql<SqlBool>`(not (${has}))`)))
  }
  const named = values.filter((value) => value !== noneOfIt)
  const wantsNone = named.length < values.length
  if (facet.kind === 'choice') {
    const of = facet.of(ctx, filter)
    return anyOf([
      ...(named.length > 0 ? [sql<SqlBool>`(${of})::text = any (${named}::text[])`] : []),
      ...(wantsNone ? [sql<SqlBool>`(${of}) is null`] : []),
    ])
  }
  if (facet.kind === 'several') {
    const asked = facet.type === 'integer' ? sql`${named}::integer[]` : sql`${named}::text[]`
    return anyOf([
      ...(named.length > 0 ? [sql<SqlBool>`${facet.of(ctx, filter)} && ${asked}`] : []),
      ...(wantsNone ? [sql<SqlBool>`(not (${facet.of(ctx, filter)} && ${facet.among(ctx)}))`] : []),
    ])
  }
  return anyOf([
    ...(named.length > 0 ? [linkedTo(ctx, filter, facet, named)] : []),
    ...(wantsNone ? [sql<SqlBool>`not (${linkedTo(ctx, filter, facet, null)})`] : []),
  ])
}

/** The tests of a filter, by the key they come from. */
export function testsOf(ctx: Context, list: List, filter: ListFilter): { key: string; test: Test }[] {
  const ofFacets = list.facets.flatMap((facet) => {
    const values = filter[facet.key] ?? (facet.kind === 'having' ? [] : (facet.otherwise?.(filter) ?? []))
    return values.length === 0 ? [] : [{ key: facet.key, test: ofFacet(ctx, filter, { facet, values }) }]
  })
  const ofConditions = list.conditions.flatMap((condition) => {
    const values = filter[condition.key] ?? condition.otherwise ?? []
    return values.length === 0 ? [] : [{ key: condition.key, test: condition.where(ctx, values, filter) }]
  })
  return [...ofConditions, ...ofFacets]
}

/** Of what a condition keeps, one row for each group of a list that has groups. */
export function onceOf(list: List, kept: Test): RawBuilder<SqlBool> {
  const { once, from, id } = list
  if (once === undefined) return sql<SqlBool>`${kept}`
  // The condition is said twice, of the same alias: the inner one hides the outer, and is worked out once a statement.
  return sql<SqlBool>`(${kept} and (${once.group} is null or ${id} in (
    select distinct on (${once.group}) ${id} from ${from} where ${once.group} is not null and ${kept} order by ${once.group}, ${once.order})))`
}

/**
 * Everything of a list that a filter keeps, within reach: what "all that match" means, for pages, counts, files and bulk
 * edits alike. The condition is on the alias of the list's `from`.
 * @param narrower further conditions, as if they were part of the filter
 */
export function whereOf(
  ctx: Context,
  list: List,
  filter: ListFilter,
  narrower: readonly Test[] = [],
): RawBuilder<SqlBool> {
  const { before, after } = byOrder(list, testsOf(ctx, list, filter))
  return allOf([onceOf(list, allOf([list.within(ctx), ...narrower, ...before])), ...after])
}

/** Tests of single rows, and those of the row that stands for its group. */
export function byOrder(list: List, tests: readonly { key: string; test: Test }[]): { before: Test[]; after: Test[] } {
  const isAfter = (key: string) => list.once?.after.includes(key) === true
  return {
    before: tests.flatMap(({ key, test }) => (isAfter(key) ? [] : [test])),
    after: tests.flatMap(({ key, test }) => (isAfter(key) ? [test] : [])),
  }
}

/** The order of a list by its name; without one, or with one unknown, the usual. */
export function orderOf(ctx: Context, list: List, name: string | undefined): RawBuilder<unknown> {
  return (list.orders[name ?? 'usual'] ?? list.orders.usual)(ctx)
}
