import { sql, type Expression, type SqlBool } from 'kysely'
import { foldName } from '#territory/model'
import { notFound, type Context } from '#platform'
import { Language, type Page } from '#platform/model'
import type { PeopleQuery, Person, PersonState, Post, Role } from '../model.ts'
import { namesOfAgencies, namesOfHolders, namesOfUnits } from '../names.ts'
import { withinReach } from '../reach.ts'
import { postState } from '../rules.ts'
import { postColumns } from '../store.ts'

const columns = ['id', 'login', 'name', 'language', 'state', 'isDemonstration', 'version'] as const

/** The people who hold or held a post at a body within reach, by name; five statements whatever the size. */
export async function listPeople(ctx: Context, query: PeopleQuery): Promise<Page<Person>> {
  let found = ctx.db.selectFrom('access.person as person').where(hasPost(ctx, query))
  if (query.state) found = found.where('state', '=', query.state)
  for (const word of wordsOf(query.search))
    found = found.where(sql<SqlBool>`to_tsvector('simple', person.search_key) @@ to_tsquery('simple', ${`${word}:*`})`)
  const { total } = await found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await found
    .select(columns)
    .orderBy('searchKey')
    .orderBy('id')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  const posts = await listPosts(
    ctx,
    rows.map((row) => row.id),
  )
  return { items: rows.map((row) => toPerson(row, posts)), total, page: query.page, size: query.size }
}

/** The words of a search as they stand in search keys: folded, letters and digits only. */
function wordsOf(search: string | undefined): string[] {
  return foldName(search ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 10)
}

function hasPost(ctx: Context, query: Pick<PeopleQuery, 'agencyId' | 'role' | 'waiting'>): Expression<SqlBool> {
  let posts = ctx.db
    .selectFrom('access.post as post')
    .select('post.id')
    .whereRef('post.personId', '=', sql.ref('person.id'))
    .where(withinReach(ctx, 'post.agencyId'))
  if (query.agencyId) posts = posts.where('post.agencyId', '=', query.agencyId)
  if (query.role) posts = posts.where('post.role', '=', query.role)
  if (query.waiting)
    posts = posts
      .where('post.needsConfirmation', '=', true)
      .where('post.confirmedBy', 'is', null)
      .where((eb) => eb.or([eb('post.validTo', 'is', null), eb('post.validTo', '>', ctx.today)]))
  return sql<SqlBool>`exists (${posts})`
}

/** One person within reach, with the posts within reach. @throws notFound */
export async function getPerson(ctx: Context, id: string): Promise<Person> {
  const row = await ctx.db
    .selectFrom('access.person as person')
    .select(columns)
    .where('id', '=', id)
    .where(hasPost(ctx, {}))
    .executeTakeFirst()
  if (!row) throw notFound('access.person-not-found')
  return toPerson(row, await listPosts(ctx, [id]))
}

type PersonRow = {
  id: string
  login: string
  name: string
  language: string
  state: string
  isDemonstration: boolean
  version: number
}

function toPerson(row: PersonRow, posts: ReadonlyMap<string, Post[]>): Person {
  return {
    ...row,
    language: Language.parse(row.language),
    state: row.state as PersonState,
    posts: posts.get(row.id) ?? [],
  }
}

/** The posts of persons at bodies within reach: those that count first, then by time. */
async function listPosts(ctx: Context, personIds: string[]): Promise<Map<string, Post[]>> {
  if (personIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('access.post')
    .select(postColumns)
    .where('personId', 'in', personIds)
    .where(withinReach(ctx, 'agencyId'))
    .orderBy('validFrom', 'desc')
    .orderBy('id')
    .execute()
  const agencies = await namesOfAgencies(
    ctx,
    rows.map((row) => row.agencyId),
  )
  const units = await namesOfUnits(
    ctx,
    rows.flatMap((row) => row.unitId ?? []),
  )
  const holders = await namesOfHolders(
    ctx,
    rows.map((row) => row.standsInFor),
  )
  const posts = rows.map((row) => ({
    personId: row.personId,
    post: {
      id: row.id,
      agencyId: row.agencyId,
      agencyName: agencies.get(row.agencyId) ?? '',
      unitId: row.unitId,
      unitName: row.unitId === null ? null : (units.get(row.unitId) ?? null),
      role: row.role as Role,
      validFrom: row.validFrom,
      validTo: row.validTo,
      state: postState(row, ctx.today),
      grantedById: row.grantedBy,
      standsInFor:
        row.standsInFor === null ? null : { postId: row.standsInFor, personName: holders.get(row.standsInFor) ?? '' },
      version: row.version,
    },
  }))
  const byPerson = Map.groupBy(posts, (entry) => entry.personId)
  return new Map(
    [...byPerson].map(([personId, entries]) => [personId, entries.map((entry) => entry.post).sort(byState)]),
  )
}

const order: Record<Post['state'], number> = { unconfirmed: 0, current: 1, coming: 2, ended: 3 }

function byState(one: Post, other: Post): number {
  return order[one.state] - order[other.state]
}
