import type { TerritoryData } from '#territory/model'
import { foldMarks } from './names.ts'

/** Folded words for kinds of unit, longest first: they may stand before a name or be left out. */
const kinds = /^(thanh pho|thi tran|thi xa|dac khu|phuong|huyen|quan|tinh|xa|tp|tx|tt|p|x|h|q|t) (?=.)/

type Unit = { key: string; code: string; name: string; parent: string | null; level: 'commune' | 'above' }

/**
 * Finds the commune of today for a folded text: a code of five digits; a name, with or without its kind, alone or before
 * district and province, in the wording of before or after the reform. Null where it could be several, or where an old
 * commune was divided.
 */
export function placesOf(territory: TerritoryData): (folded: string) => string | null {
  const units = new Map(territory.units.flatMap((unit) => unitOf(unit, territory)))
  const successor = successors(territory)
  const today = new Map<string, string | null>()
  for (const unit of units.values()) {
    if (unit.level !== 'commune') continue
    const now = successor(unit.key)
    for (const text of writtenForms(unit, units))
      today.set(text, today.has(text) && today.get(text) !== now ? null : now)
  }
  const codes = new Map<string, string | null>()
  for (const unit of units.values())
    if (unit.level === 'commune' && (!codes.has(unit.code) || unit.key.startsWith('u:2024:')))
      codes.set(unit.code, successor(unit.key))
  return (folded) =>
    codes.get(/^\d{1,5}$/.test(folded) ? folded.padStart(5, '0') : '') ?? today.get(bare(folded)) ?? null
}

function unitOf(unit: TerritoryData['units'][number], { types }: TerritoryData): [string, Unit][] {
  const last = unit.versions.at(-1)
  if (!last) return []
  const level = types.find((type) => type.type === last.type)?.level === 'commune' ? 'commune' : 'above'
  return [[unit.key, { key: unit.key, code: last.code, name: bare(fold(last.name)), parent: last.parent, level }]]
}

function fold(text: string): string {
  return foldMarks(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Words for kinds left out, wherever one stands before a name. */
function bare(folded: string): string {
  return folded
    .split(/ (?=(?:thanh pho|thi xa|huyen|quan|tinh|tp|tx) )/)
    .map((part) => part.replace(kinds, ''))
    .join(' ')
}

function writtenForms(unit: Unit, units: ReadonlyMap<string, Unit>): Set<string> {
  const forms = new Set([unit.name])
  const above: string[] = []
  for (let parent = units.get(unit.parent ?? ''); parent && parent.parent !== null; parent = units.get(parent.parent))
    above.push(parent.name)
  const province = above.at(-1)
  if (province !== undefined) forms.add(`${unit.name} ${province}`)
  if (above.length > 0) forms.add([unit.name, ...above].join(' '))
  if (above.length > 1) forms.add(`${unit.name} ${above[0] ?? ''}`)
  return forms
}

/** The unit of today that took a unit over whole, through all later changes; null where it was divided. */
function successors({ units, succession }: TerritoryData): (key: string) => string | null {
  const standing = new Set(units.flatMap((unit) => (unit.versions.at(-1)?.to === null ? [unit.key] : [])))
  const edges = Map.groupBy(succession, (edge) => edge.from)
  const follow = (key: string, depth: number): string | null => {
    if (standing.has(key) || depth > 8) return key
    const mine = edges.get(key) ?? []
    const whole = mine.filter((edge) => edge.kind !== 'part')
    const only = whole.length === 1 ? whole[0] : mine.length === 1 ? mine[0] : undefined
    return only === undefined ? null : follow(only.to, depth + 1)
  }
  return (key) => follow(key, 0)
}
