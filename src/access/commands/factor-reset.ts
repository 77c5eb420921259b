import { sql } from 'kysely'
import { asEverywhere, conflict, newId, notFound, type Context } from '#platform'
import type { AskFactorReset, FactorReset } from '../model.ts'
import { forgetRecoveryCodes, listFactorKinds } from '../factors.ts'
import { listPersonNames } from '../names.ts'
import { getPerson } from '../queries/people.ts'
import { requireTwoPersons } from '../rules.ts'
import { endSessionsOf } from '../sessions.ts'
import { getPersonForChange } from '../store.ts'
import { checkWholePerson } from './people.ts'

/** What was asked for a person and not decided yet; none = empty. @throws notFound */
export async function listFactorResets(ctx: Context, personId: string): Promise<FactorReset[]> {
  await getPerson(ctx, personId)
  const rows = await ctx.db
    .selectFrom('access.factorReset')
    .select(['id', 'reason', 'askedBy', 'askedAt'])
    .where('personId', '=', personId)
    .where('state', '=', 'asked')
    .execute()
  const names = await listPersonNames(
    ctx,
    rows.map((row) => row.askedBy),
  )
  return rows.map(({ askedBy, ...row }) => ({ ...row, askedById: askedBy, askedByName: names.get(askedBy) ?? null }))
}

/**
 * Asks that a person's lost second factor be taken away; the person is told at once.
 * @throws notFound; forbidden as `checkManageable`; conflict `access.no-factor`, `access.reset-asked-already`
 */
export async function askFactorReset(ctx: Context, personId: string, input: AskFactorReset): Promise<FactorReset[]> {
  await getPersonForChange(ctx, personId)
  const { agencyId } = await checkWholePerson(ctx, personId)
  const kinds = await asEverywhere(ctx, () => listFactorKinds(ctx, personId))
  if (kinds.length === 0) throw conflict('access.no-factor')
  if ((await listFactorResets(ctx, personId)).length > 0) throw conflict('access.reset-asked-already')
  await ctx.db
    .insertInto('access.factorReset')
    .values({ id: newId(), personId, reason: input.reason, askedBy: ctx.actor.personId, askedAt: ctx.now })
    .execute()
  await ctx.record('access.factor-reset-asked', { kind: 'access.person', id: personId, agencyId })
  return listFactorResets(ctx, personId)
}

async function getAsked(ctx: Context, id: string) {
  const row = await ctx.db
    .selectFrom('access.factorReset')
    .select(['id', 'personId', 'askedBy', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  await getPersonForChange(ctx, row.personId)
  if (row.state !== 'asked') throw conflict('access.reset-decided')
  return row
}

async function decide(ctx: Context, id: string, state: 'done' | 'refused'): Promise<void> {
  await ctx.db
    .updateTable('access.factorReset')
    .set({ state, decidedBy: ctx.actor.personId, decidedAt: ctx.now })
    .where('id', '=', id)
    .execute()
}

/**
 * Takes the lost factor away, as the second administrator: apps, passkeys and recovery codes are gone, all sessions and
 * access tokens end, the person is told and takes up a new factor at the next sign-in.
 * @throws notFound; forbidden `access.second-person-needed`, and as `checkManageable`; conflict `access.reset-decided`
 * @source security.md A11
 */
export async function approveFactorReset(ctx: Context, id: string): Promise<FactorReset[]> {
  const { personId, askedBy } = await getAsked(ctx, id)
  requireTwoPersons(ctx.actor.personId, [askedBy])
  const { agencyId } = await checkWholePerson(ctx, personId)
  await decide(ctx, id, 'done')
  await asEverywhere(ctx, async () => {
    await sql`select access.drop_totp(${personId}::uuid)`.execute(ctx.db)
    await forgetRecoveryCodes(ctx, personId)
    await ctx.db
      .updateTable('access.passkey')
      .set({ endedAt: ctx.now })
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .execute()
  })
  await endSessionsOf(ctx, personId, null)
  await ctx.record('access.factor-reset', { kind: 'access.person', id: personId, agencyId })
  return listFactorResets(ctx, personId)
}

/** Refuses it, or takes the own request back: the factor stays. @throws notFound; conflict `access.reset-decided` */
export async function refuseFactorReset(ctx: Context, id: string): Promise<FactorReset[]> {
  const { personId } = await getAsked(ctx, id)
  const { agencyId } = await checkWholePerson(ctx, personId)
  await decide(ctx, id, 'refused')
  await ctx.record('access.factor-reset-refused', { kind: 'access.person', id: personId, agencyId })
  return listFactorResets(ctx, personId)
}
