import { z } from 'zod'
import { Id, PlainDate } from '#platform/model'

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

export const UnitLevel = UnitType.shape.level.meta({ id: 'UnitLevel' })
export type UnitLevel = z.infer<typeof UnitLevel>

/** A unit as it was named, coded and typed on the date it is shown for. `typeName` in the reader's language. */
export const UnitRef = z
  .object({ id: Id, code: z.string(), name: z.string(), type: z.string(), typeName: z.string(), level: UnitLevel })
  .meta({ id: 'UnitRef' })
export type UnitRef = z.infer<typeof UnitRef>

/** How much of a unit's ground another one holds: all of it, some of it, or all of it under another name. */
export const Extent = z.enum(['whole', 'part', 'renamed']).meta({ id: 'Extent' })
export type Extent = z.infer<typeof Extent>

/** One step of succession, as recorded. */
export const SuccessionStep = z
  .object({
    from: UnitRef,
    to: UnitRef,
    kind: Extent,
    share: z.string(),
    onDate: PlainDate,
    note: z.string().nullable(),
  })
  .meta({ id: 'SuccessionStep' })
export type SuccessionStep = z.infer<typeof SuccessionStep>

/** Where a unit's ground lies on a date. */
export const UnitFate = z.object({ unit: UnitRef, extent: Extent }).meta({ id: 'UnitFate' })
export type UnitFate = z.infer<typeof UnitFate>

/**
 * A unit in a list. `path` = the units above it, nearest first, without the country; for a unit that ended, as of its
 * last day, and `now` says where its ground lies on the asked date.
 */
export const UnitSummary = UnitRef.extend({
  nameEn: z.string(),
  validFrom: PlainDate.nullable(),
  validTo: PlainDate.nullable(),
  isInBeing: z.boolean(),
  path: z.array(UnitRef),
  now: z.array(UnitFate),
}).meta({ id: 'UnitSummary' })
export type UnitSummary = z.infer<typeof UnitSummary>

/** A stretch of a unit's life under one name, code, type and parent. */
export const UnitStretch = z
  .object({
    validFrom: PlainDate.nullable(),
    validTo: PlainDate.nullable(),
    code: z.string(),
    name: z.string(),
    nameEn: z.string(),
    type: z.string(),
    typeName: z.string(),
    parent: UnitRef.nullable(),
    legalBasis: z.string().nullable(),
  })
  .meta({ id: 'UnitStretch' })
export type UnitStretch = z.infer<typeof UnitStretch>

/** What happened to a unit on a day, in order of time; the screen says it as a sentence. */
export const UnitEvent = z
  .object({
    onDate: PlainDate,
    kind: z.enum(['made', 'renamed', 'retyped', 'recoded', 'moved', 'received', 'ended', 'became']),
    before: z.string().nullable(),
    after: z.string().nullable(),
    unit: UnitRef.nullable(),
    extent: Extent.nullable(),
    note: z.string().nullable(),
    legalBasis: z.string().nullable(),
  })
  .meta({ id: 'UnitEvent' })
export type UnitEvent = z.infer<typeof UnitEvent>

export const TypeCount = z
  .object({ type: z.string(), typeName: z.string(), level: UnitLevel, count: z.number().int() })
  .meta({ id: 'TypeCount' })
export type TypeCount = z.infer<typeof TypeCount>

/** One unit with all that is known of it. `below` counts everything under it on the date, by type. */
export const UnitDetail = UnitSummary.extend({
  asOf: PlainDate,
  recordedFrom: PlainDate,
  stretches: z.array(UnitStretch),
  aliases: z.array(
    z.object({
      field: z.enum(['name', 'code']),
      value: z.string(),
      difference: z.string(),
      validFrom: PlainDate.nullable(),
      validTo: PlainDate.nullable(),
      source: z.string().nullable(),
    }),
  ),
  remarks: z.array(z.object({ onDate: PlainDate, text: z.string() })),
  events: z.array(UnitEvent),
  became: z.array(SuccessionStep),
  cameFrom: z.array(SuccessionStep),
  below: z.array(TypeCount),
}).meta({ id: 'UnitDetail' })
export type UnitDetail = z.infer<typeof UnitDetail>

/** A unit under another, with how many lie directly under it. */
export const UnitChild = UnitRef.extend({
  nameEn: z.string(),
  validFrom: PlainDate.nullable(),
  legalBasis: z.string().nullable(),
  childCount: z.number().int(),
}).meta({ id: 'UnitChild' })
export type UnitChild = z.infer<typeof UnitChild>

export const UnitChildren = z
  .object({
    asOf: PlainDate,
    recordedFrom: PlainDate,
    unit: UnitRef,
    counts: z.array(TypeCount),
    children: z.array(UnitChild),
  })
  .meta({ id: 'UnitChildren' })
export type UnitChildren = z.infer<typeof UnitChildren>

/** The answer to "what is this old unit now": each unit that had the code or name on the day, and where its ground lies. */
export const WhatBecame = z
  .object({
    on: PlainDate.nullable(),
    asOf: PlainDate,
    recordedFrom: PlainDate,
    units: z.array(UnitSummary.extend({ steps: z.array(SuccessionStep) })),
  })
  .meta({ id: 'WhatBecame' })
export type WhatBecame = z.infer<typeof WhatBecame>

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
export { Finding, NewUnit, Portion, UnitChange, UnitPointer, type UnitReform } from './model/reforms.ts'
export { CountryMap, MapGround } from './model/map.ts'
