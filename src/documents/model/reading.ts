import { z } from 'zod'

/**
 * What the reader finds in an official document. Everything here is a proposal a person confirms: unknown is `null`,
 * words stay as printed (wraps joined), and every finding keeps its place in the source.
 */

/** A calendar date `YYYY-MM-DD` in the issuing country. */
export const ReadingDate = z.iso.date()

/**
 * Where something stands in the source. `line` is the 1-based line of a text file, or the ordinal of the paragraph in a
 * word-processor file; `table` and `row` count from 1 over the whole document, heading rows included.
 */
export const SourcePlace = z.object({
  line: z.int().positive().nullable(),
  page: z.int().positive().nullable(),
  table: z.int().positive().nullable(),
  row: z.int().positive().nullable(),
})
export type SourcePlace = z.infer<typeof SourcePlace>

/** Which part of the document proposes a task: an annex table, prose without an owner, or a list by owner. */
export const TaskWhere = z.enum(['annex', 'prose', 'by-agency'])
export type TaskWhere = z.infer<typeof TaskWhere>

/** What a body owes in a task (`GLOSSARY.md`: duty). */
export const DutyKind = z.enum(['lead', 'support', 'requested', 'advise', 'consolidate'])
export type DutyKind = z.infer<typeof DutyKind>

/** One duty: `agency` as printed and one per body (a class stays one); `raw` the words it was read from. */
export const ReadDuty = z.object({ kind: DutyKind, agency: z.string(), raw: z.string() })
export type ReadDuty = z.infer<typeof ReadDuty>

export const TimeKind = z.enum(['continuous', 'recurring', 'range', 'by', 'on-event'])
export const Frequency = z.enum(['day', 'week', 'month', 'quarter', 'half-year', 'year'])
export type Frequency = z.infer<typeof Frequency>

/** A time expression: the words kept, and what they mean. `to` is the last day, included; a `by` has only `to`. */
export const ReadTime = z.object({
  kind: TimeKind,
  text: z.string(),
  from: ReadingDate.nullable(),
  to: ReadingDate.nullable(),
  frequency: Frequency.nullable(),
})
export type ReadTime = z.infer<typeof ReadTime>

/** `path` is the printed numbering joined by dots (`V.1.a`), empty when nothing is numbered. */
export const ReadTask = z.object({
  path: z.string(),
  text: z.string(),
  duties: z.array(ReadDuty),
  time: ReadTime.nullable(),
  output: z.string().nullable(),
  funding: z.string().nullable(),
  source: SourcePlace.extend({ where: TaskWhere }),
})
export type ReadTask = z.infer<typeof ReadTask>

export const Comparator = z.enum(['=', '>=', '>', '<=', '<', '~'])
export type Comparator = z.infer<typeof Comparator>

/** One measured value to reach. A printed target with two figures is two of these with the same `text`. */
export const ReadTarget = z.object({
  path: z.string(),
  text: z.string(),
  measure: z.string(),
  comparator: Comparator.nullable(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  year: z.int().nullable(),
  duties: z.array(ReadDuty),
  source: SourcePlace,
})
export type ReadTarget = z.infer<typeof ReadTarget>

/** Who reports to whom: `due` as printed, `frequency` when the report recurs; one entry per rhythm. */
export const ReadReporting = z.object({
  who: z.string().nullable(),
  to: z.string().nullable(),
  due: z.string().nullable(),
  frequency: Frequency.nullable(),
  raw: z.string(),
  source: SourcePlace,
})
export type ReadReporting = z.infer<typeof ReadReporting>

export const ReadSection = z.object({ path: z.string(), heading: z.string() })
export type ReadSection = z.infer<typeof ReadSection>

/** Power (`TM.`, `KT.` …), post and name of the signatory as printed. */
export const ReadSignature = z.object({
  capacity: z.string().nullable(),
  post: z.string().nullable(),
  name: z.string().nullable(),
})
export type ReadSignature = z.infer<typeof ReadSignature>

/** Something a person must look at. `code` is stable, `params` fill the words of the catalogue. */
export const ReadingWarning = z.object({
  code: z.enum([
    'number-blank',
    'number-missing',
    'date-blank',
    'date-missing',
    'kind-missing',
    'issuer-missing',
    'signature-missing',
    'no-letterhead',
    'annex-absent',
    'converted',
    'pages-without-text',
    'text-recognised',
    'signs-unknown',
    'numbering-repeated',
    'table-not-tasks',
    'no-tasks',
    'duty-missing',
    'time-unread',
    'reporting-before-reporters',
    'text-repaired',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
  source: SourcePlace.nullable(),
})
export type ReadingWarning = z.infer<typeof ReadingWarning>

/** One read document: the object `mangnon documents read --json` prints (design §6). */
export const Reading = z.object({
  kind: z.string().nullable(),
  number: z.string().nullable(),
  issuer: z.string().nullable(),
  place: z.string().nullable(),
  date: ReadingDate.nullable(),
  title: z.string().nullable(),
  basis: z.array(z.string()),
  sections: z.array(ReadSection),
  tasks: z.array(ReadTask),
  targets: z.array(ReadTarget),
  reporting: z.array(ReadReporting),
  recipients: z.array(z.string()),
  signature: ReadSignature,
  warnings: z.array(ReadingWarning),
})
export type Reading = z.infer<typeof Reading>

/**
 * Parts of a document that are words and no tasks. `purpose` and `objectives` only carry the heading over their two
 * parts; `articles` are those of a decision; `other` is a section of a heading the product has no place for.
 */
export const ProsePart = z.enum([
  'preamble',
  'articles',
  'purpose',
  'purposes',
  'requirements',
  'objectives',
  'generalObjectives',
  'specificObjectives',
  'tasks',
  'funding',
  'organisation',
  'reporting',
  'closing',
  'other',
])
export type ProsePart = z.infer<typeof ProsePart>

/** One part in reading order: the heading of its section as printed, and its paragraphs with their printed numbers. */
export type ReadProse = { part: ProsePart; heading: string | null; paragraphs: string[]; source: SourcePlace | null }
