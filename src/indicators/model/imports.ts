import { z } from 'zod'
import { Id, Instant, PageQuery, text } from '#platform/model'
import { UnitRef } from '#territory/model'
import { AbsenceReason, FigureStatus } from './figure.ts'
import { CellPlace } from './figures.ts'
import { PeriodId } from './period.ts'

/** The largest files taken in: a workbook is held in memory, a .csv streams. */
export const figureFileLimits = {
  bytes: 400 * 1024 * 1024,
  workbookBytes: 30 * 1024 * 1024,
  rows: 2_000_000,
  workbookRows: 100_000,
}

/**
 * The columns of a file of figures, by which it is read and written. Names are for the eye, except that of the unit: it is held
 * against what the code means at the end of the period.
 */
export const figureColumns = [
  'measure',
  'unit',
  'unitName',
  'period',
  'breakdown',
  'status',
  'numerator',
  'denominator',
  'absence',
  'comment',
  'vintage',
] as const
export type FigureColumn = (typeof figureColumns)[number]

/** What is taken in without asking again: nothing, the whole where no row is refused, the good rows. */
export const ImportChoice = z.enum(['nothing', 'whole', 'good']).meta({ id: 'FigureImportChoice' })
export type ImportChoice = z.infer<typeof ImportChoice>

export const DecimalSign = z.enum(['.', ',']).meta({ id: 'DecimalSign' })

export const FigureUploadQuery = z.object({
  fileName: text(200),
  decimalSign: DecimalSign.optional(),
  takes: ImportChoice.default('nothing'),
})

/** Days a file that was looked at waits to be taken in. */
export const importWaitsDays = 14

export const FigureImportState = z
  .enum(['checking', 'checked', 'taking', 'done', 'failed', 'cancelled', 'lapsed'])
  .meta({ id: 'FigureImportState' })
export type FigureImportState = z.infer<typeof FigureImportState>

/** A file of figures and what became of its rows: `counted` is the sum of the five behind it; `taken` of those added and changed are in. */
export const FigureImport = z
  .object({
    id: Id,
    fileName: z.string(),
    fileBytes: z.int(),
    decimalSign: DecimalSign.nullable(),
    takes: ImportChoice,
    state: FigureImportState,
    counted: z.int(),
    added: z.int(),
    changed: z.int(),
    same: z.int(),
    empty: z.int(),
    refused: z.int(),
    taken: z.int(),
    problemCode: z.string().nullable(),
    problem: z.string().nullable(),
    jobId: Id.nullable(),
    startedBy: z.string().nullable(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'FigureImport' })
export type FigureImport = z.infer<typeof FigureImport>

/** Why a row was refused, at which cell. */
export const FigureProblem = z
  .object({
    row: z.int(),
    /** As spreadsheets write it, `F12`; empty where it is of the whole row. */
    cell: z.string(),
    code: z.string(),
    title: z.string(),
    excerpt: z.string().nullable(),
  })
  .meta({ id: 'FigureImportProblem' })
export type FigureProblem = z.infer<typeof FigureProblem>

const Said = z.object({
  status: FigureStatus.nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  absence: AbsenceReason.nullable(),
})

/** A good row that waits: what is there, and what would be said. */
export const IncomingFigure = z
  .object({
    row: z.int(),
    outcome: z.enum(['added', 'changed', 'same']).meta({ id: 'IncomingFigureOutcome' }),
    ...CellPlace.shape,
    unit: UnitRef,
    here: Said.nullable(),
    becomes: Said,
    comment: z.string().nullable(),
  })
  .meta({ id: 'IncomingFigure' })
export type IncomingFigure = z.infer<typeof IncomingFigure>

export const IncomingFigureQuery = PageQuery.extend({ outcome: z.enum(['added', 'changed', 'same']).optional() })

/** Takes in what was looked at: the whole, refused where a row of it was; or the good rows. */
export const AcceptFigures = z.strictObject({ takes: z.enum(['whole', 'good']) }).meta({ id: 'AcceptFigures' })

/** Rows of the longest form: a workbook that long can be brought back. */
export const mostFormRows = 40_000

/**
 * A form to be filled in: the measures of a unit, or one of them, in a period; of `below` the units in it too. Without a unit: that
 * of the acting body.
 */
export const FigureFormQuery = z.object({
  unitId: Id.optional(),
  measureId: Id.optional(),
  period: PeriodId,
  below: z.stringbool().default(false),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type FigureFormQuery = z.infer<typeof FigureFormQuery>
