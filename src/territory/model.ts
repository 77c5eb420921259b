import { z } from 'zod'
import { PlainDate } from '#platform/model'

export { PlainDate }

/** The stable key of a unit in the country's data, such as `u:2025:00004`. A code alone is no identity. */
export const UnitKey = z.string().regex(/^u:[^\s]+$/)
export type UnitKey = z.infer<typeof UnitKey>

/** What a country calls its kinds of unit, and on which level each stands (0 = the whole country). */
export const UnitType = z.object({
  type: z.string(),
  level: z.enum(['country', 'province', 'district', 'commune']),
  /** Words per language, as printed before a name. */
  names: z.record(z.string(), z.string()),
  /** Order in lists of one level. */
  rank: z.int(),
})
export type UnitType = z.infer<typeof UnitType>
export type UnitLevel = UnitType['level']

/**
 * How a unit was called, coded and placed during `[from, to)`. `from` null = since before the records begin
 * (see `TerritoryData.recordedFrom`), `to` null = still so.
 */
export const UnitVersion = z.object({
  from: PlainDate.nullable(),
  to: PlainDate.nullable(),
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  type: z.string(),
  parent: UnitKey.nullable(),
  legalBasis: z.string().nullable(),
})
export type UnitVersion = z.infer<typeof UnitVersion>

/** One piece of ground with its history; versions in order of time, without gaps. */
export const Unit = z.object({ key: UnitKey, versions: z.array(UnitVersion).min(1) })
export type Unit = z.infer<typeof Unit>

/**
 * What became of a unit: `whole` all of it went into the new one, `part` some of it, `renamed` the same ground goes on
 * as another unit. `share` keeps the finer word of the source; `weight` 0–1 is null where no share was published.
 */
export const Succession = z.object({
  from: UnitKey,
  to: UnitKey,
  kind: z.enum(['whole', 'part', 'renamed']),
  share: z.string(),
  date: PlainDate,
  weight: z.number().min(0).max(1).nullable(),
  note: z.string().nullable(),
})
export type Succession = z.infer<typeof Succession>

/** Another name or code under which a unit is found during `[from, to)`. */
export const UnitAlias = z.object({
  unit: UnitKey,
  field: z.enum(['name', 'code']),
  value: z.string(),
  difference: z.string(),
  from: PlainDate.nullable(),
  to: PlainDate.nullable(),
  source: z.string().nullable(),
})
export type UnitAlias = z.infer<typeof UnitAlias>

/** A fact about a unit that is no version, no edge and no name. */
export const UnitRemark = z.object({ unit: UnitKey, date: PlainDate, text: z.string() })
export type UnitRemark = z.infer<typeof UnitRemark>

/** All units of a country over time, as its data hands them in. */
export const TerritoryData = z.object({
  country: z.string(),
  /** First day the earliest list describes; before it names and codes may have been others. */
  recordedFrom: PlainDate,
  types: z.array(UnitType),
  units: z.array(Unit),
  succession: z.array(Succession),
  aliases: z.array(UnitAlias),
  remarks: z.array(UnitRemark),
})
export type TerritoryData = z.infer<typeof TerritoryData>

/** What a country's names need to be searched. */
export const PlaceWords = z.object({
  /** Folded words and abbreviations written before a unit's name, with the types each may stand for. */
  prefixes: z.record(z.string(), z.array(z.string())),
  /** Spellings exchanged in place names, as `foldLoose` applies them. */
  spelling: z.array(z.tuple([z.string(), z.string()]).readonly()),
})
export type PlaceWords = z.infer<typeof PlaceWords>

/** Whether `[from, to)` holds a date; null ends are open. */
export function isValidOn(period: { from: string | null; to: string | null }, on: PlainDate): boolean {
  return (period.from === null || period.from <= on) && (period.to === null || on < period.to)
}

/** The version of a unit on a date, if the unit existed then. */
export function versionOn(unit: Unit, on: PlainDate): UnitVersion | undefined {
  return unit.versions.find((version) => isValidOn(version, on))
}

export { foldLoose, foldName, markedKey, similarity, splitPrefix } from './names.ts'
export type { SpellingRule } from './names.ts'
