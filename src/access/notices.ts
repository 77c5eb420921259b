import { newId, notFound, type Context } from '#platform'
import { Notice } from './model.ts'

/** Leaves a person word about the own account; within `asEverywhere`. */
export async function leaveNotice(
  ctx: Context,
  personId: string,
  kind: Notice['kind'],
  params: Record<string, string> = {},
): Promise<void> {
  await ctx.db
    .insertInto('access.notice')
    .values({ id: newId(), personId, kind, params: JSON.stringify(params), madeAt: ctx.now })
    .execute()
}

const shown = 20

/** What the person signed in has not read yet, newest first. */
export async function listNotices(ctx: Context): Promise<Notice[]> {
  const rows = await ctx.db
    .selectFrom('access.notice')
    .select(['id', 'kind', 'params', 'madeAt'])
    .where('personId', '=', ctx.actor.personId)
    .where('readAt', 'is', null)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .limit(shown)
    .execute()
  return rows.map((row) => Notice.parse(row))
}

/** @throws notFound */
export async function readNotice(ctx: Context, id: string): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('access.notice')
    .set({ readAt: ctx.now })
    .where('id', '=', id)
    .where('personId', '=', ctx.actor.personId)
    .where('readAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw notFound()
  await ctx.record('access.notice-read', { kind: 'access.notice', id, agencyId: ctx.actor.agencyId })
}
