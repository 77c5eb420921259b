import { z } from 'zod'

/** What a column holds; each kind has its own comparison and defaults. */
export const ColumnKind = z.enum(['id', 'name', 'date', 'sex', 'code', 'identifier', 'place', 'text', 'ignored'])
export type ColumnKind = z.infer<typeof ColumnKind>

/** Whose: a column may describe the record's own person or another of the family. */
export const Person = z.enum(['self', 'mother', 'father', 'guardian'])
export type Person = z.infer<typeof Person>

/** One column of a file as the configuration describes it. */
export const ColumnConfig = z.strictObject({
  heading: z.string().min(1).describe('heading as it stands in the file; case, marks and signs do not matter'),
  kind: ColumnKind,
  of: Person.default('self').describe('whose name, date or number it is'),
  part: z.enum(['full', 'family', 'given']).default('full').describe('which part of a name the column holds'),
})
export type ColumnConfig = z.infer<typeof ColumnConfig>

/** What of a field two records must share to be compared; `part` narrows it. */
export const KeyPart = z.strictObject({
  field: z.string().describe('a field: kind and whose, as "name", "name of mother", "date", "text street"'),
  part: z
    .enum(['whole', 'folded', 'any-order', 'given', 'family', 'year', 'month'])
    .default('whole')
    .describe('folded: without marks; any-order: its words in any order; month: year and month'),
})
export type KeyPart = z.infer<typeof KeyPart>

/** A comparison whose levels are set by hand; without it the kind's own levels are used. */
export const ComparisonConfig = z.strictObject({
  field: z.string(),
  method: z
    .enum(['names', 'similarity', 'dates', 'near-dates', 'numbers', 'same'])
    .describe(
      'names: by syllables; similarity: Jaro–Winkler over `levels`; dates: slips of writing; near-dates: one letter, a month, a year apart; numbers: one slip; same: equal or not',
    ),
  levels: z.array(z.number().min(0).max(1)).max(6).default([]).describe('thresholds of similarity, highest first'),
  termFrequency: z.boolean().optional().describe('rare values weigh more; default by kind'),
})
export type ComparisonConfig = z.infer<typeof ComparisonConfig>

/** Configuration of a linkage; every part may be left out. */
export const LinkageConfig = z.strictObject({
  columns: z.array(ColumnConfig).default([]).describe('columns the headings do not tell, or tell wrongly'),
  rules: z
    .array(z.array(KeyPart).min(1).max(4))
    .default([])
    .describe('blocking rules: a pair is compared when it shares every part of at least one rule'),
  comparisons: z.array(ComparisonConfig).default([]),
  termFrequency: z.boolean().default(true).describe('false: no value weighs more for being rare'),
  familyGuard: z.boolean().default(true).describe('twins and siblings are told apart from one child recorded twice'),
  threshold: z
    .union([z.literal('auto'), z.number().gt(0).lt(1)])
    .default('auto')
    .describe('probability from which a pair is linked; auto: where the estimated error is least'),
  leastProbability: z.number().gt(0).lt(1).default(0.01).describe('pairs below are not written'),
  largestBlock: z
    .number()
    .int()
    .min(2)
    .max(1_000_000)
    .nullable()
    .default(1000)
    .describe('larger blocks are divided, and of rules that bring too many pairs smaller ones too; null: never'),
  oneToOne: z.boolean().default(false).describe('link only: a record is linked with one of the other file at most'),
  threads: z.number().int().min(1).max(64).nullable().default(null).describe('null: one for each processor'),
  seed: z.number().int().default(20261122),
})
export type LinkageConfig = z.infer<typeof LinkageConfig>
