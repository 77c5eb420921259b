import { forbidden, type Context } from '#platform'

/** By what right somebody signs. */
export type Signing = {
  as: 'head' | 'delegate'
  delegationId: string | null
  /** As papers print them; null for the head, or where the delegation does not say. */
  powers: string | null
  post: string | null
}

/**
 * By what right the acting person signs reports of a regime for his body: as its head, or by a delegation that holds today.
 * @returns undefined: by none
 */
export async function findSigning(ctx: Context, regimeId: string): Promise<Signing | undefined> {
  if (ctx.actor.role === 'approver') return { as: 'head', delegationId: null, powers: null, post: null }
  const row = await ctx.db
    .selectFrom('reporting.delegation')
    .select(['id', 'powers', 'post'])
    .where('agencyId', '=', ctx.actor.agencyId)
    .where('toPerson', '=', ctx.actor.personId)
    .where('endedAt', 'is', null)
    .where('validFrom', '<=', ctx.today)
    .where((is) => is.or([is('validTo', 'is', null), is('validTo', '>', ctx.today)]))
    .where((is) => is.or([is('regimeId', 'is', null), is('regimeId', '=', regimeId)]))
    .orderBy('orderOn', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { as: 'delegate', delegationId: row.id, powers: row.powers, post: row.post }
}

/** @throws forbidden `reporting.may-not-sign` */
export async function requireSigning(ctx: Context, regimeId: string): Promise<Signing> {
  const signing = await findSigning(ctx, regimeId)
  if (signing === undefined) throw forbidden('reporting.may-not-sign')
  return signing
}
