import { foldName, type PlainDate, type UnitKey, type UnitVersion } from '#territory/model'
import type { Ground } from '../rollup/ground.ts'
import type { Fault } from '../rules.ts'

type Held = { unit: UnitKey; version: UnitVersion }

/** What each code of a unit meant, and when; and the folded words for kinds of unit that may stand before a name. */
export type UnitCodes = { held: ReadonlyMap<string, readonly Held[]>; kinds: ReadonlySet<string> }

/**
 * The codes of all units over time.
 * @param typeNames words for kinds of unit by language
 */
export function openCodes(ground: Ground, typeNames: ReadonlyMap<string, Record<string, string>>): UnitCodes {
  const held = [...ground.units.values()].flatMap((unit) =>
    unit.versions.map((version): Held => ({ unit: unit.key, version })),
  )
  return {
    held: Map.groupBy(held, ({ version }) => version.code),
    kinds: new Set([...typeNames.values()].flatMap((names) => Object.values(names).map(foldName))),
  }
}

/**
 * The unit a code meant on a day. A code is no identity: after a reform it may mean other ground, so where the file names the
 * unit too, the name must be that of the unit on that day.
 *
 * @param said the name that stands beside the code; empty where none does
 * @param period named in what is refused
 */
export function readUnitCode(
  codes: UnitCodes,
  of: { code: string; said: string; on: PlainDate; period: string },
): { unit: UnitKey } | Fault {
  const { code, said, on, period } = of
  const ever = codes.held.get(code) ?? []
  const [first] = ever
  if (first === undefined) return { code: 'indicators.unknown-unit-code', params: { unit: code } }
  const then = ever.filter(({ version: { from, to } }) => (from === null || from <= on) && (to === null || on < to))
  const [held] = then
  if (held === undefined)
    return { code: 'indicators.unit-code-not-then', params: { unit: code, period, name: first.version.name } }
  const named = said === '' ? then : then.filter(({ version }) => isName(codes, said, version))
  const [meant, other] = named
  if (meant === undefined)
    return { code: 'indicators.unit-code-means-other', params: { unit: code, period, name: held.version.name } }
  if (other !== undefined) return { code: 'indicators.unit-code-of-several', params: { unit: code, period } }
  return { unit: meant.unit }
}

/** Whether words name a unit, with or without the word for a kind of unit before it or behind it. */
export function isName({ kinds }: UnitCodes, said: string, version: UnitVersion): boolean {
  const folded = foldName(said)
  return [version.name, version.nameEn].map(foldName).some((own) => {
    if (own === '') return false
    if (folded === own || own.endsWith(` ${folded}`)) return true
    return (
      (folded.endsWith(` ${own}`) && kinds.has(folded.slice(0, -own.length - 1))) ||
      (folded.startsWith(`${own} `) && kinds.has(folded.slice(own.length + 1)))
    )
  })
}
