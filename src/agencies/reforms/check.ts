import { isValidOn, type Finding, type TerritoryData } from '#territory/model'
import { nameOn, type Agency, type AgencyData, type Mandate } from '../model.ts'
import { bodiesMade, bodyKeyOf, layBodyReform, passings, pointerOf, type UnitKeyOf } from './lay.ts'
import type { BodyChange, BodyPointer, BodyReform } from '../model.ts'
import { lastDayOf } from '../rules.ts'
import { followSuccession, type SuccessionIndex } from '../succession.ts'

type Params = Finding['params']

function error(code: string, change: number | null, params: Params = {}): Finding {
  return { code: `agencies.${code}`, severity: 'error', change, params }
}

function notice(code: string, change: number | null, params: Params = {}): Finding {
  return { ...error(code, change, params), severity: 'notice' }
}

/** What a check of bodies works on. */
export type BodyCheck = {
  /** Bodies before the reform, and as the changes of units alone leave them. */
  before: AgencyData
  unitsLaid: AgencyData
  /** The units after the reform. */
  units: TerritoryData['units']
  reform: BodyReform
  unitKeyOf: UnitKeyOf
}

type Book = BodyCheck & {
  known: ReadonlyMap<string, Agency>
  wasThere: ReadonlySet<string>
  made: ReadonlySet<string>
  ended: ReadonlySet<string>
}

/**
 * What stands against laying a reform on the bodies, and what is to be known. Pure: bodies that are not in being, that end
 * twice or get two names; heirs that end themselves; fields of work a body does not have; and, in the picture that would
 * result: work of an ended body without a holder or with several, bodies without a living superior or in an ended unit, two
 * bodies of one name.
 */
export function checkBodyReform(of: BodyCheck): Finding[] {
  const { changes } = of.reform
  const book: Book = {
    ...of,
    known: new Map(of.unitsLaid.agencies.map((agency) => [agency.key, agency])),
    wasThere: new Set(of.before.agencies.map((agency) => agency.key)),
    made: new Set(bodiesMade(changes).map(({ made }) => bodyKeyOf(pointerOf(made), of.unitKeyOf))),
    ended: new Set(
      passings(changes, of.unitKeyOf)
        .filter((step) => step.ends)
        .map((step) => step.body),
    ),
  }
  const sound = [...named(book), ...contradictions(book), ...fields(book), ...newBodies(book)]
  return sound.some((finding) => finding.severity === 'error') ? sound : [...sound, ...picture(book)]
}

function words(book: Book, key: string): string {
  const agency = book.known.get(key)
  return agency === undefined ? key : nameOn(agency, lastDayOf(book.reform.date) ?? book.reform.date).name
}

/** The bodies a change takes as they stand before the reform. */
function sourcesOf(change: BodyChange): BodyPointer[] {
  return change.kind === 'merge' ? change.from : 'body' in change ? [change.body] : []
}

/** The bodies in being a change names as heirs or superiors. */
function heirsNamed(change: BodyChange): BodyPointer[] {
  const targets =
    change.kind === 'merge'
      ? [change.into]
      : change.kind === 'split'
        ? change.into.map((heir) => heir.to)
        : change.kind === 'transfer'
          ? [change.to]
          : []
  const plain =
    change.kind === 'move' ? [change.superior] : change.kind === 'abolish' && change.to !== null ? [change.to] : []
  return [...plain, ...targets.flatMap((target) => target.body ?? [])]
}

function named(book: Book): Finding[] {
  const { date } = book.reform
  return book.reform.changes.flatMap((change, place) => [
    ...sourcesOf(change).flatMap((pointer) => {
      const agency = book.known.get(bodyKeyOf(pointer, book.unitKeyOf))
      if (agency === undefined) return [error('reform-no-such-body', place, { body: pointer })]
      if (agency.to === date && !book.ended.has(agency.key))
        return [error('reform-ends-with-unit', place, { body: words(book, agency.key) })]
      if (agency.to !== null)
        return [
          error(agency.to === date ? 'reform-ends-with-unit' : 'reform-body-ended', place, {
            body: words(book, agency.key),
          }),
        ]
      return agency.from !== null && agency.from >= date
        ? [error('reform-body-begins', place, { body: words(book, agency.key) })]
        : changedLater(book, agency, place)
    }),
    ...heirsNamed(change).flatMap((pointer) => standsAfter(book, pointer, place)),
  ])
}

/** A later change already on record would contradict this one. */
function changedLater(book: Book, agency: Agency, place: number): Finding[] {
  const { date } = book.reform
  const later = [...agency.names, ...agency.superiors].some((each) => each.from !== null && each.from > date)
  return later ? [error('reform-changed-later', place, { body: words(book, agency.key) })] : []
}

function standsAfter(book: Book, pointer: BodyPointer, place: number): Finding[] {
  const key = bodyKeyOf(pointer, book.unitKeyOf)
  if (book.made.has(key)) return []
  const agency = book.known.get(key)
  if (agency === undefined) return [error('reform-no-such-body', place, { body: pointer })]
  if (book.ended.has(key)) return [error('reform-heir-ends', place, { body: words(book, key) })]
  return isValidOn(agency, book.reform.date) && agency.to === null
    ? []
    : [error('reform-body-ended', place, { body: words(book, key) })]
}

function contradictions(book: Book): Finding[] {
  const acts = new Map<string, string[]>()
  return book.reform.changes.flatMap((change, place) =>
    sourcesOf(change).flatMap((pointer) => {
      const key = bodyKeyOf(pointer, book.unitKeyOf)
      const before = acts.get(key) ?? []
      acts.set(key, [...before, change.kind])
      const isEnd = (kind: string) => kind === 'merge' || kind === 'split' || kind === 'abolish'
      const clashes = before.some(
        (kind) => isEnd(kind) || isEnd(change.kind) || (kind === change.kind && kind !== 'transfer'),
      )
      return clashes ? [error('reform-contradicts', place, { body: words(book, key) })] : []
    }),
  )
}

const held = (mandates: readonly Mandate[] | undefined, date: string): Set<string> =>
  new Set((mandates ?? []).filter((mandate) => isValidOn(mandate, date)).map((mandate) => mandate.function))

/** Fields of work must be known, be the body's own, and go to one heir each. */
function fields(book: Book): Finding[] {
  const codes = new Set(book.before.functions.map((each) => each.code))
  const mandates = Map.groupBy(book.unitsLaid.mandates, (mandate) => mandate.agencyKey)
  const { date, changes } = book.reform
  const steps = passings(changes, book.unitKeyOf).filter((step) => step.function !== null)
  const own = steps.flatMap((step) =>
    held(mandates.get(step.body), date).has(step.function ?? '')
      ? []
      : [
          error('reform-not-its-function', step.change, {
            body: words(book, step.body),
            function: step.function ?? '',
          }),
        ],
  )
  const twice = [...Map.groupBy(steps, (step) => `${step.body} ${step.function}`).values()].flatMap((list) => {
    const [first, second] = list
    return first !== undefined && second !== undefined
      ? [
          error('reform-function-twice', second.change, {
            body: words(book, first.body),
            function: first.function ?? '',
          }),
        ]
      : []
  })
  const unknown = bodiesMade(changes).flatMap(({ made, change }) =>
    made.functions
      .filter((code) => !codes.has(code))
      .map((code) => error('reform-no-such-function', change, { function: code })),
  )
  return [...own, ...twice, ...unknown]
}

function newBodies(book: Book): Finding[] {
  const units = new Set(book.units.filter((unit) => unit.versions.at(-1)?.to === null).map((unit) => unit.key))
  const seen = new Set<string>()
  return bodiesMade(book.reform.changes).flatMap(({ made, change }) => {
    const key = bodyKeyOf(pointerOf(made), book.unitKeyOf)
    const isTaken = book.known.has(key) || seen.has(key)
    seen.add(key)
    return [
      ...(units.has(book.unitKeyOf(made.unit)) ? [] : [error('reform-no-such-unit', change, { body: made.name })]),
      ...(isTaken ? [error('reform-body-twice', change, { body: made.name })] : []),
      ...(made.superior === null ? [] : standsAfter(book, made.superior, change)),
    ]
  })
}

/** The bodies as they would be on the reform's date. */
function picture(book: Book): Finding[] {
  const { date, changes } = book.reform
  const after = layBodyReform(book.unitsLaid, book.reform, book.unitKeyOf)
  const was = new Map(book.before.agencies.map((agency) => [agency.key, agency]))
  const ending = after.agencies.filter((agency) => agency.to === date && was.get(agency.key)?.to !== date)
  const places = new Map(
    changes.flatMap((change, place) => sourcesOf(change).map((each) => [bodyKeyOf(each, book.unitKeyOf), place])),
  )
  return [...heirsFor(book, { after, ending, places }), ...standing(book, after, was), ...sameNames(book, after, was)]
}

type Ending = { after: AgencyData; ending: readonly Agency[]; places: ReadonlyMap<string, number> }

/** Every field of work of a body that ends has a holder the day it ends; several where the ground was divided. */
function heirsFor(book: Book, { after, ending, places }: Ending): Finding[] {
  const { date } = book.reform
  const index: SuccessionIndex = {
    agencies: new Map(after.agencies.map((agency) => [agency.key, agency])),
    edgesFrom: Map.groupBy(after.succession, (edge) => edge.fromKey),
  }
  const mandates = Map.groupBy(book.before.mandates, (mandate) => mandate.agencyKey)
  const since = lastDayOf(date) ?? date
  return ending.flatMap((agency) => {
    const change = places.get(agency.key) ?? null
    const functions = [...held(mandates.get(agency.key), since)]
    const lost: string[] = []
    const shared: string[] = []
    for (const code of functions) {
      const { keys } = followSuccession(index, agency.key, { function: code, since, on: date })
      if (keys.length === 0) lost.push(code)
      if (keys.length > 1) shared.push(code)
    }
    const body = nameOn(agency, since).name
    return [
      ...lost.map((code) => error('reform-work-without-heir', change, { body, function: code })),
      ...shared.map((code) => notice('reform-work-shared', change, { body, function: code })),
    ]
  })
}

/** Every living body that a reform touched has a living superior and stands in a living unit. */
function standing(book: Book, after: AgencyData, was: ReadonlyMap<string, Agency>): Finding[] {
  const { date } = book.reform
  const living = new Map(
    after.agencies.filter((agency) => isValidOn(agency, date)).map((agency) => [agency.key, agency]),
  )
  const units = new Set(
    book.units.filter((unit) => unit.versions.some((version) => isValidOn(version, date))).map((unit) => unit.key),
  )
  const superiorOf = (agency: Agency) => agency.superiors.find((each) => isValidOn(each, date))?.key
  return [...living.values()].flatMap((agency) => {
    const superior = superiorOf(agency)
    const before = was.get(agency.key)
    const hadSuperior = before?.superiors.some((each) => isValidOn(each, lastDayOf(date) ?? date)) ?? false
    const name = { body: nameOn(agency, date).name }
    return [
      ...(superior !== undefined && !living.has(superior) ? [error('reform-body-orphan', null, name)] : []),
      ...(superior === undefined && hadSuperior ? [error('reform-body-orphan', null, name)] : []),
      ...(units.has(agency.unitKey) ? [] : [error('reform-body-in-ended-unit', null, name)]),
      ...(circles(agency, superiorOf, living) ? [error('reform-superior-circle', null, name)] : []),
    ]
  })
}

function circles(
  agency: Agency,
  superiorOf: (agency: Agency) => string | undefined,
  living: ReadonlyMap<string, Agency>,
): boolean {
  const seen = new Set([agency.key])
  for (let key = superiorOf(agency); key !== undefined;) {
    if (seen.has(key)) return true
    seen.add(key)
    const above = living.get(key)
    key = above === undefined ? undefined : superiorOf(above)
  }
  return false
}

function sameNames(book: Book, after: AgencyData, was: ReadonlyMap<string, Agency>): Finding[] {
  const { date } = book.reform
  const living = after.agencies.filter((agency) => isValidOn(agency, date))
  const same = [...Map.groupBy(living, (agency) => `${agency.unitKey} ${nameOn(agency, date).name}`).values()]
  return same.flatMap((list) => {
    const isNew =
      list.length > 1 &&
      list.some(
        (agency) =>
          book.made.has(agency.key) ||
          (was.has(agency.key) && !book.wasThere.has(agency.key)) ||
          renamedTo(book, agency),
      )
    return isNew && list[0] !== undefined
      ? [error('reform-body-same-name', null, { body: nameOn(list[0], date).name })]
      : []
  })
}

function renamedTo(book: Book, agency: Agency): boolean {
  return book.reform.changes.some(
    (change) => change.kind === 'rename' && bodyKeyOf(change.body, book.unitKeyOf) === agency.key,
  )
}
