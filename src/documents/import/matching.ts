import { findClass, listClassNames, splitNames, suggestAgencies } from '#agencies'
import type { Context } from '#platform'
import { planLimits, type ImportProposal, type SuggestedBody, type Suggestion } from '../model.ts'
import { preset } from './rules/preset.ts'

/** The document whose names are to be understood: who issued it, and when. */
export type NamesContext = { issuerId: string | null; on: string }

/** What printed words may mean, best first: a class when the phrase names many bodies, and single bodies. */
export async function suggestBodies(ctx: Context, raw: string, of: NamesContext): Promise<SuggestedBody[]> {
  const agencyClass = await findClass(ctx, raw)
  const bodies = await suggestAgencies(ctx, raw, { ...of, limit: 6 })
  const options: SuggestedBody[] = bodies.map(({ agencyId, name, score, why, validTo }) => ({
    agencyId,
    classCode: null,
    name,
    endedOn: validTo,
    score,
    why: why[0] ?? 'similar',
    heldBy: null,
  }))
  if (agencyClass === undefined) return options
  const names = await listClassNames(ctx)
  const named: SuggestedBody = {
    agencyId: null,
    classCode: agencyClass.code,
    name: names.get(agencyClass.code) ?? raw,
    endedOn: null,
    score: agencyClass.isOpen ? 0.7 : 1,
    why: agencyClass.isOpen ? 'open-class' : 'class',
    heldBy: null,
  }
  return [named, ...options.filter((option) => option.score >= 0.9)]
}

/**
 * As many different names as are looked up of one document: far more than any has, and few enough for the server to go on
 * answering others meanwhile. A person may still look up each of the rest.
 */
const mostNames = 600

/**
 * Matches the issuer and every duty: suggestions for each of the printed names, and a body or class preset where one
 * alone is meant without doubt. What a person decided stays; nothing becomes accepted here.
 */
export async function matchProposal(
  ctx: Context,
  proposal: ImportProposal,
): Promise<{ proposal: ImportProposal; suggestions: Suggestion[] }> {
  const on = proposal.header.issuedOn.value ?? ctx.today
  const suggestions: Suggestion[] = []
  let { issuer } = proposal
  if (issuer.raw !== null) {
    const options = (await suggestBodies(ctx, issuer.raw, { issuerId: null, on })).filter(
      (option) => option.agencyId !== null,
    )
    suggestions.push({ raw: issuer.raw, options })
    if (issuer.state !== 'edited') issuer = { ...issuer, agencyId: preset(options).agencyId }
  }
  // Until somebody says who issued it, a name without its place ("the department of health") is nobody's: nothing is preset.
  const issuerId = issuer.agencyId
  const known = new Map<string, Suggestion>()
  const split = await itemsSplit(ctx, proposal)
  for (const raw of namesIn(split).slice(0, mostNames)) {
    known.set(raw, { raw, options: await suggestBodies(ctx, raw, { issuerId, on }) })
  }
  const items = split.map((item) => ({
    ...item,
    duties: item.duties.map((duty) =>
      duty.state === 'proposed' ? { ...duty, ...preset(known.get(duty.raw)?.options ?? []) } : duty,
    ),
  }))
  return { proposal: { ...proposal, issuer, items }, suggestions: [...suggestions, ...known.values()] }
}

/** Items whose duties name one body or class each: a printed list nobody has touched becomes a duty for every name in it. */
async function itemsSplit(ctx: Context, proposal: ImportProposal): Promise<ImportProposal['items']> {
  const lists = new Map<string, string[]>()
  for (const raw of namesIn(proposal.items).slice(0, mostNames))
    if (raw.split(/[,;\n]/).length <= planLimits.duties) lists.set(raw, await splitNames(ctx, raw))
  return proposal.items.map((item) => ({
    ...item,
    duties: item.duties.flatMap((duty) =>
      duty.state === 'proposed' ? (lists.get(duty.raw) ?? [duty.raw]).map((raw) => ({ ...duty, raw })) : [duty],
    ),
  }))
}

/** The different names in the duties of items, in reading order. */
function namesIn(items: ImportProposal['items']): string[] {
  return [...new Set(items.flatMap((item) => item.duties.map((duty) => duty.raw)))]
}
