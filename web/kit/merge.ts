/** Where a field stands in a value: names of objects, keys of list entries. */
export type FieldPath = readonly string[]

/** Which words stand where two people changed the same field. */
export type Choice = 'mine' | 'theirs' | 'both'

/** A field both changed, each in another way. `undefined` = it is not there: the entry was added or taken out. */
export interface Clash {
  path: FieldPath
  base: unknown
  mine: unknown
  theirs: unknown
}

export interface Merged<T> {
  /** All that only one of the two changed; where both did, the choice made, else mine. */
  value: T
  clashes: Clash[]
  /** Fields only the other changed. */
  taken: FieldPath[]
}

/** Choices by `pathKey`. */
export type Choices = Readonly<Record<string, Choice>>

export const pathKey = (path: FieldPath): string => JSON.stringify(path)

/** Stands in a path for the order of a list. */
export const orderOf = '#order'

type Fields = Record<string, unknown>
type Entry = Fields & { key: string }

/** One value as both began with it, as I have it now, and as the other has saved it. */
export interface Three<T = unknown> {
  base: T
  mine: T
  theirs: T
}

export interface MergeOptions {
  choices?: Choices
  /** Names of objects that are one field: their parts make sense only together. */
  whole?: readonly string[]
}

interface Run extends Required<MergeOptions> {
  clashes: Clash[]
  taken: FieldPath[]
}

/**
 * Joins what two people made of one value, field by field: what one of them changed is taken, what both changed alike
 * stands, what both changed in different ways is a clash. Lists whose entries carry a `key` are joined entry by entry;
 * other lists and texts are one field each. Pure; the three values stay as they are.
 */
export function mergeFields<T>(three: Three<T>, { choices = {}, whole = [] }: MergeOptions = {}): Merged<T> {
  const run: Run = { choices, whole, clashes: [], taken: [] }
  const value = mergeAt(run, [], three) as T
  return { value, clashes: run.clashes, taken: run.taken }
}

function mergeAt(run: Run, path: FieldPath, { base, mine, theirs }: Three): unknown {
  if (isSame(mine, theirs)) return mine
  if (isSame(base, theirs)) return mine
  const isWhole = run.whole.includes(path.at(-1) ?? '')
  if (!isWhole && isFields(base) && isFields(mine) && isFields(theirs))
    return mergeObjects(run, path, { base, mine, theirs })
  if (isKeyed(base) && isKeyed(mine) && isKeyed(theirs)) return mergeLists(run, path, { base, mine, theirs })
  if (isSame(base, mine)) {
    run.taken.push(path)
    return theirs
  }
  return clash(run, path, { base, mine, theirs })
}

function clash(run: Run, path: FieldPath, { base, mine, theirs }: Three): unknown {
  run.clashes.push({ path, base, mine, theirs })
  const choice = run.choices[pathKey(path)]
  if (choice === 'theirs') return theirs
  return choice === 'both' ? joined(mine, theirs) : mine
}

/** Both texts or lists, theirs first; `undefined` where there is no sense in it. */
export function joined(mine: unknown, theirs: unknown): unknown {
  if (typeof mine === 'string' && typeof theirs === 'string') return `${theirs}\n${mine}`
  if (Array.isArray(mine) && Array.isArray(theirs))
    return [...(theirs as unknown[]), ...mine.filter((own) => !theirs.some((other) => isSame(own, other)))]
  return undefined
}

function mergeObjects(run: Run, path: FieldPath, { base, mine, theirs }: Three<Fields>): Fields {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  const entries = names.map((name) => [
    name,
    mergeAt(run, [...path, name], { base: base[name], mine: mine[name], theirs: theirs[name] }),
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Fields
}

function mergeLists(run: Run, path: FieldPath, { base, mine, theirs }: Three<Entry[]>): Entry[] {
  const of = { base: byKey(base), mine: byKey(mine), theirs: byKey(theirs) }
  const merged = new Map<string, Entry>()
  for (const key of new Set([...of.mine.keys(), ...of.theirs.keys()])) {
    const three = { base: of.base.get(key), mine: of.mine.get(key), theirs: of.theirs.get(key) }
    const entry = mergeAt(run, [...path, key], three) as Entry | undefined
    if (entry !== undefined) merged.set(key, entry)
  }
  const keys = orderedKeys(run, path, {
    base: base.map((entry) => entry.key),
    mine: mine.map((entry) => entry.key),
    theirs: theirs.map((entry) => entry.key),
  })
  return keys.flatMap((key) => merged.get(key) ?? [])
}

/** The order of whoever moved entries; entries the other added stand after the one they were put after. */
function orderedKeys(run: Run, path: FieldPath, of: Three<string[]>): string[] {
  const [inMine, inTheirs] = [new Set(of.mine), new Set(of.theirs)]
  const everywhere = new Set(of.base.filter((key) => inMine.has(key) && inTheirs.has(key)))
  const common = (keys: string[]) => keys.filter((key) => everywhere.has(key))
  const three = { base: common(of.base), mine: common(of.mine), theirs: common(of.theirs) }
  if (isSame(three.base, three.mine)) return withThose(of.theirs, of.mine)
  if (isSame(three.base, three.theirs) || isSame(three.mine, three.theirs)) return withThose(of.mine, of.theirs)
  const order = clash(run, [...path, orderOf], three)
  return order === three.theirs ? withThose(of.theirs, of.mine) : withThose(of.mine, of.theirs)
}

function withThose(lead: string[], others: string[]): string[] {
  const keys = [...lead]
  const known = new Set(lead)
  let after: string | undefined
  for (const key of others) {
    if (!known.has(key)) {
      keys.splice(after === undefined ? 0 : keys.indexOf(after) + 1, 0, key)
      known.add(key)
    }
    after = key
  }
  return keys
}

function byKey(entries: Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entry.key, entry]))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list whose entries all have a key of their own; an empty list may be one. */
function isKeyed(value: unknown): value is Entry[] {
  if (!Array.isArray(value)) return false
  const keys = value.map((entry: unknown) => (isFields(entry) ? entry.key : undefined))
  return keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length
}

/** Whether two values say the same, whatever the order of their names; what is undefined is not there. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((entry, at) => isSame(entry, other[at]))
  if (!isFields(one) || !isFields(other)) return false
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => isSame(one[name], other[name]))
}
