import { z } from 'zod'
import { getAgency } from '#agencies'
import { writePages } from '#documents'
import {
  dateInFile,
  filterBody,
  filterInAudit,
  forbidden,
  invalid,
  keepListFile,
  listIds,
  sheetMediaTypes,
  type Actor,
  type Catalogue,
  type Context,
  type JobKind,
  type List,
  type ListFilter,
} from '#platform'
import { text } from '#platform/model'
import { wordLimits } from '#recommendations'
import { mediaTypes, type Writing } from '../commands/paper.ts'
import { MatrixFormat, MatrixSetting, type MatrixOutline } from '../model.ts'
import { countMatrix, sectionsOf, type Matrix, type MatrixRow } from './content.ts'
import { gatherRows } from './gather.ts'
import { matrixPages } from './pages.ts'
import { matrixSheet } from './sheet.ts'

const matrixKind = 'plans.write-matrix'
const permission = 'recommendations.export'
/** More than the State was ever asked in all cycles; a document of more rows is not read. */
const mostRecommendations = 3000
/** Recommendations gathered in one step: progress, cancelling and a look at the rights between them. */
const step = 200

/** What matrices are made with; `registry` is the list of recommendations, `writing` null where the country lays out no documents. */
export type MatrixParts = { registry: List; say: Catalogue; writing: Writing | null }

/** What is asked of a matrix as a file. */
export function matrixBody(registry: List) {
  return MatrixSetting.extend({
    filter: filterBody(registry),
    format: MatrixFormat,
    /** How many words it may have; null: nobody says. */
    wordLimit: z.number().int().min(1).max(10_000_000).nullable(),
    /** What is filtered by, as the screen says it: stands below the title. */
    words: text(4000, 0),
  })
}
export type AskedMatrix = z.output<ReturnType<typeof matrixBody>>

/** How many words a matrix would have, by its sections. @throws invalid `plans.matrix-too-long` */
export async function outlineMatrix(
  ctx: Context,
  parts: MatrixParts,
  asked: { filter: ListFilter; setting: MatrixSetting; words: string },
): Promise<MatrixOutline> {
  const ids = await chosen(ctx, parts, asked.filter)
  const matrix = await matrixOf(ctx, parts, asked, await gatherRows(ctx, ids, asked.setting, penOf(parts)))
  const { total, head, sections } = countMatrix(matrix)
  return {
    recommendations: ids.length,
    words: total,
    headWords: head,
    sections,
    limits: wordLimits.map(({ code, words, names }) => ({ code, words, name: names[ctx.language] ?? code })),
    formats: MatrixFormat.options.filter((format) => format !== 'docx' || parts.writing !== null),
  }
}

/**
 * Lets a matrix be written by a job, and says how many recommendations that is.
 * @throws invalid `plans.matrix-too-long`, `plans.matrix-empty`, `plans.matrix-no-layout`
 */
export async function askForMatrix(
  ctx: Context,
  parts: MatrixParts,
  asked: AskedMatrix,
): Promise<{ jobId: string; recommendations: number }> {
  if (asked.format === 'docx' && parts.writing === null) throw invalid('plans.matrix-no-layout')
  const ids = await chosen(ctx, parts, asked.filter)
  if (ids.length === 0) throw invalid('plans.matrix-empty')
  const jobId = await ctx.enqueue(matrixKind, asked)
  await ctx.record(
    'plans.matrix-asked',
    { kind: 'platform.job', id: jobId, agencyId: ctx.actor.agencyId },
    {
      ...{ format: asked.format, language: asked.language, groupBy: asked.groupBy, rows: ids.length },
      filter: filterInAudit(asked.filter),
    },
  )
  return { jobId, recommendations: ids.length }
}

/** The job that writes a matrix, in steps, each with the rights its asker has then. */
export function matrixJob(parts: MatrixParts & { may: (actor: Actor, permission: string) => boolean }): JobKind {
  return {
    kind: matrixKind,
    async run(work) {
      const { filter, format, wordLimit, words, ...setting } = matrixBody(parts.registry).parse(work.payload)
      const asRightful = <T>(run: (ctx: Context) => Promise<T>) =>
        work.inTransaction((ctx) => {
          if (!parts.may(ctx.actor, permission)) throw forbidden('platform.list-not-permitted')
          return run(ctx)
        })
      const ids = await asRightful((ctx) => chosen(ctx, parts, filter))
      await work.progress(0, ids.length)
      const rows: MatrixRow[] = []
      for (let at = 0; at < ids.length; at += step) {
        rows.push(...(await asRightful((ctx) => gatherRows(ctx, ids.slice(at, at + step), setting, penOf(parts)))))
        await work.progress(Math.min(at + step, ids.length), ids.length)
      }
      const made = await asRightful(async (ctx) => ({
        matrix: await matrixOf(ctx, parts, { setting, words }, rows),
        agency: await agencyOf(ctx, parts, setting),
        day: ctx.today,
      }))
      const file = await fileOf(parts, { ...made, setting, format, wordLimit, rows })
      const name = `${parts.say(setting.language, 'plans.matrix-file')} ${made.day}.${format}`
      await asRightful((ctx) => keepListFile(ctx, work.id, { ...file, name, rows: rows.length }))
      return { rows: rows.length, name }
    },
  }
}

export async function chosen(ctx: Context, { registry }: MatrixParts, filter: ListFilter): Promise<string[]> {
  const ids = await listIds(ctx, registry, { filter, order: 'printed', most: mostRecommendations + 1 })
  if (ids.length > mostRecommendations) throw invalid('plans.matrix-too-long', { most: mostRecommendations })
  return ids
}

export function penOf({ say, writing }: MatrixParts) {
  return { say, nameAbroad: writing?.nameAbroad ?? (() => null) }
}

async function agencyOf(ctx: Context, { writing }: MatrixParts, { language }: MatrixSetting): Promise<string> {
  if (ctx.actor.agencyId === null) throw invalid('plans.no-acting-agency')
  const { name } = await getAgency(ctx, ctx.actor.agencyId, ctx.today)
  return writing?.nameAbroad(name, language) ?? name
}

export async function matrixOf(
  ctx: Context,
  parts: MatrixParts,
  { setting, words }: { setting: MatrixSetting; words: string },
  rows: readonly MatrixRow[],
): Promise<Matrix> {
  const said = (key: string, params: Record<string, string | number> = {}) =>
    parts.say(setting.language, `plans.matrix-${key}`, params)
  const agency = await agencyOf(ctx, parts, setting)
  return {
    title: said('title'),
    about: [
      said('of', { agency, date: dateInFile(ctx.today, setting.language), count: rows.length }),
      ...(words === '' ? [] : [words]),
      said('rule', { agency }),
    ],
    heads: {
      place: said('column-place'),
      text: said('column-text'),
      position: said('column-position'),
      terms: said('column-terms'),
      done: said('column-done'),
      implementation: said('column-implementation'),
      assessment: said('column-assessment'),
    },
    groupBy: setting.groupBy,
    sections: sectionsOf(rows, said('no-group', { by: setting.groupBy })),
  }
}

async function fileOf(
  { say, writing }: MatrixParts,
  of: {
    matrix: Matrix
    agency: string
    day: string
    setting: MatrixSetting
    format: MatrixFormat
    wordLimit: number | null
    rows: readonly MatrixRow[]
  },
): Promise<{ bytes: Uint8Array; mediaType: string }> {
  const { language } = of.setting
  const frame = { say, language, counts: countMatrix(of.matrix), limit: of.wordLimit }
  if (of.format === 'xlsx' || writing === null)
    return { bytes: await matrixSheet(of.matrix, frame), mediaType: sheetMediaTypes.xlsx }
  const { pages, layout } = matrixPages(of.matrix, writing.templates.layout, {
    ...frame,
    agency: of.agency,
    date: of.day,
    invented: of.rows.some(({ isInvented }) => isInvented),
  })
  return { bytes: await writePages(pages, layout, 'docx'), mediaType: mediaTypes.docx }
}
