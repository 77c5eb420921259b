import type { Context } from '#platform'
import { getAgencyDetail, listAgencies, listAgencyNames } from '#agencies'
import { mayKeepPlansOf } from '../commands/drafts.ts'
import type { AgencyName } from '../model.ts'

/**
 * Bodies whose plans the acting one may keep: itself, those of the past whose work it holds today, and the head of the
 * executive where it answers for the function; `asked` too, when it is one of them however far back.
 */
export async function listIssuers(ctx: Context, functionCode: string, asked?: string): Promise<AgencyName[]> {
  const { agencyId } = ctx.actor
  if (agencyId === null) return []
  const own = await getAgencyDetail(ctx, agencyId, ctx.today)
  const heads =
    own.level === 'central'
      ? (await listAgencies(ctx, { level: 'central', kind: 'institution', asOf: ctx.today, page: 1, size: 50 })).items
      : []
  const ids = [
    agencyId,
    ...own.cameFrom.map((step) => step.agency.id),
    ...heads.map((head) => head.id),
    ...(asked === undefined ? [] : [asked]),
  ]
  const names = await listAgencyNames(ctx, ids, ctx.today)
  const kept: AgencyName[] = []
  for (const id of new Set(ids)) {
    const name = names.get(id)
    if (name !== undefined && (await mayKeepPlansOf(ctx, id, functionCode))) kept.push(name)
  }
  return kept
}
