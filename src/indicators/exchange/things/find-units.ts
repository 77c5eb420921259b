import { idOfKey, type Context } from '#platform'
import { openPlaces, type Place } from '#territory'
import {
  foldName,
  markedKey,
  similarity,
  versionOn,
  type PlainDate,
  type UnitKey,
  type UnitVersion,
} from '#territory/model'
import { isName, openCodes } from '../../import/unit-codes.ts'
import { openLand, type Land } from '../../land.ts'
import { levelOn, lineOn, unitsOn } from '../../rollup/ground.ts'
import type { MeaningFoundBy } from '../../model.ts'

export type AskedUnit = {
  code: string | null
  name: string | null
  /** Names of the units it lies in there, nearest first. */
  above: readonly string[]
  place: Place | undefined
  isLeaf: boolean | undefined
}
export type FoundUnit = { by: MeaningFoundBy; unitId: string; was: string | null }

/** As many meanings as are shown for one thing; how like a name must be to be shown at all; how many names are compared letter by letter. */
export const mostFound = 5
export const likeEnough = 0.8
const mostCompared = 30

type Named = { key: UnitKey; version: UnitVersion }
const levels = ['country', 'province', 'district', 'commune'] as const

/** Makes the function that finds today's units for those of another system, the surest first. */
export async function openUnitFinder(ctx: Context): Promise<(asked: AskedUnit) => FoundUnit[]> {
  const land = await openLand(ctx)
  const on = ctx.today
  const at = await openPlaces(ctx, on)
  const words = openCodes(land.ground, land.typeNames)
  const living: Named[] = levels
    .flatMap((level) => unitsOn(land.ground, level, on))
    .flatMap((key) => {
      const unit = land.ground.units.get(key)
      const version = unit && versionOn(unit, on)
      return version === undefined ? [] : [{ key, version }]
    })
  const ended: Named[] = [...land.ground.units.values()].flatMap(({ key, versions }) =>
    versions.flatMap((version) => (version.to === null || on < version.to ? [] : [{ key, version }])),
  )
  const byCode = groupBy(living, ({ version }) => [version.code])
  const endedByCode = groupBy(ended, ({ version }) => [version.code])
  const called = (named: readonly Named[]) =>
    groupBy(named, ({ version }) => [version.name, version.nameEn].map(foldName))
  const [byName, endedByName] = [called(living), called(ended)]
  const alike = openLikeness(living)

  /** Under what a name may be looked up: as it is, and without a word for a kind of unit before or behind it. */
  const keysOf = (name: string): string[] => {
    const folded = foldName(name)
    const bare = [...words.kinds].flatMap((kind) =>
      folded.startsWith(`${kind} `)
        ? [folded.slice(kind.length + 1)]
        : folded.endsWith(` ${kind}`)
          ? [folded.slice(0, -kind.length - 1)]
          : [],
    )
    return [...new Set([folded, ...bare])]
  }
  const namedIn = (index: ReadonlyMap<string, readonly Named[]>, name: string) => [
    ...new Set(keysOf(name).flatMap((key) => index.get(key) ?? [])),
  ]
  /** Whether a unit lay in one of these on a day; every unit lies in the country, which says nothing. */
  const liesIn = (key: UnitKey, above: readonly string[], day: PlainDate) =>
    lineOn(land.ground, key, day)
      .slice(1)
      .some((over) => {
        const unit = land.ground.units.get(over)
        const version = unit && versionOn(unit, day)
        if (version === undefined || land.ground.levelOf(version.type) === 'country') return false
        return above.some((said) => isName(words, said, version))
      })
  /** Those that lay in the nearest of these; else those that lay in any of them. */
  const nearest = (named: readonly Named[], above: readonly string[], dayFor: (one: Named) => PlainDate) => {
    const near = named.filter((one) => liesIn(one.key, above.slice(0, 1), dayFor(one)))
    const found = near.length > 0 ? near : named.filter((one) => liesIn(one.key, above, dayFor(one)))
    return { found, isNear: near.length > 0 }
  }
  return ({ code, name, above, place, isLeaf }) => {
    const found: FoundUnit[] = []
    const add = (by: MeaningFoundBy, keys: readonly UnitKey[], was: string | null = null) =>
      found.push(...keys.map((key) => ({ by, unitId: idOfKey(key), was })))
    const keysIn = (named: readonly Named[]) => named.map(({ key }) => key)
    if (code !== null) add('code', keysIn(byCode.get(code) ?? []))
    if (name !== null) {
      const named = namedIn(byName, name)
      const within = nearest(named, above, () => on)
      const withinThen = nearest(namedIn(endedByName, name), above, dayOf)
      // Whose nearest parent is of the past is of the past itself, though a unit of today bears its name.
      if (withinThen.isNear && !within.isNear) for (const one of withinThen.found) addHeirs('old-name', one)
      add('name-in-parent', keysIn(within.found))
      for (const one of withinThen.found) addHeirs('old-name', one)
      const isMarked = ({ version }: Named) =>
        [version.name, version.nameEn].some((own) => ` ${markedKey(name)}`.endsWith(` ${markedKey(own)}`))
      add('name', keysIn(named.filter(isMarked)))
      add('bare-name', keysIn(named.filter((one) => !isMarked(one))))
    }
    if (code !== null && found.length === 0) for (const one of endedByCode.get(code) ?? []) addHeirs('old-code', one)
    if (name !== null && found.length === 0) for (const one of namedIn(endedByName, name)) addHeirs('old-name', one)
    if (place !== undefined && at !== undefined) {
      const held = at(place)
      const order = isLeaf === false ? levels : levels.toReversed()
      const ordered =
        'point' in place ? held.toSorted((one, other) => order.indexOf(one.level) - order.indexOf(other.level)) : held
      const by = 'point' in place ? 'lies-in' : 'same-ground'
      found.push(...ordered.map(({ unitId }) => ({ by, unitId, was: null }) as const))
    }
    if (name !== null && found.length === 0) add('like-name', keysIn(alike(foldName(name))))
    return once(found).slice(0, mostFound)

    function addHeirs(by: MeaningFoundBy, one: Named): void {
      add(by, heirsOf(land, one, on), by === 'old-code' ? `${one.version.code} ${one.version.name}` : one.version.name)
    }
  }
}

/** Units of the same level in which ground of a unit that was called so lies today. */
function heirsOf(land: Land, { key, version }: Named, on: string): UnitKey[] {
  const level = land.ground.levelOf(version.type)
  const heirs = land.restated(on).portionsOf(key, dayOf({ version }))
  return [...heirs.keys()].filter((heir) => levelOn(land.ground, heir, on) === level)
}

/** The last day on which a unit was called so. */
function dayOf({ version }: Pick<Named, 'version'>): PlainDate {
  return version.to === null ? (version.from ?? '') : dayBefore(version.to)
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

function groupBy(named: readonly Named[], keysOf: (one: Named) => string[]): Map<string, Named[]> {
  const groups = new Map<string, Named[]>()
  for (const one of named)
    for (const key of new Set(keysOf(one)))
      if (key !== '') {
        const group = groups.get(key)
        if (group === undefined) groups.set(key, [one])
        else group.push(one)
      }
  return groups
}

const threes = (name: string) =>
  Array.from({ length: Math.max(0, name.length - 2) }, (_none, at) => name.slice(at, at + 3))

/** Finds units whose names are much like one: those that have most letters by three in common are compared letter by letter. */
function openLikeness(living: readonly Named[]): (folded: string) => Named[] {
  const names = living.map((one) => foldName(one.version.name))
  const holding = new Map<string, number[]>()
  for (const [at, name] of names.entries())
    for (const three of new Set(threes(name))) {
      const list = holding.get(three)
      if (list === undefined) holding.set(three, [at])
      else list.push(at)
    }
  return (folded) => {
    const shared = new Map<number, number>()
    for (const three of new Set(threes(folded)))
      for (const at of holding.get(three) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
    return [...shared]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, mostCompared)
      .map(([at]) => ({ one: living[at], likeness: similarity(folded, names[at] ?? '') }))
      .filter(({ likeness }) => likeness >= likeEnough)
      .toSorted((one, other) => other.likeness - one.likeness)
      .flatMap(({ one }) => one ?? [])
  }
}

function once(found: readonly FoundUnit[]): FoundUnit[] {
  const seen = new Set<string>()
  return found.filter(({ unitId }) => !seen.has(unitId) && seen.add(unitId) !== undefined)
}
