import { idOfKey, notFound, type Context } from '#platform'
import { versionOn, type PlainDate, type Unit } from '#territory/model'
import { openBook, type AgencyBook } from './book.ts'
import { expandClass, matchClass } from './classes.ts'
import { splitHeadedList } from './lists.ts'
import { isReference, matchAgencyName, type MatchReason } from './matching.ts'
import { nameOn, type Agency } from './model.ts'
import { lastDayOf } from './rules.ts'
import { followSuccession } from './succession.ts'

export type HoldersQuery = {
  /** The day asked about, today as a rule. */
  on: PlainDate
  /** Code of the field of work the duties belong to; without it a body with many heirs has many holders. */
  function?: string | null
  /** The day the duties were laid on: only later moves count. Without it every move up to `on` counts. */
  since?: PlainDate
}

/**
 * Who holds the duties of bodies on a day, through succession per function.
 *
 * @returns for each body that exists, by id: the holders' ids; the body itself where nothing moved; several where it
 *   was split and no rule chooses; itself too where it ended and the records name no successor (its duties are open)
 */
export async function holdersOf(
  ctx: Context,
  agencyIds: readonly string[],
  query: HoldersQuery,
): Promise<Map<string, string[]>> {
  if (agencyIds.length === 0) return new Map()
  return holdersIn(await openBook(ctx), agencyIds, query)
}

function holdersIn(book: AgencyBook, agencyIds: readonly string[], query: HoldersQuery): Map<string, string[]> {
  const holders = new Map<string, string[]>()
  for (const id of agencyIds) {
    const agency = book.byId.get(id)
    if (agency !== undefined) holders.set(id, holdersOfOne(book, id, agency, query))
  }
  return holders
}

function holdersOfOne(book: AgencyBook, id: string, agency: Agency, query: HoldersQuery): string[] {
  const last = lastDayOf(agency.to)
  const asked = query.since ?? '0001-01-01'
  // A document that still addresses a body after its end means the body as it last was.
  const since = last !== null && asked > last ? last : asked
  const { keys } = followSuccession(book.index, agency.key, { function: query.function ?? null, since, on: query.on })
  return keys.length === 0 ? [id] : keys.map(idOfKey)
}

export type ResolvedClass = {
  /** Each body meant on the document's date, and who holds its duties today; a body split over several stands several times. */
  bodies: { addressedId: string; holderId: string }[]
  /** Nobody is bound without a person's choice. */
  isOpen: boolean
  /** Whether bodies of this class have been abolished by today, and since when. */
  abolished: boolean
  since: PlainDate | null
}

/**
 * The bodies behind a class phrase in a document: real ones as of the document's date, in the issuer's territory, and
 * their holders of today. A class that was abolished before the document resolves to those who stand in for it.
 *
 * @throws notFound `agencies.no-such-class`, or the issuer is no body
 */
export async function resolveClass(
  ctx: Context,
  code: string,
  of: { issuerId: string; on: PlainDate; today: PlainDate; function?: string | null },
): Promise<ResolvedClass> {
  const book = await openBook(ctx)
  const agencyClass = book.classes.get(code)
  if (agencyClass === undefined) throw notFound('agencies.no-such-class', { code })
  const issuer = book.byId.get(of.issuerId)
  if (issuer === undefined) throw notFound()
  const context = {
    unitKey: issuer.unitKey,
    level: issuer.level,
    on: of.on,
    isWithin: within(book.units, of.on),
    typeOf: (unitKey: string) => {
      const unit = book.units.get(unitKey)
      return unit && versionOn(unit, of.on)?.type
    },
  }
  const { agencies } = expandClass(agencyClass, context, book.byId.values())
  const ids = agencies.map((agency) => idOfKey(agency.key))
  const holders = holdersIn(book, ids, { on: of.today, since: of.on, function: of.function ?? null })
  const since = agencyClass.abolished?.since ?? null
  return {
    bodies: ids.flatMap((addressedId) =>
      (holders.get(addressedId) ?? []).map((holderId) => ({ addressedId, holderId })),
    ),
    isOpen: agencyClass.isOpen,
    abolished: since !== null && since <= of.today,
    since,
  }
}

/** Whether one unit lay in another on a day; the lines upward are kept while one class is worked out. */
function within(units: ReadonlyMap<string, Unit>, on: PlainDate): (unitKey: string, above: string) => boolean {
  const lines = new Map<string, ReadonlySet<string>>()
  const lineOf = (key: string): ReadonlySet<string> => {
    const known = lines.get(key)
    if (known !== undefined) return known
    const unit = units.get(key)
    const parent = unit === undefined ? null : (versionOn(unit, on)?.parent ?? null)
    const line = new Set([key, ...(parent === null ? [] : lineOf(parent))])
    lines.set(key, line)
    return line
  }
  return (unitKey, above) => lineOf(unitKey).has(above)
}

export type AgencySuggestion = {
  agencyId: string
  name: string
  /** 0–1; 0.9 and more is safe to preset. */
  score: number
  why: MatchReason[]
  validTo: PlainDate | null
}

/**
 * Bodies a printed name may mean in a document of an issuer, best first; a person decides.
 *
 * @param raw one name as printed; lists are to be cut before
 * @returns at most `limit` (eight at the most), empty when nothing is near
 */
export async function suggestAgencies(
  ctx: Context,
  raw: string,
  of: { issuerId: string | null; on: PlainDate; limit?: number; function?: string | null },
): Promise<AgencySuggestion[]> {
  const book = await openBook(ctx)
  const issuer = of.issuerId === null ? undefined : book.byId.get(of.issuerId)
  const context = { unitKey: issuer?.unitKey ?? null, on: of.on, function: of.function ?? null }
  return matchAgencyName(raw, context, book.index)
    .slice(0, of.limit ?? 8)
    .flatMap(({ agencyKey, score, why }) => {
      const agency = book.index.agencies.get(agencyKey)
      return agency === undefined
        ? []
        : [{ agencyId: idOfKey(agencyKey), name: nameOn(agency, of.on).name, score, why, validTo: agency.to }]
    })
}

/**
 * The class a printed phrase means ("the departments", "the committees of the communes"), if it means one. `isOpen`:
 * nobody is bound without a person's choice.
 */
export async function findClass(ctx: Context, raw: string): Promise<{ code: string; isOpen: boolean } | undefined> {
  const book = await openBook(ctx)
  const found = matchClass(raw, book.phrases, book.index.words)
  return found && { code: found.agencyClass.code, isOpen: found.isOpen }
}

/**
 * The single names in a printed list of bodies: parted at semicolons, and "the departments: health, finance" with its
 * first word before each. Kept whole when a part is no name that is known; words that point at the document itself
 * ("file") are no body.
 */
export async function splitNames(ctx: Context, raw: string): Promise<string[]> {
  const { index, phrases } = await openBook(ctx)
  const context = { unitKey: null, on: ctx.today, function: null }
  const isKnown = (phrase: string) =>
    matchClass(phrase, phrases, index.words) !== undefined ||
    matchAgencyName(phrase, context, index).some(({ score }) => score >= 0.8)
  const parts = raw
    .split(/\s*[;\n]\s*/u)
    .filter((part) => part !== '' && !isReference(part, index))
    .flatMap((part) => splitHeadedList(part, index.words.plural, isKnown))
  return parts.length > 1 && parts.every(isKnown) ? parts : [raw]
}
