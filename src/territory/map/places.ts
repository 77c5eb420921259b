import { sql } from 'kysely'
import type { Context } from '#platform'
import type { PlainDate, UnitLevel } from '../model.ts'
import { holds } from '../store.ts'

/** Where something lies, in degrees: a point, or the rings of its outline, whichever polygon they are of. */
export type Place = { point: readonly [east: number, north: number] } | { rings: readonly (readonly number[][])[] }

/** A unit whose outline holds a place: the whole of it, or the share of both outlines that they have in common. */
export type UnitAtPlace = { unitId: string; level: UnitLevel; share: number }

type Point = readonly [x: number, y: number]
type Outline = { unitId: string; level: UnitLevel; rings: Point[][]; box: Box }
type Box = { left: number; top: number; right: number; bottom: number }

/** Two outlines that have less than this of both in common are not taken for the same ground. */
const enoughShared = 0.5
/** Places looked at from side to side and from top to bottom of an outline. */
const steps = 16

/**
 * Finds units by ground, from the outlines an operator imported that still draw the borders of a day.
 * @returns undefined where there are none
 */
export async function openPlaces(ctx: Context, on: PlainDate): Promise<((place: Place) => UnitAtPlace[]) | undefined> {
  const { rows } = await sql<{ unitId: string; level: UnitLevel; fine: string }>`
    select v.unit_id, t.level, o.fine from territory.unit_version v join territory.unit_type t on t.type = v.type
    join lateral (select o.fine from territory.outline o where o.unit_id = v.unit_id
      and not exists (select 1 from territory.succession s where (s.from_id = o.unit_id or s.to_id = o.unit_id)
        and s.on_date > least(o.on_date, ${on}::date) and s.on_date <= greatest(o.on_date, ${on}::date))
      order by abs(o.on_date - ${on}::date) limit 1) o on true
    where ${holds('v', on)}`.execute(ctx.db)
  if (rows.length === 0) return undefined
  const outlines = rows.map(({ unitId, level, fine }): Outline => {
    const rings = ringsOf(fine)
    return { unitId, level, rings, box: boxOf(rings) }
  })
  return (place) => ('point' in place ? atPoint(outlines, onGrid(place.point)) : over(outlines, place.rings))
}

/** Degrees as kept outlines count: thousandths, to the east and to the south. */
function onGrid([east = NaN, north = NaN]: readonly number[]): Point {
  return [east * 1000, -north * 1000]
}

/** The rings of a kept path: each a place, and then steps. */
export function ringsOf(path: string): Point[][] {
  return path
    .split('z')
    .filter((ring) => ring !== '')
    .map((ring) => {
      const numbers = (ring.match(/-?\d+/g) ?? []).map(Number)
      let [x, y] = [0, 0]
      return Array.from({ length: numbers.length >> 1 }, (_none, at): Point => {
        x += numbers[at * 2] ?? 0
        y += numbers[at * 2 + 1] ?? 0
        return [x, y]
      })
    })
}

function boxOf(rings: readonly Point[][]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const [x, y] of rings.flat()) {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

/** Whether a place lies inside rings that are filled by even and odd, as paths are. */
export function isInside(rings: readonly (readonly Point[])[], [x, y]: Point): boolean {
  let crossings = 0
  for (const ring of rings)
    for (const [at, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay]
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) crossings++
    }
  return crossings % 2 === 1
}

const holdsPoint = ({ box, rings }: Pick<Outline, 'box' | 'rings'>, point: Point) =>
  point[0] >= box.left &&
  point[0] <= box.right &&
  point[1] >= box.top &&
  point[1] <= box.bottom &&
  isInside(rings, point)

function atPoint(outlines: readonly Outline[], point: Point): UnitAtPlace[] {
  return outlines
    .filter((outline) => holdsPoint(outline, point))
    .map(({ unitId, level }) => ({ unitId, level, share: 1 }))
}

/** Units whose outline is much the same ground, the likest first: shared ground over ground of either. */
function over(outlines: readonly Outline[], given: readonly (readonly number[][])[]): UnitAtPlace[] {
  const rings = given.map((ring) => ring.map(onGrid))
  const asked = { rings, box: boxOf(rings) }
  return outlines
    .filter(({ box }) => meets(box, asked.box))
    .map(({ unitId, level, ...own }) => ({ unitId, level, share: sharedOf(own, asked) }))
    .filter(({ share }) => share >= enoughShared)
    .toSorted((one, other) => other.share - one.share)
}

const meets = (one: Box, other: Box) =>
  one.left <= other.right && other.left <= one.right && one.top <= other.bottom && other.top <= one.bottom

/** By places spread evenly over both: how many lie in both, of those that lie in either. */
function sharedOf(one: Pick<Outline, 'box' | 'rings'>, other: Pick<Outline, 'box' | 'rings'>): number {
  const box = boxOf([[cornerOf(one.box), endOf(one.box), cornerOf(other.box), endOf(other.box)]])
  let [both, either] = [0, 0]
  for (let row = 0; row < steps; row++)
    for (let column = 0; column < steps; column++) {
      const point: Point = [
        box.left + ((column + 0.5) / steps) * (box.right - box.left),
        box.top + ((row + 0.5) / steps) * (box.bottom - box.top),
      ]
      const [isInOne, isInOther] = [holdsPoint(one, point), holdsPoint(other, point)]
      if (isInOne && isInOther) both++
      if (isInOne || isInOther) either++
    }
  return either === 0 ? 0 : both / either
}

const cornerOf = ({ left, top }: Box): Point => [left, top]
const endOf = ({ right, bottom }: Box): Point => [right, bottom]
