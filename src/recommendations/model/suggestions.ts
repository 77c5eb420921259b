import { z } from 'zod'
import { Id } from '#platform/model'
import { ShortRecommendation } from './recommendation.ts'
import { TermScheme } from './terms.ts'

const Like = ShortRecommendation.extend({ likeness: z.number().min(0).max(1) })

const SuggestedTerm = z.object({
  term: z.number().int(),
  scheme: TermScheme,
  score: z.number().min(0).max(1).meta({ description: 'How much speaks for it' }),
  words: z
    .array(z.string())
    .meta({ description: 'Words of the recommendation that speak for it, the weightiest first' }),
  isNamed: z.boolean().meta({ description: "Words of the term's own name stand in it" }),
  learnedFrom: z.array(Like).meta({ description: 'Recommendations like it that have the term, the nearest first' }),
})

/** How many recommendations are compared at once. */
export const mostCompared = 25
/** Recommendations whose terms are asked for together: their ids, parted by commas. */
export const TermsSuggestedQuery = z.object({
  ids: z
    .string()
    .regex(/^[0-9a-f-]{36}(?:,[0-9a-f-]{36})*$/)
    .max(37 * mostCompared)
    .meta({ description: 'Ids parted by commas, 25 at most' }),
})
/** Terms that likeness of words suggests for several recommendations; each says why. */
export const TermsSuggested = z
  .object({
    items: z.array(
      z.object({ recommendationId: Id, terms: z.array(SuggestedTerm.omit({ scheme: true, learnedFrom: true })) }),
    ),
  })
  .meta({ id: 'TermsSuggested' })
export type TermsSuggested = z.infer<typeof TermsSuggested>

/** Terms and recommendations that likeness of words suggests for one; each says why. Nothing of it holds until a person confirms it. */
export const Suggestions = z
  .object({
    terms: z.array(SuggestedTerm),
    similar: z.array(Like.extend({ words: z.array(z.string()).meta({ description: 'Words that both have' }) })),
    learnedFrom: z.number().int().meta({ description: 'How many recommendations were compared' }),
  })
  .meta({ id: 'RecommendationSuggestions' })
export type Suggestions = z.infer<typeof Suggestions>
