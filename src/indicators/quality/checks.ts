import type { RuleKind, RuleSide } from '../model.ts'

/** A rule as it is applied. */
export type Rule = {
  code: string
  kind: RuleKind
  measureId: string | null
  side: RuleSide | null
  comparator: '<=' | '>=' | '=' | null
  otherMeasureId: string | null
  otherSide: RuleSide | null
  dimension: string | null
  threshold: number | null
}

export type Amounts = { value: number | null; numerator: number | null; denominator: number | null }

/** A figure that is held against the rules. */
export type Checked = Amounts & { cellId: string; unitId: string; breakdown: string }

/** What a figure is held against; asked for only where a rule needs it. */
export type Around = {
  /** The same place in another measure. */
  other: (unitId: string, measureId: string) => Amounts | undefined
  /** The figures of a unit's breakdowns by a dimension; undefined where one is missing. */
  parts: (unitId: string, dimension: string) => readonly Amounts[] | undefined
  /** The accepted figure of the period before, on the ground of now. */
  before: (unitId: string) => Amounts | undefined
  /** The figures of the units beside it, itself left out. */
  siblings: (unitId: string) => readonly Amounts[]
  /** The figure counts what there is; else it is a share or a rate. */
  isCount: boolean
}

export type Params = Record<string, string | number>
export type Found = { rule: string; cellId: string; params: Params }

/** Holds the whole of a unit, its parts beside it, against the rules of its measure. */
export function findIn(figures: readonly Checked[], rules: readonly Rule[], around: Around): Found[] {
  return figures
    .filter(({ breakdown }) => breakdown === '')
    .flatMap((figure) =>
      rules.flatMap((rule) => {
        const params = breach(figure, rule, around)
        return params === null ? [] : [{ rule: rule.code, cellId: figure.cellId, params }]
      }),
    )
}

/** How a figure breaks a rule, in numbers; null where it keeps it or too little is known. */
function breach(figure: Checked, rule: Rule, around: Around): Params | null {
  switch (rule.kind) {
    case 'compare':
      return compared(figure, rule, around)
    case 'parts':
      return added(figure, around.parts(figure.unitId, rule.dimension ?? ''))
    case 'change':
      return changed(figure, {
        before: around.before(figure.unitId),
        most: rule.threshold ?? Infinity,
        isCount: around.isCount,
      })
    case 'outlier':
      return apart(figure, around.siblings(figure.unitId), rule.threshold ?? Infinity)
    case 'copied':
      return copied(figure, around.before(figure.unitId))
    case 'twin':
      return twin(figure, around.siblings(figure.unitId))
    case 'heaping':
      return null
  }
}

function compared(figure: Checked, rule: Rule, around: Around): Params | null {
  const other = around.other(figure.unitId, rule.otherMeasureId ?? '')
  const [own, its] = [figure[rule.side ?? 'value'], other?.[rule.otherSide ?? 'value']]
  if (own === null || its === null || its === undefined) return null
  const holds = rule.comparator === '<=' ? own <= its : rule.comparator === '>=' ? own >= its : own === its
  return holds ? null : { own, other: its }
}

function added(figure: Checked, parts: readonly Amounts[] | undefined): Params | null {
  if (parts === undefined || parts.length === 0) return null
  for (const side of ['numerator', 'denominator'] as const) {
    const whole = figure[side]
    const each = parts.map((part) => part[side])
    if (whole === null || each.some((one) => one === null)) continue
    const sum = each.reduce((total: number, one) => total + (one ?? 0), 0)
    if (sum !== whole) return { side, sum, whole }
  }
  return null
}

/** What a share is of, of which fewer make it jump by chance. */
const leastBase = 20

/** Whether a figure stands on enough to be held against others. */
function hasBase({ denominator }: Amounts): boolean {
  return denominator === null || denominator >= leastBase
}

function changed(
  figure: Checked,
  { before, most, isCount }: { before: Amounts | undefined; most: number; isCount: boolean },
): Params | null {
  const [now, then] = [figure.value, before?.value ?? null]
  if (now === null || then === null || then === 0 || !hasBase(figure)) return null
  // From one case to none is no jump.
  if (isCount && Math.max(now, then) < leastBase) return null
  const percent = ((now - then) / Math.abs(then)) * 100
  return Math.abs(percent) > most ? { now, then, percent: Math.round(percent * 10) / 10 } : null
}

/** A number both years gave alike by chance is small; one like this is looked at. */
const leastCopied = 20

function copied(figure: Checked, before: Amounts | undefined): Params | null {
  const { numerator, denominator } = figure
  if (before === undefined || numerator === null || numerator < leastCopied) return null
  return numerator === before.numerator && denominator === before.denominator ? { numerator } : null
}

/** Numbers two units give alike by chance are smaller; one that stands alone is alike sooner than two. */
const leastTwin = { two: 100, one: 1000 }

/** What other bodies gave is theirs: that one's own numbers were given again is told, never by whom. */
function twin(figure: Checked, siblings: readonly Amounts[]): Params | null {
  const { numerator, denominator } = figure
  if (numerator === null || numerator < (denominator === null ? leastTwin.one : leastTwin.two)) return null
  const count = siblings.filter((one) => one.numerator === numerator && one.denominator === denominator).length
  return count === 0 ? null : { numerator, count }
}

/** Units beside one, of which fewer say nothing of what is usual. */
const leastSiblings = 8

function apart(figure: Checked, beside: readonly Amounts[], most: number): Params | null {
  const siblings = beside.flatMap(({ value }) => value ?? [])
  if (figure.value === null || siblings.length < leastSiblings || !hasBase(figure)) return null
  const z = robustZ(figure.value, siblings)
  if (z === null || Math.abs(z) <= most) return null
  // What the others gave is theirs: only how many they are and how far away is told.
  return { z: Math.round(Math.abs(z) * 10) / 10, count: siblings.length, side: z > 0 ? 'above' : 'below' }
}

/** Makes a median deviation comparable with a standard one, where figures lie as a bell. */
const asDeviation = 1.4826

/**
 * How far a value lies from the median of others, in deviations that single odd values do not stretch.
 * @returns null where the others hardly differ at all
 * @source Iglewicz and Hoaglin (1993), modified z-score
 */
export function robustZ(value: number, others: readonly number[]): number | null {
  const middle = medianOf(others)
  const spread = medianOf(others.map((one) => Math.abs(one - middle))) * asDeviation
  return spread === 0 ? null : (value - middle) / spread
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[half - (sorted.length % 2 === 0 ? 1 : 0)], sorted[half]]
  return (low + high) / 2
}

/** Figures of a body of which fewer tell nothing of its last digits. */
const leastDigits = 15
/** Smaller numbers end in 0 or 5 for reasons of their own. */
const leastNumber = 20
/** A chance below this is none. */
const leastChance = 0.001

/**
 * Whether more numbers end in 0 or 5 than one in five would by chance: they were rounded or guessed.
 * @returns how many of how many, or null
 */
export function heapingOf(numbers: readonly number[]): { round: number; of: number } | null {
  const looked = numbers.filter((one) => Number.isInteger(one) && one >= leastNumber)
  const round = looked.filter((one) => one % 5 === 0).length
  if (looked.length < leastDigits) return null
  return chanceOfAtLeast(round, looked.length, 0.2) < leastChance ? { round, of: looked.length } : null
}

/** The chance of at least `least` hits in `of` tries. */
function chanceOfAtLeast(least: number, of: number, each: number): number {
  let chance = (1 - each) ** of
  let sum = least <= 0 ? chance : 0
  for (let hits = 1; hits <= of; hits++) {
    chance *= ((of - hits + 1) / hits) * (each / (1 - each))
    if (hits >= least) sum += chance
  }
  return sum
}
