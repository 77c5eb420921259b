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

export async function writeLoaded(db: Db, loaded: Loaded): Promise<void> {
  await writeFact(db, fact, loaded)
}

/** Whether the row named `alias` (with `valid_from`, `valid_to`) was valid on a date. */
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
