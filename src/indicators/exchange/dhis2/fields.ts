/** What of a thing is told: names of fields, each with those wanted inside it. */
export type Wanted = ReadonlyMap<string, Wanted | null>
export type Thing = Readonly<Record<string, unknown>>

const groups: Readonly<Record<string, readonly string[]>> = {
  ':identifiable': ['id', 'code', 'name', 'displayName'],
  ':nameable': ['id', 'code', 'name', 'shortName', 'displayName'],
}

/** Reads `id,name,parent[id,name]`; `*` and `:all` are everything. */
export function readWanted(words: string): Wanted {
  let at = 0
  const read = (depth: number): Map<string, Wanted | null> => {
    const found = new Map<string, Wanted | null>()
    let name = ''
    const keep = (inside: Wanted | null) => {
      const [plain = ''] = name.trim().split(/[~(]/)
      for (const one of groups[plain] ?? [plain]) if (one !== '') found.set(one, inside)
      name = ''
    }
    for (; at < words.length; at++) {
      const sign = words[at] ?? ''
      if (sign === '[' && depth < 5) {
        at++
        keep(read(depth + 1))
      } else if (sign === ']') break
      else if (sign === ',') keep(null)
      else name += sign
    }
    keep(null)
    return found
  }
  return read(0)
}

/** A thing with only what is wanted of it. */
export function pick(thing: unknown, wanted: Wanted): unknown {
  if (Array.isArray(thing)) return thing.map((one) => pick(one, wanted))
  if (typeof thing !== 'object' || thing === null) return thing
  const isAll = wanted.has('*') || wanted.has(':all') || wanted.has(':owner')
  const kept = Object.entries(thing).flatMap(([name, value]): [string, unknown][] => {
    const inside = wanted.get(name)
    if (inside !== null && inside !== undefined) return [[name, pick(value, inside)]]
    return isAll || inside === null ? [[name, inside === null ? brief(value) : value]] : []
  })
  return Object.fromEntries(kept)
}

/** A thing inside another, of which nothing particular is wanted, is told by its id. */
function brief(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(brief)
  return typeof value === 'object' && value !== null && 'id' in value ? { id: value.id } : value
}

function valuesAt(thing: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path
  if (name === undefined) return Array.isArray(thing) ? thing : [thing]
  if (Array.isArray(thing)) return thing.flatMap((one) => valuesAt(one, path))
  return typeof thing === 'object' && thing !== null ? valuesAt((thing as Thing)[name], rest) : [undefined]
}

type Test = (found: unknown[], wanted: string) => boolean
const same = (one: unknown, other: string) => String(one ?? '') === other
const fold = (words: unknown) => String(words ?? '').toLowerCase()
const compare = (one: unknown, other: string) =>
  typeof one === 'number' ? one - Number(other) : String(one ?? '') < other ? -1 : Number(String(one ?? '') !== other)
const listed = (words: string) => words.replace(/^\[|\]$/g, '').split(',')
const some =
  (test: (one: unknown, wanted: string) => boolean): Test =>
  (found, wanted) =>
    found.some((one) => test(one, wanted))

const tests: Readonly<Record<string, Test>> = {
  eq: some(same),
  ieq: some((one, wanted) => fold(one) === fold(wanted)),
  '!eq': (found, wanted) => !found.some((one) => same(one, wanted)),
  ne: (found, wanted) => !found.some((one) => same(one, wanted)),
  like: some((one, wanted) => String(one ?? '').includes(wanted)),
  ilike: some((one, wanted) => fold(one).includes(fold(wanted))),
  '!like': (found, wanted) => !found.some((one) => String(one ?? '').includes(wanted)),
  '!ilike': (found, wanted) => !found.some((one) => fold(one).includes(fold(wanted))),
  $like: some((one, wanted) => String(one ?? '').startsWith(wanted)),
  $ilike: some((one, wanted) => fold(one).startsWith(fold(wanted))),
  like$: some((one, wanted) => String(one ?? '').endsWith(wanted)),
  ilike$: some((one, wanted) => fold(one).endsWith(fold(wanted))),
  token: (found, wanted) =>
    fold(wanted)
      .split(/\s+/)
      .every((word) => found.some((one) => fold(one).includes(word))),
  in: some((one, wanted) => listed(wanted).includes(String(one ?? ''))),
  '!in': (found, wanted) => !found.some((one) => listed(wanted).includes(String(one ?? ''))),
  gt: some((one, wanted) => compare(one, wanted) > 0),
  ge: some((one, wanted) => compare(one, wanted) >= 0),
  lt: some((one, wanted) => compare(one, wanted) < 0),
  le: some((one, wanted) => compare(one, wanted) <= 0),
  null: (found) => found.every((one) => one === null || one === undefined),
  '!null': some((one) => one !== null && one !== undefined),
  empty: (found) => found.length === 0,
}

/** Whether a thing passes filters `property:operator:value`; undefined where one cannot be read. */
export function passes(filters: readonly string[], isAny: boolean): ((thing: Thing) => boolean) | undefined {
  const read = filters.map((filter) => {
    const [property = '', operator = '', ...rest] = filter.split(':')
    const test = Object.hasOwn(tests, operator) ? tests[operator] : undefined
    return test === undefined ? undefined : { path: property.split('.'), test, wanted: rest.join(':') }
  })
  if (read.includes(undefined)) return undefined
  const known = read.filter((one) => one !== undefined)
  const holds = (thing: Thing) => (one: (typeof known)[number]) => one.test(valuesAt(thing, one.path), one.wanted)
  return (thing) => (known.length === 0 ? true : isAny ? known.some(holds(thing)) : known.every(holds(thing)))
}

/** Orders things by `property:asc`, `idesc` and the like. */
export function ordered(things: readonly Thing[], orders: readonly string[]): Thing[] {
  const by = orders
    .flatMap((order) => order.split(','))
    .map((order) => {
      const [property = '', direction = 'asc'] = order.split(':')
      return { property, sign: direction.endsWith('desc') ? -1 : 1, folds: direction.startsWith('i') }
    })
  return things.toSorted((one, other) => {
    for (const { property, sign, folds } of by) {
      const [left, right] = [one[property], other[property]]
      const difference =
        typeof left === 'number' && typeof right === 'number'
          ? left - right
          : (folds ? fold(left) : String(left ?? '')).localeCompare(folds ? fold(right) : String(right ?? ''))
      if (difference !== 0) return difference * sign
    }
    return 0
  })
}
