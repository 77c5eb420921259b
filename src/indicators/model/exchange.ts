import { z } from 'zod'
import { Id, Instant, text } from '#platform/model'
import { UnitRef } from '#territory/model'
import { Breakdown } from './breakdown.ts'

/** The short name of another system, as it stands in the addresses its programs use. */
export const SystemCode = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

/** What of a figure an element of another system is: a rate comes as two. */
export const FigurePart = z.enum(['value', 'numerator', 'denominator']).meta({ id: 'FigurePart' })
export type FigurePart = z.infer<typeof FigurePart>

/** How another system writes an element's values: yes and no are 1 and 0 with us. */
export const ForeignValueType = z.enum(['number', 'boolean', 'true-only']).meta({ id: 'ForeignValueType' })
export type ForeignValueType = z.infer<typeof ForeignValueType>

const Name = text(250).nullable().default(null)

/** By what another system calls a thing: its id there, its code, its name, and values of attributes by the attribute's id. */
export const ForeignNames = z
  .strictObject({
    uid: Name,
    code: Name,
    name: Name,
    attributes: z.record(z.string().regex(/^[A-Za-z0-9]{1,40}$/), text(250)).default({}),
  })
  .refine((of) => of.uid !== null || of.code !== null || of.name !== null || Object.keys(of.attributes).length > 0)
  .meta({ id: 'ForeignNames' })
export type ForeignNames = z.infer<typeof ForeignNames>

/** What a thing of another system is with us. */
export const CodeMeaning = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('element'),
      measureId: Id,
      part: FigurePart.default('value'),
      valueType: ForeignValueType.default('number'),
      /** Only with this combination of options, which is then this breakdown. */
      combo: z.strictObject({ id: Id, breakdown: Breakdown }).nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('combo'),
      breakdown: Breakdown,
      options: z.record(text(250), text(250)).nullable().default(null),
    }),
    z.strictObject({ kind: z.literal('unit'), unitId: Id }),
    z.strictObject({ kind: z.literal('data-set'), calendar: z.string().max(40).nullable().default(null) }),
  ])
  .meta({ id: 'CodeMeaning' })
export type CodeMeaning = z.infer<typeof CodeMeaning>

export const CodeKind = z.enum(['element', 'combo', 'unit', 'data-set']).meta({ id: 'ExchangeCodeKind' })
export type CodeKind = z.infer<typeof CodeKind>

/** As many as are set at once. */
export const mostCodes = 1000

export const SetCodes = z
  .strictObject({
    system: SystemCode,
    codes: z
      .array(z.strictObject({ foreign: ForeignNames, meaning: CodeMeaning }))
      .min(1)
      .max(mostCodes),
  })
  .meta({ id: 'SetExchangeCodes' })
export type SetCodes = z.infer<typeof SetCodes>

export const ExchangeCode = z
  .object({
    id: Id,
    system: z.string(),
    foreign: z.object({
      uid: z.string().nullable(),
      code: z.string().nullable(),
      name: z.string().nullable(),
      attributes: z.record(z.string(), z.string()),
    }),
    meaning: CodeMeaning,
    /** The unit meant, as it is called today. */
    unit: UnitRef.nullable(),
    /** The measure meant. */
    measure: z.object({ code: z.string(), name: z.string() }).nullable(),
    setAt: Instant,
  })
  .meta({ id: 'ExchangeCode' })
export type ExchangeCode = z.infer<typeof ExchangeCode>

/** A thing of another system for which a meaning is looked for. `parent`: the name of the unit a unit lies in there. */
export const MeaningQuery = z.object({
  kind: z.enum(['unit', 'element', 'combo']),
  code: text(250).optional(),
  name: text(250).optional(),
  parent: text(250).optional(),
})
export type MeaningQuery = z.infer<typeof MeaningQuery>

/**
 * Why a meaning was found, the surest first: the code is ours; the name, in the unit of that name; the name; the name but for its marks; what a unit
 * or code was before units changed; where it lies; a name much like it; the rhythm of a form.
 */
export const MeaningFoundBy = z
  .enum([
    'code',
    'name-in-parent',
    'name',
    'bare-name',
    'old-code',
    'old-name',
    'same-ground',
    'lies-in',
    'like-name',
    'rhythm',
  ])
  .meta({ id: 'MeaningFoundBy' })
export type MeaningFoundBy = z.infer<typeof MeaningFoundBy>

/** A meaning found for a thing. `was`: what the unit was called or coded then. */
export const FoundMeaning = z
  .object({
    by: MeaningFoundBy,
    unit: UnitRef.nullable(),
    measure: z.object({ id: Id, code: z.string(), name: z.string() }).nullable(),
    part: FigurePart.nullable(),
    breakdown: z.string().nullable(),
    was: z.string().nullable(),
  })
  .meta({ id: 'FoundMeaning' })
export type FoundMeaning = z.infer<typeof FoundMeaning>

/** Meanings found for one thing, the likeliest first; `by` says what agreed. */
export const SuggestedMeanings = z.object({ found: z.array(FoundMeaning) }).meta({ id: 'SuggestedMeanings' })
export type SuggestedMeanings = z.infer<typeof SuggestedMeanings>

/** How a thing stands: joined to one of ours, with suggestions, or without a match. */
export const ThingState = z.enum(['joined', 'suggested', 'unmatched']).meta({ id: 'ForeignThingState' })
export type ThingState = z.infer<typeof ThingState>

/** A thing of another system, and what it is or may be with us. */
export const ForeignThing = z
  .object({
    id: Id,
    system: z.string(),
    kind: CodeKind,
    uid: z.string().nullable(),
    code: z.string().nullable(),
    name: z.string().nullable(),
    /** Of a unit: names of those it lies in there, nearest first. */
    above: z.array(z.string()),
    state: ThingState,
    /** What the body said it is. */
    said: ExchangeCode.nullable(),
    found: z.array(FoundMeaning),
    /** Values refused because it was not known, and when last. */
    refused: z.int(),
    refusedAt: Instant.nullable(),
  })
  .meta({ id: 'ForeignThing' })
export type ForeignThing = z.infer<typeof ForeignThing>

/** The largest package of another system's metadata that is taken in, and as many things as it may hold. */
export const packageLimits = { bytes: 64 * 1024 * 1024, things: 60_000 }

/** What became of a package: things new and known, by kind, and what could not be taken, each with why. */
export const TakenPackage = z
  .object({
    kinds: z.array(z.object({ kind: CodeKind, made: z.int(), known: z.int() })),
    refused: z.int(),
    /** The first of them. */
    problems: z.array(
      z.object({ list: z.string(), number: z.int(), name: z.string().nullable(), code: z.string(), title: z.string() }),
    ),
  })
  .meta({ id: 'TakenForeignPackage' })
export type TakenPackage = z.infer<typeof TakenPackage>

/** Says of things what they are with us, one by one. */
export const JoinThings = z
  .strictObject({
    things: z
      .array(z.strictObject({ id: Id, meaning: CodeMeaning }))
      .min(1)
      .max(mostCodes),
  })
  .meta({ id: 'JoinForeignThings' })
export type JoinThings = z.infer<typeof JoinThings>

/** Says of all things of a kind that they are what was found, where one meaning only was found, and by this. */
export const JoinFound = z
  .strictObject({ system: SystemCode, kind: CodeKind, by: MeaningFoundBy })
  .meta({ id: 'JoinFoundThings' })
export type JoinFound = z.infer<typeof JoinFound>
