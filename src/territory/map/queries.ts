import { sql } from 'kysely'
import type { Context } from '#platform'
import type { CountryMap, MapGround, PlainDate, UnitLevel } from '../model.ts'
import { holds } from '../store.ts'

export type MapQuery = {
  level: UnitLevel
  asOf: PlainDate
  /** Only units in this one; the country otherwise. */
  unitId: string | undefined
}

type Row = {
  unitId: string
  code: string
  path: string | null
  islets: [number, number][] | null
  source: string | null
}

/**
 * What maps of the units of a level on a day are drawn on: their tiles where the country gives them, and outlines of each as near that day
 * as there are, if no ground went to or from the unit in between.
 */
export async function readMapGround(ctx: Context, map: CountryMap | null, query: MapQuery): Promise<MapGround> {
  const rows = await readRows(ctx, query)
  const insets = (map?.insets ?? []).map(({ name, code, box: [west, south, east, north] }) => ({
    ...{ name, code, left: at(west), top: at(-north), right: at(east), bottom: at(-south) },
  }))
  const byCode = new Map(rows.map((row) => [row.code, row.unitId]))
  const layout = map?.layouts.find(
    ({ from, to }) => (from === null || from <= query.asOf) && (to === null || query.asOf < to),
  )
  const tiles = (layout?.tiles ?? []).flatMap((tile) => {
    const unitId = byCode.get(tile.code)
    return unitId === undefined ? [] : [{ ...tile, unitId }]
  })
  const areTiled = new Set(tiles.map(({ unitId }) => unitId)).size === rows.length
  return {
    tiles: query.level === 'province' && areTiled ? tiles : [],
    outlines: outlinesOf(rows, insets),
    insets: insets.map(({ code, ...inset }) => ({ ...inset, unitId: byCode.get(code) ?? null })),
  }
}

const at = (degrees: number): number => Math.round(degrees * 1000)

type Frame = { left: number; top: number; right: number; bottom: number }

function outlinesOf(rows: readonly Row[], insets: readonly Frame[]): MapGround['outlines'] {
  const drawn = rows.flatMap(({ unitId, path, islets }) =>
    path === null ? [] : [{ unitId, path, islets: islets ?? [] }],
  )
  if (drawn.length === 0) return null
  const bounds = drawn.map(({ path }) => boundsOf(path))
  return {
    left: Math.min(...bounds.map(({ left }) => left)),
    top: Math.min(...bounds.map(({ top }) => top)),
    right: Math.max(...bounds.map(({ right }) => right)),
    bottom: Math.max(...bounds.map(({ bottom }) => bottom)),
    units: drawn.map(({ unitId, path, islets }) => ({
      ...{ unitId, path },
      islets: insets.map((inset) =>
        islets
          .filter(([x, y]) => x >= inset.left && x <= inset.right && y >= inset.top && y <= inset.bottom)
          .map(([x, y]) => ({ x, y })),
      ),
    })),
    lacking: rows.length - drawn.length,
    sources: [...new Set(rows.flatMap(({ source }) => source ?? []))],
  }
}

/** Of a path of rings, each a place and then steps. An empty one has none. */
function boundsOf(path: string): Frame {
  const frame = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const ring of path.split('z')) {
    if (ring === '') continue
    const numbers = (ring.match(/-?\d+/g) ?? []).map(Number)
    let [x, y] = [0, 0]
    for (let place = 0; place + 1 < numbers.length; place += 2) {
      x += numbers[place] ?? 0
      y += numbers[place + 1] ?? 0
      frame.left = Math.min(frame.left, x)
      frame.top = Math.min(frame.top, y)
      frame.right = Math.max(frame.right, x)
      frame.bottom = Math.max(frame.bottom, y)
    }
  }
  return frame
}

async function readRows(ctx: Context, { level, asOf, unitId }: MapQuery): Promise<Row[]> {
  const inside =
    unitId === undefined
      ? sql`true`
      : sql`v.unit_id in (with recursive inside (id) as (select ${unitId}::uuid
          union select w.unit_id from inside join territory.unit_version w on w.parent_id = inside.id and ${holds('w', asOf)}) select id from inside)`
  const { rows } = await sql<Row>`
    with asked as (
      select v.unit_id, v.code, (select t.level from territory.unit_version u join territory.unit_type t on t.type = u.type
        where u.unit_id = ${unitId ?? null}::uuid and ${holds('u', asOf)}) as of_level
      from territory.unit_version v join territory.unit_type t on t.type = v.type
      where t.level = ${level} and ${holds('v', asOf)} and ${inside}
    )
    select a.unit_id, a.code, o.path, o.islets, o.source from asked a left join lateral (
      select case when coalesce(a.of_level, 'country') = 'country' then o.coarse else o.fine end as path, o.islets, o.source
      from territory.outline o
      where o.unit_id = a.unit_id and not exists (select 1 from territory.succession s where (s.from_id = o.unit_id or s.to_id = o.unit_id)
        and s.on_date > least(o.on_date, ${asOf}::date) and s.on_date <= greatest(o.on_date, ${asOf}::date))
      order by abs(o.on_date - ${asOf}::date) limit 1) o on true
    order by a.code`.execute(ctx.db)
  return rows
}
