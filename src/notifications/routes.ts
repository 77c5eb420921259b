import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, PageQuery, pageOf, Version } from '#platform/model'
import {
  editComment,
  markTalkRead,
  muteTalk,
  resolveThread,
  withdrawComment,
  writeComment,
} from './comments/commands.ts'
import { listMentionable } from './comments/people.ts'
import { readReplies, readTalk, readVersions } from './comments/queries.ts'
import { readHistory } from './histories/queries.ts'
import {
  Comment,
  CommentVersion,
  EditComment,
  HistoryEntry,
  Mentionable,
  NoticePage,
  NoticeQuery,
  Preference,
  RecordOf,
  SeenBy,
  Snooze,
  Talk,
  WriteComment,
} from './model.ts'
import { countUnread, listNotices, readNotices, snoozeNotice } from './notices/inbox.ts'
import { readPreference, savePreference } from './preference.ts'
import { getTalkedOf, type Subjects } from './subjects.ts'

const params = z.object({ id: Id })

/** Every route of talk, notices and histories. The kinds of records and the time zone are handed in by `app.ts`. */
export function notificationRoutes(parts: { subjects: Subjects; timeZone: string }): Route[] {
  return [...talkRoutes(parts.subjects), ...commentRoutes(parts.subjects), ...noticeRoutes(parts)]
}

function talkRoutes(subjects: Subjects): Route[] {
  return [
    route({
      method: 'get',
      path: '/talk',
      summary: 'What is said about a record',
      allow: 'notifications.read-talk',
      query: PageQuery.extend(RecordOf.shape),
      returns: Talk,
      run: (ctx, { query: { kind, id, page, size } }) => readTalk(ctx, subjects, { kind, id }, { page, size }),
    }),
    route({
      method: 'post',
      path: '/talk',
      summary: 'Say something about a record',
      allow: 'notifications.comment',
      body: WriteComment,
      returns: Comment,
      run: (ctx, { body }) => writeComment(ctx, subjects, body),
    }),
    route({
      method: 'get',
      path: '/talk/people',
      summary: 'Who may be called by name',
      allow: 'notifications.comment',
      query: RecordOf.extend({ seenBy: SeenBy, search: z.string().max(100).default('') }),
      returns: z.array(Mentionable),
      run: async (ctx, { query: { kind, id, seenBy, search } }) => {
        const { talk } = await getTalkedOf(ctx, subjects, { kind, id })
        const agencyId = ctx.actor.agencyId ?? ''
        return listMentionable(ctx, subjects, talk, { record: { kind, id }, seenBy, agencyId, search })
      },
    }),
    route({
      method: 'post',
      path: '/talk/reading',
      summary: 'Mark what is said about a record as read',
      allow: 'notifications.read-talk',
      body: RecordOf.strict(),
      run: (ctx, { body }) => markTalkRead(ctx, subjects, body),
    }),
    route({
      method: 'post',
      path: '/talk/muting',
      summary: 'Hear no more, or again, of what is said about a record',
      allow: 'notifications.read-talk',
      body: RecordOf.extend({ isMuted: z.boolean() }).strict(),
      run: (ctx, { body: { isMuted, ...record } }) => muteTalk(ctx, subjects, record, isMuted),
    }),
    route({
      method: 'get',
      path: '/history',
      summary: 'What was done to a record',
      allow: 'notifications.read-history',
      query: PageQuery.extend(RecordOf.shape),
      returns: pageOf(HistoryEntry),
      run: (ctx, { query: { kind, id, page, size } }) => readHistory(ctx, subjects, { kind, id }, { page, size }),
    }),
  ]
}

function commentRoutes(subjects: Subjects): Route[] {
  return [
    route({
      method: 'get',
      path: '/comments/{id}/replies',
      summary: 'All answers of a thread',
      allow: 'notifications.read-talk',
      params,
      query: PageQuery,
      returns: pageOf(Comment),
      run: (ctx, { params, query }) => readReplies(ctx, subjects, params.id, query),
    }),
    route({
      method: 'get',
      path: '/comments/{id}/versions',
      summary: 'What a comment said before',
      allow: 'access.read-audit',
      params,
      returns: z.array(CommentVersion),
      run: (ctx, { params }) => readVersions(ctx, subjects, params.id),
    }),
    route({
      method: 'put',
      path: '/comments/{id}',
      summary: 'Change one’s own comment',
      allow: 'notifications.comment',
      params,
      body: EditComment,
      returns: Comment,
      run: (ctx, { params, body }) => editComment(ctx, subjects, params.id, body),
    }),
    route({
      method: 'post',
      path: '/comments/{id}/withdrawal',
      summary: 'Take one’s own comment back',
      allow: 'notifications.comment',
      params,
      body: z.strictObject({ version: Version }),
      returns: Comment,
      run: (ctx, { params, body }) => withdrawComment(ctx, subjects, params.id, body.version),
    }),
    route({
      method: 'post',
      path: '/comments/{id}/resolution',
      summary: 'Settle a thread, or open it again',
      allow: 'notifications.comment',
      params,
      body: z.strictObject({ isResolved: z.boolean() }),
      run: (ctx, { params, body }) => resolveThread(ctx, subjects, params.id, body.isResolved),
    }),
  ]
}

function noticeRoutes({ subjects, timeZone }: { subjects: Subjects; timeZone: string }): Route[] {
  return [
    route({
      method: 'get',
      path: '/notices',
      summary: 'What the person signed in must hear',
      allow: 'signed-in',
      query: NoticeQuery,
      returns: NoticePage,
      run: (ctx, { query }) => listNotices(ctx, subjects, query),
    }),
    route({
      method: 'get',
      path: '/notices/count',
      summary: 'How many notices wait',
      allow: 'signed-in',
      returns: z.object({ unread: z.number().int() }),
      run: async (ctx) => ({ unread: await countUnread(ctx) }),
    }),
    route({
      method: 'post',
      path: '/notices/reading',
      summary: 'Mark all waiting notices as read',
      allow: 'signed-in',
      run: (ctx) => readNotices(ctx, null),
    }),
    route({
      method: 'get',
      path: '/notices/preference',
      summary: 'When the digest comes by mail',
      allow: 'signed-in',
      returns: Preference.extend({ mail: z.string().nullable() }),
      run: (ctx) => readPreference(ctx),
    }),
    route({
      method: 'put',
      path: '/notices/preference',
      summary: 'Choose when the digest comes by mail',
      allow: 'signed-in',
      body: Preference.strict(),
      run: (ctx, { body }) => savePreference(ctx, body),
    }),
    route({
      method: 'post',
      path: '/notices/{id}/reading',
      summary: 'Mark a notice as read',
      allow: 'signed-in',
      params,
      run: (ctx, { params }) => readNotices(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/notices/{id}/snooze',
      summary: 'Put a notice off until a later morning',
      allow: 'signed-in',
      params,
      body: Snooze,
      run: (ctx, { params, body }) => snoozeNotice(ctx, params.id, body.until, timeZone),
    }),
  ]
}
