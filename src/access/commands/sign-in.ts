import {
  asEverywhere,
  invalid,
  inTransaction,
  newId,
  Problem,
  systemActor,
  unauthenticated,
  type Context,
  type Ground,
  type RecordParams,
} from '#platform'
import type { Language } from '#platform/model'
import type { AccessParts } from '../ground.ts'
import type { BecomeFirstAdministrator, ChangePassword, Session, SignIn, TakeUpInvitation } from '../model.ts'
import { listFactorKinds } from '../factors.ts'
import { listPostsInForce } from '../identify.ts'
import { readSession } from '../queries/session.ts'
import { checkPassword, decideStage, waitsAgain } from '../rules.ts'
import { isPasswordOf, setPassword } from '../passwords.ts'
import { hashSecret } from '../secrets.ts'
import { refuseTry } from '../refused-tries.ts'
import { beginSession, endSession, endSessionsOf, renewProof } from '../sessions.ts'
import {
  hasAdministrator,
  hasOtherAdministrator,
  homeAgencyOf,
  insertPerson,
  insertPost,
  insertSlip,
  letWaitAgain,
  listLivingPosts,
  personColumns,
  takeCode,
} from '../store.ts'

/**
 * Signs a person in. Unknown login, wrong password, disabled and not yet taken up are one answer, after the same work.
 * @returns the session, or the problem `access.sign-in-failed` (its trace is kept)
 * @source security.md B6
 */
export async function signIn(ctx: Context, parts: AccessParts, input: SignIn): Promise<Session | Problem> {
  const login = input.login.normalize('NFC').trim().toLowerCase()
  const person = await asEverywhere(ctx, () =>
    ctx.db.selectFrom('access.person').select(personColumns).where('login', '=', login).executeTakeFirst(),
  )
  const isRight = await asEverywhere(ctx, () =>
    isPasswordOf(ctx, person?.state === 'active' ? person.id : null, input.password),
  )
  if (!person || !isRight)
    return refuseTry(
      ctx,
      parts,
      { action: 'access.sign-in-refused', personId: person?.id ?? null },
      unauthenticated('access.sign-in-failed'),
    )
  return enter(ctx, parts, person.id, 'access.signed-in')
}

/** Begins the session, records how it came about, answers who is there. */
export async function enter(
  ctx: Context,
  parts: AccessParts,
  personId: string,
  action: string,
  params: RecordParams = {},
): Promise<Session> {
  await beginSession(ctx, parts, personId)
  const agencyId = await homeAgencyOf(ctx, personId)
  await ctx.record(action, { kind: 'access.person', id: personId, agencyId, by: personId }, params)
  return asEverywhere(ctx, async () => {
    const posts = await listPostsInForce(ctx, personId)
    const stage = decideStage({
      roles: posts.map((post) => post.role),
      hasFactor: (await listFactorKinds(ctx, personId)).length > 0,
      isGiven: false,
      secondFactor: parts.secondFactor,
    })
    return readSession(ctx, parts, { personId, actingPostId: null, stage })
  })
}

export async function signOut(ctx: Context): Promise<void> {
  await endSession(ctx)
  await ctx.record('access.signed-out', { kind: 'access.person', id: ctx.actor.personId, agencyId: ctx.actor.agencyId })
}

const wrongPassword = (pointer: string) =>
  invalid('platform.invalid-input', {}, [{ pointer, code: 'access.password-wrong' }])

/** Gives the password again, for acts that ask for it. @returns a problem when it is wrong */
export async function provePassword(ctx: Context, parts: AccessParts, password: string): Promise<Problem | void> {
  if (!(await isPasswordOf(ctx, ctx.actor.personId, password)))
    return refuseTry(
      ctx,
      parts,
      { action: 'access.proof-failed', personId: ctx.actor.personId },
      wrongPassword('/password'),
    )
  await renewProof(ctx)
  await ctx.record('access.password-proved', { kind: 'access.person', id: ctx.actor.personId })
}

/** Changes the own password; all other sessions end. @throws invalid at `/newPassword` */
export async function changePassword(ctx: Context, parts: AccessParts, input: ChangePassword): Promise<Problem | void> {
  if (!(await isPasswordOf(ctx, ctx.actor.personId, input.currentPassword)))
    return refuseTry(
      ctx,
      parts,
      { action: 'access.proof-failed', personId: ctx.actor.personId },
      wrongPassword('/currentPassword'),
    )
  const { login } = await ctx.db
    .selectFrom('access.person')
    .select('login')
    .where('id', '=', ctx.actor.personId)
    .executeTakeFirstOrThrow()
  checkPassword(input.newPassword, { login, common: parts.commonPasswords, pointer: '/newPassword' })
  await setPassword(ctx, ctx.actor.personId, input.newPassword)
  await endSessionsOf(ctx, ctx.actor.personId, ctx.actor.sessionId)
  await renewProof(ctx)
  await ctx.record('access.password-changed', { kind: 'access.person', id: ctx.actor.personId })
}

export async function changeLanguage(ctx: Context, language: Language): Promise<void> {
  await ctx.db.updateTable('access.person').set({ language }).where('id', '=', ctx.actor.personId).execute()
  await ctx.record('access.language-changed', { kind: 'access.person', id: ctx.actor.personId }, { language })
}

const wrongCode = () => invalid('platform.invalid-input', {}, [{ pointer: '/code', code: 'access.code-wrong' }])

/**
 * Takes up a slip: sets the password, ends what sessions there were, signs in; posts that take two persons to give may
 * wait for a second administrator again (`waitsAgain`). A code that is wrong, used, replaced or
 * too old is one answer.
 */
export async function takeUpInvitation(
  ctx: Context,
  parts: AccessParts,
  input: TakeUpInvitation,
): Promise<Session | Problem> {
  const person = await asEverywhere(ctx, async () => {
    const taken = await takeCode(ctx, hashSecret(input.code), 'person')
    if (taken?.personId == null) return undefined
    const found = await ctx.db
      .selectFrom('access.person')
      .select(personColumns)
      .where('id', '=', taken.personId)
      .where('state', '!=', 'disabled')
      .executeTakeFirst()
    return found && { ...found, slipMadeBy: taken.madeBy }
  })
  if (!person) return refuseTry(ctx, parts, { action: 'access.code-refused', personId: null }, wrongCode())
  checkPassword(input.password, { login: person.login, common: parts.commonPasswords, pointer: '/password' })
  await asEverywhere(ctx, () => setPassword(ctx, person.id, input.password))
  return joinBySlip(ctx, parts, { ...person, madeBy: person.slipMadeBy })
}

/** Lets a person in by a slip that was taken: older sessions end, and what weighs much may wait again. */
export async function joinBySlip(
  ctx: Context,
  parts: AccessParts,
  person: { id: string; hasJoined: boolean; madeBy: string | null },
): Promise<Session> {
  await asEverywhere(ctx, () =>
    ctx.db
      .updateTable('access.person')
      .set((eb) => ({ hasJoined: true, state: 'active', version: eb('version', '+', 1) }))
      .where('id', '=', person.id)
      .execute(),
  )
  await endSessionsOf(ctx, person.id, null)
  const waiting = await confirmAnew(ctx, person.id, { madeBy: person.madeBy, isFirst: !person.hasJoined })
  return enter(ctx, parts, person.id, 'access.invitation-taken-up', { waiting })
}

/** Lets the posts that take two persons to give wait again, where one person's slip would otherwise give them. @returns how many */
async function confirmAnew(
  ctx: Context,
  personId: string,
  slip: { madeBy: string | null; isFirst: boolean },
): Promise<number> {
  const { madeBy, isFirst } = slip
  if (madeBy === null) return 0
  const waiting: string[] = []
  for (const post of await listLivingPosts(ctx, personId)) {
    const hasSecondAdministrator = await hasOtherAdministrator(ctx, post.agencyId, [madeBy, personId])
    if (waitsAgain({ ...post, hasSecondAdministrator }, { madeBy, isFirst })) waiting.push(post.id)
  }
  await asEverywhere(ctx, () => letWaitAgain(ctx, waiting, madeBy))
  return waiting.length
}

/**
 * The code by which the first administrator makes himself known, when there is none who could sign in: a new one at
 * each start, told on the console only. @returns undefined when there is an administrator
 * @source security.md B2
 */
export async function ensureFirstAdministratorCode(ground: Ground): Promise<string | undefined> {
  return inTransaction(
    ground,
    { actor: systemActor, language: ground.language, requestId: `start:${newId()}` },
    async (ctx) => {
      if (await hasAdministrator(ctx)) return undefined
      const { code } = await insertSlip(ctx, null)
      await ctx.record('access.first-administrator-code-made', { kind: 'access.invitation', id: null })
      return code
    },
  )
}

/**
 * Makes the first administrator, at the body that leads the work and over the whole country.
 * @throws invalid at `/code`, `/login`, `/password`
 */
export async function becomeFirstAdministrator(
  ctx: Context,
  parts: AccessParts,
  input: BecomeFirstAdministrator,
): Promise<Session | Problem> {
  const personId = newId()
  checkPassword(input.password, { login: input.login, common: parts.commonPasswords, pointer: '/password' })
  const isMade = await asEverywhere(ctx, async () => {
    const taken = await takeCode(ctx, hashSecret(input.code), 'first-administrator')
    if (!taken || (await hasAdministrator(ctx))) return false
    const { login, name } = input
    await insertPerson(ctx, {
      id: personId,
      login,
      name,
      language: ctx.language,
      hasJoined: true,
      state: 'active',
    })
    await setPassword(ctx, personId, input.password)
    const post = {
      id: newId(),
      personId,
      agencyId: parts.lead.agencyId,
      unitId: parts.lead.unitId,
      role: 'administrator' as const,
    }
    await insertPost(ctx, { ...post, validFrom: ctx.today, validTo: null, grantedBy: null, needsConfirmation: false })
    return true
  })
  if (!isMade) return refuseTry(ctx, parts, { action: 'access.code-refused', personId: null }, wrongCode())
  return enter(ctx, parts, personId, 'access.first-administrator-made')
}
