import {
  isValidOn,
  type Extent,
  type PlainDate,
  type SuccessionStep,
  type UnitEvent,
  type UnitRef,
  type UnitStretch,
} from './model.ts'

/** An edge of succession by ids: all that following needs. */
export type Edge = { fromId: string; toId: string; kind: Extent; onDate: PlainDate }

/** The day before, `YYYY-MM-DD`. */
export function dayBefore(date: PlainDate): PlainDate {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}

/**
 * The day a unit is shown for: the asked one while it is in being, its last day when it has ended, its first day when
 * it is yet to come.
 */
export function shownOn(life: { validFrom: PlainDate | null; validTo: PlainDate | null }, asOf: PlainDate): PlainDate {
  if (isValidOn({ from: life.validFrom, to: life.validTo }, asOf)) return asOf
  if (life.validTo !== null && life.validTo <= asOf) return dayBefore(life.validTo)
  return life.validFrom ?? asOf
}

/**
 * Where the ground of a unit lies on a date: follows succession through every reform up to it.
 *
 * @param edges all edges reachable from the unit
 * @param isInBeing whether a unit exists on the date
 * @returns the units reached that exist on the date, each once: `part` when some step on every way there took only a
 *   part, `renamed` when all steps only renamed; the unit itself is not among them
 */
export function fateOf(
  unitId: string,
  edges: readonly Edge[],
  on: PlainDate,
  isInBeing: (id: string) => boolean,
): { unitId: string; extent: Extent }[] {
  const from = Map.groupBy(edges, (edge) => edge.fromId)
  const reached = new Map<string, Extent>()
  const visit = (id: string, extent: Extent, since: PlainDate, way: ReadonlySet<string>): void => {
    for (const edge of from.get(id) ?? []) {
      if (edge.onDate > on || edge.onDate < since || way.has(edge.toId)) continue
      const both = joined(extent, edge.kind)
      if (isInBeing(edge.toId)) reached.set(edge.toId, greater(reached.get(edge.toId), both))
      else visit(edge.toId, both, edge.onDate, new Set([...way, edge.toId]))
    }
  }
  visit(unitId, 'renamed', '', new Set([unitId]))
  return [...reached].map(([id, extent]) => ({ unitId: id, extent }))
}

/** One step after another: a part of anything is a part, all of a renamed unit is all of it. */
function joined(first: Extent, then: Extent): Extent {
  if (first === 'part' || then === 'part') return 'part'
  return first === 'whole' || then === 'whole' ? 'whole' : 'renamed'
}

function greater(known: Extent | undefined, found: Extent): Extent {
  if (known === undefined || known === 'part') return found
  return found === 'part' ? known : found
}

/**
 * A unit's life as events in order of time, oldest first.
 *
 * @param stretches in order of time
 * @param became, cameFrom steps of succession that leave the unit and lead to it
 */
export function eventsOf(
  stretches: readonly UnitStretch[],
  became: readonly SuccessionStep[],
  cameFrom: readonly SuccessionStep[],
): UnitEvent[] {
  const changes = stretches.flatMap((stretch, place) => changesAt(stretch, stretches[place - 1]))
  const received = cameFrom.map((step) =>
    event(step.onDate, 'received', { unit: step.from, extent: step.kind, note: step.note }),
  )
  const last = stretches.at(-1)
  const ended = last?.validTo == null ? [] : [event(last.validTo, 'ended', { before: last.name })]
  const went = became.map((step) => event(step.onDate, 'became', { unit: step.to, extent: step.kind, note: step.note }))
  return [...changes, ...received, ...ended, ...went].sort((a, b) =>
    a.onDate < b.onDate ? -1 : a.onDate > b.onDate ? 1 : 0,
  )
}

function changesAt(stretch: UnitStretch, before: UnitStretch | undefined): UnitEvent[] {
  const { validFrom: onDate, legalBasis } = stretch
  if (onDate === null) return []
  if (before === undefined) return [event(onDate, 'made', { after: stretch.name, legalBasis })]
  return [
    ...(before.name === stretch.name
      ? []
      : [event(onDate, 'renamed', { before: before.name, after: stretch.name, legalBasis })]),
    ...(before.type === stretch.type
      ? []
      : [event(onDate, 'retyped', { before: before.typeName, after: stretch.typeName, legalBasis })]),
    ...(before.code === stretch.code
      ? []
      : [event(onDate, 'recoded', { before: before.code, after: stretch.code, legalBasis })]),
    ...(before.parent?.id === stretch.parent?.id
      ? []
      : [
          event(onDate, 'moved', {
            before: before.parent?.name ?? null,
            after: stretch.parent?.name ?? null,
            legalBasis,
          }),
        ]),
  ]
}

function event(
  onDate: PlainDate,
  kind: UnitEvent['kind'],
  more: Partial<{
    before: string | null
    after: string | null
    unit: UnitRef
    extent: Extent
    note: string | null
    legalBasis: string | null
  }>,
): UnitEvent {
  return { onDate, kind, before: null, after: null, unit: null, extent: null, note: null, legalBasis: null, ...more }
}
