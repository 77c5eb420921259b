import { z } from 'zod'
import { PlainDate, text } from '#platform/model'

const key = z
  .string()
  .max(120)
  .regex(/^(u|new):[^\s/]+$/)

/** A unit named in a draft: its key, or `new:CODE` for one that the same reform makes. */
export const UnitPointer = key
export type UnitPointer = z.infer<typeof UnitPointer>

const Words = text(1000)
const Name = text(200)
const Code = z
  .string()
  .max(20)
  .regex(/^[^\s/]+$/)
const Note = Words.nullable().default(null)

/** A unit a reform makes. `nameEn` null: the name without its marks. */
export const NewUnit = z
  .strictObject({
    code: Code,
    name: Name,
    nameEn: Name.nullable().default(null),
    type: z.string().max(60),
    parent: UnitPointer,
  })
  .meta({ id: 'NewUnit' })
export type NewUnit = z.infer<typeof NewUnit>

/** How much of a unit's ground goes where; `share` keeps a finer word of the decision's own list. */
export const Portion = z
  .strictObject({
    unit: UnitPointer,
    extent: z.enum(['whole', 'part']),
    share: z.string().max(60).nullable().default(null),
    note: Note,
  })
  .meta({ id: 'UnitPortion' })
export type Portion = z.infer<typeof Portion>

const common = { legalBasis: Words.nullable().default(null) }

/**
 * One change of units. Ground that was merged or divided, or put on another level (`convert`), is a new unit; ground
 * that is renamed or moved goes on as the same one (ADR 0006). Every unit that gives ground ends with the reform.
 */
export const UnitChange = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('merge'), from: z.array(Portion).min(1).max(500), into: NewUnit, ...common }),
    z.strictObject({
      kind: z.literal('split'),
      unit: UnitPointer,
      into: z.array(NewUnit).min(2).max(200),
      note: Note,
      ...common,
    }),
    z.strictObject({
      kind: z.literal('convert'),
      unit: UnitPointer,
      into: NewUnit,
      share: z.string().max(60).nullable().default(null),
      note: Note,
      ...common,
    }),
    z.strictObject({
      kind: z.literal('rename'),
      unit: UnitPointer,
      name: Name.nullable().default(null),
      nameEn: Name.nullable().default(null),
      type: z.string().max(60).nullable().default(null),
      code: Code.nullable().default(null),
      ...common,
    }),
    z.strictObject({ kind: z.literal('move'), unit: UnitPointer, parent: UnitPointer, ...common }),
    z.strictObject({ kind: z.literal('abolish'), unit: UnitPointer, to: z.array(Portion).max(500), ...common }),
    z.strictObject({ kind: z.literal('create'), made: NewUnit, ...common }),
  ])
  .meta({ id: 'UnitChange' })
export type UnitChange = z.infer<typeof UnitChange>

/**
 * Something a check found. `error` stops the reform, `notice` is to be known. `change` = place of the change it is
 * about, null when it follows from all together; `params` are names and codes for the sentence.
 */
export const Finding = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'notice']),
    change: z.number().int().nullable(),
    params: z.record(z.string(), z.string()),
  })
  .meta({ id: 'ReformFinding' })
export type Finding = z.infer<typeof Finding>

/** Unit changes with the day they are in force. */
export type UnitReform = { date: PlainDate; legalBasis: string | null; changes: readonly UnitChange[] }
