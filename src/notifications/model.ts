import { z } from 'zod'
import { Id, Instant, PageQuery, pageOf, PlainDate, text, Version } from '#platform/model'

/** Who reads a thread: people of the writer's body, or whoever sees the record. */
export const SeenBy = z.enum(['body', 'all']).meta({ id: 'SeenBy' })
export type SeenBy = z.infer<typeof SeenBy>

/** Minutes in which a writer may still change the words of a comment. */
export const editMinutes = 15

/** How many people one comment may call by name. */
export const mostMentions = 20

/** A record by its kind and id. */
export const RecordOf = z.object({ kind: z.string().regex(/^[a-z]+\.[a-z-]+$/), id: Id })
export type RecordOf = z.infer<typeof RecordOf>

/** Something said about a record; without words when it was withdrawn. */
export const Comment = z
  .object({
    id: Id,
    threadId: Id,
    personId: Id,
    personName: z.string(),
    agencyName: z.string(),
    seenBy: SeenBy,
    text: z.string().nullable(),
    mentions: z.array(z.object({ id: Id, name: z.string() })),
    writtenAt: Instant,
    editedAt: Instant.nullable(),
    withdrawnAt: Instant.nullable(),
    version: Version,
    isUnread: z.boolean(),
    may: z.object({ edit: z.boolean(), withdraw: z.boolean() }),
  })
  .meta({ id: 'Comment' })
export type Comment = z.infer<typeof Comment>

/** How many of the latest answers come with a thread. */
export const shownReplies = 5

/** A first comment and the latest answers to it, oldest first. */
export const Thread = z
  .object({
    first: Comment,
    replies: z.array(Comment),
    replyCount: z.number().int(),
    resolved: z.object({ at: Instant, personName: z.string() }).nullable(),
  })
  .meta({ id: 'Thread' })
export type Thread = z.infer<typeof Thread>

/** What is said about one record, newest thread first. */
export const Talk = pageOf(Thread)
  .extend({
    unread: z.number().int(),
    isMuted: z.boolean(),
    /** Whom the actor may write for; empty = only reads. */
    mayWriteFor: z.array(SeenBy),
  })
  .meta({ id: 'Talk' })
export type Talk = z.infer<typeof Talk>

const words = text(4000)
const mentions = z.array(Id).max(mostMentions)

export const WriteComment = RecordOf.extend({
  threadId: Id.nullable(),
  seenBy: SeenBy,
  text: words,
  mentions,
})
  .strict()
  .meta({ id: 'WriteComment' })
export type WriteComment = z.infer<typeof WriteComment>

export const EditComment = z.strictObject({ text: words, mentions, version: Version }).meta({ id: 'EditComment' })
export type EditComment = z.infer<typeof EditComment>

/** Who may be called by name. */
export const Mentionable = z.object({ id: Id, name: z.string(), agencyName: z.string() }).meta({ id: 'Mentionable' })
export type Mentionable = z.infer<typeof Mentionable>

/** What a comment said before. */
export const CommentVersion = z
  .object({ version: Version, text: z.string(), until: Instant })
  .meta({ id: 'CommentVersion' })
export type CommentVersion = z.infer<typeof CommentVersion>

/** What a person may hear of: each is said by the message `notifications.notice-<kind>`. */
export const NoticeKind = z
  .enum([
    'mention',
    'comment',
    'progress-returned',
    'progress-accepted',
    'urged',
    'urging-answered',
    'work-assigned',
    'plan-names-us',
    'stand-in',
    'successor',
    'obstacle-raised',
    'obstacle-answered',
    'obstacle-escalated',
    'report-round-opened',
    'report-round-not-opened',
    'report-due',
    'report-overdue',
    'report-escalated',
    'report-extended',
    'report-exempted',
    'report-restored',
    'report-merged',
    'report-returned',
    'report-accepted',
    'report-withdrawn',
    'report-reopened',
    'report-urged',
    'report-part-handed',
    'findings-open',
    'new-device',
    'factor-reset-asked',
    'factor-reset',
    'factor-changed',
    'password-changed',
    'mail-changed',
  ])
  .meta({ id: 'NoticeKind' })
export type NoticeKind = z.infer<typeof NoticeKind>

/** News about the safety of the own account: sent by mail at once, never muted. */
export const securityKinds: readonly NoticeKind[] = [
  'new-device',
  'factor-reset-asked',
  'factor-reset',
  'factor-changed',
  'password-changed',
  'mail-changed',
]

/** One piece of news: about a record where it is still in sight, else only what happened. */
export const Notice = z
  .object({
    id: Id,
    kind: NoticeKind,
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    count: z.number().int(),
    madeAt: Instant,
    readAt: Instant.nullable(),
    snoozedUntil: Instant.nullable(),
    byName: z.string().nullable(),
    byAgencyName: z.string().nullable(),
    /** The body in whose post one is told; null = as a person. */
    agencyName: z.string().nullable(),
    record: RecordOf.extend({ title: z.string().nullable(), address: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof Notice>

export const NoticePage = pageOf(Notice).extend({ unread: z.number().int() }).meta({ id: 'NoticePage' })
export type NoticePage = z.infer<typeof NoticePage>

export const NoticeQuery = PageQuery.extend({
  view: z.enum(['unread', 'all', 'snoozed', 'security']).default('unread'),
})
export type NoticeQuery = z.infer<typeof NoticeQuery>

/** Until the morning of which day it stays away. */
export const Snooze = z.strictObject({ until: PlainDate }).meta({ id: 'Snooze' })
export type Snooze = z.infer<typeof Snooze>

/** When the digest comes by mail, in the country's time. */
export const Preference = z
  .object({
    digest: z.enum(['daily', 'weekdays', 'off']),
    hour: z.number().int().min(0).max(23),
  })
  .meta({ id: 'NoticePreference' })
export type Preference = z.infer<typeof Preference>

/** What stands until a person chooses: working days at seven. */
export const usualPreference: Preference = { digest: 'weekdays', hour: 7 }

/** How many lines a digest has; what is more is told as a number. */
export const mostLines = 20

const ParamValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** One thing that was done to a record, to be told as a sentence. */
export const HistoryEntry = z
  .object({
    id: Id,
    at: Instant,
    action: z.string(),
    params: z.record(z.string(), ParamValue),
    /** Fields the act changed, where its kind tells of them: what each was before and is after. */
    changes: z.array(z.object({ field: z.string(), was: ParamValue, is: ParamValue })),
    personName: z.string().nullable(),
    agencyName: z.string().nullable(),
    /** Of whom an act on a person tells. */
    subjectName: z.string().nullable(),
    /** Why, where a reason was given that the reader may know. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'HistoryEntry' })
export type HistoryEntry = z.infer<typeof HistoryEntry>
