import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely'
import { z } from 'zod'
import { readFact, unavailable, writeFact, type Database } from '#platform'
import { PlaceWords, PlainDate, type UnitLevel } from './model.ts'

type Db = Kysely<Database> | Transaction<Database>

/** What the loader left about the data it loaded. */
const Loaded = z.object({ fingerprint: z.string(), recordedFrom: PlainDate, words: PlaceWords })
export type Loaded = z.infer<typeof Loaded>

const fact = 'territory.loaded'

export async function readLoaded(db: Db): Promise<Loaded | undefined> {
  const value = await readFact(db, fact)
  return value === undefined ? undefined : Loaded.parse(value)
}

/** As `readLoaded`. @throws unavailable `territory.not-loaded` when no country was loaded yet */
export async function getLoaded(db: Db): Promise<Loaded> {
  const loaded = await readLoaded(db)
  if (loaded === undefined) throw unavailable('territory.not-loaded')
  return loaded
}

/** Tells one state of the units from another. @throws unavailable `territory.not-loaded` */
export async function territoryFingerprint(db: Db): Promise<string> {
  return (await getLoaded(db)).fingerprint
}

export async function writeLoaded(db: Db, loaded: Loaded): Promise<void> {
  await writeFact(db, fact, loaded)
}

/** SQL: whether the row named `alias`, with columns `valid_from` and `valid_to`, was valid on a date. */
export function holds(alias: string, on: PlainDate | RawBuilder<unknown>): RawBuilder<boolean> {
  const from = sql.ref(`${alias}.valid_from`)
  const to = sql.ref(`${alias}.valid_to`)
  return sql<boolean>`((${from} is null or ${from} <= ${on}) and (${to} is null or ${on} < ${to}))`
}

/** A unit as one version says it. `level` follows from the type. */
export type VersionRow = {
  unitId: string
  code: string
  name: string
  nameEn: string
  type: string
  level: UnitLevel
  parentId: string | null
  validFrom: string | null
  validTo: string | null
  legalBasis: string | null
}

/** The columns of a version `v` with its type `t`, as `VersionRow` and the type's name in a language. */
export function versionColumns(language: string): RawBuilder<unknown> {
  return sql`v.unit_id, v.code, v.name, v.name_en, v.type, t.level, coalesce(t.names ->> ${language}, t.type) as type_name,
    v.parent_id, v.valid_from, v.valid_to, v.legal_basis`
}

/** In what order to look for the version `v` a unit is shown by on a date: the valid one, else its last, else its first. */
function nearest(on: PlainDate): RawBuilder<unknown> {
  return sql`${holds('v', on)} desc, coalesce(v.valid_to <= ${on}, false) desc, case when v.valid_to <= ${on} then v.valid_to end desc, v.valid_from`
}

export type ShownRow = VersionRow & {
  typeName: string
  firstOn: string | null
  endedOn: string | null
  isInBeing: boolean
}

/** SQL after `from`: `found` (a query of `unit_id`) with `shown.*`, each unit as it is shown on a date. */
export function shownUnits(unitIds: RawBuilder<unknown>, on: PlainDate, language: string): RawBuilder<unknown> {
  return sql`(${unitIds}) as found cross join lateral (
      select ${versionColumns(language)}, ${holds('v', on)} as is_in_being from territory.unit_version v join territory.unit_type t on t.type = v.type
      where v.unit_id = found.unit_id order by ${nearest(on)} limit 1
    ) as shown`
}

/** SQL: the whole life of the unit in a column, as a query of `first_on` and `ended_on`. */
export function lifeOf(column: string): RawBuilder<unknown> {
  return sql`select case when bool_or(l.valid_from is null) then null else min(l.valid_from) end as first_on,
      case when bool_or(l.valid_to is null) then null else max(l.valid_to) end as ended_on
    from territory.unit_version l where l.unit_id = ${sql.ref(column)}`
}

/** Each unit as it is shown on a date, by id. */
export async function readShown(
  db: Db,
  ids: readonly string[],
  on: PlainDate,
  language: string,
): Promise<Map<string, ShownRow>> {
  const wanted = sql`select distinct unnest(${[...ids]}::uuid[]) as unit_id`
  const { rows } = await sql<ShownRow>`select shown.*, life.* from ${shownUnits(wanted, on, language)}
    cross join lateral (${lifeOf('shown.unit_id')}) life`.execute(db)
  return new Map(rows.map((row) => [row.unitId, row]))
}

export type EdgeRow = {
  fromId: string
  toId: string
  kind: 'whole' | 'part' | 'renamed'
  share: string
  onDate: string
  note: string | null
}

/** All steps of succession that lead on from the units, through every reform up to a date (null = all on record). */
export async function readStepsFrom(db: Db, ids: readonly string[], until: PlainDate | null): Promise<EdgeRow[]> {
  const inTime = until === null ? sql`true` : sql`s.on_date <= ${until}`
  const { rows } = await sql<EdgeRow>`
    with recursive reached(id) as (
      select unnest(${[...ids]}::uuid[])
      union
      select s.to_id from reached join territory.succession s on s.from_id = reached.id where ${inTime}
    )
    select s.from_id, s.to_id, s.kind, s.share, s.on_date, s.note from reached join territory.succession s on s.from_id = reached.id
    where ${inTime} order by s.on_date, s.from_id, s.to_id`.execute(db)
  return rows
}

/** The steps of succession that lead to a unit. */
export async function readStepsTo(db: Db, id: string): Promise<EdgeRow[]> {
  const { rows } = await sql<EdgeRow>`
    select from_id, to_id, kind, share, on_date, note from territory.succession where to_id = ${id} order by on_date, from_id`.execute(
    db,
  )
  return rows
}

/** A unit to climb from: its parent, and the day on which to look up. */
export type Climb = { unitId: string; parentId: string | null; on: PlainDate }

/** The units above each, nearest first, without the country. */
export async function readLines(
  db: Db,
  climbs: readonly Climb[],
  language: string,
): Promise<Map<string, VersionAbove[]>> {
  const { rows } = await sql<VersionAbove & { start: string }>`
    with recursive line(start, unit_id, "on", depth) as (
      select "unitId", "parentId", "on", 1 from jsonb_to_recordset(${JSON.stringify(climbs)}::jsonb) as c("unitId" uuid, "parentId" uuid, "on" date)
      union all
      select line.start, v.parent_id, line.on, line.depth + 1 from line join territory.unit_version v on v.unit_id = line.unit_id and ${holds('v', sql`line.on`)}
    )
    select line.start, ${versionColumns(language)} from line
      join territory.unit_version v on v.unit_id = line.unit_id and ${holds('v', sql`line.on`)}
      join territory.unit_type t on t.type = v.type
    where t.level <> 'country' order by line.start, line.depth`.execute(db)
  return Map.groupBy(rows, (row) => row.start)
}

export type VersionAbove = VersionRow & { typeName: string }
