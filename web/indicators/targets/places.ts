import type { SeriesPoint } from '#indicators/model'

type Size = { width: number; height: number; inset: number }
type Dot = { x: number; y: number; isEstimate: boolean }

/** Where years and a target stand in a small picture: neighbours are joined, a missing year parts the line. Null where nothing is known. */
export function placesOf(
  series: readonly Pick<SeriesPoint, 'year' | 'value' | 'isEstimate'>[],
  target: { kind: 'level' | 'yearly-change'; year: number; value: number },
  { width, height, inset }: Size,
): { dots: Dot[]; lines: string[]; goal: { x: number; y: number } | null } | null {
  const known = series.flatMap(({ year, value, isEstimate }) => (value === null ? [] : [{ year, value, isEstimate }]))
  const hasGoal = target.kind === 'level'
  if (known.length === 0) return null
  const years = [...known.map(({ year }) => year), ...(hasGoal ? [target.year] : [])]
  const values = [...known.map(({ value }) => value), ...(hasGoal ? [target.value] : [])]
  const place = (at: number, all: readonly number[], room: number) => {
    const [low, high] = [Math.min(...all), Math.max(...all)]
    return high === low ? room / 2 : inset + ((at - low) / (high - low)) * (room - 2 * inset)
  }
  const x = (year: number) => Math.round(place(year, years, width))
  const y = (value: number) => Math.round(height - place(value, values, height))
  const lines: string[][] = []
  for (const [at, { year, value }] of known.entries()) {
    const joins = known[at - 1]?.year === year - 1
    if (!joins) lines.push([])
    lines.at(-1)?.push(`${x(year)},${y(value)}`)
  }
  return {
    dots: known.map(({ year, value, isEstimate }) => ({ x: x(year), y: y(value), isEstimate })),
    lines: lines.filter(({ length }) => length > 1).map((points) => points.join(' ')),
    goal: hasGoal ? { x: x(target.year), y: y(target.value) } : null,
  }
}
