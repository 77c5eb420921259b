import type { ProposedDuty, ReviewedProposal } from '#documents/model'

/**
 * Takes over who is meant from a proposal whose names were understood anew, and nothing else: what a person entered or
 * decided while the answer was on its way stays.
 */
export function withMatches(mine: ReviewedProposal, matched: ReviewedProposal): ReviewedProposal {
  const duties = new Map(
    matched.items.flatMap((item) => item.duties.map((duty) => [placeOf(item.key, duty), duty] as const)),
  )
  const items = mine.items.map((item) => ({
    ...item,
    duties: item.duties.map((duty) => {
      const found = duties.get(placeOf(item.key, duty))
      if (duty.state !== 'proposed' || found?.state !== 'proposed') return duty
      return { ...duty, agencyId: found.agencyId, classCode: found.classCode }
    }),
  }))
  return { ...mine, issuer: mine.issuer.state === 'proposed' ? matched.issuer : mine.issuer, items }
}

function placeOf(itemKey: string, duty: ProposedDuty): string {
  return JSON.stringify([itemKey, duty.kind, duty.raw])
}
