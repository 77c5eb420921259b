import { z } from 'zod'
import { Id, Instant, Language, PlainDate, Version } from '#platform/model'

/** How much of the UN's a list shows: addressed to the own State and of the newest cycle of each mechanism, of all cycles, or of all States. */
export const Reach = z.enum(['latest', 'own', 'all']).meta({ id: 'RecommendationReach' })

export const RecommendationKind = z.enum(['recommendation', 'observation', 'other']).meta({ id: 'RecommendationKind' })
export type RecommendationKind = z.infer<typeof RecommendationKind>

/** How strongly it is asked for, by the verb it is put in. @source domain.md 2.1 */
export const Weight = z.enum(['urges', 'recommends', 'encourages', 'invites', 'reiterates']).meta({ id: 'Weight' })
export type Weight = z.infer<typeof Weight>

/** What the State answered in the review, as printed. */
export const PrintedPosition = z.enum(['supported', 'partly', 'noted', 'other'])
export type PrintedPosition = z.infer<typeof PrintedPosition>
/** The State's own position. */
export const OwnPosition = z.enum(['supported', 'partly', 'noted', 'under-study']).meta({ id: 'OwnPosition' })
export type OwnPosition = z.infer<typeof OwnPosition>
export const Position = z.enum(['supported', 'partly', 'noted', 'under-study', 'other']).meta({ id: 'Position' })
export type Position = z.infer<typeof Position>

export const RecommendationSummary = z
  .object({
    id: Id,
    mechanism: z.string(),
    documentId: Id,
    symbol: z.string().nullable(),
    publishedOn: PlainDate.nullable(),
    cycle: z.string().nullable(),
    paragraph: z.string().nullable(),
    part: z.string().nullable(),
    kind: RecommendationKind,
    weight: Weight.nullable(),
    language: z.string(),
    text: z.string(),
    /** In the reader's language where somebody translated it. */
    translation: z.string().nullable(),
    isTranslationOutdated: z.boolean(),
    isUrgent: z.boolean(),
    position: Position.nullable(),
    states: z.array(z.string()),
    recommendingStates: z.array(z.string()),
    terms: z.array(z.number().int()),
    /** Of these, what its source suggested and nobody has confirmed or refused. */
    undecided: z.array(z.number().int()),
    /** Of a part: the paragraph it was split from has other words since. */
    isWholeChanged: z.boolean(),
    version: Version,
  })
  .meta({ id: 'RecommendationSummary' })
export type RecommendationSummary = z.infer<typeof RecommendationSummary>

/** A page of recommendations. */
export const RecommendationPage = z
  .object({
    items: z.array(RecommendationSummary),
    total: z.number().int(),
    /** More match than are counted: the total, and the counts of facets, are of so many of them. */
    isMore: z.boolean(),
    page: z.number().int(),
    size: z.number().int(),
    /** How many of all are searchable by words: less than all while a file is being made searchable. */
    searchable: z.object({ done: z.number().int(), total: z.number().int() }),
  })
  .meta({ id: 'RecommendationPage' })
export type RecommendationPage = z.infer<typeof RecommendationPage>

export const SourceDocument = z
  .object({
    id: Id,
    mechanism: z.string(),
    symbol: z.string().nullable(),
    title: z.string().nullable(),
    publishedOn: PlainDate.nullable(),
    cycle: z.string().nullable(),
    session: z.string().nullable(),
    states: z.array(z.string()),
    isOwn: z.boolean(),
    recommendations: z.number().int(),
  })
  .meta({ id: 'SourceDocument' })
export type SourceDocument = z.infer<typeof SourceDocument>

export const WordingKind = z.enum(['translation', 'plain'])
const Wording = z.object({
  kind: WordingKind,
  language: Language,
  text: z.string(),
  isOutdated: z.boolean(),
  changedBy: z.string().nullable(),
  changedAt: Instant,
  version: Version,
})
const TagOf = z.object({
  term: z.number().int(),
  state: z.enum(['confirmed', 'refused']),
  origin: z.enum(['source', 'likeness', 'person']),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant,
})
/** In few words. */
export const ShortRecommendation = z.object({
  id: Id,
  mechanism: z.string(),
  symbol: z.string().nullable(),
  publishedOn: PlainDate.nullable(),
  paragraph: z.string().nullable(),
  part: z.string().nullable(),
  text: z.string(),
  /** In the reader's language where somebody translated it. */
  translation: z.string().nullable(),
})

/** One recommendation with everything that is kept of it. */
export const RecommendationDetail = RecommendationSummary.extend({
  document: SourceDocument,
  rawText: z.string().nullable(),
  source: z.string(),
  isSplit: z.boolean(),
  isUrgentPrinted: z.boolean(),
  positionPrinted: PrintedPosition.nullable(),
  /** The State's answer as its source prints it. */
  responsePrinted: z.string().nullable(),
  suggested: z.array(z.number().int()),
  tags: z.array(TagOf),
  wordings: z.array(Wording),
  standpoint: z
    .object({
      position: OwnPosition.nullable(),
      response: z.string().nullable(),
      isUrgent: z.boolean(),
      changedBy: z.string().nullable(),
      changedAt: Instant,
      version: Version,
    })
    .nullable(),
  assessments: z.array(
    z.object({
      id: Id,
      aspect: z.enum(['structure', 'process', 'outcome']),
      rating: z.enum(['none', 'begun', 'partly', 'largely', 'fully']),
      finding: z.string(),
      evidence: z.string(),
      assessor: z.string(),
      assessedOn: PlainDate,
      enteredBy: z.string().nullable(),
      enteredAt: Instant,
    }),
  ),
  whole: ShortRecommendation.nullable(),
  parts: z.array(ShortRecommendation),
  /** The same asked before or after, or elsewhere, as a person confirmed; oldest first. */
  history: z.array(ShortRecommendation),
  earlierTexts: z.array(z.object({ text: z.string(), until: Instant })),
  /** A difference a file brought that nobody has settled. */
  hasIncoming: z.boolean(),
  /** Whether the acting body may change what is kept of it. */
  keeps: z.boolean(),
}).meta({ id: 'RecommendationDetail' })
export type RecommendationDetail = z.infer<typeof RecommendationDetail>
