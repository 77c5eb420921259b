import type { Ask } from './rival.ts'

/**
 * Groups as Splink makes them in SQL: each record takes the least id among its neighbours, again and again until none changes.
 *
 * @param least weight from which a pair is linked
 * @returns how many groups of more than one record there are
 */
export async function cluster(ask: Ask, least: number): Promise<number> {
  for (const table of ['neighbours', 'representatives', 'next_representatives'])
    await ask(`drop table if exists ${table}`)
  await ask(
    `create table neighbours as select id_l as own, id_r as other from predicted where weight >= ${least} union all select id_r, id_l from predicted where weight >= ${least}`,
  )
  await ask(
    'create table representatives as select own as id, least(own, min(other)) as head from neighbours group by own',
  )
  for (;;) {
    await ask(
      `create table next_representatives as select r.id, least(r.head, min(n.head)) as head from representatives r
         inner join neighbours e on e.own = r.id inner join representatives n on n.id = e.other group by r.id, r.head`,
    )
    const [row] = await ask(
      'select count(*) from representatives a inner join next_representatives b on a.id = b.id where a.head <> b.head',
    )
    await ask('drop table representatives')
    await ask('alter table next_representatives rename to representatives')
    if (Number(row?.[0]) === 0) break
  }
  const [counted] = await ask('select count(distinct head) from representatives')
  return Number(counted?.[0])
}
