import { sql } from 'kysely'
import { listColleagues } from '#access'
import type { Role } from '#access/model'
import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import type { RecordDelegation } from '../../model.ts'

/** Whoever may be given the signature holds such a post. */
export const signers: readonly Role[] = ['officer', 'consolidator', 'approver']

/**
 * Records that a colleague signs reports for the head, by an order. Only the head records it, of himself.
 * @throws forbidden `reporting.only-the-head`; invalid `reporting.no-colleague`, `reporting.days-in-order`; conflict `reporting.delegated-already`
 */
export async function recordDelegation(ctx: Context, input: RecordDelegation): Promise<{ id: string }> {
  const { agencyId, personId } = ctx.actor
  if (agencyId === null || ctx.actor.role !== 'approver') throw forbidden('reporting.only-the-head')
  if (input.toPersonId === personId || !(await listColleagues(ctx, signers)).some(({ id }) => id === input.toPersonId))
    throw invalid('reporting.no-colleague', {}, [{ pointer: '/toPersonId', code: 'reporting.no-colleague' }])
  if (input.validTo !== null && input.validTo <= input.validFrom)
    throw invalid('reporting.days-in-order', {}, [{ pointer: '/validTo', code: 'reporting.days-in-order' }])
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reporting.delegation ${agencyId}`}, 0))`.execute(ctx.db)
  const same = await ctx.db
    .selectFrom('reporting.delegation')
    .select('id')
    .where('agencyId', '=', agencyId)
    .where('toPerson', '=', input.toPersonId)
    .where('endedAt', 'is', null)
    .where((is) => is.or([is('validTo', 'is', null), is('validTo', '>', input.validFrom)]))
    .where((is) =>
      input.regimeId === null
        ? is('regimeId', 'is', null)
        : is.or([is('regimeId', 'is', null), is('regimeId', '=', input.regimeId)]),
    )
    .executeTakeFirst()
  if (same !== undefined) throw conflict('reporting.delegated-already')
  const id = newId()
  const { toPersonId, ...said } = input
  await ctx.db
    .insertInto('reporting.delegation')
    .values({
      ...{ id, agencyId, fromPerson: personId, toPerson: toPersonId, ...said },
      ...{ recordedBy: personId, recordedAt: ctx.now },
    })
    .execute()
  await ctx.record(
    'reporting.delegation-recorded',
    { kind: 'reporting.delegation', id, agencyId },
    { orderNumber: input.orderNumber, validFrom: input.validFrom, validTo: input.validTo },
  )
  return { id }
}

/** Ends a delegation; what was signed under it stays. @throws notFound; forbidden; conflict `reporting.delegation-ended-already` */
export async function endDelegation(ctx: Context, id: string): Promise<void> {
  if (ctx.actor.role !== 'approver') throw forbidden('reporting.only-the-head')
  const row = await ctx.db
    .selectFrom('reporting.delegation')
    .select(['endedAt'])
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.endedAt !== null) throw conflict('reporting.delegation-ended-already')
  await ctx.db
    .updateTable('reporting.delegation')
    .set({ endedBy: ctx.actor.personId, endedAt: ctx.now })
    .where('id', '=', id)
    .execute()
  await ctx.record('reporting.delegation-ended', { kind: 'reporting.delegation', id, agencyId: ctx.actor.agencyId })
}
