import { sql, type Kysely, type Transaction } from 'kysely'
import { fingerprintOf, idOfKey, type Database } from '#platform'
import { keysOf } from './keys.ts'
import type { PlaceWords, TerritoryData, UnitVersion } from './model.ts'
import { getLoaded, readLoaded, writeLoaded } from './store.ts'

type Db = Transaction<Database>

/**
 * Brings the country's units into the tables, in few statements. The same data again changes nothing. Units are added
 * or kept by the id of their key and never removed; what hangs on the units handed in (versions, names, edges) is put
 * in place of what was there, so that a correction of the lists corrects the tables.
 *
 * @param ownerDb connected as the role that owns the tables
 * @returns whether anything was written
 */
export async function loadTerritory(
  ownerDb: Kysely<Database>,
  data: TerritoryData,
  words: PlaceWords,
): Promise<boolean> {
  const fingerprint = fingerprintOf([data, words])
  return ownerDb.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtext('territory.load'))`.execute(db)
    const loaded = await readLoaded(db)
    if (loaded?.fingerprint === fingerprint) return false
    await writeUnits(db, data, words)
    await writeLoaded(db, { fingerprint, recordedFrom: data.recordedFrom, words })
    await sql`analyze territory.unit, territory.unit_version, territory.unit_name, territory.succession`.execute(db)
    return true
  })
}

async function writeUnits(db: Db, data: TerritoryData, words: PlaceWords): Promise<void> {
  await saveUnits(db, data)
  await clearDependents(db, data)
  await saveVersions(db, data)
  await saveNames(db, data, words)
  await saveSuccession(db, data)
  await saveAliases(db, data)
}

/**
 * Writes what a reform changed: units that differ, with all that hangs on them. Run as the owner, in the reform's transaction.
 *
 * @param mark tells the new state of the units from every other
 * @returns how many units were written
 */
export async function saveReformedUnits(
  db: Db,
  of: { before: TerritoryData; after: TerritoryData; mark: string },
): Promise<number> {
  const loaded = await getLoaded(db)
  const keys = changedUnits(of.before, of.after)
  const units = of.after.units.filter((unit) => keys.has(unit.key))
  const { succession, aliases, remarks } = of.after
  const changed = {
    ...of.after,
    units,
    succession: succession.filter((edge) => keys.has(edge.from)),
    aliases: aliases.filter((alias) => keys.has(alias.unit)),
    remarks: remarks.filter((remark) => keys.has(remark.unit)),
  }
  if (units.length > 0) await writeUnits(db, changed, loaded.words)
  await writeLoaded(db, { ...loaded, fingerprint: fingerprintOf([loaded.fingerprint, of.mark]) })
  return units.length
}

/** Units that another state of the country has otherwise or anew, by key. */
function changedUnits(before: TerritoryData, after: TerritoryData): Set<string> {
  const known = new Map(before.units.map((unit) => [unit.key, unit]))
  const edges = new Set(before.succession)
  return new Set([
    ...after.units.filter((unit) => known.get(unit.key) !== unit).map((unit) => unit.key),
    ...after.succession.filter((edge) => !edges.has(edge)).map((edge) => edge.from),
  ])
}

function idsOf(data: TerritoryData): string[] {
  return data.units.map((unit) => idOfKey(unit.key))
}

/** Rows as one parameter: a JSON array, spread by `json_to_recordset`. */
function rows(list: readonly object[]) {
  return sql`${JSON.stringify(list)}::json`
}

async function saveUnits(db: Db, data: TerritoryData): Promise<void> {
  const levels = new Map(data.types.map((type) => [type.type, type.level]))
  await sql`insert into territory.unit_type (type, level, names, rank)
    select type, level, names, rank from json_to_recordset(${rows(data.types)}) as t(type text, level text, names jsonb, rank integer)
    on conflict (type) do update set level = excluded.level, names = excluded.names, rank = excluded.rank`.execute(db)
  const units = data.units.map((unit) => ({
    id: idOfKey(unit.key),
    key: unit.key,
    level: levels.get(unit.versions[0]?.type ?? ''),
  }))
  await sql`insert into territory.unit (id, key, level)
    select id, key, level from json_to_recordset(${rows(units)}) as t(id uuid, key text, level text)
    on conflict (id) do update set level = excluded.level where unit.level <> excluded.level`.execute(db)
}

async function clearDependents(db: Db, data: TerritoryData): Promise<void> {
  const ids = idsOf(data)
  await sql`delete from territory.unit_version where unit_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from territory.unit_name where unit_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from territory.unit_alias where unit_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from territory.unit_remark where unit_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from territory.succession where from_id = any(${ids}::uuid[])`.execute(db)
}

async function saveVersions(db: Db, data: TerritoryData): Promise<void> {
  const row = (unitId: string, version: UnitVersion) => ({
    ...version,
    unitId,
    parent: version.parent === null ? null : idOfKey(version.parent),
  })
  const versions = data.units.flatMap((unit) => unit.versions.map((version) => row(idOfKey(unit.key), version)))
  await sql`insert into territory.unit_version (unit_id, valid_from, valid_to, code, name, name_en, type, parent_id, legal_basis)
    select "unitId", "from", "to", code, name, "nameEn", type, parent, "legalBasis" from json_to_recordset(${rows(versions)})
      as t("unitId" uuid, "from" date, "to" date, code text, name text, "nameEn" text, type text, parent uuid, "legalBasis" text)`.execute(
    db,
  )
}

/** The search index: names of versions with their type, and alias names without. */
async function saveNames(db: Db, data: TerritoryData, words: PlaceWords): Promise<void> {
  const row = (key: string, name: string, period: { from: string | null; to: string | null }, type: string | null) => ({
    unitId: idOfKey(key),
    name,
    from: period.from,
    to: period.to,
    type,
    ...keysOf(name, words),
  })
  const names = [
    ...data.units.flatMap((unit) => unit.versions.map((version) => row(unit.key, version.name, version, version.type))),
    ...data.aliases.filter((alias) => alias.field === 'name').map((alias) => row(alias.unit, alias.value, alias, null)),
  ]
  await sql`insert into territory.unit_name (unit_id, name, valid_from, valid_to, type, marked_key, marked_bare_key, folded_key, bare_key, loose_key)
    select "unitId", name, "from", "to", type, "markedKey", "markedBareKey", "foldedKey", "bareKey", "looseKey" from json_to_recordset(${rows(names)})
      as t("unitId" uuid, name text, "from" date, "to" date, type text, "markedKey" text, "markedBareKey" text, "foldedKey" text, "bareKey" text, "looseKey" text)`.execute(
    db,
  )
}

async function saveSuccession(db: Db, data: TerritoryData): Promise<void> {
  const edges = data.succession.map((edge) => ({ ...edge, from: idOfKey(edge.from), to: idOfKey(edge.to) }))
  await sql`insert into territory.succession (from_id, to_id, kind, share, on_date, weight, note)
    select "from", "to", kind, share, date, weight, note from json_to_recordset(${rows(edges)})
      as t("from" uuid, "to" uuid, kind text, share text, date date, weight numeric, note text)`.execute(db)
}

async function saveAliases(db: Db, data: TerritoryData): Promise<void> {
  const aliases = data.aliases.map((alias) => ({ ...alias, unit: idOfKey(alias.unit) }))
  await sql`insert into territory.unit_alias (unit_id, field, value, difference, valid_from, valid_to, source)
    select unit, field, value, difference, "from", "to", source from json_to_recordset(${rows(aliases)})
      as t(unit uuid, field text, value text, difference text, "from" date, "to" date, source text)`.execute(db)
  const remarks = data.remarks.map((remark) => ({ ...remark, unit: idOfKey(remark.unit) }))
  await sql`insert into territory.unit_remark (unit_id, on_date, text)
    select unit, date, text from json_to_recordset(${rows(remarks)}) as t(unit uuid, date date, text text)`.execute(db)
}
