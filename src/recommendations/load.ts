import { sql, type Kysely, type Transaction } from 'kysely'
import { setSecurityContext, systemActor, type Database } from '#platform'
import { listedMechanisms, listedTerms } from './lists/lists.ts'
import type { OwnState } from './model.ts'

/**
 * Brings the code lists up to date and works out who keeps which mechanism's documents on a day: the central body that
 * holds the mandate the country names. Terms that left the lists stay, retired, for the records that have them.
 *
 * @param ownerDb connected as the role that owns the tables
 */
export async function loadRecommendationLists(
  ownerDb: Kysely<Database>,
  { keepers }: OwnState,
  today: string,
): Promise<void> {
  const mechanisms = listedMechanisms.map(({ code, kind, names }, rank) => ({
    ...{ code, kind, names, rank },
    keeper: keepers.byMechanism[code] ?? keepers.otherwise,
  }))
  const terms = listedTerms.map((term, rank) => ({ ...term, rank }))
  await ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    await sql`insert into recommendations.mechanism (code, kind, names, rank, keeper_function)
      select code, kind, names, rank, keeper from jsonb_to_recordset(${JSON.stringify(mechanisms)}::jsonb)
        as t(code text, kind text, names jsonb, rank integer, keeper text)
      on conflict (code) do update set kind = excluded.kind, names = excluded.names, rank = excluded.rank, keeper_function = excluded.keeper_function`.execute(
      db,
    )
    await sql`insert into recommendations.term (number, scheme, code, above, names, aliases, rank)
      select number, scheme, code, above, names, coalesce(aliases, '{}'), rank from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb)
        as t(number integer, scheme text, code text, above integer, names jsonb, aliases text[], rank integer)
      on conflict (number) do update set code = excluded.code, above = excluded.above, names = excluded.names, aliases = excluded.aliases,
        rank = excluded.rank, retired_on = null`.execute(db)
    await sql`update recommendations.term set retired_on = ${today}
      where scheme <> 'own' and retired_on is null and number <> all (${terms.map(({ number }) => number)}::integer[])`.execute(
      db,
    )
    await findKeepers(db, today)
  })
}

/** Says who holds the mandates of keepers on a day: after the lists were loaded, and after a reform. */
export async function findKeepers(db: Transaction<Database>, today: string): Promise<void> {
  await sql`update recommendations.mechanism m set keeper_id = (
      select d.agency_id from agencies.mandate d join agencies.agency a on a.id = d.agency_id
      where d.function = m.keeper_function and a.level = 'central'
        and (a.valid_from is null or a.valid_from <= ${today}::date) and (a.valid_to is null or ${today}::date < a.valid_to)
        and (d.valid_from is null or d.valid_from <= ${today}::date) and (d.valid_to is null or ${today}::date < d.valid_to)
      order by a.is_executive desc, a.rank, a.id limit 1)`.execute(db)
}
