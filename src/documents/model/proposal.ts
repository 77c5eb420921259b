import { z } from 'zod'
import { Id, PlainDate } from '#platform/model'
import {
  DutyKind,
  Frequency,
  ProsePart,
  ReadingWarning,
  ReadReporting,
  ReadTarget,
  SourcePlace,
  TaskWhere,
  TimeKind,
} from './reading.ts'

/** What a plan can hold (`plans/model.ts`). A reading may be longer: then the item has a fault and cannot be accepted. */
export const planLimits = {
  items: 5000,
  duties: 80,
  text: 8000,
  output: 2000,
  funding: 2000,
  timeText: 500,
  path: 60,
  raw: 1000,
  title: 2000,
  number: 60,
  place: 100,
  preamble: 8000,
  kind: 10,
  bases: 60,
  basis: 2000,
  recipients: 200,
  recipient: 500,
  powers: 4,
  post: 200,
  paragraph: 8000,
  paragraphs: 600,
  heading: 500,
  sections: 40,
} as const

/** What a reading may hold of anything: the review shows it whole, and says what a plan would not take. */
const most = 60_000

/** Text on its way through the review: NFC, no control characters; line breaks and blanks as typed, for it is still being typed. */
function words(max: number) {
  return z.string().max(max).overwrite(cleanWords)
}

function cleanWords(value: string): string {
  return value.normalize('NFC').replace(/[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
}

/** `proposed` by the reader, `accepted` as proposed, or `edited` by a person, which accepts it too. */
export const FieldState = z.enum(['proposed', 'accepted', 'edited'])
export type FieldState = z.infer<typeof FieldState>

export const ItemState = z.enum(['proposed', 'accepted', 'edited', 'rejected'])
export type ItemState = z.infer<typeof ItemState>

/** Where a task stands in the source, and in which part of the document. */
export const ItemPlace = SourcePlace.extend({ where: TaskWhere.nullable() }).strict()
export type ItemPlace = z.infer<typeof ItemPlace>

function field<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, state: FieldState, place: SourcePlace.strict().nullable() })
}
export type Field<T> = { value: T; state: FieldState; place: SourcePlace | null }

/** The head of the document, each field with its state. `null` is what nobody knows yet. */
export const ProposedHeader = z
  .strictObject({
    kind: field(words(40).nullable()),
    number: field(words(200).nullable()),
    place: field(words(400).nullable()),
    issuedOn: field(PlainDate.nullable()),
    title: field(words(10_000).nullable()),
    preamble: field(words(20_000).nullable()),
    powers: field(z.array(words(400)).max(20)),
    post: field(words(1000).nullable()),
    signer: field(words(1000).nullable()),
    bases: field(z.array(words(10_000)).max(400)),
    recipients: field(z.array(words(5000)).max(1000)),
    periodFrom: field(PlainDate.nullable()),
    periodTo: field(PlainDate.nullable()),
  })
  .meta({ id: 'ProposedHeader' })
export type ProposedHeader = z.infer<typeof ProposedHeader>

/** Who issued it: the words as printed and the body meant. */
export const ProposedIssuer = z
  .strictObject({
    raw: words(2000).nullable(),
    agencyId: Id.nullable(),
    state: FieldState,
    place: SourcePlace.strict().nullable(),
  })
  .meta({ id: 'ProposedIssuer' })
export type ProposedIssuer = z.infer<typeof ProposedIssuer>

/**
 * One duty: `raw` = the body as printed. It goes to one body, or to a class of bodies, or stays words. What could be meant
 * stands once for all duties with the same words, in `ImportDetail.suggestions`.
 */
export const ProposedDuty = z
  .strictObject({
    kind: DutyKind,
    raw: words(5000),
    agencyId: Id.nullable(),
    classCode: z.string().max(100).nullable(),
    state: FieldState,
  })
  .refine((duty) => duty.agencyId === null || duty.classCode === null, 'documents.duty-twofold')
  .meta({ id: 'ProposedDuty' })
export type ProposedDuty = z.infer<typeof ProposedDuty>

/** A time as read or typed; it may still lack its date or rhythm, which `faultsOf` says. */
export const ProposedTime = z
  .strictObject({
    kind: TimeKind,
    text: words(5000),
    from: PlainDate.nullable(),
    to: PlainDate.nullable(),
    frequency: Frequency.nullable(),
  })
  .meta({ id: 'ProposedTime' })
export type ProposedTime = z.infer<typeof ProposedTime>

/**
 * A group or task under review. `isChanged`: a person changed something, so that accepting it makes it `edited`.
 * `mergedFrom` keeps the places of the items that were merged into it.
 */
export const ProposedItem = z
  .strictObject({
    key: z.string().min(1).max(80),
    state: ItemState,
    isChanged: z.boolean(),
    parentKey: z.string().max(80).nullable(),
    kind: z.enum(['group', 'task']),
    path: words(200),
    text: words(60_000),
    output: words(30_000).nullable(),
    funding: words(30_000).nullable(),
    time: ProposedTime.nullable(),
    duties: z.array(ProposedDuty).max(400),
    source: ItemPlace.nullable(),
    mergedFrom: z.array(z.strictObject({ key: z.string().min(1).max(80), source: ItemPlace.nullable() })).max(500),
  })
  .meta({ id: 'ProposedItem' })
export type ProposedItem = z.infer<typeof ProposedItem>

/** Words of the document that are no task, as they go into the plan: a part, or a section of a heading of its own. */
export const ProposedProse = z
  .strictObject({
    key: z.string().min(1).max(80),
    part: ProsePart,
    heading: words(most).nullable(),
    paragraphs: z.array(words(most)).max(most),
    state: ItemState,
    source: SourcePlace.strict().nullable(),
  })
  .meta({ id: 'ProposedProse' })
export type ProposedProse = z.infer<typeof ProposedProse>

/** What a person reviews: nothing of it enters a plan unconfirmed. */
export const ReviewedProposal = z
  .strictObject({
    header: ProposedHeader,
    issuer: ProposedIssuer,
    items: z.array(ProposedItem).max(planLimits.items),
    prose: z.array(ProposedProse).max(most).default([]),
  })
  .meta({ id: 'ReviewedProposal' })
export type ReviewedProposal = z.infer<typeof ReviewedProposal>

/** The whole: what is reviewed, and what is only shown and kept with the plan's source. */
export const ImportProposal = ReviewedProposal.extend({
  reporting: z.array(ReadReporting),
  targets: z.array(ReadTarget),
  warnings: z.array(ReadingWarning),
}).meta({ id: 'ImportProposal' })
export type ImportProposal = z.infer<typeof ImportProposal>
