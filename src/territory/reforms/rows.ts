import { foldName, splitPrefix, type PlaceWords, type TerritoryData, type Unit, type UnitVersion } from '../model.ts'
import { currentVersion } from './lay.ts'
import type { NewUnit, Portion, UnitChange, UnitPointer } from '../model.ts'

/** One row of a list of changes, as read from a table; empty cells are ''. `kind` is already one of ours, or undefined. */
export type ReformRow = {
  row: number
  oldCode: string
  oldName: string
  kind: UnitChange['kind'] | undefined
  newCode: string
  newName: string
  newType: string
  newParent: string
  extent: 'whole' | 'part' | undefined
  /** A finer word of the list for the extent. */
  share: string | null
  note: string | null
  legalBasis: string | null
}

export type RowFault = { row: number; code: string; params: Record<string, string> }

const making = new Set<UnitChange['kind']>(['merge', 'split', 'create', 'convert'])

type Living = { unit: Unit; version: UnitVersion }
type Known = {
  data: TerritoryData
  words: PlaceWords
  byCode: ReadonlyMap<string, readonly Living[]>
  /** Codes of units the list makes. */
  made: ReadonlySet<string>
  faults: RowFault[]
}

/**
 * Turns the rows of a list into changes; rows of one new code together make one unit. Bulk: a faulty row is told and left
 * out, the others are taken.
 *
 * @param data the units the reform is laid on
 * @param of.date the day of the reform: old codes are those borne the day before
 */
export function changesFromRows(
  data: TerritoryData,
  words: PlaceWords,
  of: { date: string; rows: readonly ReformRow[] },
): { changes: UnitChange[]; faults: RowFault[] } {
  const living = data.units.flatMap((unit): Living[] => {
    const version = currentVersion(unit, of.date)
    return version === undefined ? [] : [{ unit, version }]
  })
  const known: Known = {
    data,
    words,
    made: new Set(of.rows.filter((row) => row.kind !== undefined && making.has(row.kind)).map((row) => row.newCode)),
    faults: [],
    byCode: Map.groupBy(living, ({ version }) => version.code),
  }
  const forming = of.rows.filter((row) => row.kind === 'merge' || row.kind === 'split')
  const changes = [
    ...formed(known, forming),
    ...of.rows.flatMap((row) => single(known, row)),
    ...abolished(
      known,
      of.rows.filter((row) => row.kind === 'abolish'),
    ),
  ]
  const faults = [...known.faults].sort((a, b) => a.row - b.row)
  return { changes: withSplits(changes), faults }
}

function fault(known: Known, row: ReformRow, code: string, params: Record<string, string> = {}): undefined {
  known.faults.push({ row: row.row, code: `territory.${code}`, params })
}

/** The living unit a row names by code, checked against its name: codes are used again, so both must fit. */
function oldUnit(known: Known, row: ReformRow): Living | undefined {
  if (row.oldCode === '') return fault(known, row, 'row-old-code-missing')
  const bearers = known.byCode.get(row.oldCode) ?? []
  const named = row.oldName === '' ? bearers : bearers.filter((each) => hasName(known, each, row.oldName))
  const [only, other] = named
  if (only !== undefined && other === undefined) return only
  const [bearer] = bearers
  if (bearer === undefined) return fault(known, row, 'row-no-such-code', { code: row.oldCode })
  return fault(known, row, other === undefined ? 'row-name-differs' : 'row-code-of-several', {
    code: row.oldCode,
    name: row.oldName,
    known: bearer.version.name,
  })
}

function hasName({ words, data }: Known, { unit, version }: Living, name: string): boolean {
  const bare = (text: string) => splitPrefix(text, Object.keys(words.prefixes)).rest
  const forms = [
    version.name,
    ...data.aliases.filter((alias) => alias.unit === unit.key && alias.field === 'name').map((alias) => alias.value),
  ]
  return forms.some((form) => foldName(form) === foldName(name) || bare(form) === bare(name))
}

/** The type a row names: by code, by its words in any language, else by the word before the new name. */
function typeOf({ data, words }: Known, row: ReformRow, level: string | undefined): string | undefined {
  const wanted = foldName(row.newType)
  const ofLevel = (type: string) =>
    level === undefined || data.types.find((each) => each.type === type)?.level === level
  if (wanted !== '')
    return data.types.find(
      (type) => type.type === row.newType || Object.values(type.names).some((name) => foldName(name) === wanted),
    )?.type
  const { prefix } = splitPrefix(row.newName, Object.keys(words.prefixes))
  const types = prefix === null ? [] : (words.prefixes[prefix] ?? [])
  return types.find(ofLevel) ?? types[0]
}

/** Where a new unit lies: the unit whose code the row gives, one the same list makes, or where its first ground lay. */
function parentOf(known: Known, row: ReformRow, from: Living | undefined): UnitPointer | undefined {
  const parent = row.newParent === '' ? parentCode(known, from) : row.newParent
  if (parent === undefined) return fault(known, row, 'row-parent-missing')
  if (known.made.has(parent)) return `new:${parent}`
  const [only, other] = known.byCode.get(parent) ?? []
  if (only !== undefined && other === undefined) return only.unit.key
  return fault(known, row, only === undefined ? 'row-no-such-parent' : 'row-code-of-several', { code: parent })
}

function parentCode(known: Known, from: Living | undefined): string | undefined {
  return known.data.units.find((unit) => unit.key === from?.version.parent)?.versions.at(-1)?.code
}

function levelOf(known: Known, living: Living | undefined): string | undefined {
  return known.data.types.find((type) => type.type === living?.version.type)?.level
}

/** The unit a row makes; what one row leaves empty another row of the same code may say. */
function newUnit(known: Known, rows: readonly ReformRow[], from: Living | undefined): NewUnit | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const said = (pick: (row: ReformRow) => string) => rows.map(pick).find((value) => value !== '') ?? ''
  const row = {
    ...first,
    newName: said((each) => each.newName),
    newType: said((each) => each.newType),
    newParent: said((each) => each.newParent),
  }
  if (row.newCode === '') return fault(known, row, 'row-new-code-missing')
  if (row.newName === '') return fault(known, row, 'row-new-name-missing')
  const differing = rows.find((each) => each.newName !== '' && foldName(each.newName) !== foldName(row.newName))
  if (differing !== undefined)
    return fault(known, differing, 'row-new-name-differs', { name: differing.newName, known: row.newName })
  const type = typeOf(known, row, levelOf(known, from))
  if (type === undefined) return fault(known, row, 'row-no-such-type', { type: row.newType || row.newName })
  const parent = parentOf(known, row, from)
  return parent === undefined ? undefined : { code: row.newCode, name: row.newName, nameEn: null, type, parent }
}

/** Units formed of others: rows of merges and splits by their new code. */
function formed(known: Known, rows: readonly ReformRow[]): UnitChange[] {
  return [...Map.groupBy(rows, (row) => row.newCode)].flatMap(([, list]): UnitChange[] => {
    const from = list.flatMap((row) => {
      const old = oldUnit(known, row)
      return old === undefined ? [] : [{ old, row }]
    })
    const into = newUnit(known, list, from[0]?.old)
    if (into === undefined || from.length === 0) return []
    const portions = from.map(({ old, row }): Portion => ({
      unit: old.unit.key,
      extent: row.extent ?? (row.kind === 'split' ? 'part' : 'whole'),
      share: row.share,
      note: row.note,
    }))
    return [
      {
        kind: 'merge',
        from: portions,
        into,
        legalBasis: list.map((row) => row.legalBasis).find((basis) => basis !== null) ?? null,
      },
    ]
  })
}

/** Kinds where each row is one change. */
function single(known: Known, row: ReformRow): UnitChange[] {
  const { legalBasis } = row
  if (row.kind === undefined) {
    fault(known, row, 'row-no-such-kind')
    return []
  }
  if (row.kind === 'merge' || row.kind === 'split' || row.kind === 'abolish') return []
  if (row.kind === 'create') {
    const made = newUnit(known, [row], undefined)
    return made === undefined ? [] : [{ kind: 'create', made, legalBasis }]
  }
  const old = oldUnit(known, row)
  if (old === undefined) return []
  if (row.kind === 'convert') {
    const into = newUnit(known, [row], old)
    return into === undefined
      ? []
      : [{ kind: 'convert', unit: old.unit.key, into, share: row.share, note: row.note, legalBasis }]
  }
  return goesOn(known, row, old)
}

/** A unit that goes on: under another name, kind or code, under another unit, or both. */
function goesOn(known: Known, row: ReformRow, { unit, version }: Living): UnitChange[] {
  const { legalBasis } = row
  const type =
    row.newType === '' && row.newName === '' ? version.type : typeOf(known, row, levelOf(known, { unit, version }))
  if (type === undefined) {
    fault(known, row, 'row-no-such-type', { type: row.newType })
    return []
  }
  const differs = (value: string, before: string) => (value === '' || value === before ? null : value)
  const rename = {
    kind: 'rename' as const,
    unit: unit.key,
    name: differs(row.newName, version.name),
    nameEn: null,
    type: differs(type, version.type),
    code: differs(row.newCode, version.code),
    legalBasis,
  }
  const isRenamed = rename.name !== null || rename.type !== null || rename.code !== null
  const parent = row.newParent === '' ? version.parent : parentOf(known, row, { unit, version })
  if (parent === undefined) return []
  const isMoved = parent !== null && parent !== version.parent
  if (!isRenamed && !isMoved) fault(known, row, 'row-changes-nothing', { name: version.name })
  return [
    ...(isRenamed ? [rename] : []),
    ...(isMoved ? [{ kind: 'move' as const, unit: unit.key, parent, legalBasis }] : []),
  ]
}

/** Rows that abolish one unit, with the units that take its ground when the list names them. */
function abolished(known: Known, rows: readonly ReformRow[]): UnitChange[] {
  return [...Map.groupBy(rows, (row) => row.oldCode)].flatMap(([, list]): UnitChange[] => {
    const [first] = list
    const old = first && oldUnit(known, first)
    if (first === undefined || old === undefined) return []
    const to = list
      .filter((row) => row.newCode !== '')
      .flatMap((row): Portion[] => {
        const unit = parentOf(known, { ...row, newParent: row.newCode }, undefined)
        const extent = row.extent ?? (list.length > 1 ? 'part' : 'whole')
        return unit === undefined ? [] : [{ unit, extent, share: row.share, note: row.note }]
      })
    return [{ kind: 'abolish', unit: old.unit.key, to, legalBasis: first.legalBasis }]
  })
}

/** Units made of nothing but parts of one unit are its split. */
function withSplits(changes: readonly UnitChange[]): UnitChange[] {
  const isPartOfOne = (change: UnitChange): change is Extract<UnitChange, { kind: 'merge' }> =>
    change.kind === 'merge' &&
    change.from.length === 1 &&
    change.from[0]?.extent === 'part' &&
    change.from[0].share === null
  const uses = Map.groupBy(
    changes.flatMap((change) =>
      change.kind === 'merge' ? change.from.map((portion) => ({ unit: portion.unit, change })) : [],
    ),
    (use) => use.unit,
  )
  const splits = new Map(
    [...uses]
      .filter(([, list]) => list.length > 1 && list.every((use) => isPartOfOne(use.change)))
      .map(([unit, list]) => [unit, list]),
  )
  const done = new Set<string>()
  return changes.flatMap((change): UnitChange[] => {
    const unit = isPartOfOne(change) ? change.from[0]?.unit : undefined
    const parts = unit === undefined ? undefined : splits.get(unit)
    if (unit === undefined || parts === undefined) return [change]
    if (done.has(unit)) return []
    done.add(unit)
    const into = parts.flatMap((part) => (part.change.kind === 'merge' ? [part.change.into] : []))
    return [
      {
        kind: 'split',
        unit,
        into,
        note: change.kind === 'merge' ? (change.from[0]?.note ?? null) : null,
        legalBasis: change.legalBasis,
      },
    ]
  })
}
