import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../context.ts'
import type { Facet, List, ListFilter } from './list.ts'
import { allOf, orderOf, testsOf } from './where.ts'

type Sql = RawBuilder<unknown>

/**
 * Facets counted over rows that are found once: those in which something is chosen over what would be found without that
 * choice, all others over what the whole filter keeps. Of a list that counts at most so many, each of these is the first so
 * many of them in the usual order.
 */
export function countedByRow(ctx: Context, list: List, filter: ListFilter, facets: readonly Facet[]): Sql {
  const tests = testsOf(ctx, list, filter)
  const chosen = facets.filter((facet) => tests.some(({ key }) => key === facet.key))
  const free = facets.filter((facet) => !chosen.includes(facet))
  const sets = [...(free.length === 0 ? [] : [free]), ...chosen.map((facet) => [facet])]
  const found = sets.map((of, at) => {
    const kept = tests.flatMap(({ key, test }) => (chosen.length > 0 && of[0]?.key === key ? [] : [test]))
    const values = of.map((facet, which) => sql`${valueOf(ctx, filter, facet)} as ${sql.ref(`v${which}`)}`)
    return sql`${sql.id(`set${at}`)} as materialized (select ${sql.join(values)} from ${list.from}
      where ${allOf([list.within(ctx), ...kept])} ${list.mostCounted === undefined ? sql`` : sql`order by ${orderOf(ctx, list, undefined)} limit ${list.mostCounted(filter)}`})`
  })
  const branches = sets.flatMap((of, at) =>
    of.map((facet, which) =>
      counted(ctx, filter, facet, { set: sql.id(`set${at}`), value: sql.ref(`found.v${which}`) }),
    ),
  )
  return sql`select * from (with ${sql.join(found)} ${sql.join(branches, sql` union all `)}) by_row`
}

/** What of a row its value is read from: itself, the array of its values, or the key of what is linked. */
function valueOf(ctx: Context, filter: ListFilter, facet: Facet): Sql {
  if (facet.kind === 'linked') return facet.on
  if (facet.kind === 'having')
    return sql`case when ${facet.has(ctx, filter)} then 'with' when not (${facet.has(ctx, filter)}) then 'without' end`
  return facet.of(ctx, filter)
}

function counted(ctx: Context, filter: ListFilter, facet: Facet, at: { set: Sql; value: Sql }): Sql {
  const { value, from } =
    facet.kind === 'several'
      ? {
          value: sql`each.value`,
          from: sql`${at.set} found left join lateral unnest(${at.value}) each (value) on each.value = any (${facet.among(ctx)})`,
        }
      : facet.kind === 'linked'
        ? {
            value: sql`linked.value`,
            from: sql`${at.set} found left join (select distinct p.key, p.value from (${facet.pairs(ctx, filter)}) p) linked on linked.key = ${at.value}`,
          }
        : { value: at.value, from: sql`${at.set} found` }
  return sql`select ${facet.key} as facet, ${value}::text as value, count(*)::integer as count from ${from} group by 2`
}
