import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'
import { readFact, unavailable, writeFact, type Database } from '#platform'
import { AgencyWords } from './model.ts'

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
