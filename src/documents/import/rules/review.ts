import type {
  Field,
  ProposedDuty,
  ProposedHeader,
  ProposedItem,
  ProposedProse,
  ProposedTime,
  ReviewedProposal,
} from '../../model.ts'
import { faultsOf, isDecided } from './progress.ts'

/** Which body or class is meant; neither = the words stay words. */
export type Match = { agencyId: string | null; classCode: string | null }

/** What a person may change in an item. */
export type ItemChanges = Partial<{
  path: string
  text: string
  output: string | null
  funding: string | null
  time: ProposedTime | null
  duties: ProposedDuty[]
  parentKey: string | null
}>

/** Changes one item; an unknown key changes nothing. */
function withItem<P extends ReviewedProposal>(
  proposal: P,
  key: string,
  change: (item: ProposedItem) => ProposedItem,
): P {
  return { ...proposal, items: proposal.items.map((item) => (item.key === key ? change(item) : item)) }
}

/**
 * Accepts an item with its duties and time as they stand, and the groups it lies in. An item with faults stays as it is:
 * see `faultsOf`.
 */
export function acceptItem<P extends ReviewedProposal>(proposal: P, key: string): P {
  const item = proposal.items.find((each) => each.key === key)
  if (item === undefined || faultsOf(item).length > 0) return proposal
  const above = new Set(
    groupsAbove(proposal, item)
      .filter((group) => faultsOf(group).length === 0)
      .map((group) => group.key),
  )
  return {
    ...proposal,
    items: proposal.items.map((each) =>
      each.key === key || (above.has(each.key) && each.state === 'proposed') ? accepted(each) : each,
    ),
  }
}

function accepted(item: ProposedItem): ProposedItem {
  const duties = item.duties.map((duty) => (duty.state === 'proposed' ? { ...duty, state: 'accepted' as const } : duty))
  return { ...item, duties, state: item.isChanged ? 'edited' : 'accepted' }
}

function groupsAbove(proposal: ReviewedProposal, item: ProposedItem): ProposedItem[] {
  const byKey = new Map(proposal.items.map((each) => [each.key, each]))
  const above: ProposedItem[] = []
  for (
    let parent = byKey.get(item.parentKey ?? '');
    parent && !above.includes(parent);
    parent = byKey.get(parent.parentKey ?? '')
  )
    above.push(parent)
  return above
}

/** Puts an item out of the plan; what lies under a group stays under review and moves up. */
export function rejectItem<P extends ReviewedProposal>(proposal: P, key: string): P {
  return withItem(proposal, key, (item) => ({ ...item, state: 'rejected' }))
}

/** Takes an acceptance or rejection back. */
export function reopenItem<P extends ReviewedProposal>(proposal: P, key: string): P {
  return withItem(proposal, key, (item) => ({ ...item, state: 'proposed' }))
}

/**
 * Changes an item. One not yet decided stays so until it is accepted; an accepted one stays in as `edited`, unless the
 * change leaves it with a fault; a rejected one comes back to be decided.
 */
export function editItem<P extends ReviewedProposal>(proposal: P, key: string, changes: ItemChanges): P {
  return withItem(proposal, key, (item) => {
    const changed: ProposedItem = { ...item, ...changes, isChanged: true }
    const stays = (item.state === 'accepted' || item.state === 'edited') && faultsOf(changed).length === 0
    return { ...changed, state: stays ? 'edited' : 'proposed' }
  })
}

/** Says who is meant in one duty; with `everywhere` in every duty that has the same words and nobody decided otherwise. */
export function matchDuty<P extends ReviewedProposal>(
  proposal: P,
  at: { key: string; index: number },
  match: Match,
  everywhere = false,
): P {
  const raw = proposal.items.find((item) => item.key === at.key)?.duties[at.index]?.raw
  if (raw === undefined) return proposal
  const matches = (item: ProposedItem, duty: ProposedDuty, index: number) =>
    item.key === at.key
      ? index === at.index || (everywhere && duty.raw === raw && duty.state !== 'edited')
      : everywhere && duty.raw === raw && duty.state !== 'edited'
  return {
    ...proposal,
    items: proposal.items.map((item) => ({
      ...item,
      duties: item.duties.map((duty, index) =>
        matches(item, duty, index)
          ? { ...duty, agencyId: match.agencyId, classCode: match.classCode, state: 'edited' as const }
          : duty,
      ),
    })),
  }
}

/** Gives a task a duty nobody read; with `everywhere` also each other task that has none and is not rejected. */
export function addDuty<P extends ReviewedProposal>(
  proposal: P,
  key: string,
  duty: Pick<ProposedDuty, 'kind' | 'raw'> & Match,
  everywhere = false,
): P {
  const lacks = (item: ProposedItem) => item.kind === 'task' && item.state !== 'rejected' && item.duties.length === 0
  const wanted = proposal.items.filter((item) => item.key === key || (everywhere && lacks(item)))
  return wanted.reduce<P>(
    (sofar, item) => editItem(sofar, item.key, { duties: [...item.duties, { ...duty, state: 'edited' }] }),
    proposal,
  )
}

/** Accepts every item the filter lets through that can be accepted; tells how many were left because of faults. */
export function acceptAll<P extends ReviewedProposal>(
  proposal: P,
  filter: (item: ProposedItem) => boolean = () => true,
): { proposal: P; accepted: number; left: number } {
  const wanted = proposal.items.filter((item) => item.kind === 'task' && !isDecided(item) && filter(item))
  const ready = wanted.filter((item) => faultsOf(item).length === 0)
  const result = ready.reduce((sofar, item) => acceptItem(sofar, item.key), proposal)
  return { proposal: result, accepted: ready.length, left: wanted.length - ready.length }
}

/** Puts a new item after another (or at the end): what the reader did not see. It must be accepted like all others. */
export function addItem<P extends ReviewedProposal>(
  proposal: P,
  item: Pick<ProposedItem, 'kind' | 'text' | 'parentKey' | 'source'>,
  afterKey: string | null,
): P {
  const taken = new Set(proposal.items.map((each) => each.key))
  let ordinal = 1
  while (taken.has(`n${ordinal}`)) ordinal += 1
  const added: ProposedItem = {
    ...item,
    key: `n${ordinal}`,
    state: 'proposed',
    isChanged: true,
    path: '',
    output: null,
    funding: null,
    time: null,
    duties: [],
    mergedFrom: [],
  }
  const after = proposal.items.findIndex((each) => each.key === afterKey)
  const at = after < 0 ? proposal.items.length : after + 1
  return { ...proposal, items: proposal.items.toSpliced(at, 0, added) }
}

export type HeaderName = keyof ProposedHeader

/** Sets one field of the header; typing a value confirms it. */
export function editHeader<P extends ReviewedProposal, N extends HeaderName>(
  proposal: P,
  name: N,
  value: ProposedHeader[N]['value'],
): P {
  const field = { ...proposal.header[name], value, state: 'edited' }
  return { ...proposal, header: { ...proposal.header, [name]: field } }
}

/** Confirms the whole header and issuer as they stand. */
export function acceptHeader<P extends ReviewedProposal>(proposal: P): P {
  const confirmed = <T>(field: Field<T>): Field<T> =>
    field.state === 'proposed' ? { ...field, state: 'accepted' } : field
  const { header } = proposal
  return {
    ...proposal,
    issuer: proposal.issuer.state === 'proposed' ? { ...proposal.issuer, state: 'accepted' } : proposal.issuer,
    header: {
      kind: confirmed(header.kind),
      number: confirmed(header.number),
      place: confirmed(header.place),
      issuedOn: confirmed(header.issuedOn),
      title: confirmed(header.title),
      preamble: confirmed(header.preamble),
      powers: confirmed(header.powers),
      post: confirmed(header.post),
      signer: confirmed(header.signer),
      bases: confirmed(header.bases),
      recipients: confirmed(header.recipients),
      periodFrom: confirmed(header.periodFrom),
      periodTo: confirmed(header.periodTo),
    },
  }
}

/** Says which body issued the document. */
export function matchIssuer<P extends ReviewedProposal>(proposal: P, agencyId: string | null): P {
  return { ...proposal, issuer: { ...proposal.issuer, agencyId, state: 'edited' } }
}

/** Changes one part of the text: decided, or worded anew, which confirms it. */
export function setProse<P extends ReviewedProposal>(
  proposal: P,
  key: string,
  changes: Partial<Pick<ProposedProse, 'state' | 'heading' | 'paragraphs'>>,
): P {
  const state = changes.state ?? 'edited'
  return {
    ...proposal,
    prose: proposal.prose.map((part) => (part.key === key ? { ...part, ...changes, state } : part)),
  }
}

/** Takes all parts of the text nobody has decided about as they stand. */
export function acceptProse<P extends ReviewedProposal>(proposal: P): P {
  return {
    ...proposal,
    prose: proposal.prose.map((part) => (part.state === 'proposed' ? { ...part, state: 'accepted' } : part)),
  }
}
