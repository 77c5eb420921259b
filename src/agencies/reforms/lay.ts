import { isValidOn, type UnitPointer } from '#territory/model'
import type { Agency, AgencyData, AgencySuccession, CoordinationSeat, Mandate } from '../model.ts'
import { foldName } from '#territory/model'
import type { BodyChange, BodyPointer, BodyReform, BodyTarget, NewBody } from '../model.ts'

/** Resolves the pointer of a unit the reform makes to the key it has. */
export type UnitKeyOf = (pointer: UnitPointer) => string

export function bodyKeyOf(pointer: BodyPointer, unitKeyOf: UnitKeyOf): string {
  const slash = pointer.lastIndexOf('/')
  return `${unitKeyOf(pointer.slice(0, slash))}/${pointer.slice(slash + 1)}`
}

/** The pointer under which other changes of the draft name a new body. */
export function pointerOf(made: NewBody): BodyPointer {
  return `${made.unit}/${made.slug ?? slugOf(made)}`
}

function slugOf(made: NewBody): string {
  return foldName(made.shortName).replaceAll(' ', '-').slice(0, 70) || 'x'
}

/** The bodies a reform makes, with the place of the change. */
export function bodiesMade(changes: readonly BodyChange[]): { made: NewBody; change: number }[] {
  return changes.flatMap((change, place) => {
    const targets =
      change.kind === 'merge'
        ? [change.into]
        : change.kind === 'split'
          ? change.into.map((heir) => heir.to)
          : change.kind === 'transfer'
            ? [change.to]
            : change.kind === 'create'
              ? [{ made: change.made }]
              : []
    return targets.flatMap(({ made }) => (made === null ? [] : [{ made, change: place }]))
  })
}

/** Every new body given the word its key ends in; with the year where a body of the unit had that word before. */
export function withSlugs(
  changes: readonly BodyChange[],
  date: string,
  isTaken: (key: string) => boolean,
): BodyChange[] {
  const used = new Set<string>()
  const named = (made: NewBody): NewBody => {
    const base = made.slug ?? slugOf(made)
    const tries = [
      base,
      `${base}-${date.slice(0, 4)}`,
      ...Array.from({ length: 99 }, (_, place) => `${base}-${date.slice(0, 4)}-${place + 2}`),
    ]
    const slug = tries.find((word) => !isTaken(`${made.unit}/${word}`) && !used.has(`${made.unit}/${word}`)) ?? base
    used.add(`${made.unit}/${slug}`)
    return { ...made, slug }
  }
  const target = (of: BodyTarget): BodyTarget => (of.made === null ? of : { ...of, made: named(of.made) })
  return changes.map((change) => {
    switch (change.kind) {
      case 'merge':
        return { ...change, into: target(change.into) }
      case 'split':
        return { ...change, into: change.into.map((heir) => ({ ...heir, to: target(heir.to) })) }
      case 'transfer':
        return { ...change, to: target(change.to) }
      case 'create':
        return { ...change, made: named(change.made) }
      case 'rename':
      case 'move':
      case 'abolish':
        return change
    }
  })
}

/** Work that passes from a body: one field, or everything else when `function` is null. `to` null: nobody takes it. */
export type Passing = { body: string; to: string | null; function: string | null; ends: boolean; change: number }

/** What each change hands on, by keys. */
export function passings(changes: readonly BodyChange[], unitKeyOf: UnitKeyOf): Passing[] {
  const key = (pointer: BodyPointer) => bodyKeyOf(pointer, unitKeyOf)
  const keyOfTarget = (target: BodyTarget): string | null =>
    target.made !== null ? key(pointerOf(target.made)) : target.body === null ? null : key(target.body)
  return changes.flatMap((change, place): Passing[] => {
    switch (change.kind) {
      case 'merge':
        return change.from.map((body) => ({
          body: key(body),
          to: keyOfTarget(change.into),
          function: null,
          ends: true,
          change: place,
        }))
      case 'split':
        return change.into.flatMap((heir, rank): Passing[] => {
          const passing = { body: key(change.body), to: keyOfTarget(heir.to), ends: true, change: place }
          return [
            ...(rank === 0 ? [{ ...passing, function: null }] : []),
            ...heir.functions.map((each) => ({ ...passing, function: each })),
          ]
        })
      case 'transfer':
        return change.functions.map((each) => ({
          body: key(change.body),
          to: keyOfTarget(change.to),
          function: each,
          ends: false,
          change: place,
        }))
      case 'abolish':
        return [
          {
            body: key(change.body),
            to: change.to === null ? null : key(change.to),
            function: null,
            ends: true,
            change: place,
          },
        ]
      case 'rename':
      case 'move':
      case 'create':
        return []
    }
  })
}

/** The body that takes everything of an ended one that goes nowhere else by name. */
function heirsOf(steps: readonly Passing[]): Map<string, string> {
  return new Map(
    steps.flatMap((step) => (step.ends && step.function === null && step.to !== null ? [[step.body, step.to]] : [])),
  )
}

/**
 * Lays changes of bodies on the bodies as the units' changes left them. Nothing is lost: bodies that end keep names and
 * mandates up to the day and lead on per function; mandates begin at the heirs; bodies under one that ended, and its seats in
 * coordination bodies, follow to its heir where no change says otherwise.
 *
 * @param reform one that `checkBodyReform` finds no error in
 */
export function layBodyReform(data: AgencyData, reform: BodyReform, unitKeyOf: UnitKeyOf): AgencyData {
  const { date, changes } = reform
  const steps = passings(changes, unitKeyOf)
  const ended = new Set(steps.filter((step) => step.ends).map((step) => step.body))
  const heirs = heirsOf(steps)
  const moves = new Map(
    changes.flatMap((change) =>
      change.kind === 'move' ? [[bodyKeyOf(change.body, unitKeyOf), bodyKeyOf(change.superior, unitKeyOf)]] : [],
    ),
  )
  const renames = new Map(
    changes.flatMap((change) => (change.kind === 'rename' ? [[bodyKeyOf(change.body, unitKeyOf), change]] : [])),
  )
  const agencies = data.agencies.map((agency) => {
    if (ended.has(agency.key)) return endedBody(agency, date)
    const superior =
      moves.get(agency.key) ?? heirs.get(agency.superiors.find((each) => isValidOn(each, date))?.key ?? '')
    const renamed = renamedBody(agency, date, renames.get(agency.key))
    return superior === undefined ? renamed : underAnother(renamed, date, superior)
  })
  const made = bodiesMade(changes).map(({ made: body }) => newBody(body, date, unitKeyOf))
  return {
    ...data,
    agencies: [...agencies, ...made],
    mandates: mandatesAfter(data.mandates, {
      date,
      steps,
      ended,
      made: bodiesMade(changes).map((each) => each.made),
      unitKeyOf,
    }),
    succession: [
      ...data.succession.filter(
        (edge) => !(ended.has(edge.fromKey) && edge.date > date) && !(ended.has(edge.toKey) && edge.date > date),
      ),
      ...edgesOf(steps, date),
    ],
    seats: data.seats.flatMap((seat) => seatAfter(seat, { date, ended, heirs })),
  }
}

const cut = <T extends { from: string | null; to: string | null }>(periods: readonly T[], date: string): T[] =>
  periods
    .filter((period) => period.from === null || period.from < date)
    .map((period) => (period.to === null || period.to > date ? { ...period, to: date } : period))

function endedBody(agency: Agency, date: string): Agency {
  return {
    ...agency,
    to: date,
    names: cut(agency.names, date),
    superiors: cut(agency.superiors, date),
    offices: cut(agency.offices, date),
  }
}

function renamedBody(
  agency: Agency,
  date: string,
  change: Extract<BodyChange, { kind: 'rename' }> | undefined,
): Agency {
  const name = agency.names.find((each) => isValidOn(each, date))
  if (change === undefined || name === undefined) return agency
  const { name: full, shortName } = change
  const next = {
    from: date,
    to: agency.to,
    name: full,
    shortName,
    abbreviations: change.abbreviations ?? name.abbreviations,
  }
  return {
    ...agency,
    names: [...cut(agency.names, date), next],
    numberingAbbreviation: change.numberingAbbreviation ?? agency.numberingAbbreviation,
  }
}

function underAnother(agency: Agency, date: string, superior: string): Agency {
  return { ...agency, superiors: [...cut(agency.superiors, date), { from: date, to: agency.to, key: superior }] }
}

function newBody(made: NewBody, date: string, unitKeyOf: UnitKeyOf): Agency {
  const life = { from: date, to: null }
  return {
    key: bodyKeyOf(pointerOf(made), unitKeyOf),
    kind: made.kind,
    level: made.level,
    unitKey: unitKeyOf(made.unit),
    superiors: made.superior === null ? [] : [{ ...life, key: bodyKeyOf(made.superior, unitKeyOf) }],
    names: [{ ...life, name: made.name, shortName: made.shortName, abbreviations: made.abbreviations }],
    ...life,
    isExecutive: made.isExecutive,
    numberingAbbreviation: made.numberingAbbreviation,
    offices: [],
  }
}

type Moving = {
  date: string
  steps: readonly Passing[]
  ended: ReadonlySet<string>
  made: readonly NewBody[]
  unitKeyOf: UnitKeyOf
}

/** Mandates close with the body or the hand-over and begin at the heir, once. */
function mandatesAfter(mandates: readonly Mandate[], of: Moving): Mandate[] {
  const { date, steps } = of
  const bySource = Map.groupBy(steps, (step) => step.body)
  const begun: Mandate[] = of.made.flatMap((body) =>
    body.functions.map((code) => ({
      agencyKey: bodyKeyOf(pointerOf(body), of.unitKeyOf),
      function: code,
      from: date,
      to: null,
    })),
  )
  const kept = mandates.flatMap((mandate): Mandate[] => {
    const from = bySource.get(mandate.agencyKey)
    if (from === undefined || (mandate.to !== null && mandate.to <= date)) return [mandate]
    const step = from.find((each) => each.function === mandate.function) ?? from.find((each) => each.function === null)
    if (step === undefined) return [mandate]
    if (mandate.from !== null && mandate.from >= date) return []
    if (step.to !== null) begun.push({ agencyKey: step.to, function: mandate.function, from: date, to: null })
    return [{ ...mandate, to: date }]
  })
  const held = new Set(
    kept.filter((mandate) => isValidOn(mandate, date)).map((mandate) => `${mandate.agencyKey} ${mandate.function}`),
  )
  const first = new Map(begun.map((mandate) => [`${mandate.agencyKey} ${mandate.function}`, mandate]))
  return [...kept, ...[...first].filter(([id]) => !held.has(id)).map(([, mandate]) => mandate)]
}

function edgesOf(steps: readonly Passing[], date: string): AgencySuccession[] {
  return steps.flatMap((step) =>
    step.to === null
      ? []
      : [{ fromKey: step.body, toKey: step.to, function: step.function, date, share: 'whole' as const }],
  )
}

function seatAfter(
  seat: CoordinationSeat,
  of: { date: string; ended: ReadonlySet<string>; heirs: ReadonlyMap<string, string> },
): CoordinationSeat[] {
  const isOver = seat.to !== null && seat.to <= of.date
  if (isOver || !(of.ended.has(seat.agencyKey) || of.ended.has(seat.bodyKey))) return [seat]
  const before = seat.from === null || seat.from < of.date ? [{ ...seat, to: of.date }] : []
  const heir = of.heirs.get(seat.agencyKey)
  const bodyKey = of.heirs.get(seat.bodyKey) ?? seat.bodyKey
  const goesOn = !of.ended.has(seat.bodyKey) && heir !== undefined
  return goesOn ? [...before, { ...seat, bodyKey, agencyKey: heir, from: of.date, to: seat.to }] : before
}
