import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { changesFromRows, checkUnitReform, layUnitReform, type ReformRow } from '#territory'
import { versionOn, type TerritoryData } from '#territory/model'
import { compileAgencies } from './agencies.ts'
import { readTerritory } from './territory-file.ts'
import { placeSpelling, unitPrefixes } from './unit-types.ts'

const date = '2025-07-01'
const dayBefore = '2025-06-30'
const lists = join(import.meta.dirname, '../../../shared/reference/admin-units')
const words = { prefixes: unitPrefixes, spelling: placeSpelling }

type Row = Record<string, string>
function readRows(name: string): Row[] {
  return parse(readFileSync(join(lists, name), 'utf8'), { columns: true, bom: true })
}
const tidy = (text: string | undefined) => (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()

/** The country cut off on a day, as if nothing later had ever been known. */
function cutBefore(data: TerritoryData, on: string): TerritoryData {
  const units = data.units.flatMap((unit) => {
    const versions = unit.versions
      .filter((version) => version.from === null || version.from < on)
      .map((version) => ({ ...version, to: version.to !== null && version.to >= on ? null : version.to }))
    return versions.length === 0 ? [] : [{ ...unit, versions }]
  })
  return { ...data, units, succession: data.succession.filter((edge) => edge.date < on) }
}

/** The official conversion table and the new list, as the rows of one list of changes. */
function rowsOfReform(): ReformRow[] {
  const old = new Map(readRows('units-2024.csv').map((row) => [row['code'], row]))
  const current = new Map(readRows('units-2025.csv').map((row) => [row['code'], row]))
  const goingOn = new Set(['unchanged', 'renamed', 'retyped'])
  const plain: Row = { whole: 'whole', part: 'part' }
  const conversion = readRows('succession.csv').filter((row) => row['old_code'] !== '')
  const named = (code: string | undefined) => {
    const unit = current.get(code)
    return {
      newCode: tidy(code),
      newName: tidy(unit?.['name']).replace(
        /^(xã|phường)(?= )/,
        (word) => word.charAt(0).toUpperCase() + word.slice(1),
      ),
      newType: tidy(unit?.['type']),
      newParent: tidy(unit?.['parent_code']),
      legalBasis: tidy(unit?.['legal_basis']) || null,
    }
  }
  const rows = conversion.map((row, place): ReformRow => {
    const share = tidy(row['share_kind'])
    const isSameLevel = row['old_code']?.length === row['new_code']?.length
    const kind = goingOn.has(share) ? (isSameLevel ? 'rename' : 'convert') : 'merge'
    return {
      row: place + 1,
      oldCode: tidy(row['old_code']),
      oldName: tidy(old.get(row['old_code'])?.['name']),
      kind,
      ...named(row['new_code']),
      extent: share === 'whole' ? 'whole' : 'part',
      share: plain[share] === undefined ? share : null,
      note: tidy(row['source_note_vi']).replace('Nhâp', 'Nhập') || null,
    }
  })
  const districts = [...old.values()].filter(
    (row) => row['code']?.length === 3 && !conversion.some((each) => each['old_code'] === row['code']),
  )
  return [
    ...rows,
    ...districts.map((row, place): ReformRow => ({
      row: rows.length + place + 1,
      oldCode: tidy(row['code']),
      oldName: tidy(row['name']),
      kind: 'abolish',
      newCode: '',
      newName: '',
      newType: '',
      newParent: '',
      extent: undefined,
      share: null,
      note: null,
      legalBasis: null,
    })),
  ]
}

/** What is compared: every unit as it stood until the day and stands from it, and every step of the day. */
function pictureOf(data: TerritoryData) {
  const unit = (on: string) =>
    data.units.flatMap((each) => {
      const version = versionOn(each, on)
      if (version === undefined) return []
      const { code, name, type, parent, from, legalBasis } = version
      return [`${each.key} ${JSON.stringify({ code, name, type, parent, from, legalBasis })}`]
    })
  const steps = data.succession.filter((edge) => edge.date === date).map((edge) => JSON.stringify(edge))
  return { before: unit(dayBefore).sort(), after: unit(date).sort(), steps: steps.sort() }
}

describe.skipIf(!existsSync(lists))('the reform of 1 July 2025, replayed from the state before it', () => {
  const known = readTerritory()
  const before = cutBefore(known, date)
  const { changes, faults } = changesFromRows(before, words, { date, rows: existsSync(lists) ? rowsOfReform() : [] })
  const reform = { date, legalBasis: null, changes }

  test('is read from the official tables without a faulty row', () => {
    expect(faults.filter((fault) => fault.code !== 'territory.row-changes-nothing').slice(0, 10)).toEqual([])
    expect(changes.length).toBeGreaterThan(3_800)
  })

  test('has nothing against it', () => {
    expect(
      checkUnitReform(before, reform)
        .filter((finding) => finding.severity === 'error')
        .slice(0, 10),
    ).toEqual([])
  })

  test('gives the units and steps of 2025 exactly', () => {
    const replayed = pictureOf(layUnitReform(before, reform))
    const official = pictureOf(known)
    expect(replayed.after).toHaveLength(1 + 34 + 3321)
    expect(replayed.before).toEqual(official.before)
    expect(replayed.after).toEqual(official.after)
    expect(replayed.steps).toEqual(official.steps)
  })

  test('gives the bodies of 2025 with their names, superiors, mandates and successions exactly', () => {
    const upTo = cutBefore(known, '2026-01-01')
    const official = compileAgencies(upTo)
    const replayed = compileAgencies(layUnitReform(before, reform))
    const texts = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort()
    expect(texts(replayed.agencies)).toEqual(texts(official.agencies))
    expect(texts(replayed.mandates)).toEqual(texts(official.mandates))
    expect(texts(replayed.succession)).toEqual(texts(official.succession))
  })
})
