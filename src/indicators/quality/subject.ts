import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import type { Found, Subject } from '#notifications'

/** What is open in the figures of a body, as its people are told of it; by the id of the body. */
export const findingsSubject: Subject = {
  kind: 'indicators.findings',
  allow: 'indicators.read-figures',
  async find(ctx, ids) {
    const { rows } = await sql<Found & { id: string }>`
      select a.id, ${nameOfBody(sql`a.id`, ctx.today)} as title, '/chi-tieu/kiem-tra?tinh-trang=open&cua-minh=true' as address, true as is_internal
      from agencies.agency a where a.id = any (${[...ids]}::uuid[]) and a.id = ${ctx.actor.agencyId}::uuid`.execute(
      ctx.db,
    )
    return new Map(rows.map(({ id, ...found }) => [id, found]))
  },
  talk: null,
  history: { records: () => Promise.resolve([]), open: {}, within: {} },
}
