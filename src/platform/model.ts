import { z } from 'zod'

export { writeCsv } from './sheets/write-csv.ts'

/** A calendar date `YYYY-MM-DD` in the country's time zone; never an instant. */
export const PlainDate = z.iso
  .date()
  .refine((day) => day >= '0001-01-01')
  .meta({ id: 'PlainDate', description: 'Calendar date YYYY-MM-DD' })
export type PlainDate = z.infer<typeof PlainDate>

/** A moment, UTC, ISO 8601. */
export const Instant = z.string().meta({ id: 'Instant', description: 'UTC instant, ISO 8601' })
export type Instant = z.infer<typeof Instant>

export const Id = z.uuid().meta({ id: 'Id' })
export type Id = z.infer<typeof Id>

/** Counts the saved states of an editable record; a write names the version it saw. */
export const Version = z.number().int().min(1).meta({ id: 'Version' })
export type Version = z.infer<typeof Version>

/** The languages of the product; every text a person reads exists in all three. */
export const Language = z.enum(['vi', 'en', 'fr']).meta({ id: 'Language' })
export type Language = z.infer<typeof Language>

/** A text in several languages, as entered; the first language of the country is never missing. */
export const LocalizedText = z.partialRecord(Language, z.string().max(10_000)).meta({ id: 'LocalizedText' })
export type LocalizedText = z.infer<typeof LocalizedText>

/** Words of texts together, as word processors count them: what stands between spaces. */
export function countWords(...texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + (text.match(/\S+/gu)?.length ?? 0), 0)
}

/** What every list takes: a page number from 1 and a size. */
export const PageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
})
export type PageQuery = z.infer<typeof PageQuery>

/** One page of a list, with the count of all that match. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number().int(), page: z.number().int(), size: z.number().int() })
}

export type Page<T> = { items: T[]; total: number; page: number; size: number }

/** Per facet of a list: how many rows each value would leave; `none` = those without, `name` where the value is a code of the data. */
export const FacetCounts = z
  .record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int(), name: z.string().nullable() })))
  .meta({ id: 'FacetCounts' })
export type FacetCounts = z.infer<typeof FacetCounts>

/** Text from a person: NFC, trimmed, without control characters other than line breaks and tabs. */
export function text(max: number, min = 1) {
  return z
    .string()
    .max(max * 4)
    .transform((value) => cleanText(value))
    .pipe(z.string().min(min).max(max))
}

/** Puts a text in NFC and removes control and direction-override characters that no document holds. */
export function cleanText(value: string): string {
  return value
    .normalize('NFC')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .trim()
}

export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']).meta({ id: 'JobState' })
export type JobState = z.infer<typeof JobState>

/** A long piece of work as its owner sees it: progress in items, result when done, a code when failed. */
export const Job = z
  .object({
    id: Id,
    kind: z.string(),
    state: JobState,
    doneCount: z.number().int(),
    totalCount: z.number().int().nullable(),
    problemCode: z.string().nullable(),
    result: z.record(z.string(), z.unknown()).nullable(),
    personName: z.string().nullable(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof Job>

/** A file kept under its record: it is reached only through that record. */
export const StoredFile = z
  .object({
    id: Id,
    name: z.string(),
    mediaType: z.string(),
    size: z.number().int(),
    sha256: z.string(),
    storedAt: Instant,
  })
  .meta({ id: 'StoredFile' })
export type StoredFile = z.infer<typeof StoredFile>

/** One thing that was done or refused; append-only. */
export const AuditEntry = z
  .object({
    id: Id,
    at: Instant,
    action: z.string(),
    outcome: z.enum(['done', 'refused']),
    personId: Id.nullable(),
    personName: z.string().nullable(),
    agencyId: Id.nullable(),
    recordKind: z.string().nullable(),
    recordId: Id.nullable(),
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>
