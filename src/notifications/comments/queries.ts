import { listPersonNames, may, namesOfAgencies } from '#access'
import { type Context } from '#platform'
import type { Page } from '#platform/model'
import {
  editMinutes,
  shownReplies,
  type Comment,
  type CommentVersion,
  type RecordOf,
  type SeenBy,
  type Talk,
} from '../model.ts'
import { getTalkedOf, type Found, type Subjects } from '../subjects.ts'
import {
  countUnreadComments,
  findFollowing,
  getComment,
  listFirsts,
  listLatest,
  listMentions,
  listReplies,
  type CommentRow,
} from './store.ts'

type Paging = { page: number; size: number }

/** For whom the actor may write about a record; empty = only reads. */
export function mayWriteFor(ctx: Context, found: Found): SeenBy[] {
  if (!may(ctx.actor, 'notifications.comment') || ctx.actor.agencyId === null) return []
  return found.isInternal ? ['body'] : ['all', 'body']
}

/** What is said about a record within sight, newest thread first; a fixed number of statements. @throws notFound */
export async function readTalk(ctx: Context, subjects: Subjects, record: RecordOf, page: Paging): Promise<Talk> {
  const { found } = await getTalkedOf(ctx, subjects, record)
  const { readAt, mutedAt } = await findFollowing(ctx, record)
  const firsts = await listFirsts(ctx, record, page)
  const replies = await listLatest(
    ctx,
    firsts.rows.map((row) => row.id),
    shownReplies,
  )
  const said = await nameComments(ctx, [...firsts.rows, ...replies], readAt)
  const people = await listPersonNames(
    ctx,
    firsts.rows.map((row) => row.resolvedBy),
  )
  return {
    items: firsts.rows.flatMap((row) => {
      const first = said.get(row.id)
      const own = replies.filter((reply) => reply.threadId === row.id)
      return first === undefined
        ? []
        : {
            first,
            replies: own.flatMap((reply) => said.get(reply.id) ?? []),
            replyCount: own[0]?.count ?? 0,
            resolved:
              row.resolvedAt === null
                ? null
                : { at: row.resolvedAt, personName: people.get(row.resolvedBy ?? '') ?? '' },
          }
    }),
    total: firsts.total,
    ...page,
    unread: await countUnreadComments(ctx, record, readAt),
    isMuted: mutedAt !== null,
    mayWriteFor: mayWriteFor(ctx, found),
  }
}

/** A comment in a thread about a record within sight. @throws notFound */
export async function getReadable(
  ctx: Context,
  subjects: Subjects,
  id: string,
  forChange = false,
): Promise<CommentRow> {
  const row = await getComment(ctx, id, forChange)
  await getTalkedOf(ctx, subjects, { kind: row.subjectKind, id: row.subjectId })
  return row
}

/** All answers of a thread, oldest first. @throws notFound */
export async function readReplies(ctx: Context, subjects: Subjects, id: string, page: Paging): Promise<Page<Comment>> {
  const first = await getReadable(ctx, subjects, id)
  const { readAt } = await findFollowing(ctx, { kind: first.subjectKind, id: first.subjectId })
  const { rows, total } = await listReplies(ctx, first.id, page)
  const said = await nameComments(ctx, rows, readAt)
  return { items: rows.flatMap((row) => said.get(row.id) ?? []), total, ...page }
}

/** What a comment said before it was edited or withdrawn, for those who audit. @throws notFound */
export async function readVersions(ctx: Context, subjects: Subjects, id: string): Promise<CommentVersion[]> {
  const row = await getReadable(ctx, subjects, id)
  return ctx.db
    .selectFrom('notifications.commentVersion')
    .select(['version', 'text', 'until'])
    .where('commentId', '=', row.id)
    .orderBy('version')
    .execute()
}

/** Whether a writer may still change the words. */
export function isEditable(ctx: Context, row: Pick<CommentRow, 'personId' | 'writtenAt' | 'withdrawnAt'>): boolean {
  return (
    row.personId === ctx.actor.personId &&
    row.withdrawnAt === null &&
    Date.parse(ctx.now) - Date.parse(row.writtenAt) <= editMinutes * 60_000
  )
}

/** Comments with the names they need, by id. */
export async function nameComments(
  ctx: Context,
  rows: readonly CommentRow[],
  readAt: string | null,
): Promise<Map<string, Comment>> {
  const mentions = await listMentions(
    ctx,
    rows.map((row) => row.id),
  )
  const people = await listPersonNames(ctx, [
    ...rows.map((row) => row.personId),
    ...mentions.map((mention) => mention.personId),
  ])
  const agencies = await namesOfAgencies(
    ctx,
    rows.map((row) => row.agencyId),
  )
  const isWriter = may(ctx.actor, 'notifications.comment')
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        threadId: row.threadId,
        personId: row.personId,
        personName: people.get(row.personId) ?? '',
        agencyName: agencies.get(row.agencyId) ?? '',
        seenBy: row.seenBy,
        text: row.text,
        mentions: mentions
          .filter((mention) => mention.commentId === row.id)
          .map(({ personId }) => ({ id: personId, name: people.get(personId) ?? '' })),
        writtenAt: row.writtenAt,
        editedAt: row.editedAt,
        withdrawnAt: row.withdrawnAt,
        version: row.version,
        isUnread:
          row.personId !== ctx.actor.personId &&
          row.withdrawnAt === null &&
          (readAt === null || Date.parse(row.writtenAt) > Date.parse(readAt)),
        may: {
          edit: isWriter && isEditable(ctx, row),
          withdraw: isWriter && row.personId === ctx.actor.personId && row.withdrawnAt === null,
        },
      },
    ]),
  )
}
