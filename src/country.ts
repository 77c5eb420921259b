import type { Kysely } from 'kysely'
import { loadAgencies } from '#agencies'
import type { AgencyClass, AgencyData, AgencyWords } from '#agencies/model'
import type { Database } from '#platform'
import type { Language, LocalizedText } from '#platform/model'
import { loadTerritory } from '#territory'
import type { PlaceWords, TerritoryData } from '#territory/model'

/**
 * Everything that is one country's and nobody else's, as `countries/<code>/index.ts` exports it under the name
 * `country`. `app.ts` hands the parts to the modules; nothing in `src` knows which country it is. Big data is read only
 * when asked for.
 */
export type Country = {
  /** Name of the folder below `countries/`, and of the setting that chooses it. */
  code: string
  names: LocalizedText
  /** IANA name; calendar dates are counted in it. */
  timeZone: string
  /** Used where nobody asked for another. */
  language: Language
  territory: () => Promise<TerritoryData>
  placeWords: PlaceWords
  agencies: () => Promise<AgencyData>
  agencyClasses: readonly AgencyClass[]
  agencyWords: AgencyWords
}

/**
 * Brings the country's units and bodies into the tables; the same data again changes nothing.
 *
 * @param ownerDb connected as the role that owns the tables
 * @returns whether anything was written: then `platform.reach` must be computed anew
 */
export async function loadCountry(ownerDb: Kysely<Database>, country: Country): Promise<boolean> {
  const isNewGround = await loadTerritory(ownerDb, await country.territory(), country.placeWords)
  const { agencyClasses: classes, agencyWords: words } = country
  const areNewBodies = await loadAgencies(ownerDb, {
    bodies: await country.agencies(),
    classes,
    words,
  })
  return isNewGround || areNewBodies
}
