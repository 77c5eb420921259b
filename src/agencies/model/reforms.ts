import { z } from 'zod'
import { Id, PlainDate, Version, pageOf, text } from '#platform/model'
import { Finding, UnitChange, UnitPointer } from '#territory/model'
import { AgencyKind, AgencyLevel, AgencyRef } from './bodies.ts'

/** A body named in a draft: its key; a body the same reform makes is named by the key it will have, its unit by pointer. */
export const BodyPointer = z
  .string()
  .max(200)
  .regex(/^(u|new):[^\s/]+\/[^\s/]+$/)
export type BodyPointer = z.infer<typeof BodyPointer>

const Name = text(300)
const Functions = z.array(z.string().max(80)).max(60)
const Abbreviations = z.array(Name).max(20)

/** A body a reform makes. `slug` null: worked out from the short name when the draft is saved. */
export const NewBody = z
  .strictObject({
    slug: z
      .string()
      .max(80)
      .regex(/^[a-z0-9-]+$/)
      .nullable()
      .default(null),
    kind: AgencyKind,
    level: AgencyLevel,
    unit: UnitPointer,
    superior: BodyPointer.nullable(),
    name: Name,
    shortName: Name,
    abbreviations: Abbreviations.default([]),
    isExecutive: z.boolean().default(true),
    numberingAbbreviation: Name.nullable().default(null),
    /** Fields of work it has beside those it takes over. */
    functions: Functions.default([]),
  })
  .meta({ id: 'NewBody' })
export type NewBody = z.infer<typeof NewBody>

/** Who takes over: a body in being, or one that the reform makes. Exactly one of the two is given. */
export const BodyTarget = z
  .strictObject({ body: BodyPointer.nullable().default(null), made: NewBody.nullable().default(null) })
  .refine((target) => (target.body === null) !== (target.made === null))
  .meta({ id: 'BodyTarget' })
export type BodyTarget = z.infer<typeof BodyTarget>

/**
 * One change of bodies. `split`: the first heir takes everything no other is given by name. `transfer`: the body goes on
 * without those fields of work. `abolish` to null: nobody takes over, allowed only for a body without work.
 */
export const BodyChange = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('merge'), from: z.array(BodyPointer).min(1).max(50), into: BodyTarget }),
    z.strictObject({
      kind: z.literal('split'),
      body: BodyPointer,
      into: z
        .array(z.strictObject({ to: BodyTarget, functions: Functions }))
        .min(2)
        .max(20),
    }),
    z.strictObject({ kind: z.literal('transfer'), body: BodyPointer, functions: Functions.min(1), to: BodyTarget }),
    z.strictObject({
      kind: z.literal('rename'),
      body: BodyPointer,
      name: Name,
      shortName: Name,
      abbreviations: Abbreviations.nullable().default(null),
      numberingAbbreviation: Name.nullable().default(null),
    }),
    z.strictObject({ kind: z.literal('move'), body: BodyPointer, superior: BodyPointer }),
    z.strictObject({ kind: z.literal('abolish'), body: BodyPointer, to: BodyPointer.nullable() }),
    z.strictObject({ kind: z.literal('create'), made: NewBody }),
  ])
  .meta({ id: 'BodyChange' })
export type BodyChange = z.infer<typeof BodyChange>

export type BodyReform = { date: PlainDate; changes: readonly BodyChange[] }

export const ReformState = z.enum(['draft', 'submitted', 'scheduled', 'applied', 'blocked', 'discarded']).meta({
  id: 'ReformState',
  description: 'blocked: approved, but on its date something stood against it; nothing was changed',
})
export type ReformState = z.infer<typeof ReformState>

/** What a drafter writes. */
export const ReformInput = z.strictObject({
  title: Name,
  legalBasis: Name,
  date: PlainDate,
  unitChanges: z.array(UnitChange).max(6000),
  bodyChanges: z.array(BodyChange).max(2000),
})
export type ReformInput = z.infer<typeof ReformInput>

/** Saving names the version that was seen. */
export const ReformSave = ReformInput.extend({ version: Version })
export const ReformStep = z.strictObject({ version: Version })
export const ReformReturn = z.strictObject({ version: Version, reason: text(2000) })

export const ReformSummary = z
  .object({
    id: Id,
    title: z.string(),
    legalBasis: z.string(),
    date: PlainDate,
    state: ReformState,
    agency: AgencyRef,
    unitChangeCount: z.number().int(),
    bodyChangeCount: z.number().int(),
    updatedAt: z.string(),
    appliedAt: z.string().nullable(),
  })
  .meta({ id: 'ReformSummary' })
export type ReformSummary = z.infer<typeof ReformSummary>
export const ReformPage = pageOf(ReformSummary).meta({ id: 'ReformPage' })

const Named = z.object({ key: z.string(), id: Id.nullable(), name: z.string() })

/** One reform with its changes. `names` = what the keys in it mean, for the screen. */
export const ReformDetail = ReformSummary.extend({
  version: z.number().int(),
  reason: z.string().nullable(),
  unitChanges: z.array(UnitChange),
  bodyChanges: z.array(BodyChange),
  names: z.array(Named),
  /** When each step was taken; who took it stands in the audit. */
  submittedAt: z.string().nullable(),
  approvedAt: z.string().nullable(),
  may: z.object({
    edit: z.boolean(),
    submit: z.boolean(),
    approve: z.boolean(),
    takeBack: z.boolean(),
    discard: z.boolean(),
  }),
}).meta({ id: 'ReformDetail' })
export type ReformDetail = z.infer<typeof ReformDetail>

/** What a unit or body is before and after, in words; null before = made by the reform, null after = ended by it. */
export const UnitTouched = z
  .object({
    key: z.string(),
    id: Id.nullable(),
    fate: z.enum(['ended', 'made', 'changed']),
    before: z
      .object({ code: z.string(), name: z.string(), type: z.string(), parent: z.string().nullable() })
      .nullable(),
    after: z.object({ code: z.string(), name: z.string(), type: z.string(), parent: z.string().nullable() }).nullable(),
    /** Units that take its ground, or that it takes ground from. */
    others: z.array(z.object({ name: z.string(), kind: z.enum(['whole', 'part', 'renamed']) })),
  })
  .meta({ id: 'UnitTouched' })
export type UnitTouched = z.infer<typeof UnitTouched>

export const BodyTouched = z
  .object({
    key: z.string(),
    id: Id.nullable(),
    fate: z.enum(['ended', 'made', 'changed']),
    before: z.object({ name: z.string(), superior: z.string().nullable(), functions: z.array(z.string()) }).nullable(),
    after: z.object({ name: z.string(), superior: z.string().nullable(), functions: z.array(z.string()) }).nullable(),
    /** Who takes its work, per field of work; null = everything else. */
    heirs: z.array(z.object({ name: z.string(), functionName: z.string().nullable() })),
  })
  .meta({ id: 'BodyTouched' })
export type BodyTouched = z.infer<typeof BodyTouched>

const Counts = z.object({ ended: z.number().int(), made: z.number().int(), changed: z.number().int() })

/** Records of other parts of the product that hang on bodies a reform ends or takes work from. */
export const TouchedKind = z.string().meta({ id: 'TouchedKind', description: 'posts, plans, duties, work …' })

export const ReformPreview = z
  .object({
    findings: z.array(Finding),
    units: Counts,
    bodies: Counts,
    records: z.array(z.object({ kind: TouchedKind, count: z.number().int() })),
  })
  .meta({ id: 'ReformPreview' })
export type ReformPreview = z.infer<typeof ReformPreview>

export const UnitsTouched = pageOf(UnitTouched).meta({ id: 'UnitsTouched' })
export const BodiesTouched = pageOf(BodyTouched).meta({ id: 'BodiesTouched' })

export const TouchedRecord = z
  .object({ id: Id, name: z.string(), detail: z.string().nullable(), agency: AgencyRef, heirs: z.array(z.string()) })
  .meta({ id: 'TouchedRecord' })
export type TouchedRecord = z.infer<typeof TouchedRecord>
export const RecordsTouched = pageOf(TouchedRecord).meta({ id: 'RecordsTouched' })

export const RowResult = z.object({ row: z.number().int(), code: z.string(), title: z.string() })
export const ReformImported = z
  .object({ rows: z.number().int(), changes: z.array(UnitChange), faults: z.array(RowResult) })
  .meta({ id: 'ReformImported' })

const ChoiceUnit = z.object({
  key: z.string(),
  code: z.string(),
  name: z.string(),
  typeName: z.string(),
  above: z.string().nullable(),
  aboveKey: z.string().nullable(),
})
const ChoiceBody = z.object({
  key: z.string(),
  name: z.string(),
  unit: z.string(),
  functions: z.array(z.object({ code: z.string(), name: z.string() })),
})

/** What the editor offers: units or bodies in being on the day before the reform, by what is typed. */
export const ReformUnits = z.object({ items: z.array(ChoiceUnit) }).meta({ id: 'ReformUnits' })
export const ReformBodies = z.object({ items: z.array(ChoiceBody) }).meta({ id: 'ReformBodies' })
export const ReformWords = z
  .object({
    types: z.array(z.object({ type: z.string(), name: z.string(), level: z.string() })),
    functions: z.array(z.object({ code: z.string(), name: z.string() })),
  })
  .meta({ id: 'ReformWords' })
