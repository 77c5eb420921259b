import { z } from 'zod'
import { Id, Instant, PageQuery, PlainDate, text, Version } from '#platform/model'
import { UnitRef } from '#territory/model'
import { SeriesPoint, Target, TargetProgress } from './target.ts'

/** A measure in few words, in the reader's language. */
export const MeasureInShort = z
  .object({ measureId: Id, indicatorId: Id, indicatorName: z.string(), name: z.string(), unitOfMeasure: z.string() })
  .meta({ id: 'MeasureInShort' })
export type MeasureInShort = z.infer<typeof MeasureInShort>

/** How a measure came to something: a person chose it, or took what was suggested. */
export const LinkOrigin = z.enum(['person', 'likeness']).meta({ id: 'MeasureLinkOrigin' })

/** A measure that tells of something, and who said so. */
export const LinkedMeasure = MeasureInShort.extend({
  id: Id,
  origin: LinkOrigin,
  reason: z.string().nullable(),
  agencyName: z.string(),
  personName: z.string().nullable(),
  linkedAt: Instant,
  version: Version,
  mayEnd: z.boolean(),
}).meta({ id: 'LinkedMeasure' })
export type LinkedMeasure = z.infer<typeof LinkedMeasure>

/** A measure that may tell of something, and why: words both have, targets of the goals and articles of the Convention both tell of. */
export const LikelyMeasure = MeasureInShort.extend({
  likeness: z.number().min(0).max(1),
  words: z.array(z.string()),
  sdgTargets: z.array(z.string()),
  articles: z.array(z.string()),
  /** It tells of something near: of a recommendation the task answers. */
  isNear: z.boolean(),
}).meta({ id: 'LikelyMeasure' })
export type LikelyMeasure = z.infer<typeof LikelyMeasure>

const said = { measureId: Id, origin: LinkOrigin.default('person'), reason: text(2000).nullable().default(null) }

/** What is laid to measures, one or many at once. */
export const LinkRecommendationMeasures = z.strictObject({
  links: z
    .array(z.strictObject({ recommendationId: Id, ...said }))
    .min(1)
    .max(200),
})
export type LinkRecommendationMeasures = z.infer<typeof LinkRecommendationMeasures>
export const linkToMeasure = said
export const LinkedMeasures = z
  .object({ linked: z.number().int(), same: z.number().int() })
  .meta({ id: 'LinkedMeasures' })
export type LinkedMeasures = z.infer<typeof LinkedMeasures>
export const EndMeasureLink = z.strictObject({ version: Version, reason: text(2000) })
export type EndMeasureLink = z.infer<typeof EndMeasureLink>

/** Which of an indicator's recommendations, or tasks, are asked for. */
export const OfIndicator = PageQuery.extend({ measureId: Id.optional(), search: text(200).optional() })

/** A recommendation of which a measure of an indicator tells. */
export const MeasuredRecommendation = z
  .object({
    linkId: Id,
    measureId: Id,
    measureName: z.string(),
    recommendationId: Id,
    mechanism: z.string(),
    symbol: z.string().nullable(),
    paragraph: z.string().nullable(),
    part: z.string().nullable(),
    text: z.string(),
    translation: z.string().nullable(),
    version: Version,
    mayEnd: z.boolean(),
  })
  .meta({ id: 'MeasuredRecommendation' })
export type MeasuredRecommendation = z.infer<typeof MeasuredRecommendation>

/**
 * What a measure says of how things go: how it stands with the targets that come next; `no-data` where too few gave figures, `no-target`
 * where none was set, `unseen` where the reader may not see the figure.
 */
export const MeasureSays = z
  .enum(['reached', 'on-course', 'off-course', 'no-data', 'no-target', 'unseen'])
  .meta({ id: 'MeasureSays' })
export type MeasureSays = z.infer<typeof MeasureSays>

/** The figures of one breakdown (empty: the whole) over the years, with the targets set for it. */
export const StandingLine = z
  .object({
    breakdown: z.string(),
    series: z.array(SeriesPoint),
    targets: z.array(Target.extend({ progress: TargetProgress })),
  })
  .meta({ id: 'StandingLine' })
export type StandingLine = z.infer<typeof StandingLine>

/** How a measure stands in a unit: the country or, where the reader does not see that, the widest of his units. `unit` null: none. */
export const MeasureStanding = MeasureInShort.extend({
  unit: UnitRef.nullable(),
  isNational: z.boolean(),
  asOf: PlainDate,
  says: MeasureSays,
  /** The year of the targets it speaks of. */
  year: z.number().int().nullable(),
  lines: z.array(StandingLine),
}).meta({ id: 'MeasureStanding' })
export type MeasureStanding = z.infer<typeof MeasureStanding>
