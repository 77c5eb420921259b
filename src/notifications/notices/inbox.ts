import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { listActors, listPersonNames, namesOfAgencies } from '#access'
import { asAnother, asEverywhere, invalid, notFound, type Actor, type Context } from '#platform'
import { NoticeKind, securityKinds, type Notice, type NoticePage, type NoticeQuery } from '../model.ts'
import { findRecords, type Found, type Subjects } from '../subjects.ts'

export type NoticeRow = {
  id: string
  kind: string
  agencyId: string | null
  subjectKind: string | null
  subjectId: string | null
  byPersonId: string | null
  byAgencyId: string | null
  params: Notice['params']
  count: number
  madeAt: string
  readAt: string | null
  snoozedUntil: string | null
}

/** The columns of a notice, for whoever reads rows of it. */
export const noticeColumns = sql`id, kind, agency_id, subject_kind, subject_id, by_person_id, by_agency_id, params, count, made_at, read_at, snoozed_until`

function inView(ctx: Context, view: NoticeQuery['view']) {
  switch (view) {
    case 'unread':
      return sql<boolean>`read_at is null and (snoozed_until is null or snoozed_until <= ${ctx.now}::timestamptz)`
    case 'snoozed':
      return sql<boolean>`read_at is null and snoozed_until > ${ctx.now}::timestamptz`
    case 'security':
      return sql<boolean>`read_at is null and kind = any (${[...securityKinds]})`
    case 'all':
      return sql<boolean>`true`
  }
}

/** How many notices of the actor wait to be read. */
export async function countUnread(ctx: Context): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from notifications.notice where person_id = ${ctx.actor.personId}::uuid and ${inView(ctx, 'unread')}`.execute(
    ctx.db,
  )
  return rows[0]?.count ?? 0
}

/** The notices of the actor, newest first, whatever post he acts in. */
export async function listNotices(ctx: Context, subjects: Subjects, query: NoticeQuery): Promise<NoticePage> {
  const where = sql`person_id = ${ctx.actor.personId}::uuid and ${inView(ctx, query.view)}`
  const counted = await sql<{
    total: number
  }>`select count(*) as total from notifications.notice where ${where}`.execute(ctx.db)
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns} from notifications.notice where ${where} order by made_at desc, id desc
    limit ${query.size} offset ${(query.page - 1) * query.size}`.execute(ctx.db)
  return {
    items: await nameNotices(ctx, subjects, rows, ctx.actor.personId),
    total: counted.rows[0]?.total ?? 0,
    unread: await countUnread(ctx),
    page: query.page,
    size: query.size,
  }
}

/**
 * Notices of one person with the names they need: a record is named only where the person sees it today, in the post at
 * the body in which it was told.
 */
export async function nameNotices(
  ctx: Context,
  subjects: Subjects,
  rows: readonly NoticeRow[],
  personId: string,
): Promise<Notice[]> {
  const records = await recordsOf(ctx, subjects, rows, personId)
  const people = await listPersonNames(
    ctx,
    rows.map((row) => row.byPersonId),
  )
  const agencies = await namesOfAgencies(
    ctx,
    rows.flatMap((row) => [row.agencyId ?? [], row.byAgencyId ?? []].flat()),
  )
  return rows.map((row) => {
    const found = records.get(row.id)
    return {
      id: row.id,
      kind: NoticeKind.parse(row.kind),
      params: row.params,
      count: row.count,
      madeAt: row.madeAt,
      readAt: row.readAt,
      snoozedUntil: row.snoozedUntil,
      byName: people.get(row.byPersonId ?? '') ?? null,
      byAgencyName: agencies.get(row.byAgencyId ?? '') ?? null,
      agencyName: agencies.get(row.agencyId ?? '') ?? null,
      record:
        row.subjectKind === null || row.subjectId === null
          ? null
          : {
              kind: row.subjectKind,
              id: row.subjectId,
              title: found?.title ?? null,
              address: found?.address ?? null,
            },
    }
  })
}

async function recordsOf(
  ctx: Context,
  subjects: Subjects,
  rows: readonly NoticeRow[],
  personId: string,
): Promise<Map<string, Found>> {
  const about = rows.filter((row) => row.subjectId !== null)
  const named = new Map<string, Found>()
  if (about.length === 0) return named
  const own: Actor[] = await asEverywhere(ctx, () => listActors(ctx, [personId]))
  for (const [agencyId, some] of Map.groupBy(about, (row) => row.agencyId)) {
    const actors = own.filter((actor) => agencyId === null || actor.agencyId === agencyId)
    const records = some.map((row) => ({ kind: row.subjectKind ?? '', id: row.subjectId ?? '' }))
    for (const actor of actors) {
      const found = await asAnother(ctx, actor, (theirs) => findRecords(theirs, subjects, records))
      for (const row of some) {
        const one = found.get(row.subjectId ?? '')
        if (one) named.set(row.id, one)
      }
    }
  }
  return named
}

/** Marks own notices as read: one, or all that wait. @throws notFound */
export async function readNotices(ctx: Context, id: string | null): Promise<void> {
  const which = id === null ? inView(ctx, 'unread') : sql`id = ${id}::uuid`
  const { numAffectedRows } = await sql`update notifications.notice set read_at = ${ctx.now}::timestamptz
    where person_id = ${ctx.actor.personId}::uuid and read_at is null and ${which}`.execute(ctx.db)
  if (id !== null && numAffectedRows !== 1n) throw notFound()
  await ctx.record(
    'notifications.notices-read',
    { kind: 'notifications.notice', id, agencyId: ctx.actor.agencyId },
    { count: Number(numAffectedRows ?? 0n) },
  )
}

/** The hour of the morning at which what was put off comes back. */
const morning = 7

/** How far something may be put off. */
const mostDays = 366

/** Puts a notice off until the morning of a later day. @throws notFound; invalid `notifications.snooze-day` */
export async function snoozeNotice(ctx: Context, id: string, until: string, timeZone: string): Promise<void> {
  const latest = Temporal.PlainDate.from(ctx.today).add({ days: mostDays }).toString()
  if (until <= ctx.today || until > latest)
    throw invalid('notifications.snooze-day', {}, [{ pointer: '/until', code: 'notifications.snooze-day' }])
  const at = Temporal.PlainDate.from(until)
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: morning }) })
    .toInstant()
    .toString()
  const { numAffectedRows } = await sql`update notifications.notice set snoozed_until = ${at}::timestamptz
    where id = ${id}::uuid and person_id = ${ctx.actor.personId}::uuid and read_at is null`.execute(ctx.db)
  if (numAffectedRows !== 1n) throw notFound()
  await ctx.record(
    'notifications.notice-snoozed',
    { kind: 'notifications.notice', id, agencyId: ctx.actor.agencyId },
    { until },
  )
}
