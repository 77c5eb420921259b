import { z } from 'zod'
import { ShortRecommendation } from './recommendation.ts'
import { TermScheme } from './terms.ts'

const Like = ShortRecommendation.extend({ likeness: z.number().min(0).max(1) })

/** Terms and recommendations that likeness of words suggests for one; each says why. Nothing of it holds until a person confirms it. */
export const Suggestions = z
  .object({
    terms: z.array(
      z.object({
        term: z.number().int(),
        scheme: TermScheme,
        score: z.number().min(0).max(1).meta({ description: 'How much speaks for it' }),
        words: z
          .array(z.string())
          .meta({ description: 'Words of the recommendation that speak for it, the weightiest first' }),
        isNamed: z.boolean().meta({ description: "Words of the term's own name stand in it" }),
        learnedFrom: z
          .array(Like)
          .meta({ description: 'Recommendations like it that have the term, the nearest first' }),
      }),
    ),
    similar: z.array(Like.extend({ words: z.array(z.string()).meta({ description: 'Words that both have' }) })),
    learnedFrom: z.number().int().meta({ description: 'How many recommendations were compared' }),
  })
  .meta({ id: 'RecommendationSuggestions' })
export type Suggestions = z.infer<typeof Suggestions>
