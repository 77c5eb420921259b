import { sql } from 'kysely'
import { inTransaction, newId, systemActor, type Context, type Ground, type Mailer } from '#platform'

export type Written = { title: string; text: string; html: string }

/** Lays a letter down to be sent, in the transaction of what causes it; as the product itself. A second digest of a day is left out. */
export async function layLetter(
  ctx: Context,
  of: { personId: string; kind: 'digest' | 'security'; address: string },
  letter: Written,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into notifications.mail (id, person_id, kind, address, day, title, text, html, state, made_at)
    values (${newId()}, ${of.personId}::uuid, ${of.kind}, ${of.address}, ${ctx.today}::date, ${letter.title}, ${letter.text}, ${letter.html}, 'waiting', ${ctx.now}::timestamptz)
    on conflict (person_id, day) where kind = 'digest' do nothing returning id`.execute(ctx.db)
  return rows.length > 0
}

type Claimed = Written & { id: string; attempts: number; to: string }

/** Tries of a letter before it is given up, minutes between them, and after how long a try whose server fell is made again. */
const mostTries = 6
const betweenMinutes = 5
const leaseMinutes = 15

/** Takes the oldest letter that is due. Committed before it is sent, so that nobody else sends it meanwhile. */
async function claimLetter(ctx: Context): Promise<Claimed | undefined> {
  const before = (minutes: number) => new Date(Date.parse(ctx.now) - minutes * 60_000).toISOString()
  const { rows } = await sql<Claimed>`
    update notifications.mail m set state = 'sending', tried_at = ${ctx.now}::timestamptz, attempts = attempts + 1
    where m.id = (select id from notifications.mail
      where (state = 'waiting' and (tried_at is null or tried_at < ${before(betweenMinutes)}::timestamptz)) or (state = 'sending' and tried_at < ${before(leaseMinutes)}::timestamptz)
      order by made_at, id limit 1 for update skip locked)
    returning m.id, m.title, m.text, m.html, m.attempts, m.address as to`.execute(ctx.db)
  return rows[0]
}

async function endTry(ctx: Context, letter: Claimed, isSent: boolean): Promise<void> {
  const state = isSent ? 'sent' : letter.attempts >= mostTries ? 'failed' : 'waiting'
  await sql`update notifications.mail set state = ${state}, sent_at = ${isSent ? ctx.now : null}
    where id = ${letter.id}::uuid and state = 'sending' and attempts = ${letter.attempts}`.execute(ctx.db)
}

/**
 * Sends the letters that wait, one after the other. A letter whose server fell before its end was written is sent again
 * with the same Message-ID: none is lost, and a mail system that had taken it already knows it again.
 * @returns how many were sent
 */
export async function sendLetters(ground: Ground, mailer: Mailer): Promise<number> {
  const doing = { actor: systemActor, language: ground.language, requestId: `mail:${newId()}` }
  let sent = 0
  for (;;) {
    const letter = await inTransaction(ground, doing, claimLetter)
    if (!letter) return sent
    const { id, to, title, text, html } = letter
    const isSent = await mailer({ to, subject: title, text, html, id })
    await inTransaction(ground, doing, (ctx) => endTry(ctx, letter, isSent))
    if (isSent) sent++
  }
}

/** Since when the oldest letter waits to be sent; null = none does. */
export async function oldestLetterAt(ctx: Context): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select min(made_at) as at from notifications.mail where state in ('waiting', 'sending')`.execute(ctx.db)
  return rows[0]?.at ?? null
}

/** Days letters are kept after they were sent or given up. */
const keptDays = 30

/** Forgets letters of long ago: the state that tells of the day stays as long as a second digest could be made. */
export async function forgetOldLetters(ctx: Context): Promise<void> {
  const before = new Date(Date.parse(ctx.now) - keptDays * 86_400_000).toISOString()
  await sql`delete from notifications.mail where made_at < ${before}::timestamptz and state in ('sent', 'failed')`.execute(
    ctx.db,
  )
}
