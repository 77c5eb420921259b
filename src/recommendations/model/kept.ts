import { z } from 'zod'
import { Id, Language, PlainDate, text, Version } from '#platform/model'
import { OwnPosition, WordingKind } from './recommendation.ts'

const PartSign = z.string().regex(/^[a-z0-9]{1,4}(?:\.[a-z0-9]{1,5})?$/)
const PartWording = z.strictObject({ kind: WordingKind, language: Language, text: text(20_000) })
/** Something of the whole, and the parts it is laid to. */
const ToParts = z.strictObject({ id: Id, parts: z.array(PartSign).min(1).max(60) })

/** Splits a paragraph: its parts in order, as a person left them, with their own wordings. */
export const SplitParagraph = z.strictObject({
  version: Version,
  parts: z
    .array(z.strictObject({ part: PartSign, text: text(20_000), wordings: z.array(PartWording).max(20).optional() }))
    .min(2)
    .max(60),
  /** Tasks that answer the whole; one that is not named answers all parts. */
  answers: z.array(ToParts).max(1000).optional(),
  /** Assessments of the whole; one that is not named stays with it. */
  assessments: z.array(ToParts).max(500).optional(),
})
export type SplitParagraph = z.infer<typeof SplitParagraph>

/** The parts a paragraph's printed letters propose. */
export const ProposedParts = z
  .object({
    lead: z.string(),
    parts: z.array(
      z.object({
        part: z.string(),
        text: z.string(),
        /** What the same letter has in the wordings of the whole. */
        wordings: z.array(z.object({ kind: WordingKind, language: Language, text: z.string() })),
      }),
    ),
  })
  .meta({ id: 'ProposedParts' })

/** What a person says of terms on recommendations, one or many. */
export const DecideTags = z.strictObject({
  decisions: z
    .array(
      z.strictObject({
        recommendationId: Id,
        term: z.number().int(),
        state: z.enum(['confirmed', 'refused']),
        origin: z.enum(['source', 'likeness', 'person']).default('person'),
        reason: text(2000).nullable().default(null),
      }),
    )
    .min(1)
    .max(2000),
})
export type DecideTags = z.infer<typeof DecideTags>
export const DecidedTags = z.object({ decided: z.number().int(), same: z.number().int() }).meta({ id: 'DecidedTags' })

/** A term of a recommendation as persons left it; `open`: nobody decided, or it was taken back. */
export const TagValue = z
  .strictObject({
    term: z.number().int(),
    state: z.enum(['confirmed', 'refused', 'open']),
    origin: z.enum(['source', 'likeness', 'person']),
    reason: text(2000).nullable(),
  })
  .meta({ id: 'TagValue' })
export type TagValue = z.infer<typeof TagValue>

/** A translation, or the twin in plain words. `version` null: there is none yet. */
export const SaveWording = z.strictObject({
  kind: WordingKind,
  language: Language,
  text: text(20_000),
  version: Version.nullable(),
})
export type SaveWording = z.infer<typeof SaveWording>

/** The State's own position, answer and urgency. */
export const SaveStandpoint = z.strictObject({
  position: OwnPosition.nullable(),
  response: text(20_000).nullable(),
  isUrgent: z.boolean(),
  version: Version.nullable(),
})
export type SaveStandpoint = z.infer<typeof SaveStandpoint>

/** An independent view of how far it is carried out. */
export const AddAssessment = z.strictObject({
  aspect: z.enum(['structure', 'process', 'outcome']),
  rating: z.enum(['none', 'begun', 'partly', 'largely', 'fully']),
  finding: text(10_000),
  evidence: text(10_000),
  assessor: text(500),
  assessedOn: PlainDate,
})
export type AddAssessment = z.infer<typeof AddAssessment>

/** Whether two recommendations ask the same. */
export const DecideLikeness = z.strictObject({
  otherId: Id,
  state: z.enum(['confirmed', 'refused']),
  reason: text(2000).nullable().default(null),
})
export type DecideLikeness = z.infer<typeof DecideLikeness>
