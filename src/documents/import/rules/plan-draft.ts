import {
  planLimits,
  type ItemPlace,
  type ProposedHeader,
  type ProposedItem,
  type ProposedProse,
  type ProposedTime,
  type ReviewedProposal,
} from '../../model.ts'
import { faultsOf, isConfirmed, isDecided, unconfirmedHeader } from './progress.ts'

/** A confirmed item as `plans` takes it (its `NodeInput`). */
export type DraftNode = {
  key: string
  parentKey: string | null
  kind: 'group' | 'task'
  path: string
  text: string
  output: string | null
  funding: string | null
  time: ProposedTime | null
  duties: {
    kind: ProposedItem['duties'][number]['kind']
    raw: string
    addressedId: string | null
    classCode: string | null
  }[]
  source: ItemPlace | null
  programmes: string[]
  bases: string[]
}

/** A confirmed header as `plans` takes it (its `PlanHeader`). */
export type DraftHeader = {
  kind: string
  number: string | null
  place: string | null
  issuedOn: string | null
  title: string
  preamble: string | null
  signature: { powers: string[]; post: string; name: string }
  bases: string[]
  recipients: string[]
  prose: DraftProse
  periodFrom: string | null
  periodTo: string | null
}

/** Headings over parts of the text, as printed; a part without one has the usual heading. */
export type DraftHeadings = Partial<
  Record<'purpose' | 'objectives' | 'tasks' | 'funding' | 'organisation' | 'reporting', string>
>

/** The confirmed words beside the tasks as `plans` takes them (its `PlanProse`). */
export type DraftProse = Record<TextPart, string[]> & {
  headings: DraftHeadings
  /** Title of the plan that a decision issues. */
  attachedTitle: string | null
  /** Sections of other headings; `after` = the section they follow. */
  others: { heading: string; after: keyof DraftHeadings | 'preamble'; paragraphs: string[] }[]
}

type TextPart = Exclude<ProposedProse['part'], 'preamble' | 'purpose' | 'objectives' | 'other'>

export type PlanDraft = { header: DraftHeader; issuerId: string | null; nodes: DraftNode[] }

/** One reason a plan cannot be made yet; `count` says how many things it is about. */
export type Hindrance = { code: string; count: number; field?: keyof ProposedHeader }

/** What still keeps the review from becoming a plan: undecided tasks, an unconfirmed or incomplete header, faults. */
export function hindrancesOf(proposal: ReviewedProposal): Hindrance[] {
  const { header } = proposal
  const tasks = proposal.items.filter((item) => item.kind === 'task')
  const counted: Hindrance[] = [
    { code: 'documents.tasks-undecided', count: tasks.filter((item) => !isDecided(item)).length },
    {
      code: 'documents.items-faulty',
      count: proposal.items.filter((item) => isConfirmed(item) && faultsOf(item).length > 0).length,
    },
    { code: 'documents.header-unconfirmed', count: unconfirmedHeader(header).length },
    { code: 'documents.prose-undecided', count: proposal.prose.filter((part) => !isDecided(part)).length },
    {
      code: 'documents.prose-too-long',
      count: proposal.prose.filter((part) => isConfirmed(part) && isTooLong(part)).length,
    },
    {
      code: 'documents.prose-too-many',
      count: Math.max(0, proposal.prose.filter(isOtherSection).length - planLimits.sections),
    },
    { code: 'documents.no-task-confirmed', count: tasks.some(isConfirmed) ? 0 : 1 },
    { code: 'documents.kind-missing', count: isBlank(header.kind.value) ? 1 : 0, field: 'kind' },
    { code: 'documents.title-missing', count: isBlank(header.title.value) ? 1 : 0, field: 'title' },
    ...tooLongIn(header),
  ]
  return counted.filter((hindrance) => hindrance.count > 0)
}

function tooLongIn(header: ProposedHeader): Hindrance[] {
  const over = (
    field: keyof ProposedHeader,
    values: readonly (string | null)[],
    maximum: number,
    most = 1,
  ): Hindrance => ({
    code: 'documents.header-too-long',
    field,
    count: values.filter((value) => (value?.trim().length ?? 0) > maximum).length + (values.length > most ? 1 : 0),
  })
  return [
    over('kind', [header.kind.value], planLimits.kind),
    over('number', [header.number.value], planLimits.number),
    over('place', [header.place.value], planLimits.place),
    over('title', [header.title.value], planLimits.title),
    over('preamble', [header.preamble.value], planLimits.preamble),
    over('powers', header.powers.value, planLimits.post, planLimits.powers),
    over('post', [header.post.value], planLimits.post),
    over('signer', [header.signer.value], planLimits.post),
    over('bases', header.bases.value, planLimits.basis, planLimits.bases),
    over('recipients', header.recipients.value, planLimits.recipient, planLimits.recipients),
    { code: 'documents.period-ends-before-it-begins', field: 'periodTo', count: endsBefore(header) ? 1 : 0 },
  ]
}

/** Whether a part says more than a plan can hold. */
function isTooLong({ heading, paragraphs }: Pick<ProposedProse, 'heading' | 'paragraphs'>): boolean {
  return (
    paragraphs.length > planLimits.paragraphs ||
    (heading?.trim().length ?? 0) > planLimits.heading ||
    paragraphs.some((paragraph) => paragraph.trim().length > planLimits.paragraph)
  )
}

function isOtherSection(part: ProposedProse): boolean {
  return part.part === 'other' && isConfirmed(part) && lines(part.paragraphs).length > 0
}

function endsBefore({ periodFrom, periodTo }: ProposedHeader): boolean {
  return periodFrom.value !== null && periodTo.value !== null && periodFrom.value > periodTo.value
}

function isBlank(value: string | null): boolean {
  return value === null || value.trim() === ''
}

/**
 * The draft a finished review becomes: accepted and edited items only, rejected ones stay out and what lay under them moves
 * up. While anything is undecided there is no draft, only what hinders it.
 */
export function toPlanDraft(
  proposal: ReviewedProposal,
): { draft: PlanDraft; hindrances: [] } | { draft: null; hindrances: Hindrance[] } {
  const hindrances = hindrancesOf(proposal)
  if (hindrances.length > 0) return { draft: null, hindrances }
  const byKey = new Map(proposal.items.map((item) => [item.key, item]))
  const nodes = proposal.items.filter(isConfirmed).map((item) => nodeOf(item, confirmedAbove(item, byKey)))
  return { draft: { header: headerOf(proposal), issuerId: proposal.issuer.agencyId, nodes }, hindrances: [] }
}

function confirmedAbove(item: ProposedItem, byKey: ReadonlyMap<string, ProposedItem>): string | null {
  const seen = new Set([item.key])
  for (
    let parent = byKey.get(item.parentKey ?? '');
    parent && !seen.has(parent.key);
    parent = byKey.get(parent.parentKey ?? '')
  ) {
    if (isConfirmed(parent)) return parent.key
    seen.add(parent.key)
  }
  return null
}

function nodeOf(item: ProposedItem, parentKey: string | null): DraftNode {
  return {
    key: item.key,
    parentKey,
    kind: item.kind,
    path: item.path.trim(),
    text: item.text.trim(),
    output: filled(item.output),
    funding: filled(item.funding),
    time: item.time === null ? null : { ...item.time, text: item.time.text.trim() },
    duties: item.duties.map((duty) => ({
      kind: duty.kind,
      raw: duty.raw.trim(),
      addressedId: duty.agencyId,
      classCode: duty.classCode,
    })),
    source: item.source,
    programmes: [],
    bases: [],
  }
}

function headerOf({ header, prose }: ReviewedProposal): DraftHeader {
  return {
    kind: header.kind.value?.trim() ?? '',
    number: filled(header.number.value),
    place: filled(header.place.value),
    issuedOn: header.issuedOn.value,
    title: header.title.value?.trim() ?? '',
    preamble: filled(header.preamble.value),
    signature: {
      powers: lines(header.powers.value),
      post: header.post.value?.trim() ?? '',
      name: header.signer.value?.trim() ?? '',
    },
    bases: lines(header.bases.value),
    recipients: lines(header.recipients.value),
    prose: draftProse(prose.filter(isConfirmed)),
    periodFrom: header.periodFrom.value,
    periodTo: header.periodTo.value,
  }
}

const sectionOf = {
  articles: 'preamble',
  purpose: 'purpose',
  purposes: 'purpose',
  requirements: 'purpose',
  objectives: 'objectives',
  generalObjectives: 'objectives',
  specificObjectives: 'objectives',
  tasks: 'tasks',
  funding: 'funding',
  organisation: 'organisation',
  reporting: 'reporting',
  closing: 'reporting',
} as const

function draftProse(parts: readonly ProposedProse[]): DraftProse {
  const prose = emptyDraftProse()
  let after: DraftProse['others'][number]['after'] = 'preamble'
  for (const { part, heading, paragraphs } of parts) {
    const words = lines(paragraphs)
    const title = filled(heading)
    if (part === 'preamble') continue
    if (part === 'other') {
      if (words.length > 0) prose.others.push({ heading: title ?? '', after, paragraphs: words })
      continue
    }
    after = part === 'closing' ? after : sectionOf[part]
    if (part !== 'purpose' && part !== 'objectives') prose[part] = words
    if (part === 'articles') prose.attachedTitle = title
    else if (title !== null && after !== 'preamble') prose.headings[after] = title
  }
  return prose
}

function emptyDraftProse(): DraftProse {
  return {
    articles: [],
    purposes: [],
    requirements: [],
    generalObjectives: [],
    specificObjectives: [],
    tasks: [],
    funding: [],
    organisation: [],
    reporting: [],
    closing: [],
    headings: {},
    attachedTitle: null,
    others: [],
  }
}

function filled(value: string | null): string | null {
  return value === null || value.trim() === '' ? null : value.trim()
}

function lines(values: readonly string[]): string[] {
  return values.map((value) => value.trim()).filter((value) => value !== '')
}
