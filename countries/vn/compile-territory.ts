/**
 * Compiles the official lists of units (2024, 2025, the changes of 2026 and the conversion table) into
 * `territory.json`, which is committed. Run: `node countries/vn/compile-territory.ts [FOLDER OF THE LISTS] [OUTPUT]`.
 * The same lists give the same bytes. The rules by which a unit goes on or is new are in this folder's README.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Succession, Unit, UnitAlias, UnitRemark, UnitVersion } from '#territory/model'
import { printTerritory } from './territory-file.ts'

type Row = Record<string, string>
/** The reform: 34 provinces, no districts (Resolution 202/2025/QH15 and those of the Standing Committee of 16 June 2025). */
const reform = '2025-07-01'
/** The list of 2024 describes 1 March to 30 June 2025; what it holds is taken to stand since before the records. */
const recordedFrom = '2025-03-01'
const root = 'u:VN'
const continuing = new Set(['unchanged', 'renamed', 'retyped'])

const folder = process.argv[2] ?? join(import.meta.dirname, '../../../shared/reference/admin-units')

function readRows(name: string): Row[] {
  return parse(readFileSync(join(folder, name), 'utf8'), { columns: true, bom: true })
}

/** A cell, in NFC and with single spaces. A missing column is a fault of the list and stops the run. */
function cell(row: Row, column: string): string {
  const value = row[column]
  if (value === undefined) throw new Error(`column ${column} is missing in ${JSON.stringify(row)}`)
  return value.normalize('NFC').replace(/\s+/g, ' ').trim()
}

const old = readRows('units-2024.csv')
const current = readRows('units-2025.csv')
const conversion = readRows('succession.csv')
const changes = readRows('unit-changes-2026.csv')

/** New code → old code where the same unit goes on: same level, same ground. */
const continuedFrom = new Map<string, string>()
for (const row of conversion) {
  const isSameLevel = cell(row, 'old_code').length === cell(row, 'new_code').length
  if (continuing.has(cell(row, 'share_kind')) && isSameLevel)
    continuedFrom.set(cell(row, 'new_code'), cell(row, 'old_code'))
}

const oldKey = (code: string): string => `u:2024:${code}`
const newKey = (code: string): string => {
  const before = continuedFrom.get(code)
  return before === undefined ? `u:2025:${code}` : oldKey(before)
}

/** The versions a row of the 2025 list gives: one, or two where it was changed in 2026. */
function versionsSinceReform(row: Row): UnitVersion[] {
  const code = cell(row, 'code')
  const parent = cell(row, 'parent_code')
  const first: UnitVersion = {
    from: reform,
    to: null,
    code,
    name: capitalized(cell(row, 'name')),
    nameEn: cell(row, 'name_en'),
    type: cell(row, 'type'),
    parent: parent === '' ? root : newKey(parent),
    legalBasis: cell(row, 'legal_basis') || null,
  }
  const change = changes.find((candidate) => cell(candidate, 'code') === code)
  if (change === undefined) return [first]
  if (cell(change, 'name_before') !== first.name)
    throw new Error(`the change of ${code} does not fit its name ${first.name}`)
  const date = cell(change, 'effective_date')
  const type = cell(change, 'type_after')
  const second = {
    ...first,
    from: date,
    name: cell(change, 'name_after'),
    type,
    legalBasis: cell(change, 'legal_basis'),
    nameEn: first.nameEn.replace(/ (Province|Commune)$/, type === 'municipality' ? ' City' : ' Ward'),
  }
  return [{ ...first, to: date }, second]
}

/** Joins versions that differ in nothing, so that an unchanged unit has one. */
function joined(versions: UnitVersion[]): UnitVersion[] {
  const result: UnitVersion[] = []
  for (const version of versions) {
    const last = result.at(-1)
    const isSame =
      last !== undefined &&
      last.code === version.code &&
      last.name === version.name &&
      last.type === version.type &&
      last.parent === version.parent
    if (isSame) last.to = version.to
    else result.push({ ...version })
  }
  return result
}

/** The lists write `Thị Xã`, `Thành Phố` or a small first letter in a few rows; the kind of unit is printed one way. */
function capitalized(name: string): string {
  return name.replace(
    /^(Thị Xã|Thành Phố|Thị Trấn|xã|phường)(?= )/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
  )
}

function compileUnits(): Unit[] {
  const versions = new Map<string, UnitVersion[]>()
  versions.set(root, [
    {
      from: null,
      to: null,
      code: 'VN',
      name: 'Việt Nam',
      nameEn: 'Viet Nam',
      type: 'country',
      parent: null,
      legalBasis: null,
    },
  ])
  for (const row of old) {
    const parent = cell(row, 'parent_code')
    versions.set(oldKey(cell(row, 'code')), [
      {
        from: null,
        to: reform,
        code: cell(row, 'code'),
        name: capitalized(cell(row, 'name')),
        nameEn: cell(row, 'name_en'),
        type: cell(row, 'type'),
        parent: parent === '' ? root : oldKey(parent),
        legalBasis: null,
      },
    ])
  }
  for (const row of current) {
    const key = newKey(cell(row, 'code'))
    versions.set(key, [...(versions.get(key) ?? []), ...versionsSinceReform(row)])
  }
  return [...versions].map(([key, list]) => ({ key, versions: joined(list) }))
}

function kindOf(share: string): Succession['kind'] {
  if (share === 'whole' || share === 'unchanged') return 'whole'
  if (continuing.has(share)) return 'renamed'
  return 'part'
}

/** Edges of the conversion table between different units; a unit that goes on is told by its versions instead. */
function compileEdges(): Succession[] {
  return conversion
    .filter((row) => cell(row, 'old_code') !== '')
    .map((row): Succession => {
      const share = cell(row, 'share_kind')
      const note = cell(row, 'source_note_vi').replace('Nhâp', 'Nhập')
      return {
        from: oldKey(cell(row, 'old_code')),
        to: newKey(cell(row, 'new_code')),
        kind: kindOf(share),
        share,
        date: reform,
        weight: null,
        note: note || null,
      }
    })
    .filter((edge) => edge.from !== edge.to)
}

/** A district went wherever its communes went: `whole` only when all of them went, undivided, into one unit. */
function compileDistrictEdges(communeEdges: Succession[]): Succession[] {
  const communes = old.filter((row) => cell(row, 'code').length === 5)
  const edgesFrom = Map.groupBy(communeEdges, (edge) => edge.from)
  const result: Succession[] = []
  for (const [district, rows] of Map.groupBy(communes, (row) => cell(row, 'parent_code'))) {
    const targets = new Map<string, boolean>()
    for (const row of rows) {
      const key = oldKey(cell(row, 'code'))
      // A commune that goes on is itself a successor of its district, whole.
      const edges = edgesFrom.get(key) ?? [{ to: key, kind: 'whole' as const }]
      for (const edge of edges) targets.set(edge.to, (targets.get(edge.to) ?? true) && edge.kind !== 'part')
    }
    const isWhole = targets.size === 1 && [...targets.values()].every(Boolean)
    for (const to of [...targets.keys()].sort()) {
      result.push({
        from: oldKey(district),
        to,
        kind: isWhole ? 'whole' : 'part',
        share: 'computed',
        date: reform,
        weight: null,
        note: null,
      })
    }
  }
  return result
}

function compileAliases(): UnitAlias[] {
  const before = { field: 'name' as const, from: null, to: reform }
  const since = { field: 'name' as const, from: reform, to: null }
  const names: UnitAlias[] = [
    ...readRows('old-name-variants.csv').map((row) => ({
      ...before,
      unit: oldKey(cell(row, 'old_code')),
      value: cell(row, 'name_in_conversion_table'),
      difference: cell(row, 'difference'),
      source: 'conversion-table',
    })),
    ...readRows('new-name-variants.csv').map((row) => ({
      ...since,
      unit: newKey(cell(row, 'code')),
      value: cell(row, 'variant'),
      difference: cell(row, 'difference'),
      source: 'unit-database',
    })),
  ]
  const codes: UnitAlias[] = readRows('code-aliases.csv').map((row) => ({
    unit: newKey(cell(row, 'code')),
    field: 'code',
    value: cell(row, 'alias_code'),
    difference: 'printed-annex',
    from: reform,
    to: null,
    source: cell(row, 'why'),
  }))
  const seen = new Set<string>()
  return [...names, ...codes].filter((alias) => {
    const id = `${alias.unit} ${alias.value}`
    return seen.has(id) ? false : seen.add(id)
  })
}

function compileRemarks(): UnitRemark[] {
  return conversion
    .filter((row) => cell(row, 'old_code') === '')
    .map((row) => ({
      unit: newKey(cell(row, 'new_code')),
      date: reform,
      text: cell(row, 'remark').replace(/^no code: /, ''),
    }))
}

const edges = compileEdges()
const text = printTerritory({
  country: 'VN',
  recordedFrom,
  units: compileUnits(),
  succession: [...edges, ...compileDistrictEdges(edges)],
  aliases: compileAliases(),
  remarks: compileRemarks(),
})
writeFileSync(process.argv[3] ?? join(import.meta.dirname, 'territory.json'), text)
process.stdout.write(`territory.json: ${text.length} characters, ${edges.length} edges of the table\n`)
