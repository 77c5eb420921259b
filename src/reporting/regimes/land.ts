import { sql } from 'kysely'
import type { AgencyLevel } from '#agencies/model'
import type { Context } from '#platform'
import type { PlainDate } from '#platform/model'

/** A body as working out who owes needs it. `superiorId`: whom it answered to on that day. */
export type Body = {
  id: string
  level: AgencyLevel
  unitId: string
  isExecutive: boolean
  superiorId: string | null
  endedOn: PlainDate | null
  rank: number
}

/** Bodies by id, as they stood on a day. */
export async function readBodies(ctx: Context, ids: readonly string[], on: PlainDate): Promise<Map<string, Body>> {
  const { rows } = await sql<Body>`
    select a.id, a.level, a.unit_id, a.is_executive, a.valid_to as ended_on, a.rank,
      coalesce((select s.superior_id from agencies.superior s where s.agency_id = a.id
        and (s.valid_from is null or s.valid_from <= ${on}::date) and (s.valid_to is null or ${on}::date < s.valid_to) limit 1), a.superior_id) as superior_id
    from agencies.agency a
    where a.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify([...new Set(ids)])}::jsonb))`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Bodies in being on a day that answer for a function at a level. */
export async function bodiesWithFunction(
  ctx: Context,
  of: { function: string; level: AgencyLevel; on: PlainDate },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct a.id from agencies.mandate m join agencies.agency a on a.id = m.agency_id
    where m.function = ${of.function} and a.level = ${of.level}
      and (m.valid_from is null or m.valid_from <= ${of.on}::date) and (m.valid_to is null or ${of.on}::date < m.valid_to)
      and (a.valid_from is null or a.valid_from <= ${of.on}::date) and (a.valid_to is null or ${of.on}::date < a.valid_to)`.execute(
    ctx.db,
  )
  return rows.map(({ id }) => id)
}

/** Lines of units upward on a day: the unit itself, then what it lies in, to the top. */
export type Lines = (unitId: string) => readonly string[]

export async function readLines(ctx: Context, on: PlainDate): Promise<Lines> {
  const { rows } = await sql<{ unitId: string; parentId: string | null }>`
    select unit_id, parent_id from territory.unit_version
    where (valid_from is null or valid_from <= ${on}::date) and (valid_to is null or ${on}::date < valid_to)`.execute(
    ctx.db,
  )
  const parents = new Map(rows.map(({ unitId, parentId }) => [unitId, parentId]))
  return (unitId) => {
    const line: string[] = []
    for (let at: string | null = unitId; at !== null && !line.includes(at); at = parents.get(at) ?? null) line.push(at)
    return line
  }
}
