/**
 * Who took over from whom, worked out from mandates and units: a function that leaves one body goes to the body of
 * the same unit that has it from that day; a body whose unit ended goes to its counterpart in the unit's successors.
 */
import type { Agency, AgencySuccession, Mandate } from '#agencies/model'
import { isValidOn } from '#territory/model'
import type { Succession, TerritoryData } from '#territory/model'

interface Bodies {
  agencies: Agency[]
  mandates: Mandate[]
  /** Successions already told by the data; their bodies are left alone. */
  explicit: AgencySuccession[]
  territory: TerritoryData
}

interface Index {
  byKey: Map<string, Agency>
  byUnit: Map<string, Agency[]>
  mandatesOf: Map<string, Mandate[]>
}

/** Departments inside ministries hold functions beside their ministry and so cannot tell who took over. */
function isLead(agency: Agency): boolean {
  return !(agency.level === 'central' && agency.kind === 'department')
}

/** The body of a unit that answers for a function on a day. */
function holder(index: Index, unitKey: string, code: string, on: string): Agency | undefined {
  return index.byUnit
    .get(unitKey)
    ?.find(
      (agency) =>
        isLead(agency) && index.mandatesOf.get(agency.key)?.some((m) => m.function === code && isValidOn(m, on)),
    )
}

/** One edge for everything when all functions went to one body, else one for each function. */
function collapsed(edges: AgencySuccession[], isEnded: boolean): AgencySuccession[] {
  const [first] = edges
  const isOne = first !== undefined && isEnded && new Set(edges.map((edge) => edge.toKey)).size === 1
  return isOne ? [{ ...first, function: null }] : edges
}

/** Functions that left a body on a day while its unit went on. */
function withinUnit(index: Index, agency: Agency, unitEnd: string | null): AgencySuccession[] {
  const left = (index.mandatesOf.get(agency.key) ?? []).filter(
    (mandate) => mandate.to !== null && mandate.to !== unitEnd,
  )
  const edges = left.flatMap((mandate): AgencySuccession[] => {
    const date = mandate.to ?? ''
    const next = holder(index, agency.unitKey, mandate.function, date)
    if (next === undefined || next.key === agency.key) return []
    return [{ fromKey: agency.key, toKey: next.key, function: mandate.function, date, share: 'whole' }]
  })
  return [...Map.groupBy(edges, (edge) => edge.date)].flatMap(([date, list]) => collapsed(list, agency.to === date))
}

/** What follows a body in one successor of its unit. */
function intoUnit(index: Index, agency: Agency, edge: Succession): AgencySuccession[] {
  const share = edge.kind === 'part' ? 'part' : 'whole'
  const slug = agency.key.slice(agency.unitKey.length + 1)
  const next = (key: string) => {
    const found = index.byKey.get(key)
    return found !== undefined && isValidOn(found, edge.date) ? found : undefined
  }
  const step = { fromKey: agency.key, date: edge.date, share } as const
  const counterpart = next(`${edge.to}/${slug}`)
  if (counterpart !== undefined) return [{ ...step, toKey: counterpart.key, function: null }]
  if (agency.level !== 'province') {
    // What a district's divisions did went to the committees of the communes.
    const committee = next(`${edge.to}/ubnd`)
    return committee === undefined ? [] : [{ ...step, toKey: committee.key, function: null }]
  }
  const held = (index.mandatesOf.get(agency.key) ?? []).filter((mandate) => mandate.to === edge.date)
  const edges = held.flatMap((mandate) => {
    const taker = holder(index, edge.to, mandate.function, edge.date)
    return taker === undefined ? [] : [{ ...step, toKey: taker.key, function: mandate.function }]
  })
  return collapsed(edges, true)
}

export function deriveSuccession({ agencies, mandates, explicit, territory }: Bodies): AgencySuccession[] {
  const index: Index = {
    byKey: new Map(agencies.map((agency) => [agency.key, agency])),
    byUnit: Map.groupBy(agencies, (agency) => agency.unitKey),
    mandatesOf: Map.groupBy(mandates, (mandate) => mandate.agencyKey),
  }
  const told = new Set(explicit.map((edge) => edge.fromKey))
  const unitEnds = new Map(territory.units.map((unit) => [unit.key, unit.versions.at(-1)?.to ?? null]))
  const unitEdges = Map.groupBy(territory.succession, (edge) => edge.from)
  return agencies.flatMap((agency) => {
    if (told.has(agency.key) || !isLead(agency)) return []
    const unitEnd = unitEnds.get(agency.unitKey) ?? null
    const endsWithUnit = unitEnd !== null && agency.to === unitEnd
    const followers = endsWithUnit ? (unitEdges.get(agency.unitKey) ?? []) : []
    return [...withinUnit(index, agency, unitEnd), ...followers.flatMap((edge) => intoUnit(index, agency, edge))]
  })
}
