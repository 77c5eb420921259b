import { sql } from 'kysely'
import { listAgencyNames } from '#agencies'
import type { Context } from '#platform'
import { requireAnyKeeper } from '../keeping.ts'
import type { Grouping } from '../model.ts'

/** Groupings of bodies' own in all their languages: those in use first, then by number. @throws forbidden `recommendations.not-keeper` */
export async function listGroupings(ctx: Context): Promise<Grouping[]> {
  const agencyId = await requireAnyKeeper(ctx)
  const { rows } = await sql<Omit<Grouping, 'agencyName' | 'isMine'> & { agencyId: string }>`
    select m.number, m.names, m.agency_id, m.retired_on is not null as is_retired, m.version,
      (select count(*)::integer from recommendations.tag t join recommendations.recommendation r on r.id = t.recommendation_id
        where t.term = m.number and t.state = 'confirmed' and not r.is_split) as recommendations
    from recommendations.term m where m.scheme = 'own' order by m.retired_on is not null, m.number`.execute(ctx.db)
  const bodies = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  return rows.map(({ agencyId: of, ...row }) => ({
    ...row,
    agencyName: bodies.get(of)?.name ?? null,
    isMine: of === agencyId,
  }))
}
