import { z } from 'zod'
import { ComparisonConfig, KeyPart } from '../model.ts'

const Shares = z.array(z.number().min(0).max(1))

/**
 * What estimation found: everything that is needed to weigh a pair again. Shares are per level, the strongest agreement
 * first; counts are of pairs.
 */
export const LinkageModel = z.strictObject({
  format: z.literal('mangnon-linkage-model/1'),
  rules: z.array(z.array(KeyPart)),
  comparisons: z.array(
    z.strictObject({
      config: ComparisonConfig,
      labels: z.array(z.string()),
      /** Among pairs of one child (m) and among unrelated pairs (u). */
      match: Shares,
      chance: Shares,
      twins: Shares.nullable(),
      siblings: Shares.nullable(),
      /** Whether brothers and sisters share the value for a reason, not by chance. */
      isOfFamily: z.boolean(),
    }),
  ),
  /** Expected numbers of pairs among all that could be made of the records. */
  pairs: z.strictObject({ all: z.number(), match: z.number(), twins: z.number(), siblings: z.number() }),
  /** Probability, before it is made even, from which a pair is linked; null until it is chosen. */
  threshold: z.number().gt(0).lt(1).nullable(),
})
export type LinkageModel = z.infer<typeof LinkageModel>
