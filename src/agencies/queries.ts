import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import type { AgencyKind, AgencyLevel } from './model.ts'
import { nearestName } from './store.ts'

export type NamedAgency = { id: string; name: string; endedOn: PlainDate | null }

/**
 * The names bodies bore on a date: for a body that had ended its last name, for one to come its first. `endedOn` = the
 * day its life ended, whenever that is or was.
 *
 * @returns by id; ids of no body are left out
 */
export async function listAgencyNames(
  ctx: Context,
  ids: readonly string[],
  on: PlainDate,
): Promise<Map<string, NamedAgency>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<NamedAgency>`
    select a.id, n.name, a.valid_to as ended_on from agencies.agency a cross join lateral (${nearestName(on)}) n
    where a.id = any(${[...new Set(ids)]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

export type AgencyHead = NamedAgency & {
  key: string
  kind: AgencyKind
  level: AgencyLevel
  unitId: string
  superiorId: string | null
  isExecutive: boolean
  numberingAbbreviation: string | null
}

/** What a body is, and its name on a date. @throws notFound */
export async function getAgency(ctx: Context, id: string, on: PlainDate): Promise<AgencyHead> {
  const { rows } = await sql<AgencyHead>`
    select a.id, a.key, n.name, a.valid_to as ended_on, a.kind, a.level, a.unit_id, a.superior_id, a.is_executive, a.numbering_abbreviation
    from agencies.agency a cross join lateral (${nearestName(on)}) n where a.id = ${id}`.execute(ctx.db)
  const [agency] = rows
  if (agency === undefined) throw notFound()
  return agency
}
