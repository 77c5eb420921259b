import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor, Context } from '../context.ts'
import { forbidden, invalid, notFound } from '../errors.ts'
import type { FileAnswer } from '../http/route.ts'
import type { JobKind } from '../jobs/runner.ts'
import type { Catalogue } from '../languages.ts'
import { Language, text, type PlainDate } from '../model.ts'
import { beginFile, dateInFile, mediaTypes, type Cell, type FileHead } from './file.ts'
import type { List, ListColumn, ListFilter } from './list.ts'
import { filterBody } from './query.ts'
import { orderOf, whereOf } from './where.ts'

const exportKind = 'platform.write-list'

/** Rows of one file; a sheet holds a million, a person reads far fewer. */
const mostRows = 200_000
/** Rows read and written in one step: progress, cancelling and a look at the rights between them. */
const step = 2000
/** How long a written file waits to be fetched. */
const keptDays = 7

export type ListParts = {
  lists: readonly List[]
  say: Catalogue
  may: (actor: Actor, permission: string) => boolean
}

/** What is asked: which list, what of it, in which columns and order, as which file. Strict, by the list's declaration. */
export function exportBody(lists: readonly List[]) {
  const [first, ...others] = lists.map((list) =>
    z.strictObject({
      list: z.literal(list.key),
      format: z.enum(['xlsx', 'csv']),
      filter: filterBody(list),
      columns: z
        .array(z.enum(list.columns.map((column) => column.key)))
        .min(1)
        .max(list.columns.length),
      order: z.enum(Object.keys(list.orders)).default('usual'),
      /** What is filtered by, as the screen says it: stands in the file beside the day and the count. */
      words: text(4000, 0).default(''),
    }),
  )
  if (first === undefined) throw new Error('no list is declared')
  return z.discriminatedUnion('list', [first, ...others])
}
export type ExportRequest = z.output<ReturnType<typeof exportBody>>

const Payload = z.object({
  list: z.string(),
  format: z.enum(['xlsx', 'csv']),
  filter: z.record(z.string(), z.array(z.string())),
  columns: z.array(z.string()),
  order: z.string(),
  words: z.string(),
  language: Language,
})

/**
 * Lets a file of all that match be written by a job, and says how many rows that is.
 * @throws forbidden `platform.list-not-permitted`; invalid `platform.list-too-long`
 */
export async function askForFile(
  ctx: Context,
  parts: ListParts,
  asked: ExportRequest,
): Promise<{ jobId: string; rows: number }> {
  const list = readable(parts, ctx.actor, asked.list)
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from ${list.from} where ${whereOf(ctx, list, asked.filter)}`.execute(ctx.db)
  const count = rows[0]?.count ?? 0
  if (count > mostRows) throw invalid('platform.list-too-long', { most: mostRows })
  const jobId = await ctx.enqueue(exportKind, { ...asked, language: ctx.language })
  await ctx.record(
    'platform.list-exported',
    { kind: 'platform.job', id: jobId, agencyId: ctx.actor.agencyId },
    {
      list: list.key,
      format: asked.format,
      rows: count,
      columns: asked.columns.join(' '),
      filter: filterInAudit(asked.filter),
    },
  )
  return { jobId, rows: count }
}

function readable(parts: ListParts, actor: Actor, key: string): List {
  const list = parts.lists.find((one) => one.key === key)
  if (list === undefined || !parts.may(actor, list.allow)) throw forbidden('platform.list-not-permitted')
  return list
}

/** The filter as the audit keeps it: codes and ids, never the words that were searched for. */
export function filterInAudit(filter: ListFilter): string {
  return Object.entries(filter)
    .map(([key, values]) =>
      key === 'search' ? key : values.length > 5 ? `${key}=(${values.length})` : `${key}=${values.join(',')}`,
    )
    .join(' ')
    .slice(0, 1000)
}

/** The job that writes a file, in steps, each with the rights its asker has then; the ids are those of its beginning. */
export function exportJob(parts: ListParts): JobKind {
  return {
    kind: exportKind,
    async run(work) {
      const asked = Payload.parse(work.payload)
      const { ids, head, columns, day } = await work.inTransaction(async (ctx) => {
        const list = readable(parts, ctx.actor, asked.list)
        const of = asked.columns.flatMap((key) => list.columns.find((column) => column.key === key) ?? [])
        const found = await listIds(ctx, list, asked)
        return {
          ids: found,
          columns: of,
          day: ctx.today,
          head: headOf(parts, list, { ...asked, of, day: ctx.today, count: found.length }),
        }
      })
      const file = await beginFile(asked.format, head)
      await work.progress(0, ids.length)
      for (let at = 0; at < ids.length; at += step) {
        const some = ids.slice(at, at + step)
        const rows = await work.inTransaction((ctx) =>
          readRows(ctx, parts, readable(parts, ctx.actor, asked.list), {
            ids: some,
            columns,
            language: asked.language,
            filter: asked.filter,
          }),
        )
        await file.add(rows)
        await work.progress(Math.min(at + step, ids.length), ids.length)
      }
      const bytes = await file.end()
      const name = `${head.title} ${day}.${asked.format}`
      await work.inTransaction(async (ctx) => {
        readable(parts, ctx.actor, asked.list)
        await keepListFile(ctx, work.id, { name, mediaType: mediaTypes[asked.format], rows: ids.length, bytes })
      })
      return { rows: ids.length, name }
    },
  }
}

/** Keeps what a job wrote for whoever asked for it, in the post it was asked in. */
export async function keepListFile(
  ctx: Context,
  jobId: string,
  file: { name: string; mediaType: string; rows: number; bytes: Uint8Array },
): Promise<void> {
  await ctx.db
    .insertInto('platform.listFile')
    .values({
      id: jobId,
      personId: ctx.actor.personId,
      postId: ctx.actor.postId,
      name: file.name,
      mediaType: file.mediaType,
      rowCount: file.rows,
      bytes: Buffer.from(file.bytes),
      madeAt: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The ids of what a filter keeps, in an order; at most so many. */
export async function listIds(
  ctx: Context,
  list: List,
  asked: { filter: ListFilter; order: string; most?: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select ${list.id} as id from ${list.from} ${list.ordersNeedJoins === true ? list.joins(ctx, asked.filter) : sql``}
    where ${whereOf(ctx, list, asked.filter)} order by ${orderOf(ctx, list, asked.order)} limit ${asked.most ?? mostRows}`.execute(
    ctx.db,
  )
  return rows.map((row) => row.id)
}

/** The rows of these ids that are still within reach, in their order, as the file holds them. */
async function readRows(
  ctx: Context,
  parts: ListParts,
  list: List,
  of: { ids: readonly string[]; columns: readonly ListColumn[]; language: Language; filter: ListFilter },
): Promise<Cell[][]> {
  const columns = of.columns.map((column, at) => sql`${column.of(ctx, of.filter)} as ${sql.ref(`c${at}`)}`)
  const { rows } = await sql<Record<string, Cell>>`
    select ${list.id} as id, ${sql.join(columns)} from ${list.from} ${list.joins(ctx, of.filter)}
    where ${list.within(ctx)} and ${list.id} = any (${of.ids}::uuid[])`.execute(ctx.db)
  const byId = new Map(rows.map((row) => [row['id'], row]))
  return of.ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined
      ? []
      : [of.columns.map((column, at) => wordsOf(parts, column, of.language, row[`c${at}`] ?? null))]
  })
}

function wordsOf(parts: ListParts, column: ListColumn, language: Language, cell: Cell): Cell {
  return cell === null || column.word === undefined ? cell : column.word(parts.say, language, String(cell))
}

function headOf(
  { say }: ListParts,
  list: List,
  of: { of: readonly ListColumn[]; language: Language; words: string; day: PlainDate; count: number },
): FileHead {
  const { language } = of
  return {
    title: say(language, list.words.file),
    language,
    columns: of.of.map((column) => ({ column, head: say(language, `${list.words.column}-${column.key}`) })),
    about: {
      title: say(language, 'platform.list-about'),
      lines: [
        [say(language, 'platform.list-about-list'), say(language, list.words.file)],
        [say(language, 'platform.list-about-filter'), of.words || say(language, 'platform.list-about-all')],
        [say(language, 'platform.list-about-day'), dateInFile(of.day, language)],
        [say(language, 'platform.list-about-rows'), String(of.count)],
      ],
    },
  }
}

/** What one may choose from for a file of a list, in the reader's language. */
export function columnsOfFile(
  ctx: Context,
  parts: ListParts,
  key: string,
): { key: string; head: string; isSpare: boolean; isForReturn: boolean }[] {
  const list = readable(parts, ctx.actor, key)
  return list.columns.map((column) => ({
    key: column.key,
    head: parts.say(ctx.language, `${list.words.column}-${column.key}`),
    isSpare: column.isSpare === true,
    isForReturn: column.isForReturn === true,
  }))
}

/** The file of a job to whoever asked for it, in the post it was asked in. @throws notFound */
export async function fetchFile(ctx: Context, id: string): Promise<FileAnswer> {
  const row = await ctx.db
    .selectFrom('platform.listFile')
    .select(['name', 'mediaType', 'rowCount', 'bytes', 'postId'])
    .where('id', '=', id)
    .where('personId', '=', ctx.actor.personId)
    .executeTakeFirst()
  if (row === undefined || row.postId !== ctx.actor.postId) throw notFound()
  await ctx.record(
    'platform.list-fetched',
    { kind: 'platform.job', id, agencyId: ctx.actor.agencyId },
    { rows: row.rowCount },
  )
  return { fileName: row.name, mediaType: row.mediaType, bytes: row.bytes }
}

/** Forgets files that nobody fetched any more. To be called as the product itself. */
export async function forgetOldFiles(ctx: Context): Promise<void> {
  await ctx.db
    .deleteFrom('platform.listFile')
    .where('madeAt', '<', new Date(Date.parse(ctx.now) - keptDays * 86_400_000).toISOString())
    .execute()
}
