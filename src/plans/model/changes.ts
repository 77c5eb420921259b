import { z } from 'zod'
import { Id, Instant, pageOf, text } from '#platform/model'
import { DecideTags, TagValue } from '#recommendations/model'
import { DraftTime, DutyInput, DutyKind, NodeInput } from './draft.ts'
import { ProgressState, ProgressStatus } from './work.ts'

/** How much may be changed at once. */
export const changeLimits = {
  records: 5000,
  sheetBytes: 8_000_000,
  draftRows: 5000,
  progressRows: 2000,
  label: 60,
  labels: 40,
} as const

/** A short word a body lays on tasks for itself. */
export const Label = text(changeLimits.label)

/** Where a group or task stands: below which one, after which of those beside it; `name` for people. */
export const Place = z
  .strictObject({ parentId: z.string().nullable(), afterId: z.string().nullable(), name: z.string() })
  .meta({ id: 'Place' })
export type Place = z.infer<typeof Place>

export const SaidProgress = z
  .strictObject({
    status: ProgressStatus,
    narrative: z.string(),
    evidenceNote: z.string().nullable(),
    state: ProgressState,
  })
  .meta({ id: 'SaidProgress' })
export type SaidProgress = z.infer<typeof SaidProgress>

const NewNode = z.strictObject({ node: NodeInput, afterId: z.string().nullable() })

/** One field of one record: the value it had, and the one it gets. `node`: a group or task that was not there. */
export const Change = z
  .discriminatedUnion('field', [
    z.strictObject({
      field: z.enum(['text', 'path', 'output', 'funding']),
      was: z.string().nullable(),
      becomes: z.string().nullable(),
    }),
    z.strictObject({ field: z.literal('time'), was: DraftTime.nullable(), becomes: DraftTime.nullable() }),
    z.strictObject({ field: z.literal('duties'), was: z.array(DutyInput), becomes: z.array(DutyInput) }),
    z.strictObject({
      field: z.enum(['programmes', 'bases', 'labels']),
      was: z.array(z.string()),
      becomes: z.array(z.string()),
    }),
    /** Terms of a recommendation. */
    z.strictObject({ field: z.literal('tags'), was: z.array(TagValue), becomes: z.array(TagValue) }),
    z.strictObject({ field: z.literal('place'), was: Place, becomes: Place }),
    z.strictObject({ field: z.literal('node'), was: NewNode.nullable(), becomes: NewNode.nullable() }),
    z.strictObject({ field: z.literal('progress'), was: SaidProgress.nullable(), becomes: SaidProgress.nullable() }),
  ])
  .meta({ id: 'Change' })
export type Change = z.infer<typeof Change>

export const ChangeOutcome = z.enum(['waiting', 'done', 'left']).meta({ id: 'ChangeOutcome' })
export type ChangeOutcome = z.infer<typeof ChangeOutcome>

export const ChangeRow = z
  .object({
    rank: z.number().int(),
    recordId: Id,
    name: z.string(),
    /** The row of the spreadsheet it came from. */
    rowNumber: z.number().int().nullable(),
    change: Change,
    outcome: ChangeOutcome,
    /** Why it was left, as a code and in words. */
    reason: z.object({ code: z.string(), title: z.string() }).nullable(),
  })
  .meta({ id: 'ChangeRow' })
export type ChangeRow = z.infer<typeof ChangeRow>

/** A record or row that makes no change, and why. */
export const RefusedRow = z
  .object({
    rowNumber: z.number().int().nullable(),
    /** The address of the cell, as spreadsheets write it. */
    cell: z.string().nullable(),
    name: z.string(),
    code: z.string(),
    title: z.string(),
  })
  .meta({ id: 'RefusedRow' })
export type RefusedRow = z.infer<typeof RefusedRow>

export const ChangeSet = z
  .object({
    id: Id,
    about: z.enum(['draft', 'labels', 'progress', 'tags']),
    source: z.enum(['bulk', 'sheet', 'undo']),
    state: z.enum(['previewed', 'applied']),
    plan: z.object({ id: Id, title: z.string() }).nullable(),
    fileName: z.string().nullable(),
    /** The set this one took back. */
    undoes: Id.nullable(),
    isUndone: z.boolean(),
    isSent: z.boolean(),
    personName: z.string().nullable(),
    madeAt: Instant,
    appliedAt: Instant.nullable(),
    counts: z.object({
      /** Records or rows looked at. */
      seen: z.number().int(),
      /** Of them, those with at least one change. */
      changing: z.number().int(),
      refused: z.number().int(),
      waiting: z.number().int(),
      done: z.number().int(),
      left: z.number().int(),
    }),
    may: z.object({ apply: z.boolean(), undo: z.boolean() }),
  })
  .meta({ id: 'ChangeSet' })
export type ChangeSet = z.infer<typeof ChangeSet>

/** A change set with one page of its changes, and the rows it refused (the first of them). */
export const ChangeSetDetail = ChangeSet.extend({
  changes: pageOf(ChangeRow),
  refused: z.array(RefusedRow),
}).meta({ id: 'ChangeSetDetail' })
export type ChangeSetDetail = z.infer<typeof ChangeSetDetail>

/** `isPartial`: the good rows though others are refused. `isSent`: progress is sent as well, not only saved. */
export const ApplyChanges = z.strictObject({ isPartial: z.boolean(), isSent: z.boolean().default(false) })
export type ApplyChanges = z.infer<typeof ApplyChanges>

/** A body or class with what it owes, to be laid on all chosen tasks or taken from all; who is not named stays as he is. */
const DutyWish = z.strictObject({
  kind: DutyKind,
  raw: text(1000),
  addressedId: Id.nullable(),
  classCode: z.string().max(100).nullable(),
  isOn: z.boolean(),
})

/** What is to become of many groups and tasks of a draft; what is not named stays. */
export const DraftEdit = z.strictObject({
  nodeIds: z.array(Id).min(1).max(changeLimits.records),
  duties: z.array(DutyWish).max(80).default([]),
  programmes: z
    .array(z.strictObject({ code: z.string().max(80), isOn: z.boolean() }))
    .max(40)
    .default([]),
  time: DraftTime.nullable().optional(),
  output: text(2000).nullable().optional(),
  funding: text(2000).nullable().optional(),
  /** Moved below this group, or to the top. */
  place: z.strictObject({ parentId: Id.nullable() }).optional(),
})
export type DraftEdit = z.infer<typeof DraftEdit>

/** Labels laid on the tasks behind chosen pieces of work, or taken away. */
export const LabelEdit = z.strictObject({
  workIds: z.array(Id).min(1).max(changeLimits.records),
  labels: z
    .array(z.strictObject({ label: Label, isOn: z.boolean() }))
    .min(1)
    .max(changeLimits.labels),
})
export type LabelEdit = z.infer<typeof LabelEdit>

/** Terms confirmed or refused on many recommendations. */
export const TagEdit = DecideTags
export type TagEdit = z.infer<typeof TagEdit>
