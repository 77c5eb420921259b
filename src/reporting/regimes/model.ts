import { z } from 'zod'
import { AgencyRef } from '#agencies/model'
import { Id, Instant, LocalizedText, PageQuery, PlainDate, Version, pageOf, text } from '#platform/model'
import { DaysOff } from '../model/calendar.ts'
import { FormDefinition } from '../model/form.ts'
import { NotOpened, RegimeDefinition, ReportPeriod, RoundDates } from '../model/regime.ts'
import { ReportState } from '../model/states.ts'
import { FromDocument, RegimeWordsRead } from './from-document/model.ts'
import { Calendar } from '#indicators/model'

const RegimeCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/)

/** A new regime with its first draft. */
export const DraftRegime = z
  .strictObject({
    code: RegimeCode,
    definition: RegimeDefinition,
    effectiveFrom: PlainDate,
    /** The words of an imported document it is begun from. */
    from: FromDocument.optional(),
  })
  .meta({ id: 'DraftRegime' })
export type DraftRegime = z.infer<typeof DraftRegime>

/** The draft of the next version; `version` null where there is none yet. */
export const SaveRegime = z
  .strictObject({ definition: RegimeDefinition, effectiveFrom: PlainDate, version: Version.nullable() })
  .meta({ id: 'SaveRegime' })
export type SaveRegime = z.infer<typeof SaveRegime>

export const SaveForm = z
  .strictObject({ definition: FormDefinition, version: Version.nullable() })
  .meta({ id: 'SaveForm' })
export type SaveForm = z.infer<typeof SaveForm>

export const RegimeState = z.enum(['draft', 'in-force', 'ended']).meta({ id: 'RegimeState' })
export type RegimeState = z.infer<typeof RegimeState>

/** A regime in the list, as its newest issued version says it, else its draft. */
export const RegimeRow = z
  .object({
    id: Id,
    code: z.string(),
    state: RegimeState,
    names: RegimeDefinition.shape.names,
    kind: RegimeDefinition.shape.kind,
    agencyId: Id,
    agencyName: z.string(),
    isOwn: z.boolean(),
    effectiveFrom: PlainDate,
    hasDraft: z.boolean(),
    rounds: z.int(),
    openRounds: z.int(),
  })
  .meta({ id: 'RegimeRow' })
export type RegimeRow = z.infer<typeof RegimeRow>

export const OpenRound = z.strictObject({ period: ReportPeriod }).meta({ id: 'OpenRound' })

const Sentence = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })

/** What opening a round would lay on whom, before it is done. */
export const RoundTrial = z
  .object({
    period: ReportPeriod,
    periodFrom: PlainDate,
    periodTo: PlainDate,
    cutOffOn: PlainDate,
    owedOn: PlainDate,
    lockOn: PlainDate.nullable(),
    /** Why it cannot be opened; empty: it can. */
    obstacles: z.array(Sentence),
    tiers: z.array(
      z.object({
        code: z.string(),
        dueOn: PlainDate,
        isDueSure: z.boolean(),
        owed: z.int(),
        requested: z.int(),
        merged: z.int(),
        withdrawn: z.int(),
      }),
    ),
    /** Bodies no report of the tier above takes in: their reports go straight to the owner. */
    aboveNone: z.array(AgencyRef),
    aboveNoneCount: z.int(),
    /** Bodies that would owe at two tiers, or have two receivers: the regime must say which. */
    twice: z.array(AgencyRef),
    severalReceivers: z.array(AgencyRef),
  })
  .meta({ id: 'RoundTrial' })
export type RoundTrial = z.infer<typeof RoundTrial>

const reason = text(2_000)
export const ChangeObligation = z.strictObject({ reason, version: Version }).meta({ id: 'ChangeObligation' })
export const ExtendObligation = z
  .strictObject({ dueOn: PlainDate, reason, version: Version })
  .meta({ id: 'ExtendObligation' })

/** How an obligation stands, its report's state included. */
export const ReportStanding = z.enum(['not-begun', ...ReportState.options, 'exempt', 'merged', 'withdrawn'])
export type ReportStanding = z.infer<typeof ReportStanding>

/** How many days a report is late, in groups. */
export const LateDays = z.enum(['to-3', 'to-7', 'to-30', 'over-30'])
export type LateDays = z.infer<typeof LateDays>

const Kept = {
  savedAt: Instant,
  savedBy: z.string().nullable(),
  issuedAt: Instant.nullable(),
  issuedBy: z.string().nullable(),
}
const State = z.enum(['draft', 'issued'])

export const RegimeVersionRow = z
  .object({
    number: z.int(),
    state: State,
    definition: RegimeDefinition,
    effectiveFrom: PlainDate,
    version: Version,
    ...Kept,
  })
  .meta({ id: 'RegimeVersion' })
export type RegimeVersionRow = z.infer<typeof RegimeVersionRow>

export const FormRow = z
  .object({ id: Id, number: z.int(), state: State, definition: FormDefinition, version: Version, ...Kept })
  .meta({ id: 'ReportForm' })
export type FormRow = z.infer<typeof FormRow>

/** A round in few words. Counts are of what the reader sees. */
export const RoundRow = z
  .object({
    id: Id,
    regimeId: Id,
    period: ReportPeriod,
    periodFrom: PlainDate,
    periodTo: PlainDate,
    cutOffOn: PlainDate,
    owedOn: PlainDate,
    dates: RoundDates,
    state: z.enum(['open', 'closed']),
    openedAt: Instant,
    owed: z.int(),
    sent: z.int(),
    overdue: z.int(),
  })
  .meta({ id: 'ReportRound' })
export type RoundRow = z.infer<typeof RoundRow>

/** Rounds of a regime by pages. `years`: in which there are rounds, the newest first, whichever is asked. */
export const RegimeRounds = pageOf(RoundRow)
  .extend({ years: z.array(z.int()) })
  .meta({ id: 'RegimeRounds' })
export type RegimeRounds = z.infer<typeof RegimeRounds>

/** `year`: that of the name of the period. */
export const RoundsQuery = PageQuery.extend({ year: z.coerce.number().int().min(1900).max(2999).optional() })
export type RoundsQuery = z.infer<typeof RoundsQuery>

/** A regime whole: what it says, its forms and the periods opened. `names` of bodies it names. */
export const RegimeDetail = z
  .object({
    id: Id,
    code: z.string(),
    state: RegimeState,
    agencyId: Id,
    agencyName: z.string(),
    isOwn: z.boolean(),
    version: Version,
    versions: z.array(RegimeVersionRow),
    forms: z.array(FormRow),
    /** Periods of which a round was opened, whoever sees it; the rounds are read by pages. */
    opened: z.array(ReportPeriod),
    bodies: z.array(AgencyRef),
    /** The words of a document it was begun from; null: begun otherwise. */
    wordsRead: RegimeWordsRead.nullable(),
    /** Why the next period could not be opened by itself; null: nothing stands in the way. */
    notOpened: NotOpened.nullable(),
  })
  .meta({ id: 'RegimeDetail' })
export type RegimeDetail = z.infer<typeof RegimeDetail>

export const RoundDetail = RoundRow.extend({
  code: z.string(),
  definition: RegimeDefinition,
  form: z.object({ id: Id, number: z.int(), definition: FormDefinition }),
  agencyId: Id,
  agencyName: z.string(),
  isOwn: z.boolean(),
}).meta({ id: 'RoundDetail' })
export type RoundDetail = z.infer<typeof RoundDetail>

export const ObligationRow = z
  .object({
    id: Id,
    roundId: Id,
    tier: z.string(),
    addressedId: Id,
    addressedName: z.string(),
    agencyId: Id,
    agencyName: z.string(),
    receiverId: Id.nullable(),
    receiverName: z.string().nullable(),
    dueOn: PlainDate,
    isRequested: z.boolean(),
    isOverdue: z.boolean(),
    /** Days since the due day, where it is overdue. */
    lateDays: z.int().nullable(),
    standing: ReportStanding,
    reason: z.string().nullable(),
    sentAt: Instant.nullable(),
    /** The acting body may free it or give it more time. */
    mayChange: z.boolean(),
    /** Still to be sent, and consolidated by the acting body or below it: it may urge. */
    mayUrge: z.boolean(),
    version: Version,
  })
  .meta({ id: 'Obligation' })
export type ObligationRow = z.infer<typeof ObligationRow>

const Choice = z.object({ code: z.string(), name: z.string() })

/** What whoever writes a regime chooses from: calendars and days off of the country, classes of bodies, fields of work, presets. */
export const RegimeChoices = z
  .object({
    calendars: z.array(Calendar),
    daysOff: DaysOff,
    classes: z.array(Choice),
    functions: z.array(Choice),
    presets: z.array(
      z.object({
        code: z.string(),
        names: LocalizedText,
        definition: RegimeDefinition,
        form: FormDefinition,
      }),
    ),
  })
  .meta({ id: 'RegimeChoices' })
export type RegimeChoices = z.infer<typeof RegimeChoices>
