import { sql } from 'kysely'
import type { TouchedSource } from '#agencies'
import { withinReach } from '../reach.ts'

/**
 * People whose post in force is at a body that ends: a reform moves nobody, so that nobody comes to see more by it; an
 * administrator grants them new posts.
 */
export const touchedPosts: TouchedSource = {
  kind: 'posts',
  list: async (ctx, moving, page) => {
    const ending = moving.flatMap((body) => (body.functions === null ? [body.agencyId] : []))
    const found = sql`select s.id, s.name, p.role as detail, p.agency_id, null::text as function_code
      from access.post p join access.person s on s.id = p.person_id
      where p.agency_id = any (${ending}::uuid[]) and ${withinReach(ctx, 'p.agencyId')} and (p.valid_to is null or p.valid_to > ${ctx.today}::date)`
    const counted = await sql<{ total: number }>`select count(*) as total from (${found}) found`.execute(ctx.db)
    const { rows } = await sql<{
      id: string
      name: string
      detail: string
      agencyId: string
      functionCode: null
    }>`select * from (${found}) found order by name, id limit ${page.size} offset ${(page.page - 1) * page.size}`.execute(
      ctx.db,
    )
    return { items: rows, total: counted.rows[0]?.total ?? 0, ...page }
  },
}
