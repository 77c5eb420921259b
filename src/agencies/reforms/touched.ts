import { idOfKey } from '#platform'
import { isValidOn, type TerritoryData, type Unit, type UnitVersion } from '#territory/model'
import { changedBodies } from '../commands.ts'
import { nameOn, type Agency, type AgencyData } from '../model.ts'
import type { BodyTouched, UnitTouched } from '../model.ts'
import { lastDayOf } from '../rules.ts'
import { followSuccession, type SuccessionIndex } from '../succession.ts'
import type { CountryState } from './state.ts'

/** A body that ends (`functions` null: all its work moves on) or hands some fields of work over. */
export type Moving = { key: string; agencyId: string; functions: string[] | null }

/** Everything a reform touches, in the words of one language. */
export type Touched = {
  units: UnitTouched[]
  bodies: BodyTouched[]
  moving: Moving[]
  /** Names of the bodies that hold the work of a body after the reform. */
  heirsOf: (agencyId: string, functionCode: string | null) => string[]
  /** Bodies in being whose standing depends on the reform: who drafts and who approves must reach them all. */
  mustReach: string[]
}

type Compared = { before: CountryState; after: CountryState; date: string; language: string }

/** Compares the country before and after a reform. */
export function compareStates(of: Compared): Touched {
  const bodies = changedBodies(of.before.bodies, of.after.bodies)
  const index: SuccessionIndex = {
    agencies: new Map(of.after.bodies.agencies.map((agency) => [agency.key, agency])),
    edgesFrom: Map.groupBy(of.after.bodies.succession, (edge) => edge.fromKey),
  }
  const since = lastDayOf(of.date) ?? of.date
  const byId = new Map([...bodies].map((key) => [idOfKey(key), key]))
  const moving = movingBodies(of, bodies)
  return {
    units: unitsTouched(of),
    bodies: bodiesTouched(of, bodies),
    moving,
    heirsOf(agencyId, functionCode) {
      const key = byId.get(agencyId)
      if (key === undefined) return []
      return followSuccession(index, key, { function: functionCode, since, on: of.date }).keys.map((heir) =>
        nameFrom(index, heir, of.date),
      )
    },
    mustReach: toReach(of, bodies),
  }
}

function nameFrom(index: SuccessionIndex, key: string, on: string): string {
  const agency = index.agencies.get(key)
  return agency === undefined ? key : nameOn(agency, on).name
}

function unitsTouched({ before, after, date, language }: Compared): UnitTouched[] {
  const was = new Map(before.territory.units.map((unit) => [unit.key, unit]))
  const now = new Map(after.territory.units.map((unit) => [unit.key, unit]))
  const ofDay = after.territory.succession.slice(before.territory.succession.length)
  const from = Map.groupBy(ofDay, (edge) => edge.from)
  const to = Map.groupBy(ofDay, (edge) => edge.to)
  const picture = (version: UnitVersion | undefined, units: ReadonlyMap<string, Unit>) =>
    version === undefined
      ? null
      : {
          code: version.code,
          name: version.name,
          type: typeName(after.territory, version.type, language),
          parent: version.parent === null ? null : (units.get(version.parent)?.versions.at(-1)?.name ?? null),
        }
  return after.territory.units.flatMap((unit): UnitTouched[] => {
    const old = was.get(unit.key)
    if (old === unit) return []
    const current = unit.versions.find((version) => isValidOn(version, date))
    const others = [
      ...(from.get(unit.key) ?? []).map((edge) => ({
        name: now.get(edge.to)?.versions.at(-1)?.name ?? edge.to,
        kind: edge.kind,
      })),
      ...(to.get(unit.key) ?? []).map((edge) => ({
        name: was.get(edge.from)?.versions.at(-1)?.name ?? edge.from,
        kind: edge.kind,
      })),
    ]
    return [
      {
        key: unit.key,
        id: old === undefined ? null : idOfKey(unit.key),
        fate: old === undefined ? 'made' : current === undefined ? 'ended' : 'changed',
        before: picture(old?.versions.at(-1), was),
        after: picture(current, now),
        others,
      },
    ]
  })
}

export function typeName(territory: TerritoryData, type: string, language: string): string {
  return territory.types.find((each) => each.type === type)?.names[language] ?? type
}

/** The name of a field of work in a language. */
export function functionName(bodies: AgencyData, code: string, language: string): string {
  return bodies.functions.find((each) => each.code === code)?.names[language] ?? code
}

function bodiesTouched(of: Compared, keys: ReadonlySet<string>): BodyTouched[] {
  const was = sideOf(of.before.bodies, lastDayOf(of.date) ?? of.date, of)
  const now = sideOf(of.after.bodies, of.date, of)
  const edges = Map.groupBy(
    of.after.bodies.succession.filter((edge) => edge.date === of.date),
    (edge) => edge.fromKey,
  )
  return [...keys].flatMap((key): BodyTouched[] => {
    const before = was.picture(key)
    const after = now.picture(key)
    if (before === null && after === null) return []
    const heirs = (edges.get(key) ?? []).map((edge) => ({
      name: now.name(edge.toKey),
      functionName: edge.function === null ? null : functionName(of.after.bodies, edge.function, of.language),
    }))
    const isSame = JSON.stringify(before) === JSON.stringify(after) && heirs.length === 0
    if (isSame) return []
    return [
      {
        key,
        id: before === null ? null : idOfKey(key),
        fate: before === null ? 'made' : after === null ? 'ended' : 'changed',
        before,
        after,
        heirs,
      },
    ]
  })
}

function sideOf(bodies: AgencyData, on: string, { language }: Compared) {
  const known = new Map(bodies.agencies.map((agency) => [agency.key, agency]))
  const mandates = Map.groupBy(bodies.mandates, (mandate) => mandate.agencyKey)
  const name = (key: string) => {
    const agency = known.get(key)
    return agency === undefined ? key : nameOn(agency, on).name
  }
  return {
    name,
    picture(key: string): BodyTouched['before'] {
      const agency = known.get(key)
      if (agency === undefined || !isValidOn(agency, on)) return null
      const superior = agency.superiors.find((each) => isValidOn(each, on))?.key
      return {
        name: nameOn(agency, on).name,
        superior: superior === undefined ? null : name(superior),
        functions: (mandates.get(key) ?? [])
          .filter((mandate) => isValidOn(mandate, on))
          .map((mandate) => functionName(bodies, mandate.function, language)),
      }
    },
  }
}

function movingBodies(of: Compared, keys: ReadonlySet<string>): Moving[] {
  const was = new Map(of.before.bodies.agencies.map((agency) => [agency.key, agency]))
  const now = new Map(of.after.bodies.agencies.map((agency) => [agency.key, agency]))
  const edges = Map.groupBy(
    of.after.bodies.succession.filter((edge) => edge.date === of.date),
    (edge) => edge.fromKey,
  )
  const ends = (old: Agency | undefined, next: Agency | undefined) =>
    old !== undefined && old.to !== of.date && next?.to === of.date
  return [...keys].flatMap((key): Moving[] => {
    const agencyId = idOfKey(key)
    if (ends(was.get(key), now.get(key))) return [{ key, agencyId, functions: null }]
    const handed = (edges.get(key) ?? []).flatMap((edge) => edge.function ?? [])
    return handed.length === 0 || !was.has(key) ? [] : [{ key, agencyId, functions: handed }]
  })
}

/** Bodies that change, the heirs that are in being already, and the superiors of new bodies. */
function toReach(of: Compared, keys: ReadonlySet<string>): string[] {
  const was = new Set(of.before.bodies.agencies.map((agency) => agency.key))
  const now = new Map(of.after.bodies.agencies.map((agency) => [agency.key, agency]))
  const heirs = of.after.bodies.succession
    .filter((edge) => edge.date === of.date && keys.has(edge.fromKey))
    .map((edge) => edge.toKey)
  const superiors = [...keys].flatMap((key) =>
    was.has(key) ? [] : (now.get(key)?.superiors ?? []).map((each) => each.key),
  )
  const moved = [...keys].flatMap((key) =>
    (now.get(key)?.superiors ?? []).filter((each) => each.from === of.date).map((each) => each.key),
  )
  return [...new Set([...keys, ...heirs, ...superiors, ...moved])].filter((key) => was.has(key)).map(idOfKey)
}
