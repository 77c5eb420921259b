import { checkUnitReform, keysOfMade, layUnitReform } from '#territory'
import type { Finding, PlaceWords, TerritoryData, UnitChange } from '#territory/model'
import type { AgencyData } from '../model.ts'
import { checkBodyReform } from './check.ts'
import { layBodyReform, type UnitKeyOf } from './lay.ts'
import type { BodyChange } from '../model.ts'

/** The units and bodies of the country over time. */
export type CountryState = { territory: TerritoryData; bodies: AgencyData }

/** What the country's own data say: the units, and which bodies units have. */
export type CountrySource = {
  territory: () => Promise<TerritoryData>
  bodies: (territory: TerritoryData) => Promise<AgencyData>
  placeWords: PlaceWords
}

/** A reform as far as laying it goes. */
export type Reform = {
  date: string
  legalBasis: string | null
  unitChanges: readonly UnitChange[]
  bodyChanges: readonly BodyChange[]
}

type Laid = { reform: Reform; unitKeyOf: UnitKeyOf }

function layUnits(territory: TerritoryData, reform: Reform): { territory: TerritoryData; laid: Laid } {
  const units = { date: reform.date, legalBasis: reform.legalBasis, changes: reform.unitChanges }
  const taken = new Set(territory.units.map((unit) => unit.key))
  const keys = keysOfMade(units, (key) => taken.has(key))
  return {
    territory: reform.unitChanges.length === 0 ? territory : layUnitReform(territory, units),
    laid: { reform, unitKeyOf: (pointer) => keys.get(pointer) ?? pointer },
  }
}

/** The country with the reforms laid on it; `leftOut` = changes that newer data of the country made needless. */
export type ReformedState = CountryState & { laid: readonly Laid[]; leftOut: number }

/**
 * The country as its own data and the reforms applied here make it: all changes of units first, then the bodies those units
 * have, then all changes of bodies. What this gives is what the tables hold.
 *
 * A change that no longer fits, because newer data of the country tell the same reform themselves, is left out.
 *
 * @param reforms in the order in which they were applied
 */
export async function stateWith(source: CountrySource, reforms: readonly Reform[]): Promise<ReformedState> {
  let territory = await source.territory()
  let leftOut = 0
  const laid: Laid[] = []
  for (const reform of reforms) {
    const fits = fittingUnits(territory, reform)
    leftOut += reform.unitChanges.length - fits.length
    const next = layUnits(territory, { ...reform, unitChanges: fits })
    territory = next.territory
    laid.push({ ...next.laid, reform })
  }
  const { bodies, leftOut: bodiesLeftOut } = await bodiesWith(source, territory, laid)
  return { territory, bodies, laid, leftOut: leftOut + bodiesLeftOut }
}

/** The bodies these units have, with the changes of bodies laid on them. */
async function bodiesWith(
  source: CountrySource,
  territory: TerritoryData,
  laid: readonly Laid[],
): Promise<{ bodies: AgencyData; leftOut: number }> {
  let bodies = await source.bodies(territory)
  let leftOut = 0
  for (const { reform, unitKeyOf } of laid) {
    if (reform.bodyChanges.length === 0) continue
    const fits = fittingBodies({ bodies, territory }, reform, unitKeyOf)
    leftOut += reform.bodyChanges.length - fits.length
    bodies = layBodyReform(bodies, { date: reform.date, changes: fits }, unitKeyOf)
  }
  return { bodies, leftOut }
}

/** The changes against which nothing stands; none when together they still do not hold. */
function fitting<Change>(
  changes: readonly Change[],
  check: (changes: readonly Change[]) => Finding[],
): readonly Change[] {
  let left = changes
  while (left.length > 0) {
    const errors = check(left).filter((finding) => finding.severity === 'error')
    if (errors.length === 0) return left
    const bad = new Set(errors.flatMap((finding) => finding.change ?? []))
    if (bad.size === 0) return []
    left = left.filter((_, place) => !bad.has(place))
  }
  return left
}

function fittingUnits(territory: TerritoryData, reform: Reform): readonly UnitChange[] {
  return fitting(reform.unitChanges, (changes) =>
    checkUnitReform(territory, { date: reform.date, legalBasis: reform.legalBasis, changes }),
  )
}

/** A body change fits when the bodies it names are there; later reforms of units may since have ended them. */
function fittingBodies(
  { bodies, territory }: CountryState,
  reform: Reform,
  unitKeyOf: UnitKeyOf,
): readonly BodyChange[] {
  const known = new Set(
    bodies.agencies.filter((agency) => agency.to === null || agency.to > reform.date).map((agency) => agency.key),
  )
  const open = {
    ...bodies,
    agencies: bodies.agencies.map((agency) => (known.has(agency.key) ? { ...agency, to: null } : agency)),
  }
  const units = territory.units.map((unit) => {
    const last = unit.versions.at(-1)
    return last?.to == null || last.to <= reform.date
      ? unit
      : { ...unit, versions: [...unit.versions.slice(0, -1), { ...last, to: null }] }
  })
  return fitting(reform.bodyChanges, (changes) =>
    checkBodyReform({ before: open, unitsLaid: open, units, reform: { date: reform.date, changes }, unitKeyOf }).filter(
      (finding) => finding.change !== null,
    ),
  )
}

/** What a draft would do: what stands against it, and the country after it; null when something does. */
export type Tried = { findings: Finding[]; after: ReformedState | null }

/** Lays a draft on the country without writing anything. */
export async function tryReform(source: CountrySource, before: ReformedState, draft: Reform): Promise<Tried> {
  const { date, legalBasis } = draft
  const ofUnits = checkUnitReform(before.territory, { date, legalBasis, changes: draft.unitChanges })
  if (ofUnits.some((finding) => finding.severity === 'error')) return { findings: ofUnits, after: null }
  const { territory, laid } = layUnits(before.territory, draft)
  const unitsLaid =
    draft.unitChanges.length === 0 ? before.bodies : (await bodiesWith(source, territory, before.laid)).bodies
  const reform = { date, changes: draft.bodyChanges }
  const { unitKeyOf } = laid
  const ofBodies = checkBodyReform({ before: before.bodies, unitsLaid, units: territory.units, reform, unitKeyOf })
  const findings = [...ofUnits, ...ofBodies]
  if (ofBodies.some((finding) => finding.severity === 'error')) return { findings, after: null }
  const bodies = layBodyReform(unitsLaid, reform, unitKeyOf)
  return { findings, after: { territory, bodies, laid: [...before.laid, laid], leftOut: before.leftOut } }
}
