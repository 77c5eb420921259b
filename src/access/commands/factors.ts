import { generateSecret, generateURI, ScureBase32Plugin } from 'otplib'
import { sql } from 'kysely'
import { conflict, invalid, notFound, type Context, type Problem } from '#platform'
import { stageOf } from '../authorize.ts'
import { forgetRecoveryCodes, layRecoveryCodes, listFactorKinds, spendRecoveryCode, spendTotp } from '../factors.ts'
import type { AccessParts } from '../ground.ts'
import type { FactorKind, GiveFactor, RecoveryCodes, Session, TotpEnrolment } from '../model.ts'
import { listPostsInForce } from '../identify.ts'
import { readSession } from '../queries/session.ts'
import { refuseTry } from '../refused-tries.ts'
import { needsFactor } from '../rules.ts'
import { markFactorGiven } from '../sessions.ts'

const wrongFactor = () => invalid('platform.invalid-input', {}, [{ pointer: '/code', code: 'access.factor-wrong' }])

/** The session from now on: with what the person may do. */
function wholeSession(ctx: Context, parts: AccessParts): Promise<Session> {
  return readSession(ctx, parts, { personId: ctx.actor.personId, actingPostId: null, stage: 'whole' })
}

/** Records a second factor given wrongly, counted as other failed tries are. */
export function refuseFactor(ctx: Context, parts: AccessParts): Promise<Problem> {
  return refuseTry(ctx, parts, { action: 'access.factor-refused', personId: ctx.actor.personId }, wrongFactor())
}

/**
 * Gives the second factor by a code of the authenticator app or one kept on paper.
 * @returns the session, or the problem `access.factor-wrong`; a code spent before is wrong
 */
export async function giveFactor(ctx: Context, parts: AccessParts, input: GiveFactor): Promise<Session | Problem> {
  const isRight =
    input.kind === 'totp'
      ? await spendTotp(ctx, input.code.replace(/\s/g, ''))
      : await spendRecoveryCode(ctx, input.code)
  if (!isRight) return refuseFactor(ctx, parts)
  return enterWhole(ctx, parts, input.kind)
}

/** Lets the session in, once its second factor was right. */
export async function enterWhole(ctx: Context, parts: AccessParts, kind: FactorKind): Promise<Session> {
  await markFactorGiven(ctx)
  await ctx.record('access.factor-given', { kind: 'access.person', id: ctx.actor.personId }, { factor: kind })
  return wholeSession(ctx, parts)
}

/** Begins with an authenticator app: a new secret, which counts only once a code of it was given. */
export async function beginTotp(ctx: Context, parts: AccessParts): Promise<TotpEnrolment> {
  const { login } = await ctx.db
    .selectFrom('access.person')
    .select('login')
    .where('id', '=', ctx.actor.personId)
    .executeTakeFirstOrThrow()
  const secret = generateSecret()
  const bytes = Buffer.from(new ScureBase32Plugin().decode(secret))
  await sql`select access.begin_totp(${ctx.actor.personId}::uuid, ${bytes}, ${ctx.now}::timestamptz)`.execute(ctx.db)
  await ctx.record('access.totp-begun', { kind: 'access.person', id: ctx.actor.personId })
  const address = generateURI({ issuer: `Măng Non ${parts.country.code}`.normalize('NFC'), label: login, secret })
  return { secret, address, picture: await pictureOf(address) }
}

/** The dark squares of a QR code as one path, row by row: drawn by the page without any markup from here. */
async function pictureOf(words: string): Promise<TotpEnrolment['picture']> {
  const { default: QRCode } = await import('qrcode')
  const { modules } = QRCode.create(words, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const rows = Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) =>
      modules.get(y, x) ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '',
    ).join(''),
  )
  return { size: modules.size + 2 * quiet, path: rows.join('') }
}

/** Takes the authenticator app into use by its first code. @returns recovery codes, where there were none */
export async function confirmTotp(ctx: Context, parts: AccessParts, code: string): Promise<RecoveryCodes | Problem> {
  const { rows } = await sql<{ isRight: boolean }>`
    select access.confirm_totp(${ctx.actor.personId}::uuid, ${code}, ${ctx.now}::timestamptz) as is_right`.execute(
    ctx.db,
  )
  if (rows[0]?.isRight !== true) return refuseFactor(ctx, parts)
  await ctx.record('access.totp-enrolled', { kind: 'access.person', id: ctx.actor.personId })
  return afterEnrolment(ctx)
}

/** With the first factor come the codes on paper; the session that took it up is in. */
export async function afterEnrolment(ctx: Context): Promise<RecoveryCodes> {
  if (stageOf(ctx.actor) === 'enrolment')
    await ctx.record('access.factor-given', { kind: 'access.person', id: ctx.actor.personId }, { factor: 'enrolment' })
  await markFactorGiven(ctx)
  const { rows } = await sql<{ left: number }>`
    select access.recovery_codes_left(${ctx.actor.personId}::uuid) as left`.execute(ctx.db)
  return { recoveryCodes: (rows[0]?.left ?? 0) > 0 ? [] : await layRecoveryCodes(ctx) }
}

/** Makes new recovery codes; the old ones are dead. @throws conflict `access.no-factor` */
export async function renewRecoveryCodes(ctx: Context): Promise<RecoveryCodes> {
  if ((await listFactorKinds(ctx, ctx.actor.personId)).length === 0) throw conflict('access.no-factor')
  const recoveryCodes = await layRecoveryCodes(ctx)
  await ctx.record('access.recovery-codes-made', { kind: 'access.person', id: ctx.actor.personId })
  return { recoveryCodes }
}

/** Gives up the authenticator app. @throws notFound; conflict `access.last-factor` */
export async function dropTotp(ctx: Context, parts: AccessParts): Promise<void> {
  const kinds = await listFactorKinds(ctx, ctx.actor.personId)
  if (!kinds.includes('totp')) throw notFound()
  if (!kinds.includes('passkey')) await giveUpLast(ctx, parts)
  await sql`select access.drop_totp(${ctx.actor.personId}::uuid)`.execute(ctx.db)
  await ctx.record('access.totp-dropped', { kind: 'access.person', id: ctx.actor.personId })
}

/**
 * Gives up the last factor: the codes on paper go with it.
 * @throws conflict `access.last-factor` where one of the posts asks for a second factor and here it may not wait
 */
export async function giveUpLast(ctx: Context, parts: AccessParts): Promise<void> {
  const posts = await listPostsInForce(ctx, ctx.actor.personId)
  const isNeeded = needsFactor(posts.map((post) => post.role))
  if (isNeeded && parts.secondFactor === 'required') throw conflict('access.last-factor')
  await forgetRecoveryCodes(ctx, ctx.actor.personId)
}
