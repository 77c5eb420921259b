import type { LinkageModel } from '../../src/linkage/training/model.ts'

/**
 * Splink's plan as it writes it for DuckDB (v5, read from its code): blocked id pairs, one join per rule, later rules without what earlier
 * ones brought; then the columns fetched by two joins, a ladder of CASE per comparison; then weights per level, summed
 * and cut. Its training and its groups are in `splink-training.ts` and `splink-groups.ts`.
 */

/** Rules as conditions on `l` and `r`; the same as `rules` in `config`. */
export const conditions = [
  'l.number = r.number',
  'l.dob = r.dob and l.given = r.given',
  'l.dob = r.dob and l.place_key = r.place_key',
  'l.dob = r.dob and l.mother = r.mother',
  'l.bag = r.bag and l.mother = r.mother',
  'l.bag = r.bag and l.place_key = r.place_key',
  'substr(l.dob, 1, 7) = substr(r.dob, 1, 7) and l.given = r.given',
]

/** The linkage's configuration that does the same: same rules, same levels, nothing of our own. */
export const config = {
  rules: [
    [{ field: 'identifier' }],
    [{ field: 'date' }, { field: 'name', part: 'given' }],
    [{ field: 'date' }, { field: 'place' }],
    [{ field: 'date' }, { field: 'name of mother', part: 'folded' }],
    [
      { field: 'name', part: 'any-order' },
      { field: 'name of mother', part: 'folded' },
    ],
    [{ field: 'name', part: 'any-order' }, { field: 'place' }],
    [
      { field: 'date', part: 'month' },
      { field: 'name', part: 'given' },
    ],
  ],
  comparisons: [
    { field: 'date', method: 'near-dates' },
    { field: 'identifier', method: 'numbers' },
    { field: 'name', method: 'similarity', levels: [0.92, 0.88, 0.7] },
    { field: 'name of mother', method: 'similarity', levels: [0.92, 0.8] },
    { field: 'place', method: 'same' },
    { field: 'sex', method: 'same' },
  ],
  familyGuard: false,
  largestBlock: null,
}

/** The level of a pair of records `l` and `r`, one ladder per comparison. */
export const ladders = [
  `case when l.dob is null or r.dob is null then 0 when l.dob = r.dob then 1 when damerau_levenshtein(l.dob, r.dob) <= 1 then 2
    when abs(datediff('day', try_cast(l.dob as date), try_cast(r.dob as date))) <= 30 then 3
    when abs(datediff('day', try_cast(l.dob as date), try_cast(r.dob as date))) <= 365 then 4 else 5 end`,
  `case when l.number is null or r.number is null then 0 when l.number = r.number then 1 when damerau_levenshtein(l.number, r.number) <= 1 then 2 else 3 end`,
  `case when l.name is null or r.name is null then 0 when l.name = r.name then 1 when jaro_winkler_similarity(l.name, r.name) >= 0.92 then 2
    when jaro_winkler_similarity(l.name, r.name) >= 0.88 then 3 when jaro_winkler_similarity(l.name, r.name) >= 0.7 then 4 else 5 end`,
  `case when l.mother is null or r.mother is null then 0 when l.mother = r.mother then 1 when jaro_winkler_similarity(l.mother, r.mother) >= 0.92 then 2
    when jaro_winkler_similarity(l.mother, r.mother) >= 0.8 then 3 else 4 end`,
  `case when l.place is null or r.place is null then 0 when l.place = r.place then 1 when l.place_key = r.place_key then 2 else 3 end`,
  `case when l.sex is null or r.sex is null then 0 when l.sex = r.sex then 1 else 2 end`,
]

/** Columns whose exact agreement counts by how rare the value is, with the comparison they belong to. */
const weighed = [
  { column: 'dob', at: 0 },
  { column: 'name', at: 2 },
  { column: 'mother', at: 3 },
  { column: 'place', at: 4 },
]

/** As many bits as a rare value may add at most, and a frequent one may take off. */
const mostRarity = 12

/** Reads the cleaned records, and beside each value the share of records that have it, as Splink joins them. */
export function loading(file: string): string[] {
  const shares = weighed.map(
    ({ column }) =>
      `create table tf_${column} as select ${column}, count(*) / (select count(${column}) from read_in) as share from read_in where ${column} is not null group by ${column}`,
  )
  const columns = weighed.map(({ column }) => `tf_${column}.share as tf_${column}`)
  const joins = weighed.map(({ column }) => `left join tf_${column} on p.${column} = tf_${column}.${column}`)
  return [
    `create table read_in as select * from read_csv('${file}', header = true, all_varchar = true, nullstr = '')`,
    ...shares,
    `create table person as select p.*, ${columns.join(', ')} from read_in p ${joins.join(' ')}`,
  ]
}

/** All tables that a run makes. */
export const tables = [
  'read_in',
  'person',
  'blocked',
  'compared',
  'predicted',
  ...weighed.map(({ column }) => `tf_${column}`),
]

/** Pairs of ids per rule. */
export function blocking(): string {
  const rules = conditions.map((condition, rule) => {
    const earlier = conditions.slice(0, rule).map((one) => `coalesce((${one}), false)`)
    const but = earlier.length === 0 ? '' : ` and not (${earlier.join(' or ')})`
    return `select ${rule} as rule, l.id as id_l, r.id as id_r from person l inner join person r on ${condition} where l.id < r.id${but}`
  })
  return `create table blocked as ${rules.join(' union all ')}`
}

/** The levels of every pair. */
export function comparing(): string {
  const columns = [
    ...ladders.map((ladder, at) => `${ladder} as g${at}`),
    ...weighed.map(({ column }) => `greatest(l.tf_${column}, r.tf_${column}) as tf_${column}`),
  ]
  return `create table compared as select b.rule, b.id_l, b.id_r, ${columns.join(', ')} from blocked b inner join person l on b.id_l = l.id inner join person r on b.id_r = r.id`
}

/** Weights of the levels, summed; pairs above the cut. */
export function predicting(model: LinkageModel, least: number): string {
  const { match, all } = model.pairs
  const cases = model.comparisons.map((comparison, at) => {
    const levels = comparison.match.map(
      (m, level) =>
        `when ${level + 1} then ${Math.log2(Math.max(m, 1e-9) / Math.max(comparison.chance[level] ?? 0, 1e-9))}`,
    )
    return `case g${at} ${levels.join(' ')} else 0 end`
  })
  const rarities = weighed.map(
    ({ column, at }) =>
      `case when g${at} = 1 then greatest(-${mostRarity}, least(${mostRarity}, log2((select sum(share * share) from tf_${column}) / tf_${column}))) else 0 end`,
  )
  return `create table predicted as select * from (select id_l, id_r, ${Math.log2(match / Math.max(1, all - match))} + ${[...cases, ...rarities].join(' + ')} as weight from compared) where weight >= ${least}`
}
