import { sql } from 'kysely'
import { listAgencyNames } from '#agencies'
import { asEverywhere, type Context } from '#platform'

/** The names bodies bear today; of those that ended, the last one. */
export async function namesOfAgencies(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const named = await listAgencyNames(ctx, ids, ctx.today)
  return new Map([...named].map(([id, agency]) => [id, agency.name]))
}

/** The names units bear today; of those that ended, the last one. */
export async function namesOfUnits(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (unit_id) unit_id as id, name from territory.unit_version
    where unit_id = any (${[...new Set(ids)]}::uuid[])
    order by unit_id, (valid_from is null or valid_from <= ${ctx.today}::date) desc, valid_from desc nulls last`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

/**
 * The names of persons who stand on records the actor has in his hands (who sent, checked, urged): the ids must come
 * from such records, never from the request, for names are given also where the person lies out of reach.
 */
export async function listPersonNames(ctx: Context, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))]
  if (known.length === 0) return new Map()
  const rows = await asEverywhere(ctx, () =>
    ctx.db.selectFrom('access.person').select(['id', 'name']).where('id', 'in', known).execute(),
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** The name of the acting person, whom everyone may read of himself: in one statement. */
export async function ownName(ctx: Context): Promise<string> {
  const row = await ctx.db
    .selectFrom('access.person')
    .select('name')
    .where('id', '=', ctx.actor.personId)
    .executeTakeFirst()
  return row?.name ?? ''
}

/** The names of those who hold posts, by post: of whom somebody stands in for. */
export async function namesOfHolders(ctx: Context, postIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = postIds.filter((id) => id !== null)
  if (known.length === 0) return new Map()
  const rows = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('access.post as post')
      .innerJoin('access.person as person', 'person.id', 'post.personId')
      .select(['post.id', 'person.name'])
      .where('post.id', 'in', known)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** The login of whoever acts; for programs that ask whom they act for. */
export async function ownLogin(ctx: Context): Promise<string> {
  const row = await asEverywhere(ctx, () =>
    ctx.db.selectFrom('access.person').select('login').where('id', '=', ctx.actor.personId).executeTakeFirst(),
  )
  return row?.login ?? ''
}
