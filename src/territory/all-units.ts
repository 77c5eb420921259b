import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Succession, Unit, UnitVersion } from './model.ts'
import { getLoaded } from './store.ts'

/** All units of the instance over time, as the models of this module, keyed by their keys. */
export type AllUnits = { fingerprint: string; units: Unit[]; succession: Succession[] }

/**
 * Reads every unit with its versions and succession. For whoever must hold the whole tree in memory (matching of names);
 * some hundred milliseconds for a country of ten thousand units, so keep it by its fingerprint.
 */
export async function readAllUnits(ctx: Context): Promise<AllUnits> {
  const { fingerprint } = await getLoaded(ctx.db)
  const versions = await sql<UnitVersion & { key: string }>`
    select u.key, v.valid_from as "from", v.valid_to as "to", v.code, v.name, v.name_en, v.type, p.key as parent, v.legal_basis
    from territory.unit u join territory.unit_version v on v.unit_id = u.id left join territory.unit p on p.id = v.parent_id
    order by u.key, v.valid_from nulls first`.execute(ctx.db)
  const units = new Map<string, Unit>()
  for (const { key, ...version } of versions.rows) {
    const unit = units.get(key)
    if (unit === undefined) units.set(key, { key, versions: [version] })
    else unit.versions.push(version)
  }
  const edges = await sql<Succession>`
    select f.key as "from", t.key as "to", s.kind, s.share, s.on_date as date, s.weight::float8 as weight, s.note
    from territory.succession s join territory.unit f on f.id = s.from_id join territory.unit t on t.id = s.to_id`.execute(
    ctx.db,
  )
  return { fingerprint, units: [...units.values()], succession: edges.rows }
}
