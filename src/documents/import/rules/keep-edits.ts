import type { ReviewedProposal } from '../../model.ts'

/**
 * The server's answer, with what the person changed while waiting for it.
 *
 * @param answer the review as the server understood it anew
 * @param sent what it was given; changes leave what they do not touch the same object
 * @param now what the person has on the screen
 */
export function keepEdits(answer: ReviewedProposal, sent: ReviewedProposal, now: ReviewedProposal): ReviewedProposal {
  if (now === sent) return answer
  const edited = Object.entries(now.header).filter(([name, field]) => !Object.is(field, headerOf(sent)[name]))
  const before = new Map(sent.items.map((item) => [item.key, item]))
  const understood = new Map(answer.items.map((item) => [item.key, item]))
  return {
    header: { ...answer.header, ...Object.fromEntries(edited) },
    issuer: now.issuer === sent.issuer ? answer.issuer : now.issuer,
    prose: now.prose,
    items: now.items.map((item) => (item === before.get(item.key) ? (understood.get(item.key) ?? item) : item)),
  }
}

function headerOf(proposal: ReviewedProposal): Record<string, unknown> {
  return proposal.header
}
