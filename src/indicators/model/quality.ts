import { z } from 'zod'
import { Id, Instant, text } from '#platform/model'
import { UnitRef } from '#territory/model'
import { Names } from './names.ts'
import { PeriodId } from './period.ts'

/**
 * What figures are held against. `compare`: another measure of the same unit and period; `parts`: the parts by a dimension come to the whole;
 * `change`: the period before, in percent; `outlier`: units of the same unit above, by robust z; `copied`: the period before, number by
 * number; `twin`: a unit of the same unit above, number by number; `heaping`: round last digits in the figures of a body.
 */
export const RuleKind = z
  .enum(['compare', 'parts', 'change', 'outlier', 'copied', 'twin', 'heaping'])
  .meta({ id: 'FigureRuleKind' })
export type RuleKind = z.infer<typeof RuleKind>

const RuleSide = z.enum(['value', 'numerator', 'denominator'])
export type RuleSide = z.infer<typeof RuleSide>

const Code = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/)
const ofMeasure = { code: Code, measure: Code }

/** A rule of the country's data. */
export const ListedRule = z.discriminatedUnion('kind', [
  z.object({
    ...ofMeasure,
    kind: z.literal('compare'),
    side: RuleSide,
    comparator: z.enum(['<=', '>=', '=']),
    other: Code,
    otherSide: RuleSide,
    /** What must hold, in words. */
    names: Names,
  }),
  z.object({ ...ofMeasure, kind: z.literal('parts'), dimension: Code }),
  z.object({ ...ofMeasure, kind: z.literal('change'), threshold: z.number().positive() }),
  z.object({ ...ofMeasure, kind: z.literal('outlier'), threshold: z.number().positive() }),
  z.object({ ...ofMeasure, kind: z.literal('copied') }),
  z.object({ ...ofMeasure, kind: z.literal('twin') }),
  z.object({ code: Code, kind: z.literal('heaping') }),
])
export type ListedRule = z.infer<typeof ListedRule>

export const FindingState = z.enum(['open', 'confirmed', 'corrected']).meta({ id: 'FigureFindingState' })
export type FindingState = z.infer<typeof FindingState>

/** Something that does not agree. `measureId` null: it is of all figures of the body in the period. `mayAnswer`: it is the acting body's. */
export const Finding = z
  .object({
    id: Id,
    rule: z.string(),
    kind: RuleKind,
    /** What must hold, where the rule says it in words. */
    ruleName: z.string().nullable(),
    cellId: Id.nullable(),
    measureId: Id.nullable(),
    unit: UnitRef,
    period: z.string(),
    breakdown: z.string(),
    agencyId: Id,
    agencyName: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    state: FindingState,
    foundAt: Instant,
    explanation: z.string().nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: Instant.nullable(),
    mayAnswer: z.boolean(),
  })
  .meta({ id: 'FigureFinding' })
export type Finding = z.infer<typeof Finding>

/** The body says why the figure is right all the same. */
export const ConfirmFinding = z.strictObject({ explanation: text(2000) }).meta({ id: 'ConfirmFigureFinding' })

export const CheckFigures = z.strictObject({ period: PeriodId }).meta({ id: 'CheckFigures' })
