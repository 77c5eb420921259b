import {
  planLimits,
  type ProposedHeader,
  type ProposedItem,
  type ProposedProse,
  type ReviewedProposal,
} from '../../model.ts'

/** What keeps an item from being accepted; a code of the catalogues and the field it is about. */
export type ItemFault = {
  field: 'text' | 'path' | 'output' | 'funding' | 'time' | 'duties'
  code: string
  params?: Record<string, number>
}

/** Whether a person has decided about it. */
export function isDecided(item: Pick<ProposedItem | ProposedProse, 'state'>): boolean {
  return item.state !== 'proposed'
}

/** Whether it enters the plan. */
export function isConfirmed(item: Pick<ProposedItem | ProposedProse, 'state'>): boolean {
  return item.state === 'accepted' || item.state === 'edited'
}

/** What a plan would not take: an empty text, a time without its date or rhythm, something too long. Empty = it can be accepted. */
export function faultsOf(item: ProposedItem): ItemFault[] {
  const faults: ItemFault[] = []
  const tooLong = (field: ItemFault['field'], value: string | null, maximum: number) => {
    if ((value?.trim().length ?? 0) > maximum)
      faults.push({ field, code: 'platform.field-too-long', params: { maximum } })
  }
  if (item.text.trim() === '') faults.push({ field: 'text', code: 'platform.field-missing' })
  tooLong('text', item.text, planLimits.text)
  tooLong('path', item.path, planLimits.path)
  tooLong('output', item.output, planLimits.output)
  tooLong('funding', item.funding, planLimits.funding)
  if (item.duties.length > planLimits.duties)
    faults.push({ field: 'duties', code: 'platform.field-too-long', params: { maximum: planLimits.duties } })
  for (const duty of item.duties) {
    if (duty.raw.trim() === '') faults.push({ field: 'duties', code: 'platform.field-missing' })
    tooLong('duties', duty.raw, planLimits.raw)
  }
  return [...faults, ...timeFaults(item)]
}

function timeFaults({ time }: ProposedItem): ItemFault[] {
  if (time === null) return []
  const faults: ItemFault[] = []
  const fault = (code: string, params?: Record<string, number>) =>
    faults.push({ field: 'time', code, ...(params ? { params } : {}) })
  if (time.text.trim() === '') fault('documents.time-words-missing')
  if (time.text.trim().length > planLimits.timeText) fault('platform.field-too-long', { maximum: planLimits.timeText })
  if (time.kind === 'by' && time.to === null) fault('documents.time-needs-date')
  if (time.kind === 'range' && time.from === null && time.to === null) fault('documents.time-needs-date')
  if (time.kind === 'recurring' && time.frequency === null) fault('documents.time-needs-frequency')
  if (time.from !== null && time.to !== null && time.from > time.to) fault('documents.time-ends-before-it-begins')
  return faults
}

/** The fields of the header that hold something nobody has confirmed. */
export function unconfirmedHeader(header: ProposedHeader): (keyof ProposedHeader)[] {
  return headerNames.filter((name) => header[name].state === 'proposed' && isFilled(header[name].value))
}

/** Fields of the head an issued plan must have and that hold nothing: a person enters them. */
export function missingHeader(header: ProposedHeader): (keyof ProposedHeader)[] {
  return neededNames.filter((name) => !isFilled(header[name].value))
}

const neededNames = ['kind', 'number', 'place', 'issuedOn', 'title', 'post', 'signer'] as const

const headerNames = [
  'kind',
  'number',
  'place',
  'issuedOn',
  'title',
  'preamble',
  'powers',
  'post',
  'signer',
  'bases',
  'recipients',
  'periodFrom',
  'periodTo',
] as const satisfies readonly (keyof ProposedHeader)[]

function isFilled(value: string | string[] | null): boolean {
  return value !== null && value.length > 0 && (typeof value !== 'string' || value.trim() !== '')
}

export type ReviewProgress = {
  /** Tasks decided, of all tasks. Groups enter with the tasks in them and are not counted. */
  reviewed: number
  total: number
  confirmed: number
  rejected: number
  /** Undecided tasks that cannot be accepted as they are. */
  faulty: number
  /** Duties of tasks not rejected for which nobody is meant yet. */
  unmatchedDuties: number
  unconfirmedHeader: number
  /** Parts of the text that are no task, not decided yet. */
  undecidedProse: number
}

/** How far a review has come. */
export function progressOf(proposal: ReviewedProposal): ReviewProgress {
  const tasks = proposal.items.filter((item) => item.kind === 'task')
  const undecided = tasks.filter((item) => !isDecided(item))
  const kept = tasks.filter((item) => item.state !== 'rejected')
  return {
    reviewed: tasks.length - undecided.length,
    total: tasks.length,
    confirmed: tasks.filter(isConfirmed).length,
    rejected: tasks.length - kept.length,
    faulty: undecided.filter((item) => faultsOf(item).length > 0).length,
    unmatchedDuties: kept
      .flatMap((item) => item.duties)
      .filter((duty) => duty.agencyId === null && duty.classCode === null).length,
    unconfirmedHeader: unconfirmedHeader(proposal.header).length,
    undecidedProse: proposal.prose.filter((part) => !isDecided(part)).length,
  }
}
