import type { PlainDate, UnitKey, UnitLevel } from '#territory/model'
import type { AbsenceReason, AggregationRule, FigureStatus, NotComparable } from '../model.ts'
import { answeringOn, lastDay, levelOn, type Ground } from './ground.ts'
import type { Restatement } from './restate.ts'

/** The accepted vintage a figure is; read with it only where it is asked for. */
export type AcceptedVintage = { cellId: string; vintage: number }

/**
 * What one unit said of one measure, period and breakdown. `numerator` is the value itself where the rule is no ratio;
 * `denominator` is the weight where it is `weighted`.
 */
export type Cell = { unit: UnitKey; isLate: boolean; accepted?: AcceptedVintage } & (
  | { status: FigureStatus; numerator: number; denominator: number | null; absence: null }
  | { status: null; numerator: null; denominator: null; absence: AbsenceReason }
)

/** One unit behind a total. `share` as in `Portions`; `cell` null: it said nothing. */
export type Part = { unit: UnitKey; share: number | null; cell: Cell | null }

/**
 * What a unit's figure comes to. `value` null: `reason` says why, or nobody has reported. Counts are of the units that
 * answer for the period: `expected` of whom a figure was due, `apportioned` those whose figure was divided by a known share.
 */
export type Total = {
  unit: UnitKey
  value: number | null
  numerator: number | null
  denominator: number | null
  reason: NotComparable | null
  isEstimate: boolean
  expected: number
  reported: number
  late: number
  estimated: number
  apportioned: number
  absent: Record<AbsenceReason, number>
  parts: Part[]
}

export type RollUp = {
  totals: Map<UnitKey, Total>
  /** Figures of units that did not answer for the period: in no total, and never dropped silently. */
  outside: Cell[]
  /** Units with a figure whose ground the records do not follow to the day asked about. */
  lost: UnitKey[]
}

export type Measuring = {
  rule: AggregationRule
  /** What a share is multiplied by: 100 for percent, 1000 for per mille of births. */
  factor: number
  /** Where figures are taken up. */
  level: UnitLevel
}

/**
 * Rolls the cells of one measure, period and breakdown up the tree of a day. Whole numbers add exactly; rates are made anew
 * from numerators and denominators; a unit that holds an unknown part of another's ground is not comparable.
 *
 * @param cells at most one per unit
 * @param to where the ground lies on the day asked about; the period's last day gives totals as they were
 * @source docs/adr 0025
 */
export function rollUp(
  ground: Ground,
  of: {
    cells: readonly Cell[]
    period: { from: PlainDate; to: PlainDate }
    measuring: Measuring
    to: Restatement
    /** Who answers for the period, where that was worked out before. */
    answering?: ReadonlySet<UnitKey>
    /** The only units whose totals are asked for; without it all. */
    wanted?: ReadonlySet<UnitKey>
  },
): RollUp {
  const day = lastDay(of.period)
  const { level, rule } = of.measuring
  const byUnit = new Map(of.cells.map((cell) => [cell.unit, cell]))
  const isSource = (unit: UnitKey) => levelOn(ground, unit, day) !== undefined
  const sources =
    rule === 'none' ? [...byUnit.keys()].filter(isSource) : [...(of.answering ?? answeringOn(ground, level, day))]
  const parts = new Map<UnitKey, Part[]>()
  const lost: UnitKey[] = []
  for (const unit of sources.toSorted()) {
    const cell = byUnit.get(unit) ?? null
    const portions = of.to.portionsOf(unit, day)
    if (portions.size === 0 && cell?.status) lost.push(unit)
    for (const [target, share] of portions) {
      if (of.wanted?.has(target) === false) continue
      if (rule === 'none' && levelOn(ground, target, of.to.on) !== levelOn(ground, unit, day)) continue
      const known = parts.get(target)
      if (known === undefined) parts.set(target, [{ unit, share, cell }])
      else known.push({ unit, share, cell })
    }
  }
  const answering = new Set(sources)
  return {
    totals: new Map([...parts].map(([unit, own]) => [unit, totalOf(unit, own, of.measuring)])),
    outside: of.cells.filter(({ unit }) => !answering.has(unit)),
    lost,
  }
}

/** What the parts of a unit, or of an area named by one of its units, come to. */
export function totalOf(unit: UnitKey, parts: Part[], measuring: Measuring): Total {
  const due = parts.filter(({ cell }) => cell?.absence !== 'not-applicable')
  const given = parts.filter(({ cell }) => cell !== null && cell.status !== null)
  const estimated = given.filter(({ cell }) => cell?.status === 'E' || cell?.status === 'F').length
  const apportioned = given.filter(({ share }) => share !== 1).length
  const absences = (reason: AbsenceReason) => parts.filter(({ cell }) => cell?.absence === reason).length
  return {
    unit,
    ...amountsOf(given, parts, measuring),
    isEstimate: estimated + apportioned > 0,
    expected: due.length,
    reported: given.length,
    late: given.filter(({ cell }) => cell?.isLate === true).length,
    estimated,
    apportioned,
    absent: {
      missing: absences('missing') + parts.filter(({ cell }) => cell === null).length,
      'not-applicable': absences('not-applicable'),
      'not-yet-known': absences('not-yet-known'),
    },
    parts,
  }
}

type Amounts = Pick<Total, 'value' | 'numerator' | 'denominator' | 'reason'>

function amountsOf(given: readonly Part[], parts: readonly Part[], { rule, factor }: Measuring): Amounts {
  const none = { value: null, numerator: null, denominator: null }
  if (given.length === 0) return { ...none, reason: null }
  if (given.some(({ share }) => share === null)) return { ...none, reason: 'part-without-weight' }
  if (rule === 'none') {
    const [only] = given
    if (only === undefined || only.share !== 1 || parts.length > 1) return { ...none, reason: 'not-additive' }
    const { numerator = null, denominator = null } = only.cell ?? {}
    return { value: numerator, numerator, denominator, reason: null }
  }
  return amountsOfSums(sumOf(given, rule), { rule, factor })
}

/** What sums over all that was given come to, for every rule that adds. */
export function amountsOfSums(
  { numerator, denominator }: { numerator: number; denominator: number },
  { rule, factor }: Pick<Measuring, 'rule' | 'factor'>,
): Amounts {
  if (rule === 'sum' || rule === 'last') return { value: numerator, numerator, denominator: null, reason: null }
  if (denominator === 0) return { value: null, numerator, denominator, reason: 'no-denominator' }
  return { value: (numerator / denominator) * factor, numerator, denominator, reason: null }
}

/** Decimals a weighted value keeps: it is multiplied as a whole number, so that sums do not depend on their order. */
const finest = 10_000

function sumOf(given: readonly Part[], rule: AggregationRule): { numerator: number; denominator: number } {
  const whole = { numerator: 0, denominator: 0 }
  const divided = { numerator: 0, denominator: 0 }
  for (const { share, cell } of given) {
    const weight = cell?.denominator ?? 0
    const amount = cell?.numerator ?? 0
    const into = share === 1 ? whole : divided
    into.numerator += (share ?? 0) * (rule === 'weighted' ? Math.round(amount * finest) * weight : amount)
    into.denominator += (share ?? 0) * weight
  }
  const scale = rule === 'weighted' ? finest : 1
  return {
    numerator: (whole.numerator + divided.numerator) / scale,
    denominator: whole.denominator + divided.denominator,
  }
}
