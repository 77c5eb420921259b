import { asEverywhere, conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import type { Comment, EditComment, RecordOf, WriteComment } from '../model.ts'
import { tellPeople } from '../notices/tell.ts'
import { getTalkedOf, type Subjects } from '../subjects.ts'
import { whoMayRead } from './people.ts'
import { getReadable, isEditable, mayWriteFor, nameComments } from './queries.ts'
import {
  countUnreadComments,
  findFollowing,
  getComment,
  listMentions,
  saveFollowing,
  type CommentRow,
} from './store.ts'

const recordOf = (row: Pick<CommentRow, 'id' | 'agencyId'>) => ({
  kind: 'notifications.comment',
  id: row.id,
  agencyId: row.agencyId,
})

/**
 * Says something about a record, or answers in a thread; an answer is for the same eyes as its thread. Tells those who
 * are called by name, those who took part, and those the record concerns, as far as each may read it.
 * @throws notFound; invalid `notifications.person-not-found` for anyone who is not there or may not read it, `notifications.draft-is-internal`; conflict `notifications.thread-resolved`
 */
export async function writeComment(ctx: Context, subjects: Subjects, input: WriteComment): Promise<Comment> {
  const record: RecordOf = { kind: input.kind, id: input.id }
  const { talk, found } = await getTalkedOf(ctx, subjects, record)
  const { agencyId } = ctx.actor
  if (agencyId === null) throw notFound()
  const thread = input.threadId === null ? null : await getThread(ctx, record, input.threadId)
  const seenBy = thread?.seenBy ?? input.seenBy
  if (!mayWriteFor(ctx, found).includes(seenBy))
    throw invalid('notifications.draft-is-internal', {}, [
      { pointer: '/seenBy', code: 'notifications.draft-is-internal' },
    ])
  if (thread !== null && seenBy === 'body' && thread.agencyId !== agencyId) throw notFound()
  const circle = { record, seenBy, agencyId }
  await checkMentions(ctx, subjects, circle, input.mentions)
  const id = newId()
  await ctx.db
    .insertInto('notifications.comment')
    .values({
      id,
      threadId: thread?.id ?? id,
      subjectKind: record.kind,
      subjectId: record.id,
      agencyId,
      personId: ctx.actor.personId,
      seenBy,
      text: input.text,
      writtenAt: ctx.now,
    })
    .execute()
  await insertMentions(ctx, id, input.mentions)
  await ctx.record(
    thread === null ? 'notifications.comment-written' : 'notifications.comment-answered',
    { kind: 'notifications.comment', id, agencyId },
    { about: record.kind, aboutId: record.id, seenBy },
  )
  const others = await asEverywhere(ctx, async () => [
    ...(await talk.concerned(ctx, record.id)),
    ...(thread === null ? [] : await takingPart(ctx, thread.id)),
  ])
  const reading = await whoMayRead(ctx, subjects, circle, [...new Set([...input.mentions, ...others])])
  const told = (ids: readonly string[]) =>
    ids.flatMap((personId) => {
      const body = reading.get(personId)
      return body === undefined ? [] : { personId, agencyId: body }
    })
  await tellPeople(ctx, { kind: 'mention', record }, told(input.mentions))
  await tellPeople(ctx, { kind: 'comment', record }, told(others.filter((person) => !input.mentions.includes(person))))
  return getNamed(ctx, id)
}

/** The thread to be answered: about this record, not yet closed. @throws notFound; conflict `notifications.thread-resolved` */
async function getThread(ctx: Context, record: RecordOf, id: string): Promise<CommentRow> {
  const thread = await getComment(ctx, id)
  if (thread.threadId !== thread.id || thread.subjectKind !== record.kind || thread.subjectId !== record.id)
    throw notFound()
  if (thread.resolvedAt !== null) throw conflict('notifications.thread-resolved')
  return thread
}

/** Someone who may not read is not there, in the same words. */
async function checkMentions(
  ctx: Context,
  subjects: Subjects,
  circle: Parameters<typeof whoMayRead>[2],
  ids: readonly string[],
): Promise<void> {
  const reading = await whoMayRead(ctx, subjects, circle, ids)
  const at = ids.findIndex((id) => !reading.has(id))
  if (at >= 0) {
    const code = 'notifications.person-not-found'
    throw invalid(code, {}, [{ pointer: `/mentions/${at}`, code }])
  }
}

async function insertMentions(ctx: Context, commentId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await ctx.db
    .insertInto('notifications.mention')
    .values([...new Set(ids)].map((personId) => ({ commentId, personId })))
    .onConflict((same) => same.doNothing())
    .execute()
}

async function takingPart(ctx: Context, threadId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('notifications.comment')
    .select('personId')
    .distinct()
    .where('threadId', '=', threadId)
    .execute()
  return rows.map((row) => row.personId)
}

async function getNamed(ctx: Context, id: string): Promise<Comment> {
  const named = (await nameComments(ctx, [await getComment(ctx, id)], ctx.now)).get(id)
  if (!named) throw notFound()
  return named
}

/** One's own comment, locked, at the version its writer saw. @throws notFound; forbidden; conflict `platform.stale-version` */
async function takeOwn(ctx: Context, subjects: Subjects, id: string, version: number): Promise<CommentRow> {
  const row = await getReadable(ctx, subjects, id, true)
  if (row.personId !== ctx.actor.personId) throw forbidden('notifications.not-ones-own')
  if (row.version !== version) throw conflict('platform.stale-version')
  return row
}

/**
 * Changes the words of one's own comment while it is young; what it said is kept, those newly called by name are told.
 * @throws conflict `notifications.too-late-to-edit`, `platform.stale-version`; invalid `notifications.person-not-found`
 */
export async function editComment(ctx: Context, subjects: Subjects, id: string, input: EditComment): Promise<Comment> {
  const row = await takeOwn(ctx, subjects, id, input.version)
  if (!isEditable(ctx, row)) throw conflict('notifications.too-late-to-edit')
  const record: RecordOf = { kind: row.subjectKind, id: row.subjectId }
  const circle = { record, seenBy: row.seenBy, agencyId: row.agencyId }
  await checkMentions(ctx, subjects, circle, input.mentions)
  const before = (await listMentions(ctx, [id])).map((mention) => mention.personId)
  const fresh = input.mentions.filter((person) => !before.includes(person))
  await ctx.db
    .updateTable('notifications.comment')
    .set({ text: input.text, editedAt: ctx.now, version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  await insertMentions(ctx, id, fresh)
  await ctx.record('notifications.comment-edited', recordOf(row), { about: record.kind, aboutId: record.id })
  const reading = await whoMayRead(ctx, subjects, circle, fresh)
  await tellPeople(
    ctx,
    { kind: 'mention', record },
    [...reading].map(([personId, agencyId]) => ({ personId, agencyId })),
  )
  return getNamed(ctx, id)
}

/** Takes one's own comment back: the words go from sight, and are kept for the audit. @throws conflict `notifications.withdrawn-already` */
export async function withdrawComment(ctx: Context, subjects: Subjects, id: string, version: number): Promise<Comment> {
  const row = await takeOwn(ctx, subjects, id, version)
  if (row.withdrawnAt !== null) throw conflict('notifications.withdrawn-already')
  await ctx.db
    .updateTable('notifications.comment')
    .set({ text: null, withdrawnAt: ctx.now, version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  await ctx.record('notifications.comment-withdrawn', recordOf(row), { about: row.subjectKind, aboutId: row.subjectId })
  return getNamed(ctx, id)
}

/** Says that a thread is settled, or opens it again: whoever may write in it. @throws notFound */
export async function resolveThread(ctx: Context, subjects: Subjects, id: string, isResolved: boolean): Promise<void> {
  const row = await getReadable(ctx, subjects, id, true)
  if (row.threadId !== row.id) throw notFound()
  await ctx.db
    .updateTable('notifications.comment')
    .set({
      resolvedAt: isResolved ? ctx.now : null,
      resolvedBy: isResolved ? ctx.actor.personId : null,
      version: row.version + 1,
    })
    .where('id', '=', id)
    .execute()
  await ctx.record(isResolved ? 'notifications.thread-resolved-now' : 'notifications.thread-reopened', recordOf(row), {
    about: row.subjectKind,
    aboutId: row.subjectId,
  })
}

/** Keeps that the actor has read what is said about a record. @throws notFound */
export async function markTalkRead(ctx: Context, subjects: Subjects, record: RecordOf): Promise<void> {
  await getTalkedOf(ctx, subjects, record)
  const { readAt } = await findFollowing(ctx, record)
  const unread = await countUnreadComments(ctx, record, readAt)
  await saveFollowing(ctx, record, { readAt: ctx.now })
  await ctx.record('notifications.talk-read', { ...record, agencyId: ctx.actor.agencyId }, { unread })
}

/** Mutes what is said about a record, or hears of it again. @throws notFound */
export async function muteTalk(ctx: Context, subjects: Subjects, record: RecordOf, isMuted: boolean): Promise<void> {
  await getTalkedOf(ctx, subjects, record)
  await saveFollowing(ctx, record, { mutedAt: isMuted ? ctx.now : null })
  await ctx.record(isMuted ? 'notifications.talk-muted' : 'notifications.talk-unmuted', {
    ...record,
    agencyId: ctx.actor.agencyId,
  })
}
