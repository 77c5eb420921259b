import { z } from 'zod'
import { MeasureSays } from '#indicators/model'
import { Id, Instant, PlainDate, text, Version } from '#platform/model'
import { AgencyName, FourNumbers } from './numbers.ts'

/** How a task answers a recommendation. */
export const AnswerKind = z.enum(['implements', 'contributes', 'monitors']).meta({ id: 'AnswerKind' })
export type AnswerKind = z.infer<typeof AnswerKind>

/** How far a recommendation is carried out by the work of the tasks that answer it. */
export const ImplementationStatus = z.enum(['planned', 'under-way', 'done']).meta({ id: 'ImplementationStatus' })
export type ImplementationStatus = z.infer<typeof ImplementationStatus>

/**
 * How far a recommendation is carried out and what that follows from: the work of the tasks that implement it or, where
 * none does, of those that contribute (`byTasks`), of what the reader sees; held back from done by measures (ADR 0020). Null: no task does either.
 */
export const Implementation = z
  .object({
    status: ImplementationStatus,
    byTasks: ImplementationStatus,
    basis: AnswerKind.exclude(['monitors']),
    tasks: z.number().int(),
    pieces: z.number().int(),
    done: z.number().int(),
    begun: z.number().int(),
    overdue: z.number().int(),
    /** Done so far, but the work comes back with each period. */
    recurring: z.number().int(),
    asOf: PlainDate,
  })
  .meta({ id: 'Implementation' })
export type Implementation = z.infer<typeof Implementation>

/** How far recommendations are carried out, for a list; those that no task carries out are left out. */
export const Implementations = z
  .array(z.object({ recommendationId: Id, status: ImplementationStatus }))
  .meta({ id: 'Implementations' })
export type Implementations = z.infer<typeof Implementations>

/** A task that answers a recommendation, seen from the recommendation. */
export const Answer = z
  .object({
    id: Id,
    kind: AnswerKind,
    origin: z.enum(['person', 'likeness']),
    reason: z.string().nullable(),
    /** The body that said so. */
    agency: AgencyName,
    personName: z.string().nullable(),
    linkedAt: Instant,
    planId: Id,
    planTitle: z.string(),
    planNumber: z.string().nullable(),
    nodeId: Id,
    path: z.string(),
    text: z.string(),
    /** Bodies that lead on the task. */
    leads: z.array(AgencyName),
    numbers: FourNumbers,
    version: Version,
    mayEnd: z.boolean(),
  })
  .meta({ id: 'Answer' })
export type Answer = z.infer<typeof Answer>

/** What a measure that tells of a recommendation says of it, of the country. */
export const Told = z
  .object({
    measureId: Id,
    indicatorId: Id,
    name: z.string(),
    says: MeasureSays,
    /** The year of the targets it speaks of. */
    year: z.number().int().nullable(),
    holdsBack: z.boolean(),
  })
  .meta({ id: 'ToldByMeasure' })
export type Told = z.infer<typeof Told>

export const AnswersOf = z
  .object({ implementation: Implementation.nullable(), measures: z.array(Told), answers: z.array(Answer) })
  .meta({ id: 'AnswersOf' })
export type AnswersOf = z.infer<typeof AnswersOf>

/** A recommendation a task answers, seen from the task. */
export const AnsweredRecommendation = z
  .object({
    answerId: Id,
    kind: AnswerKind,
    recommendationId: Id,
    mechanism: z.string(),
    symbol: z.string().nullable(),
    paragraph: z.string().nullable(),
    part: z.string().nullable(),
    text: z.string(),
    /** In the reader's language where somebody translated it. */
    translation: z.string().nullable(),
    version: Version,
  })
  .meta({ id: 'AnsweredRecommendation' })
export type AnsweredRecommendation = z.infer<typeof AnsweredRecommendation>

/** Tasks of issued plans laid to recommendations, one or many at once. */
export const LinkAnswers = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        recommendationId: Id,
        nodeId: Id,
        kind: AnswerKind,
        origin: z.enum(['person', 'likeness']).default('person'),
        reason: text(2000).nullable().default(null),
      }),
    )
    .min(1)
    .max(500),
})
export type LinkAnswers = z.infer<typeof LinkAnswers>
export const LinkedAnswers = z
  .object({ linked: z.number().int(), same: z.number().int() })
  .meta({ id: 'LinkedAnswers' })

export const EndAnswer = z.strictObject({ version: Version, reason: text(2000) })

/** By what coverage is told apart. */
export const CoverageOf = z.enum(['mechanism', 'cluster', 'theme', 'group', 'cycle', 'lead'])
/** Of the recommendations a filter keeps: how many are answered, by the values of a facet; each number opens to its list. */
export const RecommendationCoverage = z
  .object({
    rows: z.array(
      z.object({
        /** `none`: those without a value. */
        value: z.string(),
        name: z.string().nullable(),
        total: z.number().int(),
        /** Without a task that implements or contributes. */
        unanswered: z.number().int(),
        planned: z.number().int(),
        underWay: z.number().int(),
        done: z.number().int(),
      }),
    ),
    /** More match than are counted: each number is of the newest so many. */
    isMore: z.boolean(),
  })
  .meta({ id: 'RecommendationCoverage' })
export type RecommendationCoverage = z.infer<typeof RecommendationCoverage>

/** A suggestion a person refused; it is not made again until that is taken back. */
const Refused = z.object({
  refusalId: Id,
  reason: z.string().nullable(),
  /** The body that said so. */
  agency: AgencyName,
  personName: z.string().nullable(),
  refusedAt: Instant,
  mayTakeBack: z.boolean(),
})
const Likely = z.object({
  likeness: z.number().min(0).max(1),
  /** Words of the recommendation, its translation or its terms that the task has too. */
  words: z.array(z.string()),
})
const TaskInShort = z.object({
  nodeId: Id,
  planId: Id,
  planTitle: z.string(),
  planNumber: z.string().nullable(),
  path: z.string(),
  text: z.string(),
})
const RecommendationInShort = AnsweredRecommendation.omit({ answerId: true, kind: true, version: true })
const Place = RecommendationInShort.pick({ recommendationId: true, symbol: true, paragraph: true, part: true })

/** Tasks of issued plans that likeness of words suggests for a recommendation, of those the acting body may lay to it; each says why. */
export const LikelyTasks = z
  .object({
    /** `learnedFrom`: recommendations like it that the task answers. */
    suggested: z.array(TaskInShort.extend(Likely.shape).extend({ learnedFrom: z.array(Place) })),
    refused: z.array(TaskInShort.extend(Refused.shape)),
  })
  .meta({ id: 'LikelyTasks' })
export type LikelyTasks = z.infer<typeof LikelyTasks>

/** Recommendations a task may answer, of those the acting body may lay it to; each says why. */
export const LikelyRecommendations = z
  .object({
    /** `learnedFrom`: tasks like it that answer the recommendation. */
    suggested: z.array(
      RecommendationInShort.extend(Likely.shape).extend({
        learnedFrom: z.array(TaskInShort.pick({ nodeId: true, planId: true, path: true, text: true })),
      }),
    ),
    refused: z.array(RecommendationInShort.extend(Refused.shape)),
  })
  .meta({ id: 'LikelyRecommendations' })
export type LikelyRecommendations = z.infer<typeof LikelyRecommendations>

/** Suggestions that are none, one or many at once. */
export const RefuseAnswers = z.strictObject({
  refusals: z
    .array(z.strictObject({ recommendationId: Id, nodeId: Id, reason: text(2000).nullable().default(null) }))
    .min(1)
    .max(500),
})
export type RefuseAnswers = z.infer<typeof RefuseAnswers>
export const RefusedAnswers = z
  .object({ refused: z.number().int(), same: z.number().int() })
  .meta({ id: 'RefusedAnswers' })
