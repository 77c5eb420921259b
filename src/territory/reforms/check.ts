import type { TerritoryData, Unit, UnitType, UnitVersion } from '../model.ts'
import type { Finding, UnitPointer, UnitReform } from '../model.ts'
import { currentVersion, endedBy, givenAway, layUnitReform, madeBy } from './lay.ts'

type Params = Finding['params']
type Book = {
  data: TerritoryData
  reform: UnitReform
  byKey: ReadonlyMap<string, Unit>
  types: ReadonlyMap<string, UnitType>
  ended: ReadonlySet<UnitPointer>
  made: ReadonlySet<UnitPointer>
  /** The place of the change a unit is named in, by key or pointer. */
  places: ReadonlyMap<string, number>
}

const depth: Record<UnitType['level'], number> = { country: 0, province: 1, district: 2, commune: 3 }

function error(code: string, change: number | null, params: Params = {}): Finding {
  return { code: `territory.${code}`, severity: 'error', change, params }
}

function notice(code: string, change: number | null, params: Params = {}): Finding {
  return { ...error(code, change, params), severity: 'notice' }
}

/**
 * What stands against laying a reform on the units, and what is to be known about it. Pure: overlaps and contradictions,
 * units that are not in being, codes borne twice or used again, parents missing or on the wrong level, units left without a
 * living parent, ground left nowhere.
 *
 * @returns no finding of severity `error` when `layUnitReform` gives a country that holds together
 */
export function checkUnitReform(data: TerritoryData, reform: UnitReform): Finding[] {
  const book: Book = {
    data,
    reform,
    byKey: new Map(data.units.map((unit) => [unit.key, unit])),
    types: new Map(data.types.map((type) => [type.type, type])),
    ended: endedBy(reform.changes),
    made: new Set(madeBy(reform.changes).map(({ made }) => `new:${made.code}`)),
    places: new Map([
      ...reform.changes.flatMap((change, place): [string, number][] =>
        'unit' in change ? [[change.unit, place]] : [],
      ),
      ...madeBy(reform.changes).map(({ made, change }): [string, number] => [`new:${made.code}`, change]),
    ]),
  }
  const sound = [...date(book), ...pointers(book), ...contradictions(book), ...newUnits(book), ...shares(book)]
  // A picture laid from changes that name no unit would only repeat the same fault in other words.
  return sound.some((finding) => finding.severity === 'error') ? sound : [...sound, ...picture(book)]
}

function date({ data, reform }: Book): Finding[] {
  return reform.date > data.recordedFrom ? [] : [error('reform-before-records', null, { date: data.recordedFrom })]
}

function nameOf(unit: Unit): string {
  return unit.versions.at(-1)?.name ?? unit.key
}

/** Units named as they stand before the reform must be in being, without a later change already on record. */
function pointers(book: Book): Finding[] {
  return book.reform.changes.flatMap((change, place) => {
    const before: string[] =
      change.kind === 'merge' ? change.from.map((portion) => portion.unit) : 'unit' in change ? [change.unit] : []
    const after =
      change.kind === 'move'
        ? [change.parent]
        : change.kind === 'abolish'
          ? change.to.map((portion) => portion.unit)
          : []
    return [
      ...before.flatMap((key) => standsBefore(book, key, place)),
      ...after.flatMap((key) => standsAfter(book, key, place)),
    ]
  })
}

function standsBefore(book: Book, key: string, place: number): Finding[] {
  const unit = book.byKey.get(key)
  if (unit === undefined) return [error('reform-no-such-unit', place, { unit: key })]
  if (currentVersion(unit, book.reform.date) !== undefined)
    return book.types.get(unit.versions.at(-1)?.type ?? '')?.level === 'country'
      ? [error('reform-of-country', place)]
      : []
  const last = unit.versions.at(-1)
  const code =
    last !== undefined && last.to !== null && last.to <= book.reform.date ? 'reform-unit-ended' : 'reform-changed-later'
  return [error(code, place, { unit: nameOf(unit), date: last?.to ?? last?.from ?? '' })]
}

function standsAfter(book: Book, pointer: UnitPointer, place: number): Finding[] {
  if (book.made.has(pointer)) return []
  const unit = book.byKey.get(pointer)
  if (unit === undefined) return [error('reform-no-such-unit', place, { unit: pointer })]
  if (book.ended.has(pointer)) return [error('reform-heir-ends', place, { unit: nameOf(unit) })]
  return currentVersion(unit, book.reform.date) === undefined
    ? [error('reform-unit-ended', place, { unit: nameOf(unit), date: book.reform.date })]
    : []
}

/** A unit cannot end twice, nor end and go on, nor be renamed to two names. */
function contradictions(book: Book): Finding[] {
  const { changes } = book.reform
  const found: Finding[] = []
  const acts = new Map<string, string>()
  const say = (key: string, act: string, place: number, also: readonly string[] = []) => {
    const known = acts.get(key)
    if (known !== undefined && !also.includes(known))
      found.push(error('reform-contradicts', place, { unit: named(book, key) }))
    acts.set(key, act)
  }
  changes.forEach((change, place) => {
    switch (change.kind) {
      case 'merge':
        for (const portion of change.from)
          say(portion.unit, portion.extent, place, portion.extent === 'part' ? ['part', 'abolish'] : [])
        break
      case 'split':
      case 'convert':
        say(change.unit, change.kind, place)
        break
      case 'abolish':
        say(change.unit, 'abolish', place, change.to.length === 0 ? ['part'] : [])
        break
      case 'rename':
      case 'move':
        say(change.unit, change.kind, place, [change.kind === 'rename' ? 'move' : 'rename'])
        break
      case 'create':
    }
  })
  return found
}

function named(book: Book, pointer: UnitPointer): string {
  const unit = book.byKey.get(pointer)
  return unit === undefined ? pointer : nameOf(unit)
}

function newUnits(book: Book): Finding[] {
  const seen = new Set<string>()
  return madeBy(book.reform.changes).flatMap(({ made, change }) => {
    const type = book.types.get(made.type)
    const found: Finding[] = []
    if (type === undefined) found.push(error('reform-no-such-type', change, { unit: made.name, type: made.type }))
    if (seen.has(made.code)) found.push(error('reform-code-twice', change, { code: made.code, unit: made.name }))
    seen.add(made.code)
    return [...found, ...standsAfter(book, made.parent, change)]
  })
}

/** Ground of a divided unit must go somewhere: a single part leaves the rest nowhere. */
function shares(book: Book): Finding[] {
  return [...Map.groupBy(givenAway(book.reform.changes), (step) => step.unit)].flatMap(([unit, steps]) => {
    const [only, other] = steps
    if (only !== undefined && other === undefined && only.kind === 'part')
      return [error('reform-rest-nowhere', only.change, { unit: named(book, unit) })]
    return steps.length > 1 && steps.some((step) => step.kind !== 'part')
      ? [error('reform-whole-and-more', steps.at(-1)?.change ?? null, { unit: named(book, unit) })]
      : []
  })
}

/** The country as it would be on the reform's date. */
function picture(book: Book): Finding[] {
  const { date: on } = book.reform
  const after = layUnitReform(book.data, book.reform)
  const living = new Map(
    after.units.flatMap((unit): [string, UnitVersion][] => {
      const version = unit.versions.at(-1)
      return version !== undefined && version.to === null && (version.from === null || version.from <= on)
        ? [[unit.key, version]]
        : []
    }),
  )
  const before = new Set(book.data.units)
  const touched = after.units.filter((unit) => !before.has(unit))
  return [
    ...codes(book, living, touched),
    ...parents(book, living, touched),
    ...twins(book, living, touched),
    ...unplaced(book, living, after),
    ...groundNowhere(book, after),
  ]
}

/** The change that made or named a unit; null when it only follows from others. */
function changeOf(book: Book, unit: Unit): number | null {
  const last = unit.versions.at(-1)
  const isMade = unit.versions[0]?.from === book.reform.date
  return book.places.get(unit.key) ?? (isMade ? book.places.get(`new:${last?.code}`) : undefined) ?? null
}

/** On any day a code means one unit of a level; that it was another's before is told. */
function codes(book: Book, living: ReadonlyMap<string, UnitVersion>, touched: readonly Unit[]): Finding[] {
  const level = (version: UnitVersion) => book.types.get(version.type)?.level ?? ''
  const bearers = Map.groupBy(living, ([, version]) => `${level(version)} ${version.code}`)
  const former = Map.groupBy(
    book.data.units.flatMap((unit) => unit.versions.map((version) => ({ unit, version }))),
    ({ version }) => `${level(version)} ${version.code}`,
  )
  return touched.flatMap((unit) => {
    const version = living.get(unit.key)
    if (version === undefined) return []
    const same = `${level(version)} ${version.code}`
    const other = (bearers.get(same) ?? []).find(([key]) => key !== unit.key)
    if (other !== undefined)
      return [
        error('reform-code-in-use', changeOf(book, unit), {
          code: version.code,
          unit: version.name,
          other: other[1].name,
        }),
      ]
    const was = former.get(same)?.find((each) => each.unit.key !== unit.key)
    return was === undefined || version.from !== book.reform.date
      ? []
      : [
          notice('reform-code-reused', changeOf(book, unit), {
            code: version.code,
            unit: version.name,
            other: was.version.name,
          }),
        ]
  })
}

function parents(book: Book, living: ReadonlyMap<string, UnitVersion>, touched: readonly Unit[]): Finding[] {
  return touched.flatMap((unit) => {
    const version = living.get(unit.key)
    if (version === undefined) return []
    const above = version.parent === null ? undefined : living.get(version.parent)
    const type = book.types.get(version.type)
    if (type === undefined)
      return [error('reform-no-such-type', changeOf(book, unit), { unit: version.name, type: version.type })]
    if (above === undefined) return [error('reform-orphan', changeOf(book, unit), { unit: version.name })]
    const aboveType = book.types.get(above.type)
    const isHigher = aboveType !== undefined && depth[aboveType.level] < depth[type.level]
    const oldType = book.byKey.get(unit.key)?.versions.at(-1)?.type
    const oldLevel = oldType === undefined ? type.level : book.types.get(oldType)?.level
    return [
      ...(isHigher
        ? []
        : [error('reform-parent-level', changeOf(book, unit), { unit: version.name, parent: above.name })]),
      ...(oldLevel === type.level ? [] : [error('reform-level-changes', changeOf(book, unit), { unit: version.name })]),
    ]
  })
}

/** Two living units of one name under one parent: allowed, and surely a slip. */
function twins(book: Book, living: ReadonlyMap<string, UnitVersion>, touched: readonly Unit[]): Finding[] {
  const same = Map.groupBy(living, ([, version]) => `${version.parent} ${version.name}`)
  return touched.flatMap((unit) => {
    const version = living.get(unit.key)
    const isTwin = version !== undefined && (same.get(`${version.parent} ${version.name}`) ?? []).length > 1
    return isTwin ? [notice('reform-same-name', changeOf(book, unit), { unit: version.name })] : []
  })
}

/** Units that nobody placed: their parent ended and they were not moved. */
function unplaced(book: Book, living: ReadonlyMap<string, UnitVersion>, after: TerritoryData): Finding[] {
  const orphans = after.units.filter((unit) => {
    const version = living.get(unit.key)
    return version !== undefined && version.parent !== null && book.ended.has(version.parent)
  })
  return orphans.map((unit) => error('reform-orphan', null, { unit: nameOf(unit) }))
}

/** Every unit that ends must lead on to where its ground lies. */
function groundNowhere(book: Book, after: TerritoryData): Finding[] {
  const leading = new Set(after.succession.filter((edge) => edge.date === book.reform.date).map((edge) => edge.from))
  return book.reform.changes.flatMap((change, place) =>
    change.kind === 'abolish' && !leading.has(change.unit)
      ? [error('reform-ground-nowhere', place, { unit: named(book, change.unit) })]
      : [],
  )
}
