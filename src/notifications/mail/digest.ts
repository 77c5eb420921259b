import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { asEverywhere, inTransaction, newId, systemActor, type Context, type Ground } from '#platform'
import { Language } from '#platform/model'
import { mostLines, usualPreference, type NoticeKind, type Preference } from '../model.ts'
import { nameNotices, noticeColumns, type NoticeRow } from '../notices/inbox.ts'
import type { Subjects } from '../subjects.ts'
import { forgetOldLetters, layLetter } from './outbox.ts'
import { writeDigest, writeSecurity, type Pen } from './write.ts'

type Due = { id: string; name: string; language: string; mail: string; digest: Preference['digest']; hour: number }

/** The instant of today at which a digest is due, or null where none comes today. */
export function dueToday(now: string, timeZone: string, preference: Preference): string | null {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone)
  if (preference.digest === 'off' || (preference.digest === 'weekdays' && here.dayOfWeek > 5)) return null
  const due = here
    .toPlainDate()
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: preference.hour }) })
  return Temporal.ZonedDateTime.compare(here, due) < 0 ? null : due.toInstant().toString()
}

/** Not read, not put off, not mailed, and there when the digest was due. */
function unmailed(ctx: Context, due: string) {
  return sql`n.read_at is null and n.mailed_at is null and n.made_at <= ${due}::timestamptz and (n.snoozed_until is null or n.snoozed_until <= ${ctx.now}::timestamptz)`
}

/**
 * Writes the digests that are due: at most one a person and day, for what came before its hour, laid down in the same
 * transaction that marks the notices as mailed. Safe to run at any time and twice at once.
 * @returns how many were written
 */
export async function makeDigests(ground: Ground, subjects: Subjects, pen: Pen): Promise<number> {
  const doing = { actor: systemActor, language: ground.language, requestId: `digest:${newId()}` }
  const people = await inTransaction(ground, doing, async (ctx) => {
    await forgetOldLetters(ctx)
    const { rows } = await sql<Due>`
      select p.id, p.name, p.language, p.mail, coalesce(w.digest, ${usualPreference.digest}) as digest, coalesce(w.hour, ${usualPreference.hour}) as hour
      from access.person p left join notifications.preference w on w.person_id = p.id
      where p.state = 'active' and p.mail is not null and coalesce(w.digest, ${usualPreference.digest}) <> 'off'
        and not exists (select 1 from notifications.mail m where m.person_id = p.id and m.day = ${ctx.today}::date and m.kind = 'digest')
        and exists (select 1 from notifications.notice n where n.person_id = p.id and n.read_at is null and n.mailed_at is null)`.execute(
      ctx.db,
    )
    return rows.map((row) => ({ ...row, due: dueToday(ctx.now, ground.timeZone, row) }))
  })
  let made = 0
  for (const { due, ...person } of people)
    if (due !== null && (await inTransaction(ground, doing, (ctx) => makeDigest(ctx, subjects, pen, { person, due }))))
      made++
  return made
}

async function makeDigest(
  ctx: Context,
  subjects: Subjects,
  pen: Pen,
  { person, due }: { person: Due; due: string },
): Promise<boolean> {
  const where = sql`n.person_id = ${person.id}::uuid and ${unmailed(ctx, due)}`
  const counted = await sql<{
    total: number
  }>`select count(*) as total from notifications.notice n where ${where}`.execute(ctx.db)
  const total = counted.rows[0]?.total ?? 0
  if (total === 0) return false
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns} from notifications.notice n where ${where} order by made_at desc, id desc limit ${mostLines}`.execute(
    ctx.db,
  )
  const notices = await nameNotices(ctx, subjects, rows, person.id)
  const letter = writeDigest(pen, Language.parse(person.language), { name: person.name, notices, total })
  if (!(await layLetter(ctx, { personId: person.id, kind: 'digest', address: person.mail }, letter))) return false
  await sql`update notifications.notice n set mailed_at = ${ctx.now}::timestamptz where ${where}`.execute(ctx.db)
  return true
}

/** Lays a letter about the safety of an account down at once, where the person has an address. */
export async function mailAtOnce(ctx: Context, pen: Pen, kind: NoticeKind, personId: string): Promise<void> {
  await asEverywhere(ctx, async () => {
    const { rows } = await sql<{ name: string; language: string; mail: string }>`
      select name, language, mail from access.person where id = ${personId}::uuid and state = 'active' and mail is not null`.execute(
      ctx.db,
    )
    const person = rows[0]
    if (!person) return
    const found = await sql<NoticeRow>`
      select ${noticeColumns} from notifications.notice where person_id = ${personId}::uuid and kind = ${kind} and read_at is null and made_at = ${ctx.now}::timestamptz`.execute(
      ctx.db,
    )
    const [notice] = await nameNotices(ctx, [], found.rows, personId)
    if (!notice) return
    const letter = writeSecurity(pen, Language.parse(person.language), { name: person.name, notice })
    await layLetter(ctx, { personId, kind: 'security', address: person.mail }, letter)
    await sql`update notifications.notice set mailed_at = ${ctx.now}::timestamptz where id = ${notice.id}::uuid`.execute(
      ctx.db,
    )
  })
}
