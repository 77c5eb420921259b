import { sql } from 'kysely'
import type { Context } from '#platform'
import { reviewing } from '../../boards/standing.ts'
import type { ReviewCounts } from '../../model.ts'

/**
 * What reviewing came to, of reports within sight: how many were accepted, how many of them at the first submission, how many lines were
 * returned in all, how many submissions amended what was accepted. Counted as boards count (`reviewing`).
 */
export async function countReviews(ctx: Context, roundId: string): Promise<ReviewCounts> {
  const { rows } = await sql<ReviewCounts>`
    with one as (select r.first_submitted_at, ${reviewing.review} as review, ${reviewing.linesReturned} as lines_returned,
        ${reviewing.amendments} as amendments
      from reporting.report r join reporting.obligation o on o.id = r.obligation_id ${reviewing.joined} where o.round_id = ${roundId}::uuid)
    select count(*) filter (where first_submitted_at is not null)::integer as submitted,
      count(*) filter (where review in ('first-pass', 'after-return'))::integer as accepted,
      count(*) filter (where review = 'first-pass')::integer as first_pass,
      coalesce(sum(lines_returned), 0)::integer as lines_returned, coalesce(sum(amendments), 0)::integer as amendments
    from one`.execute(ctx.db)
  return rows[0] ?? { submitted: 0, accepted: 0, firstPass: 0, linesReturned: 0, amendments: 0 }
}
