import { sql, type RawBuilder } from 'kysely'
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
    select a.id, n.name, a.valid_to as ended_on
    from agencies.agency a cross join lateral (${nearestName(on)}) n
    where a.id = any (${[...new Set(ids)]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** SQL: the name the body of a column bore on a day, or its nearest; for files, where names stand in the rows. */
export function nameOfBody(column: RawBuilder<unknown>, on: PlainDate): RawBuilder<string> {
  return sql<string>`(select c.name from (select ${column} as id) a cross join lateral (${nearestName(on)}) c)`
}

export type AgencyHead = {
  id: string
  key: string
  kind: AgencyKind
  level: AgencyLevel
  name: string
  shortName: string
  numberingAbbreviation: string | null
  /** Whom it answered to on that day, or last. */
  superiorId: string | null
  unitId: string
  unitName: string
  isExecutive: boolean
  endedOn: PlainDate | null
}

/** What documents and lists say of one body on a day. @throws notFound */
export async function getAgency(ctx: Context, id: string, on: PlainDate): Promise<AgencyHead> {
  const { rows } = await sql<AgencyHead>`
    select a.id, a.key, a.kind, a.level, n.name, n.short_name, a.numbering_abbreviation, a.is_executive, a.unit_id, u.name as unit_name,
      a.valid_to as ended_on,
      coalesce((select s.superior_id from agencies.superior s where s.agency_id = a.id
        and (s.valid_from is null or s.valid_from <= ${on}::date) and (s.valid_to is null or ${on}::date < s.valid_to) limit 1), a.superior_id) as superior_id
    from agencies.agency a cross join lateral (${nearestName(on)}) n
    join lateral (select name from territory.unit_version where unit_id = a.unit_id order by (valid_from is null or valid_from <= ${on}::date) desc, valid_from desc nulls last limit 1) u on true
    where a.id = ${id}`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw notFound()
  return row
}

/** Whether a body answers for a function of the State on a day. */
export async function holdsFunction(
  ctx: Context,
  agencyId: string,
  of: { function: string; on: PlainDate },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from agencies.mandate where agency_id = ${agencyId}::uuid and function = ${of.function}
      and (valid_from is null or valid_from <= ${of.on}::date) and (valid_to is null or ${of.on}::date < valid_to) limit 1`.execute(
    ctx.db,
  )
  return rows.length > 0
}
