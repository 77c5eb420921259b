import { sql } from 'kysely'
import { idOfKey, notFound, type Context } from '#platform'
import { readAllUnits, territoryFingerprint } from '#territory'
import { versionOn, type PlainDate, type UnitKey, type UnitLevel, type UnitRef } from '#territory/model'
import { answeringOn, lineOn, openGround, unitsOn, type Ground } from './rollup/ground.ts'
import { restateOn, type Restatement } from './rollup/restate.ts'

/** The units of the instance over time, with what was worked out of them; one for all requests. */
export type Land = {
  fingerprint: string
  ground: Ground
  keyOf: ReadonlyMap<string, UnitKey>
  idOf: ReadonlyMap<UnitKey, string>
  /** Words for kinds of unit by language. */
  typeNames: ReadonlyMap<string, Record<string, string>>
  restated: (on: PlainDate) => Restatement
  /** Who answers on a day where figures are taken up on a level. */
  answering: (level: UnitLevel, on: PlainDate) => ReadonlySet<UnitKey>
  /** The units of a level that lie in another on a day, without itself. */
  inside: (unit: UnitKey, level: UnitLevel, on: PlainDate) => readonly UnitKey[]
}

let kept: Promise<Land> | undefined
let keptFor: string | undefined
/** The state of the tables of units in which it was found to be so. */
let keptIn: string | undefined

/** The land as it now stands; read anew when units changed. @throws unavailable `territory.not-loaded` */
export async function openLand(ctx: Context): Promise<Land> {
  const state = ctx.dataState?.territory
  if (kept !== undefined && state !== undefined && state === keptIn) return kept
  const fingerprint = await territoryFingerprint(ctx.db)
  if (kept !== undefined && keptFor === fingerprint) {
    const land = await kept.catch(() => undefined)
    if (land !== undefined) {
      keptIn = state ?? keptIn
      return land
    }
  }
  keptFor = fingerprint
  keptIn = undefined
  const reading = readLand(ctx)
  kept = reading
  return reading
}

async function readLand(ctx: Context): Promise<Land> {
  const { units, succession, fingerprint } = await readAllUnits(ctx)
  const { rows: types } = await sql<{
    type: string
    level: UnitLevel
    names: Record<string, string>
  }>`select type, level, names from territory.unit_type`.execute(ctx.db)
  const levels = new Map(types.map(({ type, level }) => [type, level]))
  const ground = openGround({ units, succession, levels })
  const idOf = new Map(units.map(({ key }) => [key, idOfKey(key)]))
  return {
    fingerprint,
    ground,
    keyOf: new Map([...idOf].map(([key, id]) => [id, key])),
    idOf,
    typeNames: new Map(types.map(({ type, names }) => [type, names])),
    restated: keepSome((on: PlainDate) => restateOn(ground, on)),
    answering: keepSome(
      (name: string) => {
        const [level = '', on = ''] = name.split(' ')
        return new Set(answeringOn(ground, level as UnitLevel, on))
      },
      (level: UnitLevel, on: PlainDate) => `${level} ${on}`,
    ),
    inside: keepSome(
      (name: string) => {
        const [unit, level, on] = JSON.parse(name) as [UnitKey, UnitLevel, PlainDate]
        return unitsOn(ground, level, on).filter((key) => key !== unit && lineOn(ground, key, on).includes(unit))
      },
      (unit: UnitKey, level: UnitLevel, on: PlainDate) => JSON.stringify([unit, level, on]),
    ),
  }
}

/** Days one country is asked about are few: reforms, ends of periods, today. */
const most = 40

function keepSome<Args extends string[], Answer>(
  work: (name: string) => Answer,
  nameOf: (...args: Args) => string = (...args) => args.join(' '),
): (...args: Args) => Answer {
  const answers = new Map<string, Answer>()
  return (...args) => {
    const name = nameOf(...args)
    const known = answers.get(name)
    if (known !== undefined) return known
    const answer = work(name)
    answers.set(name, answer)
    for (const oldest of answers.keys()) {
      if (answers.size <= most) break
      answers.delete(oldest)
    }
    return answer
  }
}

/** The key of a unit by its id. @throws notFound */
export function getUnitKey(land: Land, id: string): UnitKey {
  const key = land.keyOf.get(id)
  if (key === undefined) throw notFound()
  return key
}

const ids = new WeakMap<Land, Map<UnitKey, string>>()

/** The id of a unit, worked out once for as long as the land stands. */
function idIn(land: Land, key: UnitKey): string {
  const known = ids.get(land) ?? new Map<UnitKey, string>()
  ids.set(land, known)
  const id = known.get(key) ?? idOfKey(key)
  known.set(key, id)
  return id
}

/** A unit as it was called on a day; as it last was, or first was, where it was not in being. */
export function refOf(land: Land, key: UnitKey, on: PlainDate, language: string): UnitRef {
  const unit = land.ground.units.get(key)
  const version =
    unit && (versionOn(unit, on) ?? (lastedUntil(unit.versions, on) ? unit.versions.at(-1) : unit.versions[0]))
  if (version === undefined) throw notFound()
  return {
    id: idIn(land, key),
    code: version.code,
    name: version.name,
    type: version.type,
    typeName: land.typeNames.get(version.type)?.[language] ?? version.type,
    level: land.ground.levelOf(version.type) ?? 'commune',
  }
}

function lastedUntil(versions: readonly { to: string | null }[], on: PlainDate): boolean {
  const end = versions.at(-1)?.to
  return end !== null && end !== undefined && end <= on
}
