import { nameOfBody } from '#agencies'
import { sql } from 'kysely'
import type { Context } from '#platform'
import { RegimeDefinition } from '../../model.ts'
import type { RegimeRow } from '../model.ts'

/** Every regime one may see: those in force or ended of all bodies, drafts of one's own and of those below. */
export async function listRegimes(ctx: Context): Promise<RegimeRow[]> {
  const { rows } = await sql<Omit<RegimeRow, 'names' | 'kind'> & { definition: unknown }>`
    select r.id, r.code, r.state, r.agency_id, ${nameOfBody(sql`r.agency_id`, ctx.today)} as agency_name, v.definition, v.effective_from,
      (r.agency_id = ${ctx.actor.agencyId}::uuid) is true as is_own,
      exists (select 1 from reporting.regime_version d where d.regime_id = r.id and d.state = 'draft')
        or exists (select 1 from reporting.form d where d.regime_id = r.id and d.state = 'draft') as has_draft,
      (select count(*)::integer from reporting.round o where o.regime_id = r.id) as rounds,
      (select count(*)::integer from reporting.round o where o.regime_id = r.id and o.state = 'open') as open_rounds
    from reporting.regime r cross join lateral (
      select v.definition, v.effective_from from reporting.regime_version v where v.regime_id = r.id order by v.state = 'issued' desc, v.number desc limit 1) v
    order by r.state = 'ended', r.code limit 1000`.execute(ctx.db)
  return rows.map(({ definition, ...row }) => {
    const { names, kind } = RegimeDefinition.parse(definition)
    return { ...row, names, kind }
  })
}
