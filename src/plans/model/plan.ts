import { z } from 'zod'
import { Id, Instant, PlainDate, Version } from '#platform/model'
import { AnsweredRecommendation } from './answer.ts'
import { DutyKind, Frequency, NamedMilestone, PlanAct, PlanProse, PlanState, SourcePlace, TimeKind } from './draft.ts'
import { AgencyName, FourNumbers } from './numbers.ts'

export const PlanSummary = z
  .object({
    id: Id,
    title: z.string(),
    state: PlanState,
    kind: z.string(),
    number: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    level: z.enum(['central', 'province', 'district', 'commune']),
    issuer: AgencyName,
    owner: AgencyName,
    isInvented: z.boolean(),
    numbers: FourNumbers,
    parentIds: z.array(Id),
  })
  .meta({ id: 'PlanSummary' })
export type PlanSummary = z.infer<typeof PlanSummary>

export const Duty = z
  .object({
    id: Id,
    kind: DutyKind,
    raw: z.string(),
    addressed: AgencyName.nullable(),
    classCode: z.string().nullable(),
    /** Real bodies behind it, counted; the list is a request of its own. */
    bodyCount: z.number().int(),
    /** Today's holders when they are few (at most five). */
    holders: z.array(AgencyName),
    /** The class or body no longer exists and its successors hold the duty. */
    follows: z.boolean(),
  })
  .meta({ id: 'Duty' })
export type Duty = z.infer<typeof Duty>

export const PlanNode = z
  .object({
    id: Id,
    parentId: Id.nullable(),
    kind: z.enum(['group', 'task']),
    path: z.string(),
    text: z.string(),
    output: z.string().nullable(),
    funding: z.string().nullable(),
    time: z
      .object({
        kind: TimeKind,
        text: z.string(),
        from: PlainDate.nullable(),
        to: PlainDate.nullable(),
        frequency: Frequency.nullable(),
      })
      .nullable(),
    duties: z.array(Duty),
    programmes: z.array(z.string()),
    bases: z.array(z.string()),
    milestones: z.array(NamedMilestone),
    source: SourcePlace.nullable(),
    numbers: FourNumbers,
    /** Other plans that work of this task serves too, among those one may see. */
    joinedPlans: z.array(
      z.object({ occurrenceId: Id, planId: Id, planTitle: z.string(), planNumber: z.string().nullable() }),
    ),
    /** Recommendations the task answers. */
    answers: z.array(AnsweredRecommendation.omit({ answerId: true, text: true, translation: true, version: true })),
    derivedFrom: z.array(z.object({ planId: Id, nodeId: Id, kind: z.enum(['taken-over', 'adapted']) })),
  })
  .meta({ id: 'PlanNode' })
export type PlanNode = z.infer<typeof PlanNode>

export const PlanVersionSummary = z
  .object({
    id: Id,
    ordinal: z.number().int(),
    act: PlanAct,
    state: z.enum(['draft', 'issued']),
    number: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    title: z.string(),
    reason: z.string().nullable(),
    issuedAt: Instant.nullable(),
  })
  .meta({ id: 'PlanVersionSummary' })
export type PlanVersionSummary = z.infer<typeof PlanVersionSummary>

export const NodePart = z
  .enum(['path', 'text', 'place', 'time', 'output', 'funding', 'duties', 'programmes', 'bases', 'milestones'])
  .meta({ id: 'NodePart' })
export type NodePart = z.infer<typeof NodePart>

const ChangedNode = z.object({ nodeId: Id, kind: z.enum(['group', 'task']), path: z.string(), text: z.string() })

/** What a document made of the one before it: tasks and groups it added, left out, or says otherwise, and in which parts. */
export const PlanChanges = z
  .object({
    /** The document that made the change; null when nothing has changed this one. */
    by: PlanVersionSummary.nullable(),
    added: z.array(ChangedNode),
    removed: z.array(ChangedNode),
    changed: z.array(ChangedNode.extend({ parts: z.array(NodePart) })),
  })
  .meta({ id: 'PlanChanges' })
export type PlanChanges = z.infer<typeof PlanChanges>

/** A plan with one of its versions whole: the issued one, an older one, or the draft for those who write it. */
export const PlanDetail = PlanSummary.extend({
  versionId: Id,
  version: Version,
  act: PlanAct,
  versionState: z.enum(['draft', 'issued']),
  header: z.object({
    kind: z.string(),
    number: z.string().nullable(),
    place: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    title: z.string(),
    preamble: z.string().nullable(),
    signature: z.object({ powers: z.array(z.string()), post: z.string(), name: z.string() }),
    bases: z.array(z.string()),
    recipients: z.array(z.string()),
    prose: PlanProse,
    periodFrom: PlainDate.nullable(),
    periodTo: PlainDate.nullable(),
  }),
  nodes: z.array(PlanNode),
  versions: z.array(PlanVersionSummary),
  /** The document that changed the version shown; null for the newest and for a draft. */
  changedBy: PlanVersionSummary.nullable(),
  files: z.array(
    z.object({
      id: Id,
      name: z.string(),
      size: z.number().int(),
      sha256: z.string(),
      mediaType: z.string(),
      storedAt: Instant,
    }),
  ),
  parents: z.array(z.object({ id: Id, title: z.string(), number: z.string().nullable(), issuer: z.string() })),
  children: z.object({ issued: z.number().int(), drafting: z.number().int() }),
  may: z.object({ edit: z.boolean(), issue: z.boolean(), amend: z.boolean(), derive: z.boolean() }),
}).meta({ id: 'PlanDetail' })
export type PlanDetail = z.infer<typeof PlanDetail>
