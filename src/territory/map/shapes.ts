import type { CountryMap } from '../model.ts'

/** An outline as it is kept: paths on grids of thousandths and five thousandths of a degree, and islands in frames of their own. */
export type Shape = { fine: string; coarse: string; islets: [x: number, y: number][] }

/** Steps of the grids, in thousandths of a degree: a hundred metres, and what a picture of a whole country can show. */
const grids = { fine: 1, coarse: 5 } as const

type Point = [x: number, y: number]

/**
 * Lays rings of degrees on grids. Borders that two areas share stay one, as both are laid on the same points.
 *
 * @param rings longitude and latitude; of whichever polygon, as paths are filled by even and odd
 * @returns null where a number is no longitude or latitude, or a ring has no ground
 */
export function shapeOf(rings: readonly (readonly number[][])[], insets: CountryMap['insets']): Shape | null {
  if (rings.some((ring) => ring.length < 4 || !ring.every(isPlace))) return null
  const isFar = (ring: readonly number[][]) => insets.some(({ box }) => isWithin(ring[0] ?? [], box))
  const near = rings.filter((ring) => !isFar(ring))
  const islets = rings.filter(isFar).map(middleOf)
  const fine = pathOf(near, grids.fine)
  if (fine === '' && islets.length === 0) return null
  return { fine, coarse: pathOf(near, grids.coarse) || fine, islets }
}

function isPlace([x, y]: readonly number[]): boolean {
  return x !== undefined && y !== undefined && Math.abs(x) <= 180 && Math.abs(y) <= 90
}

/** Whether a place lies in a box of west, south, east, north. */
export function isWithin([x = NaN, y = NaN]: readonly number[], box: CountryMap['insets'][number]['box']): boolean {
  const [west, south, east, north] = box
  return x >= west && x <= east && y >= south && y <= north
}

const onGrid = ([x = 0, y = 0]: readonly number[], step: number): Point => [
  Math.round((x * 1000) / step) * step,
  Math.round((-y * 1000) / step) * step,
]

function middleOf(ring: readonly number[][]): Point {
  const [xs, ys] = [ring.map(([x = 0]) => x), ring.map(([, y = 0]) => y)]
  return onGrid([(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2], grids.fine)
}

/** Rings as one path; those that shrink to a line are left out, but never the largest. */
function pathOf(rings: readonly (readonly number[][])[], step: number): string {
  const laid = rings.map((ring) => withoutIdle(ring.map((place) => onGrid(place, step))))
  return laid
    .filter((ring) => ring.length >= 3 && Math.abs(areaOf(ring)) >= step * step)
    .map(written)
    .join('')
}

/** Without points said twice, without the last that closes the ring, and without those on a straight line. */
function withoutIdle(ring: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of ring) {
    const last = kept.at(-1)
    if (last !== undefined && last[0] === point[0] && last[1] === point[1]) continue
    const before = kept.at(-2)
    if (last !== undefined && before !== undefined && isStraight(before, last, point)) kept.pop()
    kept.push(point)
  }
  const [first, end] = [kept[0], kept.at(-1)]
  if (kept.length > 1 && first !== undefined && end !== undefined && first[0] === end[0] && first[1] === end[1])
    kept.pop()
  return kept
}

/** On one line and onward: the point between says nothing. */
function isStraight(one: Point, two: Point, three: Point): boolean {
  const [ax, ay, bx, by] = [two[0] - one[0], two[1] - one[1], three[0] - two[0], three[1] - two[1]]
  return ax * by === ay * bx && ax * bx + ay * by > 0
}

function areaOf(ring: readonly Point[]): number {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y]
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

function written(ring: readonly Point[]): string {
  return `${ring
    .map(([x, y], at) => {
      const before = ring[at - 1]
      return before === undefined ? `M${x} ${y}l` : `${x - before[0]} ${y - before[1]}`
    })
    .join(' ')
    .replace('l ', 'l')}z`
}
