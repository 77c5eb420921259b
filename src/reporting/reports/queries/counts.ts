import { sql } from 'kysely'
import type { Context } from '#platform'
import type { ReviewCounts } from '../../model.ts'

/**
 * What reviewing came to, of reports within sight: how many were accepted, how many of them at the first submission, how many lines were
 * returned in all, how many submissions amended what was accepted. Counted from what happened, not from how things stand.
 */
export async function countReviews(ctx: Context, roundId: string): Promise<ReviewCounts> {
  const { rows } = await sql<ReviewCounts>`
    with of_round as (select r.id, r.agency_id, r.first_submitted_at from reporting.report r join reporting.obligation o on o.id = r.obligation_id where o.round_id = ${roundId}::uuid),
      happened as (select t.report_id, t.kind, t.number, t.lines from reporting.step t where t.report_id in (select id from of_round))
    select count(*) filter (where o.first_submitted_at is not null)::integer as submitted,
      count(*) filter (where exists (select 1 from happened h where h.report_id = o.id and h.kind = 'accepted'))::integer as accepted,
      count(*) filter (where exists (select 1 from happened h where h.report_id = o.id and h.kind = 'accepted')
        and not exists (select 1 from happened h where h.report_id = o.id and h.kind = 'returned'))::integer as first_pass,
      (select coalesce(sum(jsonb_array_length(h.lines)), 0)::integer from happened h where h.kind = 'returned') as lines_returned,
      (select count(*)::integer from reporting.submission s where s.report_id in (select id from of_round) and s.kind = 'amended') as amendments
    from of_round o`.execute(ctx.db)
  return rows[0] ?? { submitted: 0, accepted: 0, firstPass: 0, linesReturned: 0, amendments: 0 }
}
