import type { Context } from '#platform'
import { usualPreference, Preference } from './model.ts'

/** When the digest comes to the actor. */
export async function readPreference(ctx: Context): Promise<Preference & { mail: string | null }> {
  const kept = await ctx.db
    .selectFrom('notifications.preference')
    .select(['digest', 'hour'])
    .where('personId', '=', ctx.actor.personId)
    .executeTakeFirst()
  const person = await ctx.db
    .selectFrom('access.person')
    .select('mail')
    .where('id', '=', ctx.actor.personId)
    .executeTakeFirst()
  return { ...Preference.parse(kept ?? usualPreference), mail: person?.mail ?? null }
}

export async function savePreference(ctx: Context, preference: Preference): Promise<void> {
  await ctx.db
    .insertInto('notifications.preference')
    .values({ personId: ctx.actor.personId, ...preference })
    .onConflict((own) => own.column('personId').doUpdateSet(preference))
    .execute()
  await ctx.record(
    'notifications.preference-changed',
    { kind: 'access.person', id: ctx.actor.personId },
    { ...preference },
  )
}
