import { sql } from 'kysely'
import { listPersonNames } from '#access'
import type { Context } from '#platform'
import type { Delegation } from '../../model.ts'

/** Who signs for the head of the acting body, the newest order first; those that ended too. */
export async function listDelegations(ctx: Context): Promise<Delegation[]> {
  const { rows } = await sql<Omit<Delegation, 'toPersonName' | 'fromPersonName'> & { fromPerson: string }>`
    select d.id, d.to_person as to_person_id, d.from_person, d.regime_id, d.order_number, d.order_on, d.valid_from, d.valid_to, d.powers, d.post, d.ended_at,
      (select v.definition->'names' from reporting.regime_version v where v.regime_id = d.regime_id order by v.number desc limit 1) as regime_names
    from reporting.delegation d where d.agency_id = ${ctx.actor.agencyId}::uuid order by d.ended_at is not null, d.order_on desc, d.id`.execute(
    ctx.db,
  )
  const names = await listPersonNames(
    ctx,
    rows.flatMap(({ fromPerson, toPersonId }) => [fromPerson, toPersonId]),
  )
  return rows.map(({ fromPerson, ...row }) => ({
    ...row,
    toPersonName: names.get(row.toPersonId) ?? null,
    fromPersonName: names.get(fromPerson) ?? null,
  }))
}
