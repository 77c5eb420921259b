import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { DutyKind, Frequency, TimeKind } from '#documents/model'

const Lines = z.tuple([z.int(), z.int()])

/** Notes made by reading: line numbers, agencies, dates and first syllables of a real document, never its text. */
export const Gold = z.object({
  file: z.string(),
  header: z.object({
    kind: z.string().nullable(),
    number: z.string().nullable(),
    issuer: z.string().nullable(),
    place: z.string().nullable(),
    date: z.string().nullable(),
    title: z.string().nullable(),
    basisCount: z.int().nullable(),
    recipientCount: z.int().nullable(),
    signature: z
      .object({ capacity: z.string().nullable(), post: z.string().nullable(), name: z.string().nullable() })
      .nullable(),
    optional: z.array(z.string()).optional(),
  }),
  tasks: z.array(
    z.object({
      lines: Lines,
      where: z.enum(['annex', 'prose', 'by-agency']),
      start: z.string(),
      duties: z.array(z.object({ agency: z.string(), kinds: z.array(DutyKind), optional: z.boolean().optional() })),
      time: z
        .object({
          kinds: z.array(TimeKind),
          from: z.string().nullable().optional(),
          to: z.string().nullable().optional(),
          frequency: Frequency.nullable().optional(),
          optional: z.boolean().optional(),
        })
        .nullable(),
      optional: z.boolean().optional(),
    }),
  ),
  targets: z.array(
    z.object({
      lines: Lines,
      start: z.string(),
      measure: z.string(),
      comparator: z.string().nullable(),
      value: z.number().nullable(),
      unit: z.string().nullable(),
      year: z.int().nullable(),
      optional: z.boolean().optional(),
    }),
  ),
  reporting: z.array(
    z.object({
      lines: Lines,
      who: z.string().nullable(),
      to: z.string().nullable(),
      due: z.string().nullable(),
      frequency: Frequency.nullable(),
      optional: z.boolean().optional(),
    }),
  ),
  notTasks: z.array(z.object({ lines: Lines, why: z.string() })),
})
export type Gold = z.infer<typeof Gold>

const goldFolder = new URL('../fixtures/gold/', import.meta.url)
const shared = new URL('../../../shared/', import.meta.url)

/** Whether the real documents are beside the project. */
export const hasRealDocuments = existsSync(shared)

/** All gold notes whose document is there, with the document's address. */
export function goldNotes(): { name: string; gold: Gold; source: URL }[] {
  return readdirSync(goldFolder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const gold = Gold.parse(JSON.parse(readFileSync(new URL(name, goldFolder), 'utf8')))
      const source = ['real-plans/', 'source-documents/']
        .map((folder) => new URL(folder + gold.file, shared))
        .find((url) => existsSync(url))
      return source ? [{ name: name.replace(/\.json$/, ''), gold, source }] : []
    })
}
