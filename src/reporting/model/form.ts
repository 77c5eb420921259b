import { z } from 'zod'
import { Id, LocalizedText } from '#platform/model'

const key = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/)
const head = { key, heading: LocalizedText, guidance: LocalizedText, isRequired: z.boolean() }

/** A row of figures: a measure and a breakdown of `indicators`; no other figure can be asked. */
export const FigureRow = z.strictObject({
  key,
  measureId: Id,
  breakdown: z.string().max(200),
  /** In place of the measure's own name; empty = that name. */
  label: LocalizedText,
  isRequired: z.boolean(),
})
export type FigureRow = z.infer<typeof FigureRow>

/** A row of money: what for; each source of money is a column. */
export const MoneyRow = z.strictObject({ key, label: LocalizedText })
export type MoneyRow = z.infer<typeof MoneyRow>

/** A section of a form. The heading bears no number: numbers are set when the report is written out. */
export const Section = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('narrative'), ...head, wordLimit: z.int().min(1).max(50_000).nullable() }),
    z.strictObject({ kind: z.literal('tasks'), ...head }),
    z.strictObject({
      kind: z.literal('figures'),
      ...head,
      rows: z.array(FigureRow).min(1).max(500),
      /** The figure of the period before, and the target, stand beside. */
      showsBefore: z.boolean(),
      showsPlan: z.boolean(),
    }),
    z.strictObject({
      kind: z.literal('money'),
      ...head,
      rows: z.array(MoneyRow).min(1).max(100),
      sources: z
        .array(z.strictObject({ key, label: LocalizedText }))
        .min(1)
        .max(20),
    }),
    z.strictObject({
      kind: z.literal('obstacles'),
      ...head,
      themes: z
        .array(z.strictObject({ key, label: LocalizedText }))
        .min(1)
        .max(40),
    }),
    z.strictObject({ kind: z.literal('attachments'), ...head, most: z.int().min(1).max(20) }),
  ])
  .meta({ id: 'FormSection' })
export type Section = z.infer<typeof Section>

export const FormDefinition = z
  .strictObject({ title: LocalizedText, sections: z.array(Section).min(1).max(60) })
  .meta({ id: 'FormDefinition' })
export type FormDefinition = z.infer<typeof FormDefinition>
