import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { readFact, unavailable, writeFact, type Database } from '#platform'
import type { PlainDate } from '#platform/model'
import { holds } from '#territory'
import { AgencyClass, AgencyWords, type Agency, type AgencySuccession } from './model.ts'

type Db = Kysely<Database> | Transaction<Database>

/** What the loader left about the data it loaded. */
const Loaded = z.object({ fingerprint: z.string(), words: AgencyWords })
export type Loaded = z.infer<typeof Loaded>

const fact = 'agencies.loaded'

export async function readLoaded(db: Db): Promise<Loaded | undefined> {
  const value = await readFact(db, fact)
  return value === undefined ? undefined : Loaded.parse(value)
}

/** As `readLoaded`. @throws unavailable `agencies.not-loaded` when no country was loaded yet */
export async function getLoaded(db: Db): Promise<Loaded> {
  const loaded = await readLoaded(db)
  if (loaded === undefined) throw unavailable('agencies.not-loaded')
  return loaded
}

export async function writeLoaded(db: Db, loaded: Loaded): Promise<void> {
  await writeFact(db, fact, loaded)
}

/** Every body with its names, superiors and offices, in the country's order. */
export async function readAgencies(db: Db): Promise<Agency[]> {
  const { rows } = await sql<Agency>`
    with name as (
      select agency_id, json_agg(json_build_object('from', valid_from, 'to', valid_to, 'name', name, 'shortName', short_name, 'abbreviations', abbreviations)
        order by valid_from nulls first) as list
      from agencies.agency_name group by agency_id),
    superior as (
      select s.agency_id, json_agg(json_build_object('from', s.valid_from, 'to', s.valid_to, 'key', a.key) order by s.valid_from nulls first) as list
      from agencies.superior s join agencies.agency a on a.id = s.superior_id group by s.agency_id),
    office as (
      select agency_id, json_agg(json_build_object('from', valid_from, 'to', valid_to, 'name', name, 'functions', functions) order by name) as list
      from agencies.office group by agency_id)
    select a.key, a.kind, a.level, u.key as unit_key, a.valid_from as "from", a.valid_to as "to", a.is_executive, a.numbering_abbreviation,
      name.list as names, coalesce(superior.list, '[]') as superiors, coalesce(office.list, '[]') as offices
    from agencies.agency a join territory.unit u on u.id = a.unit_id join name on name.agency_id = a.id
      left join superior on superior.agency_id = a.id left join office on office.agency_id = a.id
    order by a.rank`.execute(db)
  return rows
}

/** Who took over from whom, earliest first. */
export async function readSuccession(db: Db): Promise<AgencySuccession[]> {
  const { rows } = await sql<AgencySuccession>`
    select f.key as from_key, t.key as to_key, s.function, s.on_date as date, s.share
    from agencies.succession s join agencies.agency f on f.id = s.from_id join agencies.agency t on t.id = s.to_id
    order by s.on_date, t.rank`.execute(db)
  return rows
}

/** The classes of the country, checked. */
export async function readClasses(db: Db): Promise<AgencyClass[]> {
  const { rows } = await sql<{
    definition: unknown
  }>`select definition from agencies.agency_class order by rank`.execute(db)
  return rows.map((row) => AgencyClass.parse(row.definition))
}

/** The name of the body `a` on a date, as a query of one row of `agency_name`: the valid one, else its last, else its first. */
export function nearestName(on: PlainDate): RawBuilder<unknown> {
  return sql`select c.* from agencies.agency_name c where c.agency_id = a.id
    order by ${holds('c', on)} desc, coalesce(c.valid_to <= ${on}, false) desc, case when c.valid_to <= ${on} then c.valid_to end desc, c.valid_from limit 1`
}
