/**
 * The committed form of the units: rows in place of objects, because 13,000 units with their names of fields would be
 * three times as long. One row a line, so that a change of one commune is a change of one line.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { TerritoryData, UnitVersion } from '#territory/model'
import { unitTypes } from './unit-types.ts'

const text = z.string()
const date = z.string().nullable()
/** `[from, to, code, name, nameEn, type, parent, legalBasis]`; `legalBasis` is a place in `legalBases`. */
const VersionRow = z.tuple([date, date, text, text, text, text, text.nullable(), z.int().nullable()])
const TerritoryFile = z.object({
  country: text,
  recordedFrom: text,
  legalBases: z.array(text),
  notes: z.array(text),
  /** `[key, version, version …]` */
  units: z.array(z.tuple([text], VersionRow)),
  /** `[from, to, kind, share, date, note]`; `note` is a place in `notes`. No shares were published, so no weights. */
  succession: z.array(z.tuple([text, text, z.enum(['whole', 'part', 'renamed']), text, text, z.int().nullable()])),
  /** `[unit, field, value, difference, from, to, source]` */
  aliases: z.array(z.tuple([text, z.enum(['name', 'code']), text, text, date, date, date])),
  /** `[unit, date, text]` */
  remarks: z.array(z.tuple([text, text, text])),
})

/** Places of texts that repeat thousands of times. */
function indexer(list: string[]): (value: string | null) => number | null {
  return (value) => {
    if (value === null) return null
    const place = list.indexOf(value)
    return place >= 0 ? place : list.push(value) - 1
  }
}

/** Writes the units in the committed form. */
export function printTerritory(data: Omit<TerritoryData, 'types'>): string {
  const legalBases: string[] = []
  const notes: string[] = []
  const basis = indexer(legalBases)
  const note = indexer(notes)
  const version = (v: UnitVersion) => [v.from, v.to, v.code, v.name, v.nameEn, v.type, v.parent, basis(v.legalBasis)]
  const rows: Record<string, unknown[]> = {
    units: data.units.map((unit) => [unit.key, ...unit.versions.map(version)]),
    succession: data.succession.map((edge) => [edge.from, edge.to, edge.kind, edge.share, edge.date, note(edge.note)]),
    aliases: data.aliases.map((a) => [a.unit, a.field, a.value, a.difference, a.from, a.to, a.source]),
    remarks: data.remarks.map((remark) => [remark.unit, remark.date, remark.text]),
  }
  const head = { country: data.country, recordedFrom: data.recordedFrom, legalBases, notes }
  const parts = [
    ...Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
    ...Object.entries(rows).map(
      ([name, list]) => `"${name}":[\n${list.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
    ),
  ]
  return `{${parts.join(',\n')}}\n`
}

/** Reads the committed units of Việt Nam into the shape the territory module asks for. */
export function readTerritory(path: string = join(import.meta.dirname, 'territory.json')): TerritoryData {
  const file = TerritoryFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  const at = (list: string[], place: number | null): string | null => (place === null ? null : (list[place] ?? null))
  return {
    country: file.country,
    recordedFrom: file.recordedFrom,
    types: unitTypes,
    units: file.units.map(([key, ...versions]) => ({
      key,
      versions: versions.map(([from, to, code, name, nameEn, type, parent, legal]) => ({
        from,
        to,
        code,
        name,
        nameEn,
        type,
        parent,
        legalBasis: at(file.legalBases, legal),
      })),
    })),
    succession: file.succession.map(([from, to, kind, share, on, note]) => ({
      from,
      to,
      kind,
      share,
      date: on,
      weight: null,
      note: at(file.notes, note),
    })),
    aliases: file.aliases.map(([unit, field, value, difference, from, to, source]) => ({
      unit,
      field,
      value,
      difference,
      from,
      to,
      source,
    })),
    remarks: file.remarks.map(([unit, on, remark]) => ({ unit, date: on, text: remark })),
  }
}
