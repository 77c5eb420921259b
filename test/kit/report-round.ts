import { sql } from 'kysely'
import { measureId } from '#indicators'
import type { FormDefinition, RegimeDefinition } from '#reporting/model'
import { bodyId, type BodyName, type PlanWorld } from './plan-world.ts'

const words = (vi: string) => ({ vi, en: `${vi} (en)`, fr: `${vi} (fr)` })
const day = (month: number, date: number, year = 0) => ({ year, month, day: date })
const halves = (first: ReturnType<typeof day>, second: ReturnType<typeof day>) => ({
  kind: 'days' as const,
  days: { S1: first, S2: second },
})
const nobody = { classes: [], functions: [], agencies: [], except: [] }

/** Bodies of the round by tier: three communes, a department and a court beside it, their province, and the owner. */
export const roundBodies = {
  commune: ['lunda', 'havn', 'askog'],
  office: ['northHealth', 'northCourt'],
  province: ['north'],
} as const satisfies Record<string, readonly BodyName[]>

/** A half-yearly regime of the ministry: communes 10 May, offices 12 May, province 18 May, ministry 25 May, estimates asked. */
export function aRegimeDefinition(over: Partial<RegimeDefinition> = {}): RegimeDefinition {
  const tier = (code: keyof typeof roundBodies, to: string, due: RegimeDefinition['rootDue']) => ({
    ...{ code, names: words(`Tier ${code}`), to, due },
    who: { ...nobody, agencies: roundBodies[code].map((name) => bodyId(name)) },
  })
  return {
    names: words('Rapport om bårn'),
    ...{ kind: 'periodic', content: 'Bårn i vårder', legalBases: ['Lov 9/2029'], sending: 'Elektronisk' },
    window: { kind: 'calendar', calendar: 'tl-report', frequency: 'half-year' },
    cutOff: { kind: 'after-end', days: 0 },
    asksEstimates: true,
    tiers: [
      tier('commune', 'province', halves(day(5, 10), day(11, 5))),
      tier('office', 'province', halves(day(5, 12), day(11, 7))),
      tier('province', 'owner', halves(day(5, 18), day(11, 13))),
    ],
    rootDue: halves(day(5, 25), day(11, 20)),
    ...{
      graceDays: 0,
      lockAfterDays: 60,
      opensDaysBefore: null,
      onHoliday: 'stands',
      remindDays: [14, 3, 0],
      escalateAfterDays: 3,
    },
    ...over,
  }
}

/** A form with a section of each of the six kinds. */
export function aFormDefinition(over: Partial<FormDefinition> = {}): FormDefinition {
  const head = (key: string, heading: string, isRequired = false) => ({
    ...{ key, heading: words(heading), guidance: words(`${heading}?`), isRequired },
  })
  return {
    title: words('Rapport om bårn'),
    sections: [
      { kind: 'narrative', ...head('situation', 'Situasjon', true), wordLimit: 500 },
      { kind: 'tasks', ...head('tasks', 'Oppgaver') },
      {
        ...{ kind: 'figures', ...head('figures', 'Tall', true), showsBefore: true, showsPlan: true },
        rows: [
          { key: 'vaccinated', measureId: measureId('lov-1'), breakdown: '', label: {}, isRequired: true },
          { key: 'hurt', measureId: measureId('lov-2a'), breakdown: '', label: words('Skadde'), isRequired: false },
        ],
      },
      {
        ...{ kind: 'money', ...head('money', 'Penger') },
        rows: [{ key: 'care', label: words('Omsorg') }],
        sources: [
          { key: 'budget', label: words('Budsjett') },
          { key: 'aid', label: words('Bistand') },
        ],
      },
      {
        ...{ kind: 'obstacles', ...head('obstacles', 'Hindringer') },
        themes: [
          { key: 'people', label: words('Folk') },
          { key: 'money', label: words('Penger') },
        ],
      },
      { kind: 'attachments', ...head('papers', 'Vedlegg'), most: 3 },
    ],
    ...over,
  }
}

/** One obligation of a round as the table has it. */
export type LaidObligation = {
  id: string
  agencyId: string
  addressedId: string
  tier: string
  receiverId: string | null
  parentId: string | null
  above: string[]
  dueOn: string
  isRequested: boolean
  state: string
  mergedIntoId: string | null
}

export type ReportRound = {
  regimeId: string
  formId: string
  roundId: string
  /** The obligation of a body, by the body's short name; the owner's own under `ministry`. */
  of: (name: BodyName) => LaidObligation
}

let codes = 0

/** A regime and a form of the ministry, both issued by a second person. */
export async function aRegime(
  world: PlanWorld,
  over: { regime?: Partial<RegimeDefinition>; form?: Partial<FormDefinition> } = {},
): Promise<{ regimeId: string; formId: string }> {
  const definition = aRegimeDefinition(over.regime)
  const begun = { code: `R-${++codes}`, definition, effectiveFrom: '2030-12-01' }
  const { id } = await world.done('ministry officer', 'POST', '/reporting/regimes', begun)
  const at = `/reporting/regimes/${String(id)}`
  await world.done('ministry approver', 'POST', `${at}/issue`, { version: 1 })
  await world.done('ministry officer', 'PUT', `${at}/form`, { definition: aFormDefinition(over.form), version: null })
  const form = await world.done('ministry approver', 'POST', `${at}/form/issue`, { version: 1 })
  return { regimeId: String(id), formId: String(form.id) }
}

/**
 * A round in testland with everything a report needs: three communes, a department, a court (requested), their province and the
 * ministry that owns the regime. On the world's clock (2031-03-04) the period `tl-report:2031-S1` (10 December 2030 to 9 June 2031) is
 * open; Askog is merged into Havn on 1 July 2032 by the country's own data.
 */
export async function aReportRound(
  world: PlanWorld,
  over: { regime?: Partial<RegimeDefinition>; form?: Partial<FormDefinition>; period?: string } = {},
): Promise<ReportRound> {
  const { regimeId, formId } = await aRegime(world, over)
  const period = { period: over.period ?? 'tl-report:2031-S1' }
  const { id } = await world.done('ministry approver', 'POST', `/reporting/regimes/${regimeId}/rounds`, period)
  const roundId = String(id)
  const laid = await obligationsOf(world, roundId)
  return {
    ...{ regimeId, formId, roundId },
    of: (name) => {
      const found = laid.find(({ addressedId }) => addressedId === bodyId(name))
      if (found === undefined) throw new Error(`${name} owes nothing in this round`)
      return found
    },
  }
}

/** The obligations of a round, past both walls. */
export function obligationsOf(world: PlanWorld, roundId: string): Promise<LaidObligation[]> {
  return world.rows(
    sql<LaidObligation>`select id, agency_id, addressed_id, tier, receiver_id, parent_id, above, due_on, is_requested, state, merged_into_id
      from reporting.obligation where round_id = ${roundId}::uuid order by tier, addressed_id`,
  )
}
