import { z } from 'zod'
import { AgencyRef } from '#agencies/model'
import { Id, PlainDate, Version } from '#platform/model'
import { FormDefinition, RegimeDefinition, ReportPeriod } from '../model.ts'

const RegimeCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/)

/** A new regime with its first draft. */
export const DraftRegime = z
  .strictObject({ code: RegimeCode, definition: RegimeDefinition, effectiveFrom: PlainDate })
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
