import { z } from 'zod'
import { Id, Instant, PageQuery, pageOf, PlainDate, Version } from '#platform/model'
import { OriginalBlock } from './original.ts'
import { ImportProposal, ReviewedProposal } from './proposal.ts'
import { Reading } from './reading.ts'

/** `reading` while a large file waits for its job; `unreadable` when that job found no document in it. */
export const ImportState = z
  .enum(['reading', 'unreadable', 'reviewing', 'confirmed', 'discarded'])
  .meta({ id: 'ImportState' })
export type ImportState = z.infer<typeof ImportState>

export const ImportSummary = z
  .object({
    id: Id,
    fileName: z.string(),
    state: ImportState,
    title: z.string().nullable(),
    number: z.string().nullable(),
    reviewed: z.int(),
    total: z.int(),
    planId: Id.nullable(),
    jobId: Id.nullable(),
    /** Why it cannot be read, as a code of the catalogues. */
    problemCode: z.string().nullable(),
    createdAt: Instant,
    changedAt: Instant,
  })
  .meta({ id: 'ImportSummary' })
export type ImportSummary = z.infer<typeof ImportSummary>

export const ImportPage = pageOf(ImportSummary).meta({ id: 'ImportPage' })
export const ImportQuery = PageQuery.extend({ state: ImportState.optional() })

/** What printed words could mean: a body or a class. `score` 0–1; `why` is a code of the catalogues. */
export const SuggestedBody = z
  .object({
    agencyId: Id.nullable(),
    classCode: z.string().nullable(),
    name: z.string(),
    /** When the body ended, null while it is in being; a class: since when there is none. */
    endedOn: PlainDate.nullable(),
    score: z.number(),
    why: z.string(),
    /** Where it is no more: who holds its duties today (a few names, and how many), and since when. */
    heldBy: z
      .object({ names: z.array(z.string()), count: z.int(), since: PlainDate })
      .nullable()
      .default(null),
  })
  .meta({ id: 'SuggestedBody' })
export type SuggestedBody = z.infer<typeof SuggestedBody>

/** Suggestions for words, once for all duties that have them. */
export const Suggestion = z.object({ raw: z.string(), options: z.array(SuggestedBody) }).meta({ id: 'Suggestion' })
export type Suggestion = z.infer<typeof Suggestion>

export const ImportDetail = ImportSummary.extend({
  version: Version,
  file: z.object({ name: z.string(), size: z.int(), sha256: z.string(), mediaType: z.string() }),
  reading: Reading.nullable(),
  proposal: ImportProposal.nullable(),
  /** For the issuer's and every duty's words. */
  suggestions: z.array(Suggestion),
  /** Names of the bodies and classes chosen by hand, which no suggestion names. */
  chosen: z.array(SuggestedBody),
  /** Types of document the country knows; `name` is the code where the country gives none. */
  kinds: z.array(z.object({ code: z.string(), name: z.string() })),
  may: z.object({ review: z.boolean() }),
}).meta({ id: 'ImportDetail' })
export type ImportDetail = z.infer<typeof ImportDetail>

/** The answer to an upload. `recognised` = the same file was loaded before: this is that import. */
export const UploadAnswer = z.object({ import: ImportSummary, recognised: z.boolean() }).meta({ id: 'UploadAnswer' })
export type UploadAnswer = z.infer<typeof UploadAnswer>

export const UploadQuery = z.object({
  fileName: z.string().min(1).max(300),
  /** Load a file again that was recognised. */
  again: z.enum(['true', 'false']).default('false'),
})

export const OriginalAnswer = z.object({ blocks: z.array(OriginalBlock) }).meta({ id: 'OriginalAnswer' })

/** The review saved whole over the version one saw. */
export const SaveProposal = z
  .strictObject({ version: Version, proposal: ReviewedProposal })
  .meta({ id: 'SaveProposal' })
export type SaveProposal = z.infer<typeof SaveProposal>

export const SavedProposal = z
  .object({ version: Version, reviewed: z.int(), total: z.int(), changedAt: Instant })
  .meta({ id: 'SavedProposal' })
export type SavedProposal = z.infer<typeof SavedProposal>
