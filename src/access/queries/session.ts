import type { Context } from '#platform'
import { Language } from '#platform/model'
import type { AccessParts } from '../ground.ts'
import { listPostsInForce } from '../identify.ts'
import type { Session } from '../model.ts'
import { namesOfAgencies, namesOfUnits } from '../names.ts'
import { permissionsOf } from '../permission-table.ts'

/** Who is signed in, the posts in force, and what the acting one (the first when none is named) allows. */
export async function readSession(
  ctx: Context,
  parts: AccessParts,
  of: { personId: string; actingPostId: string | null },
): Promise<Session> {
  const person = await ctx.db
    .selectFrom('access.person')
    .select(['id', 'name', 'language'])
    .where('id', '=', of.personId)
    .executeTakeFirstOrThrow()
  const posts = await listPostsInForce(ctx, of.personId)
  const agencies = await namesOfAgencies(
    ctx,
    posts.map((post) => post.agencyId),
  )
  const units = await namesOfUnits(
    ctx,
    posts.flatMap((post) => post.unitId ?? []),
  )
  const acting = posts.find((post) => post.id === of.actingPostId) ?? posts[0]
  return {
    person: { ...person, language: Language.parse(person.language) },
    posts: posts.map(({ id, agencyId, unitId, role }) => ({
      id,
      agencyId,
      agencyName: agencies.get(agencyId) ?? '',
      role,
      unitName: unitId === null ? null : (units.get(unitId) ?? null),
    })),
    actingPostId: acting?.id ?? null,
    permissions: acting ? permissionsOf(acting.role) : [],
    demo: parts.demo,
    country: parts.country,
    today: ctx.today,
  }
}
