import { createReadStream, readFileSync, statSync } from 'node:fs'
import { sql, type Kysely } from 'kysely'
import { invalid, type Database } from '#platform'
import type { CountryMap, PlainDate, UnitLevel } from '../model.ts'
import { holds } from '../store.ts'
import { readFeatures, readTopology, type Area } from './read-features.ts'
import { isWithin, shapeOf, type Shape } from './shapes.ts'

export type OutlineFile = {
  file: string
  level: UnitLevel
  /** The day whose borders the file draws. */
  on: PlainDate
  /** Where it comes from: said beside every map. */
  source: string
  /** The property that holds the unit's code. */
  codeProperty: string
}

export type Imported = { areas: number; units: number; lacking: string[] }

/** A TopoJSON is held whole; so large it may be. */
const largestTopology = 100_000_000
const batch = 200

/**
 * Takes in outlines of the units of a level as they were on a day: laid on grids once, kept, in place of those of that day before.
 *
 * @param ownerDb connected as the role that owns the tables
 * @returns how many areas were read, how many units of the level there were, and the names of those without an outline
 * @throws invalid `territory.outlines-…`: unreadable, without code, of an unknown unit, twice, not in degrees, without islands every map shows
 */
export async function importOutlines(
  ownerDb: Kysely<Database>,
  file: OutlineFile,
  map: CountryMap | null,
  now: Date,
): Promise<Imported> {
  return ownerDb.transaction().execute(async (db) => {
    const { rows } = await sql<{ unitId: string; code: string; name: string; above: string | null }>`
      select v.unit_id, v.code, v.name, p.code as above from territory.unit_version v join territory.unit_type t on t.type = v.type
      left join territory.unit_version p on p.unit_id = v.parent_id and ${holds('p', file.on)}
      where t.level = ${file.level} and ${holds('v', file.on)}`.execute(db)
    const units = new Map(rows.map((row) => [row.code, row]))
    await sql`delete from territory.outline where on_date = ${file.on}
      and unit_id = any (${rows.map(({ unitId }) => unitId)}::uuid[])`.execute(db)
    const insets = map?.insets ?? []
    const due = insets.filter(({ code }) => rows.some((row) => row.code === code || row.above === code))
    const found = new Set<string>()
    const shown = new Set<string>()
    let waiting: (Shape & { unitId: string })[] = []
    for await (const area of areasOf(file.file)) {
      const number = found.size + 1
      const code = codeOf(area, file.codeProperty)
      if (code === undefined) throw invalid('territory.outlines-without-code', { number, property: file.codeProperty })
      const unit = units.get(code)
      if (unit === undefined) throw invalid('territory.outlines-unknown-unit', { code, number, date: file.on })
      if (found.has(code)) throw invalid('territory.outlines-twice', { code })
      const shape = shapeOf(area.rings, insets)
      if (shape === null) throw invalid('territory.outlines-not-degrees', { code })
      for (const { name, code: own, box } of insets)
        if ((own === code || own === unit.above) && area.rings.some(([first]) => isWithin(first ?? [], box)))
          shown.add(name)
      found.add(code)
      waiting.push({ unitId: unit.unitId, ...shape })
      if (waiting.length < batch) continue
      await save(waiting)
      waiting = []
    }
    await save(waiting)
    if (found.size === 0) throw invalid('territory.outlines-empty')
    const hidden = due.filter(({ name }) => !shown.has(name)).map(({ name }) => name)
    if (hidden.length > 0) throw invalid('territory.outlines-without-islands', { islands: hidden.join(', ') })
    const lacking = rows.filter(({ code }) => !found.has(code)).map(({ name }) => name)
    return { areas: found.size, units: rows.length, lacking }

    async function save(shapes: typeof waiting): Promise<void> {
      if (shapes.length === 0) return
      const column = <Value>(pick: (shape: (typeof waiting)[number]) => Value) => shapes.map(pick)
      await sql`insert into territory.outline (unit_id, on_date, fine, coarse, islets, source, imported_at)
        select t.unit_id, ${file.on}::date, t.fine, t.coarse, t.islets::jsonb, ${file.source}, ${now.toISOString()}::timestamptz
        from unnest(${column(({ unitId }) => unitId)}::uuid[], ${column(({ fine }) => fine)}::text[], ${column(({ coarse }) => coarse)}::text[],
          ${column(({ islets }) => JSON.stringify(islets))}::text[]) as t (unit_id, fine, coarse, islets)`.execute(db)
    }
  })
}

function codeOf({ properties }: Area, property: string): string | undefined {
  const code = properties[property]
  return typeof code === 'string' && code.trim() !== '' ? code.trim() : undefined
}

async function* areasOf(file: string): AsyncGenerator<Area> {
  if (isTopology(file)) {
    if (statSync(file).size > largestTopology)
      throw invalid('territory.outlines-too-large', { megabytes: largestTopology / 1_000_000 })
    yield* readTopology(readFileSync(file, 'utf8'))
    return
  }
  yield* readFeatures(createReadStream(file, { encoding: 'utf8' }))
}

function isTopology(file: string): boolean {
  return /\.topojson$/i.test(file)
}
