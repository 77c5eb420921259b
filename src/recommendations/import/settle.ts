import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, type Context } from '#platform'
import type { SettleIncoming } from '../model.ts'
import type { ReadRecord } from '../reading/record.ts'
import { keptMechanisms, requireSight } from '../keeping.ts'
import { takeRecords } from './differences.ts'
import { recordKind, type ImportWork } from './run.ts'
import { getImportRow } from './store.ts'

export const settleJobKind = 'recommendations.settle-differences'

/** Which of an import's open differences are meant: some, those of the own State or of others, or all. */
type Meant = { some: readonly string[] | null; own: boolean | null }
type Decision = SettleIncoming['decision']
/** `jobId`: a job settles them; null where it is done, or there was nothing to do. */
export type Settled = { settled: number; notKept: number; jobId: string | null }

/** What a job is told to settle. */
export const SettlePayload = z.object({
  importId: z.uuid(),
  decision: z.enum(['take', 'leave']),
  own: z.boolean().nullable(),
})
export type SettlePayload = z.infer<typeof SettlePayload>

/** How many are settled in one transaction. */
const step = 500

/**
 * Settles differences: takes what the file says, or leaves what is here. What persons of the State say stays in both cases. Some
 * are settled at once, all by a job.
 * @returns how many, and how many stay open because another body keeps them
 * @throws notFound; conflict `recommendations.settling-at-work`
 */
export async function settleIncoming(ctx: Context, importId: string, input: SettleIncoming): Promise<Settled> {
  await requireSight(ctx)
  await getImportRow(ctx, importId)
  const kept = await keptMechanisms(ctx)
  if ('recommendationIds' in input.of) {
    const meant = { some: input.of.recommendationIds, own: null }
    const { others: notKept } = await countOpen(ctx, importId, meant, kept)
    const settled = await settleSome(ctx, importId, { decision: input.decision, meant })
    if (settled === 0) await recorded(ctx, importId, { decision: input.decision, count: 0 })
    return { settled, notKept, jobId: null }
  }
  const own = input.of.own ?? null
  const { mine, others: notKept } = await countOpen(ctx, importId, { some: null, own }, kept)
  if (mine === 0) {
    await recorded(ctx, importId, { decision: input.decision, count: 0 })
    return { settled: 0, notKept, jobId: null }
  }
  await sql`select pg_advisory_xact_lock(hashtextextended(${`recommendations.settle ${importId}`}, 0))`.execute(ctx.db)
  const before = await settlingOf(ctx, importId)
  if (before?.state === 'queued' || before?.state === 'running') throw conflict('recommendations.settling-at-work')
  const jobId = await ctx.enqueue(settleJobKind, { importId, decision: input.decision, own })
  await ctx.record(
    'recommendations.settling-begun',
    { kind: recordKind, id: importId, agencyId: ctx.actor.agencyId },
    { decision: input.decision, count: mine },
  )
  return { settled: 0, notKept, jobId }
}

/**
 * Settles all that are open, some at a time; stopped or killed in between, what was settled stays so and the rest stays open.
 * @returns how many, and how many stay open because another body keeps them
 */
export async function settleAll(
  work: Pick<ImportWork, 'inTransaction' | 'progress'>,
  { importId, decision, own }: SettlePayload,
): Promise<{ settled: number; notKept: number }> {
  const meant = { some: null, own }
  const { mine, others: notKept } = await work.inTransaction(async (ctx) => {
    await requireSight(ctx)
    return countOpen(ctx, importId, meant, await keptMechanisms(ctx))
  })
  await work.progress(0, mine)
  let settled = 0
  for (;;) {
    const more = await work.inTransaction((ctx) => settleSome(ctx, importId, { decision, meant }))
    if (more === 0) return { settled, notKept }
    settled += more
    await work.progress(settled, Math.max(mine, settled))
  }
}

type OpenRow = {
  recommendationId: string
  text: string
  rawText: string | null
  textHash: string
  recordHash: string
  fields: Omit<ReadRecord, 'text' | 'rawText' | 'textHash' | 'recordHash'>
}

/** One step, of those that the acting body keeps. @returns how many */
async function settleSome(
  ctx: Context,
  importId: string,
  { decision, meant }: { decision: Decision; meant: Meant },
): Promise<number> {
  const kept = await keptMechanisms(ctx)
  const { rows: mine } = await sql<OpenRow>`
    select i.recommendation_id, i.text, i.raw_text, i.text_hash, i.record_hash, i.fields
    from recommendations.incoming i join recommendations.recommendation r on r.id = i.recommendation_id
    where ${open(importId, meant)} and r.mechanism = any (${kept})
    order by i.recommendation_id limit ${step} for update of i`.execute(ctx.db)
  if (mine.length === 0) return 0
  if (decision === 'take')
    await takeRecords(
      ctx,
      mine.map(({ recommendationId: id, fields, text, rawText, textHash, recordHash }) => ({
        id,
        record: { ...fields, text, rawText, textHash, recordHash },
      })),
    )
  await sql`update recommendations.incoming set state = ${decision === 'take' ? 'taken' : 'left'}, decided_by = ${ctx.actor.personId}, decided_at = ${ctx.now}
    where import_id = ${importId} and recommendation_id = any (${mine.map((row) => row.recommendationId)}::uuid[])`.execute(
    ctx.db,
  )
  await recorded(ctx, importId, { decision, count: mine.length })
  return mine.length
}

async function recorded(
  ctx: Context,
  importId: string,
  { decision, count }: { decision: Decision; count: number },
): Promise<void> {
  await ctx.record(
    decision === 'take' ? 'recommendations.differences-taken' : 'recommendations.differences-left',
    { kind: recordKind, id: importId, agencyId: ctx.actor.agencyId },
    { count },
  )
}

/** Which open differences are meant. */
function open(importId: string, { some, own }: Meant) {
  return sql`i.import_id = ${importId} and i.state = 'open' and (${some}::uuid[] is null or i.recommendation_id = any (${some}::uuid[]))
      and (${own}::boolean is null or r.is_own = ${own}::boolean)`
}

async function countOpen(
  ctx: Context,
  importId: string,
  meant: Meant,
  kept: readonly string[],
): Promise<{ mine: number; others: number }> {
  const { rows } = await sql<{ mine: number; others: number }>`
    select count(*) filter (where r.mechanism = any (${kept}))::integer as mine, count(*) filter (where r.mechanism <> all (${kept}))::integer as others
    from recommendations.incoming i join recommendations.recommendation r on r.id = i.recommendation_id
    where ${open(importId, meant)}`.execute(ctx.db)
  return rows[0] ?? { mine: 0, others: 0 }
}

const Result = z.object({ settled: z.number().int(), notKept: z.number().int() })

/** The last job that settles or settled all of an import, as far as whoever asks may see it. */
export async function settlingOf(ctx: Context, importId: string) {
  const row = await ctx.db
    .selectFrom('platform.job')
    .select(['id', 'state', 'doneCount', 'totalCount', 'problemCode', 'result', 'payload'])
    .where('kind', '=', settleJobKind)
    .where(sql<string>`payload ->> 'importId'`, '=', importId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const { id: jobId, state, doneCount: done, totalCount: total, problemCode } = row
  const notKept = Result.safeParse(row.result).data?.notKept ?? 0
  return { jobId, state, done, total, problemCode, notKept, decision: SettlePayload.parse(row.payload).decision }
}
