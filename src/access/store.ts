import { sql } from 'kysely'
import { foldName } from '#territory/model'
import { asEverywhere, invalid, newId, notFound, type Context } from '#platform'
import type { Language, PlainDate } from '#platform/model'
import { holdsOn, type PersonState, type Role, type Slip } from './model.ts'
import { withinReach } from './reach.ts'
import { postState } from './rules.ts'
import { bareCode, hashSecret, newCode } from './secrets.ts'

export type PersonRow = {
  id: string
  login: string
  name: string
  language: string
  /** Whether the invitation was ever taken up. */
  hasJoined: boolean
  state: PersonState
  isDemonstration: boolean
  version: number
}
export type PostRow = {
  id: string
  personId: string
  agencyId: string
  unitId: string | null
  role: Role
  validFrom: PlainDate
  validTo: PlainDate | null
  grantedBy: string | null
  needsConfirmation: boolean
  confirmedBy: string | null
  standsInFor: string | null
  version: number
}

export const personColumns = [
  'id',
  'login',
  'name',
  'language',
  'hasJoined',
  'state',
  'isDemonstration',
  'version',
] as const
export const postColumns = [
  'id',
  'personId',
  'agencyId',
  'unitId',
  'role',
  'validFrom',
  'validTo',
  'grantedBy',
  'needsConfirmation',
  'confirmedBy',
  'standsInFor',
  'version',
] as const

/** How people are found by name and login. */
export function searchKeyOf(person: { name: string; login: string }): string {
  return foldName(`${person.name} ${person.login}`)
}

/** A person within the actor's reach, locked for change. @throws notFound */
export async function getPersonForChange(ctx: Context, id: string): Promise<PersonRow> {
  const row = await ctx.db
    .selectFrom('access.person as person')
    .select(personColumns)
    .where('id', '=', id)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('access.post as post')
          .select('post.id')
          .whereRef('post.personId', '=', 'person.id')
          .where(withinReach(ctx, 'post.agencyId')),
      ),
    )
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('access.person-not-found')
  return { ...row, state: row.state as PersonState }
}

/** A post at an agency within reach, locked for change. @throws notFound */
export async function getPostForChange(ctx: Context, id: string): Promise<PostRow> {
  const row = await ctx.db
    .selectFrom('access.post')
    .select(postColumns)
    .where('id', '=', id)
    .where(withinReach(ctx, 'agencyId'))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('access.post-not-found')
  return { ...row, role: row.role as Role }
}

/** All posts of a person that count or will count, also those out of the actor's reach: to judge, never to show. */
export async function listLivingPosts(ctx: Context, personId: string): Promise<PostRow[]> {
  const rows = await asEverywhere(ctx, () =>
    ctx.db.selectFrom('access.post').select(postColumns).where('personId', '=', personId).execute(),
  )
  return rows
    .map((row) => ({ ...row, role: row.role as Role }))
    .filter((post) => postState(post, ctx.today) !== 'ended')
}

/** The agency a person's own entries in the audit belong to: that of his first post in force, else of any. */
export async function homeAgencyOf(ctx: Context, personId: string): Promise<string | null> {
  const posts = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('access.post')
      .select(['agencyId', 'validFrom', 'validTo'])
      .where('personId', '=', personId)
      .orderBy('validFrom')
      .orderBy('id')
      .execute(),
  )
  return (posts.find((post) => holdsOn(post, ctx.today)) ?? posts.at(-1))?.agencyId ?? null
}

/** Whether anyone who can sign in holds an administrator's post in force. */
export async function hasAdministrator(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select 1 from access.post p join access.person s on s.id = p.person_id
      where p.role = 'administrator' and s.state = 'active' and p.valid_from <= ${ctx.today}::date and (p.valid_to is null or p.valid_to > ${ctx.today}::date)
        and (not p.needs_confirmation or p.confirmed_by is not null)) as found`.execute(ctx.db)
  return rows[0]?.found ?? false
}

/** How long an administrator who was disabled or whose post ended still counts as the second one. */
const secondAdministratorDays = 30

/**
 * Whether another administrator than these persons stands over the agency and could confirm a grant there. One who was
 * disabled, or ended lately, counts: else whoever wants to grant alone would only have to remove the other first.
 */
export async function hasOtherAdministrator(
  ctx: Context,
  agencyId: string,
  besides: readonly string[],
): Promise<boolean> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{ found: boolean }>`
      select exists (
        select 1 from access.post p join access.person s on s.id = p.person_id
        join platform.reach r on r.agency_id = ${agencyId}::uuid and r.viewer_id in (p.agency_id, p.unit_id)
        where p.role = 'administrator' and s.has_joined and not (s.id = any (${besides}::uuid[]))
          and p.valid_from <= ${ctx.today}::date and (p.valid_to is null or p.valid_to > ${ctx.today}::date - ${secondAdministratorDays}::int)
          and (not p.needs_confirmation or p.confirmed_by is not null)) as found`.execute(ctx.db),
  )
  return rows[0]?.found ?? false
}

type NewPerson = {
  id: string
  login: string
  name: string
  language: Language
  hasJoined: boolean
  state: PersonState
  mail?: string | null
  isDemonstration?: boolean
}

/** Adds a person. Logins are unique in the country, also beyond the actor's reach. @throws invalid `access.login-taken` at `/login` */
export async function insertPerson(ctx: Context, person: NewPerson): Promise<void> {
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('access.person')
    .values({
      ...person,
      isDemonstration: person.isDemonstration ?? false,
      madeBy: madeBy(ctx),
      searchKey: searchKeyOf(person),
      createdAt: ctx.now,
      version: 1,
    })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n)
    throw invalid('platform.invalid-input', {}, [{ pointer: '/login', code: 'access.login-taken' }])
}

/** Who made a row, where a person did: neither the product itself nor someone not yet known. */
function madeBy({ actor }: Context): string | null {
  return actor.role === 'system' || actor.role === 'nobody' ? null : actor.personId
}

type NewPost = Omit<PostRow, 'version' | 'confirmedBy' | 'standsInFor'> & { standsInFor?: string | null }

export async function insertPost(ctx: Context, post: NewPost): Promise<void> {
  await ctx.db
    .insertInto('access.post')
    .values({ ...post, createdAt: ctx.now, version: 1 })
    .execute()
}

/** How long a slip may be used. */
const slipDays = 7

/** Makes a one-time code; older ones for the same person, or of the first administrator, are dead from now on. */
export async function insertSlip(ctx: Context, personId: string | null): Promise<Slip> {
  const kind = personId === null ? 'first-administrator' : 'person'
  await ctx.db
    .updateTable('access.invitation')
    .set({ endsAt: ctx.now })
    .where('kind', '=', kind)
    .where('usedAt', 'is', null)
    .where('endsAt', '>', ctx.now)
    .$if(personId !== null, (query) => query.where('personId', '=', personId))
    .execute()
  const code = newCode()
  const endsAt = new Date(Date.parse(ctx.now) + slipDays * 86_400_000).toISOString()
  await ctx.db
    .insertInto('access.invitation')
    .values({
      id: newId(),
      codeHash: hashSecret(bareCode(code)),
      personId,
      kind,
      madeBy: madeBy(ctx),
      madeAt: ctx.now,
      endsAt,
      usedAt: null,
    })
    .execute()
  return { code, endsAt }
}

/** Uses a code up, once: of two at the same moment one gets it. @returns whose it is, undefined when it is not good */
export async function takeCode(
  ctx: Context,
  codeHash: string,
  kind: 'first-administrator' | 'person',
): Promise<{ id: string; personId: string | null; madeBy: string | null } | undefined> {
  return ctx.db
    .updateTable('access.invitation')
    .set({ usedAt: ctx.now })
    .where('codeHash', '=', codeHash)
    .where('kind', '=', kind)
    .where('usedAt', 'is', null)
    .where('endsAt', '>', ctx.now)
    .returning(['id', 'personId', 'madeBy'])
    .executeTakeFirst()
}

/** Posts that weigh much count no more until an administrator other than `grantedBy` confirms them. */
export async function letWaitAgain(ctx: Context, postIds: readonly string[], grantedBy: string): Promise<void> {
  if (postIds.length === 0) return
  await ctx.db
    .updateTable('access.post')
    .set((eb) => ({
      needsConfirmation: true,
      grantedBy,
      confirmedBy: null,
      confirmedAt: null,
      version: eb('version', '+', 1),
    }))
    .where('id', 'in', [...postIds])
    .execute()
}
