import type { Ask } from './rival.ts'
import { conditions, ladders } from './splink-plan.ts'

/**
 * How Splink learns, as SQL: u from random pairs (a sample of records against itself, of as many pairs as it takes when nothing is said), m from the pairs of
 * one rule after another, as counts of patterns. Its own iterations over those some hundred counts are left out, as is its
 * guess of how many pairs match: that favours it.
 */

/** `max_pairs` of `estimate_u_using_random_sampling` where its user says nothing. */
const randomPairs = 1_000_000

/** Rules an analyst would train with: by number, by birth date and given name, by names of child and mother. */
const trainingRules = [0, 1, 4]

/** Counts levels among random pairs, then patterns of each training rule. @returns how many counts were read */
export async function learn(ask: Ask): Promise<number> {
  const records = Math.ceil(0.5 * (1 + Math.sqrt(8 * randomPairs + 1)))
  await ask('drop table if exists sampled')
  await ask(`create table sampled as select * from person using sample reservoir(${records} rows) repeatable (1)`)
  const columns = ladders.map((ladder, at) => `${ladder} as g${at}`).join(', ')
  await ask('drop table if exists random_levels')
  await ask(`create table random_levels as select ${columns} from sampled l inner join sampled r on l.id < r.id`)
  let counts = 0
  for (const at of ladders.keys())
    counts += (await ask(`select g${at}, count(*) from random_levels group by g${at}`)).length
  for (const rule of trainingRules) {
    await ask('drop table if exists training_pairs')
    await ask(
      `create table training_pairs as select l.id as id_l, r.id as id_r from person l inner join person r on ${conditions[rule]} where l.id < r.id`,
    )
    const patterns = await ask(
      `select ${ladders.map((_ladder, at) => `g${at}`).join(', ')}, count(*) from (select ${columns} from training_pairs b inner join person l on b.id_l = l.id inner join person r on b.id_r = r.id) group by all`,
    )
    counts += patterns.length
  }
  return counts
}
