import { inTransaction, systemActor, type Actor, type Context } from '#platform'
import type { Language } from '#platform/model'
import { loadCountry, type Country } from '../../src/country.ts'
import { aDatabase, type TestDatabase } from './database.ts'

export type TestCountry = TestDatabase & {
  /** Loads the country again. @returns whether anything was written */
  reload: () => Promise<boolean>
  /** Runs work in one transaction as someone (the product itself unless said), on a given day. */
  on: <T>(today: string, work: (ctx: Context) => Promise<T>, as?: { actor?: Actor; language?: Language }) => Promise<T>
}

/** A database of its own with a country's units and bodies loaded. */
export async function aCountry(country: Country): Promise<TestCountry> {
  const database = await aDatabase()
  await loadCountry(database.owner, country)
  return {
    ...database,
    reload: () => loadCountry(database.owner, country),
    on: (today, work, as = {}) => {
      const ground = {
        db: database.app,
        timeZone: 'UTC',
        language: country.language,
        now: () => new Date(`${today}T05:00:00Z`),
        subscribers: [],
      }
      return inTransaction(
        ground,
        { actor: as.actor ?? systemActor, language: as.language ?? country.language, requestId: 'test' },
        (ctx) => work(ctx),
      )
    },
  }
}
