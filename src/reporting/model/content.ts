import { z } from 'zod'
import { Id, text } from '#platform/model'

/** Where a part of a consolidated report came from: a submission below and one of its lines (`section/line`). */
export const Origin = z.object({ reportId: Id, number: z.int().min(1), line: z.string().max(120) })
export type Origin = z.infer<typeof Origin>

const key = z.string().regex(/^[A-Za-z0-9-]{1,60}$/)
const origins = z.array(Origin).max(5_000)
const words = (most: number) => text(most, 0)

/** Why there is no figure: never 0. */
export const Absence = z.enum(['missing', 'not-applicable', 'not-yet-known'])

/** A paragraph; its key stays when its words change. */
export const Paragraph = z.object({ key, text: words(20_000), origins })
export type Paragraph = z.infer<typeof Paragraph>

/**
 * A figure as written. `typed`: of the body's own unit, entered as a vintage when the report is sent. `total`: worked out by `indicators` of
 * the accepted figures below, nothing to type; `asOf` says when.
 */
export const FigureLine = z.object({
  key,
  mode: z.enum(['typed', 'total']),
  status: z.enum(['A', 'E', 'P', 'F']).nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  absence: Absence.nullable(),
  comment: words(2_000),
  /** Why a warning is not heeded. */
  explanation: words(2_000),
})
export type FigureLine = z.infer<typeof FigureLine>

/** Progress of one task in one sentence, as plans know it, with what the writer adds. */
export const TaskLine = z.object({
  key,
  nodeId: Id,
  standing: z.string().max(40),
  /** The task as its plan called it when this was written. */
  title: words(5_000).optional(),
  text: words(5_000),
  origins,
})
export type TaskLine = z.infer<typeof TaskLine>

/** Money in one cell, đồng as a decimal without fraction; null with the reason where there is none. */
export const MoneyLine = z.object({
  key,
  source: key,
  amount: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable(),
  absence: Absence.nullable(),
  /** Cells of reports below that are in the sum. */
  origins: origins.optional(),
})
export type MoneyLine = z.infer<typeof MoneyLine>

export const ObstacleLine = z.object({
  key,
  theme: key,
  text: words(5_000),
  proposal: words(5_000),
  obstacleId: Id.nullable(),
  origins,
})
export type ObstacleLine = z.infer<typeof ObstacleLine>

export const SectionContent = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('narrative'), paragraphs: z.array(Paragraph).max(20_000) }),
    z.object({ kind: z.literal('tasks'), lines: z.array(TaskLine).max(2_000) }),
    z.object({ kind: z.literal('figures'), lines: z.array(FigureLine).max(500) }),
    z.object({ kind: z.literal('money'), lines: z.array(MoneyLine).max(2_000) }),
    z.object({ kind: z.literal('obstacles'), lines: z.array(ObstacleLine).max(2_000) }),
    z.object({ kind: z.literal('attachments'), fileIds: z.array(Id).max(20) }),
  ])
  .meta({ id: 'ReportSectionContent' })
export type SectionContent = z.infer<typeof SectionContent>

/** A figure as it was sent: a quotation. `made` of a total: how many gave one, of how many, and what it is made of. */
export const QuotedFigure = FigureLine.extend({
  measureId: Id,
  breakdown: z.string(),
  period: z.string(),
  cellId: Id.nullable(),
  vintage: z.int().nullable(),
  value: z.number().nullable(),
  made: z
    .object({
      expected: z.int(),
      reported: z.int(),
      late: z.int(),
      estimated: z.int(),
      asOf: z.string(),
      parts: z.array(z.object({ cellId: Id, vintage: z.int() })),
    })
    .nullable(),
})
export type QuotedFigure = z.infer<typeof QuotedFigure>

/** Everything a submission says, section by section, in the order of the form. */
export const ReportContent = z
  .object({
    sections: z.array(
      z.object({
        key,
        content: z.union([SectionContent, z.object({ kind: z.literal('quoted'), lines: z.array(QuotedFigure) })]),
      }),
    ),
  })
  .meta({ id: 'ReportContent' })
export type ReportContent = z.infer<typeof ReportContent>
