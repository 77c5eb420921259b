import { sql, type Kysely, type Transaction } from 'kysely'
import { fingerprintOf, idOfKey, type Database } from '#platform'
import { territoryFingerprint } from '#territory'
import { foldName, markedKey } from '#territory/model'
import type { AgencyClass, AgencyData, AgencyWords } from './model.ts'
import { getLoaded, readLoaded, writeLoaded } from './store.ts'

type Db = Transaction<Database>

/** Everything a country says about its bodies. */
export type AgenciesData = {
  bodies: AgencyData
  classes: readonly AgencyClass[]
  words: AgencyWords
}

/**
 * Brings the country's bodies into the tables, in few statements; the units must be loaded before. The same data again
 * changes nothing. Bodies are added or kept by the id of their key and never removed; what hangs on the bodies handed in
 * (names, superiors, mandates, succession, seats, offices) is put in place of what was there.
 *
 * @param ownerDb connected as the role that owns the tables
 * @returns whether anything was written
 */
export async function loadAgencies(ownerDb: Kysely<Database>, data: AgenciesData): Promise<boolean> {
  const own = fingerprintOf(data)
  return ownerDb.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtext('agencies.load'))`.execute(db)
    const fingerprint = `${own} ${await territoryFingerprint(db)}`
    const loaded = await readLoaded(db)
    if (loaded?.fingerprint === fingerprint) return false
    await saveCodes(db, data)
    await writeBodies(db, data.bodies, data.bodies)
    await writeLoaded(db, { fingerprint, words: data.words })
    await sql`analyze agencies.agency, agencies.agency_name, agencies.mandate, agencies.succession, agencies.superior`.execute(
      db,
    )
    return true
  })
}

/** Writes some of all bodies, with what hangs on them. */
async function writeBodies(db: Db, bodies: AgencyData, all: AgencyData): Promise<void> {
  await saveAgencies(db, bodies, new Map(all.agencies.map((agency, rank) => [agency.key, rank])))
  await clearDependents(db, bodies)
  await saveNames(db, bodies)
  await saveStanding(db, bodies)
  await saveSuccession(db, bodies)
  await saveParts(db, bodies)
}

/**
 * Writes what a reform changed: bodies that differ, with all that hangs on them. Run as the owner, in the reform's
 * transaction, after the units.
 *
 * @param mark tells the new state of the bodies from every other
 * @returns how many bodies were written
 */
export async function saveReformedBodies(
  db: Db,
  of: { before: AgencyData; after: AgencyData; mark: string },
): Promise<number> {
  const loaded = await getLoaded(db)
  const keys = changedBodies(of.before, of.after)
  const { agencies, mandates, succession, seats } = of.after
  const changed = {
    ...of.after,
    agencies: agencies.filter((agency) => keys.has(agency.key)),
    mandates: mandates.filter((mandate) => keys.has(mandate.agencyKey)),
    succession: succession.filter((edge) => keys.has(edge.fromKey)),
    seats: seats.filter((seat) => keys.has(seat.bodyKey)),
  }
  if (keys.size > 0) await writeBodies(db, changed, of.after)
  await writeLoaded(db, { ...loaded, fingerprint: fingerprintOf([loaded.fingerprint, of.mark]) })
  return keys.size
}

/** Bodies that another state of the country has otherwise or anew, by key: themselves, their mandates, heirs or seats. */
export function changedBodies(before: AgencyData, after: AgencyData): Set<string> {
  const known = partsOf(before)
  return new Set([...partsOf(after)].flatMap(([key, parts]) => (isSame(known.get(key), parts) ? [] : [key])))
}

/** All that hangs on each body, by its key. */
function partsOf(data: AgencyData): Map<string, object[]> {
  const parts = new Map<string, object[]>(data.agencies.map((agency) => [agency.key, [agency]]))
  for (const mandate of data.mandates) parts.get(mandate.agencyKey)?.push(mandate)
  for (const edge of data.succession) parts.get(edge.fromKey)?.push(edge)
  for (const seat of data.seats) parts.get(seat.bodyKey)?.push(seat)
  return parts
}

function isSame(left: readonly object[] | undefined, right: readonly object[]): boolean {
  if (left?.length !== right.length) return false
  if (left.every((part, place) => part === right[place])) return true
  const text = (parts: readonly object[]) =>
    parts
      .map((part) => JSON.stringify(part))
      .sort()
      .join('\n')
  return text(left) === text(right)
}

/** Rows as one parameter: a JSON array, spread by `json_to_recordset`. */
function rows(list: readonly object[]) {
  return sql`${JSON.stringify(list)}::json`
}

async function saveCodes(db: Db, data: AgenciesData): Promise<void> {
  const functions = data.bodies.functions.map((each, rank) => ({ ...each, rank }))
  await sql`insert into agencies.function (code, names, rank)
    select code, names, rank from json_to_recordset(${rows(functions)}) as t(code text, names jsonb, rank integer)
    on conflict (code) do update set names = excluded.names, rank = excluded.rank`.execute(db)
  const classes = data.classes.map((each, rank) => ({ code: each.code, names: each.names, definition: each, rank }))
  await sql`insert into agencies.agency_class (code, names, definition, rank)
    select code, names, definition, rank from json_to_recordset(${rows(classes)}) as t(code text, names jsonb, definition jsonb, rank integer)
    on conflict (code) do update set names = excluded.names, definition = excluded.definition, rank = excluded.rank`.execute(
    db,
  )
}

async function saveAgencies(db: Db, bodies: AgencyData, ranks: ReadonlyMap<string, number>): Promise<void> {
  const list = bodies.agencies.map((agency) => {
    const superior = agency.superiors.at(-1)?.key
    return {
      id: idOfKey(agency.key),
      key: agency.key,
      kind: agency.kind,
      level: agency.level,
      unitId: idOfKey(agency.unitKey),
      superiorId: superior === undefined ? null : idOfKey(superior),
      from: agency.from,
      to: agency.to,
      isExecutive: agency.isExecutive,
      numbering: agency.numberingAbbreviation,
      rank: ranks.get(agency.key),
    }
  })
  await sql`insert into agencies.agency (id, key, kind, level, unit_id, superior_id, valid_from, valid_to, is_executive, numbering_abbreviation, rank)
    select id, key, kind, level, "unitId", "superiorId", "from", "to", "isExecutive", numbering, rank from json_to_recordset(${rows(list)})
      as t(id uuid, key text, kind text, level text, "unitId" uuid, "superiorId" uuid, "from" date, "to" date, "isExecutive" boolean, numbering text, rank integer)
    on conflict (id) do update set kind = excluded.kind, level = excluded.level, unit_id = excluded.unit_id, superior_id = excluded.superior_id,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, is_executive = excluded.is_executive,
      numbering_abbreviation = excluded.numbering_abbreviation, rank = excluded.rank`.execute(db)
}

async function clearDependents(db: Db, bodies: AgencyData): Promise<void> {
  const ids = bodies.agencies.map((agency) => idOfKey(agency.key))
  await sql`delete from agencies.agency_name where agency_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from agencies.superior where agency_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from agencies.mandate where agency_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from agencies.succession where from_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from agencies.member where body_id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from agencies.office where agency_id = any(${ids}::uuid[])`.execute(db)
}

async function saveNames(db: Db, bodies: AgencyData): Promise<void> {
  const names = bodies.agencies.flatMap((agency) =>
    agency.names.map((name) => ({
      agencyId: idOfKey(agency.key),
      ...name,
      markedKey: markedKey(name.name),
      foldedKey: foldName(name.name),
      searchKey: foldName([name.name, name.shortName, ...name.abbreviations].join(' ')),
    })),
  )
  await sql`insert into agencies.agency_name (agency_id, valid_from, valid_to, name, short_name, abbreviations, marked_key, folded_key, search_key)
    select "agencyId", "from", "to", name, "shortName", abbreviations, "markedKey", "foldedKey", "searchKey" from json_to_recordset(${rows(names)})
      as t("agencyId" uuid, "from" date, "to" date, name text, "shortName" text, abbreviations text[], "markedKey" text, "foldedKey" text, "searchKey" text)`.execute(
    db,
  )
}

/** Superiors and mandates. */
async function saveStanding(db: Db, bodies: AgencyData): Promise<void> {
  const superiors = bodies.agencies.flatMap((agency) =>
    agency.superiors.map(({ key, from, to }) => ({
      agencyId: idOfKey(agency.key),
      superiorId: idOfKey(key),
      from,
      to,
    })),
  )
  await sql`insert into agencies.superior (agency_id, superior_id, valid_from, valid_to)
    select "agencyId", "superiorId", "from", "to" from json_to_recordset(${rows(superiors)})
      as t("agencyId" uuid, "superiorId" uuid, "from" date, "to" date)`.execute(db)
  const mandates = bodies.mandates.map(({ agencyKey, ...rest }) => ({ agencyId: idOfKey(agencyKey), ...rest }))
  await sql`insert into agencies.mandate (agency_id, function, valid_from, valid_to)
    select "agencyId", function, "from", "to" from json_to_recordset(${rows(mandates)})
      as t("agencyId" uuid, function text, "from" date, "to" date)`.execute(db)
}

async function saveSuccession(db: Db, bodies: AgencyData): Promise<void> {
  const edges = bodies.succession.map(({ fromKey, toKey, ...rest }) => ({
    fromId: idOfKey(fromKey),
    toId: idOfKey(toKey),
    ...rest,
  }))
  await sql`insert into agencies.succession (from_id, to_id, function, on_date, share)
    select "fromId", "toId", function, date, share from json_to_recordset(${rows(edges)})
      as t("fromId" uuid, "toId" uuid, function text, date date, share text)`.execute(db)
}

/** Seats of coordination bodies, in their order, and offices inside bodies. */
async function saveParts(db: Db, bodies: AgencyData): Promise<void> {
  const seats = bodies.seats.map(({ bodyKey, agencyKey, ...rest }, rank) => ({
    bodyId: idOfKey(bodyKey),
    agencyId: idOfKey(agencyKey),
    ...rest,
    rank,
  }))
  await sql`insert into agencies.member (body_id, agency_id, role, post, rank, valid_from, valid_to, legal_basis)
    select "bodyId", "agencyId", role, post, rank, "from", "to", "legalBasis" from json_to_recordset(${rows(seats)})
      as t("bodyId" uuid, "agencyId" uuid, role text, post text, rank integer, "from" date, "to" date, "legalBasis" text)`.execute(
    db,
  )
  const offices = bodies.agencies.flatMap((agency) =>
    agency.offices.map((office) => ({ agencyId: idOfKey(agency.key), ...office })),
  )
  await sql`insert into agencies.office (agency_id, name, functions, valid_from, valid_to)
    select "agencyId", name, functions, "from", "to" from json_to_recordset(${rows(offices)})
      as t("agencyId" uuid, name text, functions text[], "from" date, "to" date)`.execute(db)
}
