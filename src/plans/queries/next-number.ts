import type { Context } from '#platform'
import { findLetterhead, getAgency } from '#agencies'
import type { NextNumber } from '../model.ts'
import { nextInBook } from '../rules.ts'
import { getPlanDetail } from './plan.ts'

/**
 * The number that comes next in the book of a draft's issuer for its kind and year, as far as this system knows the
 * book. A suggestion for whoever writes the head: nothing is taken or kept by asking. @throws notFound
 */
export async function suggestNumber(ctx: Context, planId: string): Promise<NextNumber> {
  const plan = await getPlanDetail(ctx, planId, { draft: true, may: () => true })
  const on = plan.header.issuedOn ?? ctx.today
  const own = await findLetterhead(ctx, plan.issuer.id, on)
  const agency = await getAgency(ctx, plan.issuer.id, on)
  const year = on.slice(0, 4)
  const rows = await ctx.db
    .selectFrom('plans.planVersion as version')
    .innerJoin('plans.plan as plan', 'plan.id', 'version.planId')
    .select('version.number')
    .where('plan.issuerId', '=', plan.issuer.id)
    .where('version.state', '=', 'issued')
    .where('version.number', 'is not', null)
    .where('version.issuedOn', '>=', `${year}-01-01`)
    .where('version.issuedOn', '<=', `${year}-12-31`)
    .$if(own?.books !== 'one', (query) => query.where('version.kind', '=', plan.header.kind))
    .execute()
  const { next, after } = nextInBook(rows.flatMap((row) => row.number ?? []))
  const sign = own?.abbreviation ?? agency.numberingAbbreviation ?? ''
  const suffix = sign === '' ? plan.header.kind : `${plan.header.kind}-${sign}`
  return { number: `${next}/${suffix}`, year: Number(year), after }
}
