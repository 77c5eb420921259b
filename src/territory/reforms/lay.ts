import type { Succession, TerritoryData, Unit, UnitVersion } from '../model.ts'
import type { NewUnit, Portion, UnitChange, UnitPointer, UnitReform } from '../model.ts'

/** The names a unit bears without the marks of its letters, for languages that write it so. */
function withoutMarks(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').normalize('NFC')
}

/** The units a reform makes, in order of its changes. */
export function madeBy(changes: readonly UnitChange[]): { made: NewUnit; change: number }[] {
  return changes.flatMap((change, place) => {
    const made =
      change.kind === 'create'
        ? [change.made]
        : change.kind === 'split'
          ? change.into
          : 'into' in change
            ? [change.into]
            : []
    return made.map((unit) => ({ made: unit, change: place }))
  })
}

/**
 * The keys of a reform's new units by their pointers `new:CODE`: `u:YEAR:CODE` as the country's own data has them, so that
 * data which come to know the same reform later mean the same unit; with the whole date where that key is taken.
 */
export function keysOfMade(reform: UnitReform, isTaken: (key: string) => boolean): Map<UnitPointer, string> {
  return new Map(
    madeBy(reform.changes).map(({ made }) => {
      const key = `u:${reform.date.slice(0, 4)}:${made.code}`
      return [`new:${made.code}`, isTaken(key) ? `u:${reform.date}:${made.code}` : key]
    }),
  )
}

/** A step of ground from one unit to another, as a change states it. */
type Given = { unit: UnitPointer; to: UnitPointer; portion: Portion; change: number; kind: Succession['kind'] }

/** The units that give ground and so end, each with where it goes. */
export function givenAway(changes: readonly UnitChange[]): Given[] {
  return changes.flatMap((change, place): Given[] => {
    const to = (made: NewUnit): UnitPointer => `new:${made.code}`
    switch (change.kind) {
      case 'merge':
        return change.from.map((portion) => ({
          unit: portion.unit,
          to: to(change.into),
          portion,
          change: place,
          kind: portion.extent,
        }))
      case 'split':
        return change.into.map((made) => ({
          unit: change.unit,
          to: to(made),
          portion: { unit: change.unit, extent: 'part' as const, share: null, note: change.note },
          change: place,
          kind: 'part' as const,
        }))
      case 'convert':
        return [
          {
            unit: change.unit,
            to: to(change.into),
            portion: {
              unit: change.unit,
              extent: 'whole' as const,
              share: change.share ?? 'renamed',
              note: change.note,
            },
            change: place,
            kind: 'renamed' as const,
          },
        ]
      case 'abolish':
        return change.to.map((portion) => ({
          unit: change.unit,
          to: portion.unit,
          portion,
          change: place,
          kind: portion.extent,
        }))
      case 'rename':
      case 'move':
      case 'create':
        return []
    }
  })
}

/** The units that end with a reform, given away or abolished. */
export function endedBy(changes: readonly UnitChange[]): Set<UnitPointer> {
  return new Set([
    ...givenAway(changes).map((step) => step.unit),
    ...changes.flatMap((change) => (change.kind === 'abolish' ? [change.unit] : [])),
  ])
}

type Patch = Partial<Pick<UnitVersion, 'code' | 'name' | 'nameEn' | 'type' | 'parent' | 'legalBasis'>>

/**
 * Lays a reform on the units: what the country is from its date on. Nothing is lost: units that end keep their versions and
 * lead on by succession; units that go on get another version. Units under one that went wholly into another follow it where
 * no change says otherwise; an abolished unit without named heirs went wherever the units under it went.
 *
 * @param reform one that `checkUnitReform` finds no error in; dates of versions are not looked after here
 */
export function layUnitReform(data: TerritoryData, reform: UnitReform): TerritoryData {
  const { date, changes } = reform
  const taken = new Set(data.units.map((unit) => unit.key))
  const keys = keysOfMade(reform, (key) => taken.has(key))
  const keyOf = (pointer: UnitPointer): string => keys.get(pointer) ?? pointer
  const ended = endedBy(changes)
  const steps = givenAway(changes)
  const patches = patchesOf(reform, keyOf)
  follow(data, { date, ended, steps, patches, keyOf })
  const units = data.units.map((unit) => {
    if (ended.has(unit.key)) return closed(unit, date)
    const patch = patches.get(unit.key)
    return patch === undefined ? unit : patched(unit, date, patch)
  })
  const made = madeBy(changes).map(({ made: unit, change }): Unit => ({
    key: keyOf(`new:${unit.code}`),
    versions: [
      {
        from: date,
        to: null,
        code: unit.code,
        name: unit.name,
        nameEn: unit.nameEn ?? withoutMarks(unit.name),
        type: unit.type,
        parent: keyOf(unit.parent),
        legalBasis: changes[change]?.legalBasis ?? reform.legalBasis,
      },
    ],
  }))
  const edges = steps.map((step): Succession => ({
    from: step.unit,
    to: keyOf(step.to),
    kind: step.kind,
    share: step.portion.share ?? step.portion.extent,
    date,
    weight: null,
    note: step.portion.note,
  }))
  const computed = heirsThroughChildren(data, reform, edges)
  return { ...data, units: [...units, ...made], succession: [...data.succession, ...edges, ...computed] }
}

function patchesOf(reform: UnitReform, keyOf: (pointer: UnitPointer) => string): Map<string, Patch> {
  const patches = new Map<string, Patch>()
  for (const change of reform.changes) {
    if (change.kind !== 'rename' && change.kind !== 'move') continue
    const before = patches.get(change.unit) ?? {}
    const legalBasis = change.legalBasis ?? reform.legalBasis
    if (change.kind === 'move') patches.set(change.unit, { ...before, parent: keyOf(change.parent), legalBasis })
    else
      patches.set(change.unit, {
        ...before,
        ...(change.name === null ? {} : { name: change.name, nameEn: change.nameEn ?? withoutMarks(change.name) }),
        ...(change.nameEn === null ? {} : { nameEn: change.nameEn }),
        ...(change.type === null ? {} : { type: change.type }),
        ...(change.code === null ? {} : { code: change.code }),
        legalBasis,
      })
  }
  return patches
}

type Following = {
  date: string
  ended: ReadonlySet<string>
  steps: ReturnType<typeof givenAway>
  patches: Map<string, Patch>
  keyOf: (pointer: UnitPointer) => string
}

/** Units under one that went wholly into one other go with it. */
function follow(data: TerritoryData, of: Following): void {
  const heir = new Map<string, string>()
  for (const [unit, steps] of Map.groupBy(of.steps, (step) => step.unit)) {
    const [only, other] = steps
    if (only !== undefined && other === undefined && only.kind !== 'part') heir.set(unit, of.keyOf(only.to))
  }
  for (const unit of data.units) {
    const parent = currentVersion(unit, of.date)?.parent
    const next = parent == null ? undefined : heir.get(parent)
    if (next === undefined || of.ended.has(unit.key)) continue
    const patch = of.patches.get(unit.key)
    if (patch?.parent === undefined) of.patches.set(unit.key, { legalBasis: null, ...patch, parent: next })
  }
}

/** The version that holds when a reform comes: the last one, begun before its date and without an end. */
export function currentVersion(unit: Unit, date: string): UnitVersion | undefined {
  const last = unit.versions.at(-1)
  return last !== undefined && last.to === null && (last.from === null || last.from < date) ? last : undefined
}

function closed(unit: Unit, date: string): Unit {
  const last = unit.versions.at(-1)
  return last === undefined ? unit : { ...unit, versions: [...unit.versions.slice(0, -1), { ...last, to: date }] }
}

function patched(unit: Unit, date: string, patch: Patch): Unit {
  const last = unit.versions.at(-1)
  if (last === undefined) return unit
  const next = { ...last, ...patch, from: date }
  const isSame =
    next.code === last.code && next.name === last.name && next.type === last.type && next.parent === last.parent
  if (isSame) return unit
  return { ...unit, versions: [...unit.versions.slice(0, -1), { ...last, to: date }, next] }
}

/** An abolished unit without named heirs went wherever the units directly under it went; whole when all went into one. */
function heirsThroughChildren(data: TerritoryData, reform: UnitReform, edges: readonly Succession[]): Succession[] {
  const abolished = new Set(
    reform.changes.flatMap((change) => (change.kind === 'abolish' && change.to.length === 0 ? [change.unit] : [])),
  )
  if (abolished.size === 0) return []
  const edgesFrom = Map.groupBy(edges, (edge) => edge.from)
  const targets = new Map<string, Map<string, boolean>>()
  for (const unit of data.units) {
    const parent = currentVersion(unit, reform.date)?.parent
    if (parent == null || !abolished.has(parent)) continue
    const of = targets.get(parent) ?? new Map<string, boolean>()
    targets.set(parent, of)
    for (const edge of edgesFrom.get(unit.key) ?? [{ to: unit.key, kind: 'whole' as const }])
      of.set(edge.to, (of.get(edge.to) ?? true) && edge.kind !== 'part')
  }
  return [...targets].flatMap(([from, to]) => {
    const kind = to.size === 1 && [...to.values()].every(Boolean) ? 'whole' : 'part'
    return [...to.keys()].sort().map((key): Succession => ({
      from,
      to: key,
      kind,
      share: 'computed',
      date: reform.date,
      weight: null,
      note: null,
    }))
  })
}
