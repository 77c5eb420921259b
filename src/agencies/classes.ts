/** Phrases that name many bodies: which class a phrase means, and which bodies a class means on a day. Pure. */
import { isValidOn } from '#territory/model'
import { canonical, withoutStart } from './canonical.ts'
import type { Vocabulary } from './canonical.ts'
import type { Agency, AgencyClass, AgencyLevel, AgencySelector } from './model.ts'

export interface CompiledClass {
  agencyClass: AgencyClass
  patterns: RegExp[]
}

export function compileClasses(classes: readonly AgencyClass[]): CompiledClass[] {
  return classes.map((agencyClass) => ({
    agencyClass,
    patterns: agencyClass.patterns.map((pattern) => new RegExp(pattern)),
  }))
}

export interface ClassMatch {
  agencyClass: AgencyClass
  /** Nobody is bound without a person's choice: the class is open, or the phrase says "those concerned". */
  isOpen: boolean
}

/**
 * The class a phrase means, if it means one.
 */
export function matchClass(raw: string, classes: readonly CompiledClass[], words: Vocabulary): ClassMatch | undefined {
  const whole = withoutStart(canonical(raw.replace(/[([].*?[)\]]/g, ' '), words), words.leads)
  const phrase = words.concerned === null ? whole : whole.replace(words.concerned, '')
  const found = classes.find((each) => each.patterns.some((pattern) => pattern.test(phrase)))
  return found && { agencyClass: found.agencyClass, isOpen: found.agencyClass.isOpen || phrase !== whole }
}

export interface ClassContext {
  /** The unit and level of the body whose document uses the phrase. */
  unitKey: string
  level: AgencyLevel
  /** The day the phrase is read on. */
  on: string
  /** Whether one unit lay in another on that day (a unit lies in itself). */
  isWithin: (unitKey: string, above: string, on: string) => boolean
  /** The type of a unit on that day; undefined when it did not exist. */
  typeOf: (unitKey: string, on: string) => string | undefined
}

export interface Expansion {
  agencies: Agency[]
  /** True when the bodies the phrase names no longer exist on that day and others stand in for them. */
  isAbolished: boolean
}

/**
 * The bodies a class means on a day, seen from an issuer. A body of the issuer's own tier or below counts when it lies
 * in the issuer's unit, one of a higher tier when the issuer's unit lies in its own.
 *
 * @returns none for an open class
 */
export function expandClass(agencyClass: AgencyClass, context: ClassContext, agencies: Iterable<Agency>): Expansion {
  const { abolished } = agencyClass
  const isAbolished = abolished !== null && context.on >= abolished.since
  const all = isAbolished ? [...agencyClass.selectors, ...abolished.successors] : agencyClass.selectors
  const selectors = agencyClass.isOpen ? [] : all.filter((each) => each.forIssuers?.includes(context.level) ?? true)
  const selected =
    selectors.length === 0
      ? []
      : [...agencies].filter((agency) => selectors.some((each) => isSelected(agency, each, context)))
  return { agencies: selected, isAbolished }
}

function isSelected(agency: Agency, selector: AgencySelector, context: ClassContext): boolean {
  if (agency.level !== selector.level || !selector.kinds.includes(agency.kind) || !isValidOn(agency, context.on))
    return false
  if (
    selector.unitTypes !== undefined &&
    !selector.unitTypes.includes(context.typeOf(agency.unitKey, context.on) ?? '')
  )
    return false
  if (selector.within === 'nation') return true
  const { unitKey, on, isWithin } = context
  return isWithin(agency.unitKey, unitKey, on) || isWithin(unitKey, agency.unitKey, on)
}
