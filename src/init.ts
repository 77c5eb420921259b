import { sql } from 'kysely'
import { ensureFirstAdministratorCode } from '#access'
import { dateIn, openInstance, readConfig, type Ground } from '#platform'
import { loadProgrammes } from '#plans'
import { loadRecommendationLists } from '#recommendations'
import { openCountry } from './app.ts'
import { loadCountry } from './country.ts'

/**
 * `mangnon init`: migrates the configured database and brings in units, bodies and programmes, nothing else. Run again
 * it brings the reference data up to date.
 * @returns what to tell the operator: counts, and the first administrator's one-time code when there is none yet
 */
export async function initialise(env: Record<string, string | undefined>): Promise<string[]> {
  const config = readConfig(env)
  const instance = await openInstance({ ...config, demo: false })
  try {
    const country = await openCountry(config.country)
    await loadCountry(instance.ownerDb, country)
    await loadProgrammes(instance.ownerDb, [...country.programmes])
    await loadRecommendationLists(instance.ownerDb, country.ownState, dateIn(country.timeZone, new Date()))
    const ground: Ground = {
      db: instance.db,
      timeZone: country.timeZone,
      language: country.language,
      now: () => new Date(),
      subscribers: [],
    }
    const code = await ensureFirstAdministratorCode(ground)
    const { rows } = await sql<{
      units: number
      agencies: number
    }>`select (select count(*) from territory.unit) as units, (select count(*) from agencies.agency) as agencies`.execute(
      instance.db,
    )
    return [
      `Địa bàn · Units: ${rows[0]?.units ?? 0}. Cơ quan · Bodies: ${rows[0]?.agencies ?? 0}.`,
      ...(code === undefined
        ? []
        : [`Mã một lần cho quản trị đầu tiên · One-time code for the first administrator: ${code}`]),
    ]
  } finally {
    await instance.close()
  }
}
