import { z } from 'zod'
import { Id } from '#platform/model'
import { UnitKey, UnitLevel } from '#territory/model'
import { AggregationRule } from './figure.ts'
import { Frequency } from './period.ts'
import { Names } from './names.ts'
import { ListedRule } from './quality.ts'
import { Comparator } from './target.ts'

const Code = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/)

/** By what figures may be broken down, and into what. */
export const Dimension = z.object({
  code: Code,
  names: Names,
  values: z.array(z.object({ code: Code, names: Names })).min(2),
})
export type Dimension = z.infer<typeof Dimension>

const Rhythm = z.object({ calendar: z.string(), frequency: Frequency }).meta({ id: 'MeasureRhythm' })

/**
 * What is measured. `factor`: what numerator over denominator is multiplied by; `isShare`: the numerator is part of the
 * denominator. `largest`: as much as a figure can be, where that is known. `level`: where figures are taken up; `function`: the field of work whose bodies answer.
 */
export const Measure = z.object({
  code: Code,
  names: Names,
  unitOfMeasure: Names,
  factor: z.number().positive(),
  numerator: Names.nullable(),
  denominator: Names.nullable(),
  isShare: z.boolean(),
  largest: z.number().positive().nullable().default(null),
  direction: z.enum(['up', 'down']).meta({ id: 'MeasureDirection' }),
  aggregation: AggregationRule,
  level: UnitLevel,
  function: z.string(),
  /** Sensitive: counts from 1 to here are told to nobody outside. */
  smallCounts: z.int().min(1).nullable().default(null),
  /** Days after a period's end by which a figure is due. */
  dueDays: z.int().min(0),
  periods: z.array(Rhythm).min(1),
  /** Admissible breakdowns, each with its own rhythm; `everyYears`: 5 = in one year of five. */
  breakdowns: z.array(Rhythm.extend({ dimension: Code, everyYears: z.int().min(1) })),
})
export type Measure = z.infer<typeof Measure>

/** Who counts as a child here: ages in whole years, `toAge` included. */
const AgeRange = z
  .object({ fromAge: z.int(), toAge: z.int(), basis: z.enum(['law', 'convention', 'own']) })
  .meta({ id: 'IndicatorAgeRange' })

/**
 * One "chỉ tiêu": often several measures. `remark`: what the source leaves open or says doubtfully. `sdgTargets` and `articles` of the Convention:
 * what it tells of, by the codes of the recommendations' lists.
 */
export const Indicator = z.object({
  code: Code,
  names: Names,
  definition: Names.nullable(),
  aspect: z.enum(['structure', 'process', 'outcome']).meta({ id: 'IndicatorAspect' }),
  ages: AgeRange.nullable(),
  /** The document that sets it, and the number it bears there. */
  source: z.object({ document: z.string(), item: z.string() }),
  remark: Names.nullable(),
  sdgTargets: z.array(z.string()).default([]),
  articles: z.array(z.string()).default([]),
  /** Fields of work whose bodies support the one that answers. */
  supporting: z.array(z.string()).default([]),
  /** Where figures come from, the first to be asked first. */
  dataSources: z.array(Names).default([]),
  measures: z.array(Measure).min(1),
})
export type Indicator = z.infer<typeof Indicator>

/** A target of the country's data. `level`: reached by `year`; `yearly-change`: percent from year to year, from `yearFrom` on. */
export const ListedTarget = z.object({
  measure: Code,
  unit: UnitKey,
  kind: z.enum(['level', 'yearly-change']),
  yearFrom: z.int().nullable(),
  year: z.int(),
  comparator: Comparator,
  value: z.number(),
  breakdown: z.string(),
})
export type ListedTarget = z.infer<typeof ListedTarget>

/** Everything a country hands in. */
export const IndicatorData = z.object({
  dimensions: z.array(Dimension),
  indicators: z.array(Indicator),
  targets: z.array(ListedTarget),
  /** What figures must agree in. */
  rules: z.array(ListedRule),
})
export type IndicatorData = z.infer<typeof IndicatorData>

/** A measure in the reader's language. */
export const MeasureRow = Measure.omit({ names: true, unitOfMeasure: true, numerator: true, denominator: true })
  .extend({
    id: Id,
    name: z.string(),
    unitOfMeasure: z.string(),
    numerator: z.string().nullable(),
    denominator: z.string().nullable(),
    functionName: z.string(),
    /** Central bodies that hold the field of work today. */
    owners: z.array(z.object({ id: Id, name: z.string() })),
  })
  .meta({ id: 'Measure' })
export type MeasureRow = z.infer<typeof MeasureRow>

/** An indicator in the reader's language, with its measures in the order of its source. */
export const IndicatorRow = Indicator.omit({
  ...{ names: true, definition: true, remark: true, measures: true, supporting: true, dataSources: true },
})
  .extend({
    id: Id,
    name: z.string(),
    definition: z.string().nullable(),
    remark: z.string().nullable(),
    /** Fields of work that support, each with the central bodies that hold it today. */
    supporting: z.array(
      z.object({ function: z.string(), name: z.string(), bodies: z.array(z.object({ id: Id, name: z.string() })) }),
    ),
    dataSources: z.array(z.string()),
    /** The body that brought it in and keeps it; null: the country's data. */
    keptBy: z.object({ id: Id, name: z.string() }).nullable(),
    measures: z.array(MeasureRow),
  })
  .meta({ id: 'Indicator' })
export type IndicatorRow = z.infer<typeof IndicatorRow>

/** A dimension in the reader's language. */
export const DimensionRow = z
  .object({ code: z.string(), name: z.string(), values: z.array(z.object({ code: z.string(), name: z.string() })) })
  .meta({ id: 'Dimension' })
export type DimensionRow = z.infer<typeof DimensionRow>
