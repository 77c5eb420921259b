import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Kysely } from 'kysely'
import { computeReach } from '#access'
import { loadAgencies, readAppliedReforms, stateWith, type CountrySource } from '#agencies'
import type { AgencyClass, AgencyData, AgencyWords } from '#agencies/model'
import { readFact, setSecurityContext, systemActor, writeFact, type Database } from '#platform'
import type { Language, LocalizedText } from '#platform/model'
import { loadIndicators } from '#indicators'
import type { Calendar, IndicatorData } from '#indicators/model'
import { loadTerritory } from '#territory'
import type { CountryMap, PlaceWords, TerritoryData } from '#territory/model'
import type { DocumentGrammar } from '#documents'
import type { LinkageKnowledge } from '#linkage'
import type { Programme, Writing } from '#plans'
import type { OwnState } from '#recommendations/model'
import type { ReportWords } from '#reporting'
import type { CountryReporting } from '#reporting/model'
import type { Demonstration } from './demonstration.ts'

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
  /** How the country is drawn; null = it gives no layout: no map of tiles, and no frame for islands. */
  map: CountryMap | null
  /** The bodies of these units: those of the country's own data unless others are handed in, as a reform makes them. */
  agencies: (territory?: TerritoryData) => Promise<AgencyData>
  agencyClasses: readonly AgencyClass[]
  agencyWords: AgencyWords
  /** The body that leads the work and the unit of the whole country: the first administrator's post. */
  lead: { agencyKey: string; unitKey: string }
  /** The function of the State plans serve when their writer names none: duties of dissolved bodies follow it. */
  defaultFunction: string
  /** Code of the kind of document a plan usually is. */
  usualKind: string
  /** How the country's official documents are read; null = it gives no grammar, and reading is not offered. */
  documentGrammar: DocumentGrammar | null
  /** Address of the module that exports it as `documentGrammar`: documents are read in threads of their own. */
  grammarModule: string | null
  /** How documents leave; null = it gives no layout, and no document is offered. */
  writing: Writing | null
  /** What is known of people's names, numbers and places when records are linked; null = linkage is not offered. */
  linkageKnowledge: LinkageKnowledge | null
  programmes: readonly Programme[]
  /** How the UN calls the State, and who keeps what it recommends. */
  ownState: OwnState
  /** What the State measures, and what is to be reached. */
  indicators: IndicatorData
  /** Ways of dividing the year beside the plain one. */
  calendars: readonly Calendar[]
  /** What reporting needs: days off. */
  reporting: CountryReporting
  /** Words of reports as papers; null = no paper is offered. */
  reportWords: ReportWords | null
  /** Passwords everybody here would try, beside the well-known ones. */
  commonPasswords: readonly string[]
  demonstration: (() => Promise<Demonstration>) | null
}

/**
 * Brings the country's units and bodies into the tables and works out who stands over whom; a folder that did not
 * change is not read again. What was cut off half-way is done again by the next start.
 *
 * @param ownerDb connected as the role that owns the tables
 * @returns whether anything was read and written
 */
export async function loadCountry(ownerDb: Kysely<Database>, country: Country): Promise<boolean> {
  const stamp = stampOf(country.code)
  if ((await readFact(ownerDb, loadedFact)) === stamp) return false
  await loadParts(ownerDb, country)
  await computeReach(ownerDb)
  await writeFact(ownerDb, loadedFact, stamp)
  return true
}

const loadedFact = 'country.loaded'

/** What the country's folder holds, as one hash: a start that finds it unchanged need not work the data out again. */
function stampOf(code: string): string {
  const folder = path.join(import.meta.dirname, '..', 'countries', code)
  const hash = createHash('sha256')
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/(?<!\.test)\.(ts|json)$/.test(file) || file.startsWith('demo')) continue
    hash.update(`${file}\n`).update(readFileSync(path.join(folder, file)))
  }
  return hash.digest('hex')
}

/** Where reforms begin: the units of the country's own data, and the bodies units have. */
export function sourceOf(country: Country): CountrySource {
  return { territory: country.territory, bodies: country.agencies, placeWords: country.placeWords }
}

/** Loads the country as its data and the reforms applied here make it. */
async function loadParts(ownerDb: Kysely<Database>, country: Country): Promise<void> {
  const applied = await ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    return readAppliedReforms(db)
  })
  const { territory, bodies } = await stateWith(sourceOf(country), applied)
  await loadTerritory(ownerDb, territory, country.placeWords)
  const { agencyClasses: classes, agencyWords: words } = country
  await loadAgencies(ownerDb, { bodies, classes, words })
  await loadIndicators(ownerDb, country.indicators)
}
