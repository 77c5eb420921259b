import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { RecordOf, SeenBy } from '../model.ts'
import { about } from '../subjects.ts'

export type CommentRow = {
  id: string
  threadId: string
  subjectKind: string
  subjectId: string
  agencyId: string
  personId: string
  seenBy: SeenBy
  text: string | null
  writtenAt: string
  editedAt: string | null
  withdrawnAt: string | null
  resolvedBy: string | null
  resolvedAt: string | null
  version: number
}

const columns = sql`id, thread_id, subject_kind, subject_id, agency_id, person_id, seen_by, text, written_at, edited_at, withdrawn_at, resolved_by, resolved_at, version`

/** That the acting body wrote it, or took the whole of its writer's body over. */
const keeps = (ctx: Context) =>
  sql<boolean>`(agency_id = ${ctx.actor.agencyId}::uuid or exists (
    select 1 from agencies.succession s where s.from_id = agency_id and s.to_id = ${ctx.actor.agencyId}::uuid and s.share = 'whole' and s.function is null))`

/** The first wall: threads for all, and those the acting body, or one it took over, keeps to itself. */
function readable(ctx: Context) {
  return sql<boolean>`(seen_by = 'all' or ${keeps(ctx)})`
}

/** One comment of a record the actor may read; the record itself is looked up by the caller. @throws notFound */
export async function getComment(ctx: Context, id: string, forChange = false): Promise<CommentRow> {
  const { rows } =
    await sql<CommentRow>`select ${columns} from notifications.comment where id = ${id}::uuid and ${readable(ctx)}
    ${forChange ? sql`for update` : sql``}`.execute(ctx.db)
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** The first comments about a record, newest thread first, and how many there are. */
export async function listFirsts(
  ctx: Context,
  record: RecordOf,
  page: { page: number; size: number },
): Promise<{ rows: CommentRow[]; total: number }> {
  const where = sql`${about(record)} and thread_id = id and ${readable(ctx)}`
  const counted = await sql<{
    total: number
  }>`select count(*) as total from notifications.comment where ${where}`.execute(ctx.db)
  const { rows } = await sql<CommentRow>`select ${columns} from notifications.comment where ${where}
    order by written_at desc, id desc limit ${page.size} offset ${(page.page - 1) * page.size}`.execute(ctx.db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

/** The latest answers of each thread, oldest first, with how many there are in all. */
export async function listLatest(
  ctx: Context,
  threadIds: readonly string[],
  most: number,
): Promise<(CommentRow & { count: number })[]> {
  if (threadIds.length === 0) return []
  const { rows } = await sql<CommentRow & { count: number }>`
    select ${columns}, count from (
      select *, count(*) over (partition by thread_id) as count, row_number() over (partition by thread_id order by written_at desc, id desc) as place
      from notifications.comment where thread_id = any (${[...threadIds]}::uuid[]) and thread_id <> id and ${readable(ctx)}
    ) latest where place <= ${most} order by written_at, id`.execute(ctx.db)
  return rows
}

/** The answers of a thread, oldest first. */
export async function listReplies(
  ctx: Context,
  threadId: string,
  page: { page: number; size: number },
): Promise<{ rows: CommentRow[]; total: number }> {
  const where = sql`thread_id = ${threadId}::uuid and thread_id <> id and ${readable(ctx)}`
  const counted = await sql<{
    total: number
  }>`select count(*) as total from notifications.comment where ${where}`.execute(ctx.db)
  const { rows } = await sql<CommentRow>`select ${columns} from notifications.comment where ${where}
    order by written_at, id limit ${page.size} offset ${(page.page - 1) * page.size}`.execute(ctx.db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export type Following = { readAt: string | null; mutedAt: string | null }

/** How far the actor has read about a record, and whether it is muted. */
export async function findFollowing(ctx: Context, record: RecordOf): Promise<Following> {
  const { rows } = await sql<Following>`select read_at, muted_at from notifications.following
    where person_id = ${ctx.actor.personId}::uuid and ${about(record)}`.execute(ctx.db)
  return rows[0] ?? { readAt: null, mutedAt: null }
}

/** How many comments of others about a record the actor has not read. */
export async function countUnreadComments(ctx: Context, record: RecordOf, readAt: string | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from notifications.comment
    where ${about(record)} and ${readable(ctx)} and person_id <> ${ctx.actor.personId}::uuid and withdrawn_at is null
      and (${readAt}::timestamptz is null or written_at > ${readAt}::timestamptz)`.execute(ctx.db)
  return rows[0]?.count ?? 0
}

/** Keeps how far somebody has read, or that a record is muted. */
export async function saveFollowing(ctx: Context, record: RecordOf, kept: Partial<Following>): Promise<void> {
  const at = {
    readAt: 'readAt' in kept ? sql`excluded.read_at` : sql`f.read_at`,
    mutedAt: 'mutedAt' in kept ? sql`excluded.muted_at` : sql`f.muted_at`,
  }
  await sql`insert into notifications.following as f (person_id, subject_kind, subject_id, read_at, muted_at)
    values (${ctx.actor.personId}::uuid, ${record.kind}, ${record.id}::uuid, ${kept.readAt ?? null}, ${kept.mutedAt ?? null})
    on conflict (person_id, subject_kind, subject_id) do update set read_at = ${at.readAt}, muted_at = ${at.mutedAt}`.execute(
    ctx.db,
  )
}

/** Who is called by name in each of some comments. */
export async function listMentions(
  ctx: Context,
  commentIds: readonly string[],
): Promise<{ commentId: string; personId: string }[]> {
  if (commentIds.length === 0) return []
  return ctx.db
    .selectFrom('notifications.mention')
    .select(['commentId', 'personId'])
    .where('commentId', 'in', [...commentIds])
    .execute()
}
