import { z } from 'zod'
import { Id, Instant, JobState, PageQuery, PlainDate, text } from '#platform/model'
import { WordingKind } from './recommendation.ts'

/** What a file is: an export of the UN's index, a matrix of its office, an export of IMPACT OSS, our own table. */
export const ImportSource = z.enum(['uhri', 'ohchr-matrix', 'impact-oss', 'sheet']).meta({ id: 'ImportSource' })
export type ImportSource = z.infer<typeof ImportSource>
export const ImportState = z
  .enum(['waiting', 'reading', 'indexing', 'done', 'failed', 'cancelled'])
  .meta({ id: 'RecommendationImportState' })
export type ImportState = z.infer<typeof ImportState>

/** The largest export taken in, and the largest of the other files, in bytes. */
export const importLimits = { exportBytes: 1024 * 1024 * 1024, tableBytes: 20 * 1024 * 1024, rows: 20_000 }

/** A file read into the registry, and what became of each of its records: `counted` is the sum of the five behind it. */
export const RecommendationImport = z
  .object({
    id: Id,
    source: ImportSource,
    fileName: z.string(),
    fileBytes: z.number().int(),
    state: ImportState,
    byteAt: z.number().int(),
    counted: z.number().int(),
    added: z.number().int(),
    same: z.number().int(),
    changed: z.number().int(),
    doubled: z.number().int(),
    refused: z.number().int(),
    problems: z.number().int(),
    /** Differences still to be settled. */
    open: z.number().int(),
    toIndex: z.number().int(),
    indexed: z.number().int(),
    unknownLabels: z.array(z.object({ label: z.string(), count: z.number().int() })),
    problemCode: z.string().nullable(),
    /** What the words of the problem name. */
    problemParams: z.record(z.string(), z.union([z.string(), z.number()])),
    /** The file ends in the middle of a record. */
    isCutShort: z.boolean(),
    jobId: Id.nullable(),
    /** The last job that settled all its differences, or is at it; told of one import alone. */
    settling: z
      .object({
        jobId: Id,
        state: JobState,
        decision: z.enum(['take', 'leave']),
        done: z.number().int(),
        total: z.number().int().nullable(),
        notKept: z.number().int(),
        problemCode: z.string().nullable(),
      })
      .nullable(),
    /** When the very same file was read through before, if it was. */
    sameFileAt: Instant.nullable(),
    startedBy: z.string().nullable(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'RecommendationImport' })
export type RecommendationImport = z.infer<typeof RecommendationImport>

export const ImportPageOfList = z.object({
  items: z.array(RecommendationImport),
  total: z.number().int(),
  page: z.number().int(),
  size: z.number().int(),
})

export const ExportUploadQuery = z.object({
  fileName: text(200),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('en'),
})

/** A table with what a person says of all its rows, and whether good rows are taken though others are refused. */
export const TableUploadQuery = z.object({
  fileName: text(200),
  source: z.enum(['sheet', 'ohchr-matrix', 'impact-oss']),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('en'),
  mechanism: z
    .string()
    .regex(/^[a-z0-9-]{2,30}$/)
    .optional(),
  symbol: text(100).optional(),
  cycle: text(30).optional(),
  publishedOn: PlainDate.optional(),
  partial: z.literal('true').optional(),
  /** Changed rows are taken at once, not laid aside to be settled. */
  update: z.literal('true').optional(),
})

/** A problem with one record: where it stands in the file, why, its first words. */
export const ImportProblem = z
  .object({
    ordinal: z.number().int(),
    place: z.string(),
    code: z.string(),
    title: z.string(),
    excerpt: z.string().nullable(),
    isRefused: z.boolean(),
  })
  .meta({ id: 'RecommendationImportProblem' })
export type ImportProblem = z.infer<typeof ImportProblem>
export const ProblemQuery = PageQuery.extend({ refused: z.literal('true').optional() })
export type ProblemQuery = z.infer<typeof ProblemQuery>
export const ProblemPage = z.object({
  items: z.array(ImportProblem),
  total: z.number().int(),
  page: z.number().int(),
  size: z.number().int(),
})

/** A difference between what is here and what a later file says. */
export const Incoming = z
  .object({
    recommendationId: Id,
    importId: Id,
    mechanism: z.string(),
    symbol: z.string().nullable(),
    paragraph: z.string().nullable(),
    isOwn: z.boolean(),
    /** Where what is here came from, where the file is of another source. */
    ofSource: z.string().nullable(),
    here: z.string(),
    there: z.string(),
    /** Names of fields that differ. */
    fields: z.array(z.string()),
    /** What differs beside the text: what is only here, what only the file has. Codes of kinds, positions; names of terms. */
    changes: z.array(z.object({ field: z.string(), here: z.array(z.string()), there: z.array(z.string()) })),
    /** Wordings that would be outdated by taking it. */
    wordings: z.number().int(),
    /** What the State wrote of it: translations, and twins in plain words. It stays in any case. */
    written: z.array(z.object({ kind: WordingKind, language: z.string(), text: z.string() })),
    state: z.enum(['open', 'taken', 'left', 'replaced']),
  })
  .meta({ id: 'IncomingDifference' })
export type Incoming = z.infer<typeof Incoming>
export const IncomingQuery = PageQuery.extend({
  import: z.uuid().optional(),
  own: z.enum(['true', 'false']).optional(),
  state: z.enum(['open', 'taken', 'left', 'replaced']).default('open'),
})
export type IncomingQuery = z.infer<typeof IncomingQuery>
export const IncomingPage = z.object({
  items: z.array(Incoming),
  total: z.number().int(),
  /** How many of all the acting body keeps, and so may settle. */
  kept: z.number().int(),
  page: z.number().int(),
  size: z.number().int(),
})

/** Settles differences: some of an import, or all that are open. */
export const SettleIncoming = z.strictObject({
  decision: z.enum(['take', 'leave']),
  of: z.union([
    z.strictObject({ recommendationIds: z.array(Id).min(1).max(500) }),
    z.strictObject({ all: z.literal(true), own: z.boolean().optional() }),
  ]),
})
export type SettleIncoming = z.infer<typeof SettleIncoming>
export const Settled = z
  .object({ settled: z.number().int(), notKept: z.number().int(), jobId: Id.nullable() })
  .meta({ id: 'SettledIncoming' })

/** Faults of a file itself, by how their codes begin: reading it once more finds them once more. */
const faultsOfFile = ['recommendations.head-missing', 'recommendations.file-no-list', 'recommendations.no-matrix', 'platform.sheet-', 'documents.'] // prettier-ignore

/**
 * Whether reading may go on where it stopped. A file that failed by its own fault would only fail again; rows that were refused
 * wait for a decision.
 */
export function mayResume({ state, problemCode }: Pick<RecommendationImport, 'state' | 'problemCode'>): boolean {
  const isFinal =
    problemCode === 'recommendations.rows-refused' || faultsOfFile.some((code) => problemCode?.startsWith(code))
  return state === 'cancelled' || (state === 'failed' && !isFinal)
}

/** Whether a job settles its differences now. */
export function isSettling({ settling }: Pick<RecommendationImport, 'settling'>): boolean {
  return settling?.state === 'queued' || settling?.state === 'running'
}
