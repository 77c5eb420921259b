import { Temporal } from 'temporal-polyfill'
import { conflict, invalid, type FieldFault } from '#platform'
import type { AgencyLevel } from '#agencies/model'
import type { MeasureSays } from '#indicators/model'
import type {
  DutyKind,
  Frequency,
  ImplementationStatus,
  NodeInput,
  OrderFault,
  PlanAct,
  PlanChanges,
  PlanHeader,
  PlanState,
  ProgressState,
  TaskTime,
} from './model.ts'
import { NodePart } from './model/plan.ts'
import { readinessFaults, type KnownOfDraft } from './model/readiness.ts'

export type DueInstance = { period: string; dueOn: string | null }

type Span = { issuedOn: string; periodTo: string | null; until: string }

/**
 * The pieces of work a task's time makes, each with the day it is due (design §3.4).
 * Range and by: the end date. Recurring: one per period that begins before `until`, due on its last day, from the
 * task's first day (else the day of issue) to its last (else the plan's). Continuous, on event, undated, daily: one
 * without a due date, for nobody can be late with it.
 */
export function dueInstances(time: TaskTime | null, span: Span): DueInstance[] {
  if (time === null) return [{ period: 'all', dueOn: null }]
  switch (time.kind) {
    case 'continuous':
    case 'on-event':
      return [{ period: 'all', dueOn: null }]
    case 'by':
    case 'range':
      return [{ period: 'all', dueOn: time.to }]
    case 'recurring':
      return time.frequency === null || time.frequency === 'day'
        ? [{ period: 'all', dueOn: null }]
        : recurring(time.frequency, time, span)
  }
}

/** Periods one task may count: over twenty years of weeks. A date of another century is a slip of the pen. */
export const mostPeriods = 1200

function recurring(frequency: Exclude<Frequency, 'day'>, time: TaskTime, span: Span): DueInstance[] {
  const last = [time.to, span.periodTo, span.until].filter((day) => day !== null).sort()[0] ?? span.until
  const instances: DueInstance[] = []
  let period = periodOf(frequency, Temporal.PlainDate.from(time.from ?? span.issuedOn))
  while (period.first.toString() <= last && instances.length <= mostPeriods) {
    instances.push({ period: period.name, dueOn: period.last.toString() })
    period = periodOf(frequency, period.last.add({ days: 1 }))
  }
  return instances
}

type Period = { name: string; first: Temporal.PlainDate; last: Temporal.PlainDate }

/** The calendar period that holds a day: `2026-W07`, `2026-02`, `2026-Q1`, `2026-H1`, `2026`. */
export function periodOf(frequency: Exclude<Frequency, 'day'>, day: Temporal.PlainDate): Period {
  if (frequency === 'week') {
    const first = day.subtract({ days: day.dayOfWeek - 1 })
    return {
      name: `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`,
      first,
      last: first.add({ days: 6 }),
    }
  }
  const months = { month: 1, quarter: 3, 'half-year': 6, year: 12 }[frequency]
  const index = Math.floor((day.month - 1) / months)
  const first = day.with({ month: index * months + 1, day: 1 })
  const last = first.add({ months }).subtract({ days: 1 })
  const name = {
    month: `-${String(day.month).padStart(2, '0')}`,
    quarter: `-Q${index + 1}`,
    'half-year': `-H${index + 1}`,
    year: '',
  }[frequency]
  return { name: `${day.year}${name}`, first, last }
}

/**
 * Which of a task's duties make work that is counted: the leads; where a task has no lead, the requested bodies, apart
 * (design §3.3–3.4).
 */
export function countedDuties<T extends { kind: DutyKind }>(duties: T[]): { duty: T; isRequested: boolean }[] {
  const leads = duties.filter((duty) => duty.kind === 'lead')
  const counted = leads.length > 0 ? leads : duties.filter((duty) => duty.kind === 'requested')
  return counted.map((duty) => ({ duty, isRequested: duty.kind === 'requested' }))
}

/** What the rule of orders needs to know of an issuer and a body on one day. */
export type OrderFacts = {
  /** The body is the issuer, or answers to it directly or through others. */
  isInLine: boolean
  /** The issuer answers to the body. */
  isAbove: boolean
  /** The body's ground is the issuer's, or lies in it. */
  isOnGround: boolean
  /** `governs`: it leads the whole executive of its ground, or answers to it for the plan's field over the whole country. */
  issuer: { level: AgencyLevel; isExecutive: boolean; governs: boolean }
  body: { level: AgencyLevel; isExecutive: boolean }
}

const tiers: AgencyLevel[] = ['central', 'province', 'district', 'commune']

/**
 * Whether an issuer may give a body lead or support, or why it may only request it (đề nghị): one's own line always; else
 * only bodies of the executive, of one's own tier or below, on one's own ground, and only if one governs that ground.
 * Courts, procuracies and the Front with its unions stand under no executive.
 * @source domain.md §1 fact 6, design.md §3.3
 */
export function orderFault(facts: OrderFacts): OrderFault | null {
  const { issuer, body } = facts
  if (facts.isInLine) return null
  if (!body.isExecutive || !issuer.isExecutive) return 'not-executive'
  if (facts.isAbove || tiers.indexOf(body.level) < tiers.indexOf(issuer.level)) return 'above'
  if (!facts.isOnGround) return 'elsewhere'
  return issuer.governs ? null : 'beside'
}

/** What a plan may become by an issued act; anything else is a conflict. */
const statesAfter: Record<PlanAct, PlanState> = {
  original: 'issued',
  amending: 'issued',
  correcting: 'issued',
  replacing: 'issued',
  annulling: 'annulled',
}

export function stateAfter(state: PlanState, act: PlanAct): PlanState {
  if (act === 'original' ? state !== 'draft' : state !== 'issued') throw conflict('plans.act-not-possible')
  return statesAfter[act]
}

/**
 * Refuses to issue what is not whole.
 * @throws invalid `plans.not-ready-to-issue` with the faults of each field
 */
export function checkReadyToIssue(
  draft: { header: PlanHeader; nodes: NodeInput[] },
  act: PlanAct,
  known: KnownOfDraft,
): void {
  const faults: FieldFault[] = readinessFaults(draft, act, known)
  if (faults.length > 0) throw invalid('plans.not-ready-to-issue', { count: faults.length }, faults)
}

/**
 * The shape of a draft's tree: keys once, parents that exist and are groups or tasks above, no circle.
 * @throws invalid `plans.tree-broken`
 */
export function checkTree(nodes: NodeInput[]): void {
  const faults: FieldFault[] = []
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  if (byKey.size !== nodes.length) faults.push({ pointer: '/nodes', code: 'plans.key-twice' })
  nodes.forEach((node, at) => {
    const above = new Set([node.key])
    for (let parent = node.parentKey; parent !== null; parent = byKey.get(parent)?.parentKey ?? null) {
      if (above.has(parent) || !byKey.has(parent)) {
        faults.push({ pointer: `/nodes/${at}/parentKey`, code: 'plans.parent-unknown' })
        break
      }
      above.add(parent)
    }
  })
  if (faults.length > 0) throw invalid('plans.tree-broken', {}, faults)
}

/** The moves of a progress update. Returned is rewritten by its body and sent again; accepted stays. */
const progressMoves: Record<'save' | 'submit' | 'return' | 'accept', { from: ProgressState[]; to: ProgressState }> = {
  save: { from: ['draft', 'returned'], to: 'draft' },
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  return: { from: ['submitted'], to: 'returned' },
  accept: { from: ['submitted'], to: 'accepted' },
}

/** @throws conflict `plans.progress-not-in-that-state` */
export function moveProgress(state: ProgressState, act: keyof typeof progressMoves): ProgressState {
  const move = progressMoves[act]
  if (!move.from.includes(state)) throw conflict('plans.progress-not-in-that-state')
  return move.to
}

/** What a document made of the one before it, node by node: a node keeps its key through all versions of its plan. */
export function changesBetween(before: NodeInput[], after: NodeInput[]): Omit<PlanChanges, 'by'> {
  const earlier = new Map(before.map((node) => [node.key, node]))
  const later = new Set(after.map((node) => node.key))
  const named = ({ key, kind, path, text }: NodeInput) => ({ nodeId: key, kind, path, text })
  return {
    added: after.filter((node) => !earlier.has(node.key)).map(named),
    removed: before.filter((node) => !later.has(node.key)).map(named),
    changed: after.flatMap((node) => {
      const was = earlier.get(node.key)
      const parts = was === undefined ? [] : changedParts(was, node)
      return parts.length === 0 ? [] : [{ ...named(node), parts }]
    }),
  }
}

function changedParts(was: NodeInput, is: NodeInput): NodePart[] {
  const said: Record<NodePart, (node: NodeInput) => unknown> = {
    path: (node) => node.path,
    text: (node) => node.text,
    place: (node) => node.parentKey,
    time: ({ time }) => time && [time.kind, time.text, time.from, time.to, time.frequency],
    output: (node) => node.output,
    funding: (node) => node.funding,
    duties: (node) => node.duties.map((duty) => [duty.kind, duty.raw, duty.addressedId, duty.classCode]),
    programmes: (node) => node.programmes.toSorted(),
    bases: (node) => node.bases.toSorted(),
    milestones: (node) => (node.milestones ?? []).map(({ text, dueOn }) => [text, dueOn]),
  }
  return NodePart.options.filter((part) => JSON.stringify(said[part](was)) !== JSON.stringify(said[part](is)))
}

/**
 * The number after the highest of a book, written with a zero below ten, and that highest as it was printed.
 * @source Decree 30/2020/NĐ-CP, annex I, II.3 (numbers run through a year, each kind by itself)
 */
export function nextInBook(numbers: readonly string[]): { next: string; after: string | null } {
  const read = numbers.flatMap((number) => {
    const value = Number(/^\s*(\d{1,6})(?!\d)/u.exec(number)?.[1])
    return Number.isInteger(value) ? [{ number, value }] : []
  })
  const highest = read.reduce<(typeof read)[number] | null>((top, one) => (top === null || one.value > top.value ? one : top), null) // prettier-ignore
  return { next: String((highest?.value ?? 0) + 1).padStart(2, '0'), after: highest?.number ?? null }
}

/**
 * Whether what a measure says keeps a recommendation from being done though its tasks are: its target is not reached, or too few gave figures
 * to know. Without a target, or where the reader may not see the figure, it says nothing.
 * @source ADR 0020
 */
export function holdsBack(says: MeasureSays): boolean {
  switch (says) {
    case 'off-course':
    case 'on-course':
    case 'no-data':
      return true
    case 'reached':
    case 'no-target':
    case 'unseen':
      return false
  }
}

/** How far a recommendation is carried out: as far as its tasks, and done only where no measure holds it back. @source ADR 0020 */
export function implementedBy(byTasks: ImplementationStatus, says: readonly MeasureSays[]): ImplementationStatus {
  return byTasks === 'done' && says.some(holdsBack) ? 'under-way' : byTasks
}
