import type { Context } from '#platform'
import { Language } from '#platform/model'
import { listFactorKinds } from '../factors.ts'
import type { AccessParts } from '../ground.ts'
import { listPostsInForce } from '../identify.ts'
import type { Session, Stage } from '../model.ts'
import { namesOfAgencies, namesOfHolders, namesOfUnits } from '../names.ts'
import { permissionsOf } from '../permission-table.ts'
import { needsFactor } from '../rules.ts'

/**
 * Who is signed in, the posts in force, and what the acting one (the first when none is named) allows. Until the second
 * factor was given there is nothing but the name and how it may be given. A program has the one post it acts in.
 */
export async function readSession(
  ctx: Context,
  parts: AccessParts,
  of: { personId: string; actingPostId: string | null; stage: Stage; isProgram?: boolean },
): Promise<Session> {
  const person = await ctx.db
    .selectFrom('access.person')
    .select(['id', 'name', 'language'])
    .where('id', '=', of.personId)
    .executeTakeFirstOrThrow()
  const factors = of.isProgram ? [] : await listFactorKinds(ctx, of.personId)
  const held = await listPostsInForce(ctx, of.personId)
  const posts = of.stage !== 'whole' ? [] : of.isProgram ? held.filter((post) => post.id === of.actingPostId) : held
  const agencies = await namesOfAgencies(
    ctx,
    posts.map((post) => post.agencyId),
  )
  const units = await namesOfUnits(
    ctx,
    posts.flatMap((post) => post.unitId ?? []),
  )
  const holders = await namesOfHolders(
    ctx,
    posts.map((post) => post.standsInFor),
  )
  const acting = posts.find((post) => post.id === of.actingPostId) ?? posts[0]
  return {
    person: { ...person, language: Language.parse(person.language) },
    posts: posts.map(({ id, agencyId, unitId, role, standsInFor }) => ({
      id,
      agencyId,
      agencyName: agencies.get(agencyId) ?? '',
      role,
      unitName: unitId === null ? null : (units.get(unitId) ?? null),
      standsInForName: standsInFor === null ? null : (holders.get(standsInFor) ?? ''),
    })),
    actingPostId: acting?.id ?? null,
    permissions: acting ? permissionsOf(acting.role) : [],
    stage: of.stage,
    factors,
    isFactorPostponed:
      of.stage === 'whole' &&
      of.isProgram !== true &&
      factors.length === 0 &&
      needsFactor(held.map((post) => post.role)),
    demo: parts.demo,
    country: parts.country,
    today: ctx.today,
  }
}
