import type { StandingLine } from '#indicators/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { about, signs, valueWords } from '../words.ts'
import styles from './Links.module.css'

const [width, height] = [300, 84]
const frame = { left: 30, right: 30, top: 22, bottom: 18 }

interface Point {
  year: number
  value: number
}

/** The years of a measure as a small line with its first and last number and the target; its table stands below. */
export function SmallTrend({ line, name }: { line: StandingLine; name: string }) {
  const t = useText()
  const format = useFormat()
  const known = line.series.flatMap(({ year, value, isEstimate }) =>
    value === null ? [] : [{ year, value, isEstimate }],
  )
  const goals = line.targets.filter(({ kind }) => kind === 'level')
  const last = known.at(-1)
  if (last === undefined || known.length < 2) return null
  const all: Point[] = [...known, ...goals]
  const years = { first: known[0]?.year ?? last.year, last: Math.max(...all.map(({ year }) => year)) }
  const at = placeIn(
    all.map(({ value }) => value),
    years,
  )
  const say = (value: number) => valueWords(value, format)
  const values = known.map(({ year, value }) => t('indicators.in-year', { year: String(year), value: say(value) }))
  return (
    <svg
      className={styles.trend}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('linked.trend-words', { name, values: format.list(values) })}
    >
      <path className={styles.line} d={pathOf(known, at)} />
      {known.map((point) => (
        <circle
          key={point.year}
          {...centre(at(point))}
          r={3}
          className={point.isEstimate ? styles.guess : styles.dot}
        />
      ))}
      {[known[0], last].map(
        (point) =>
          point && (
            <text key={point.year} x={at(point).x} y={at(point).y - 7} textAnchor="middle">
              {about(point.isEstimate) + say(point.value)}
            </text>
          ),
      )}
      {[years.first, last.year, ...goals.map(({ year }) => year)]
        .filter((year, place, list) => list.indexOf(year) === place)
        .map((year) => (
          <text
            key={year}
            x={at({ year, value: last.value }).x}
            y={height - 4}
            textAnchor="middle"
            className={styles.tick}
          >
            {year}
          </text>
        ))}
      {goals.map((goal) => (
        <g key={goal.id}>
          <path className={styles.goal} d={diamond(at(goal))} />
          <text x={at(goal).x} y={at(goal).y - 8} textAnchor="middle" className={styles.goalMark}>
            {signs[goal.comparator] + say(goal.value)}
          </text>
        </g>
      ))}
    </svg>
  )
}

type Place = { x: number; y: number }

function centre({ x, y }: Place) {
  return { cx: x, cy: y }
}

/** Where a point lies; the line has air above and below. */
function placeIn(values: readonly number[], { first, last }: { first: number; last: number }) {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const span = high - low || Math.abs(high) || 1
  const wide = width - frame.left - frame.right
  const tall = height - frame.top - frame.bottom
  return ({ year, value }: Point): Place => ({
    x: frame.left + (last === first ? wide / 2 : ((year - first) / (last - first)) * wide),
    y: frame.top + (high === low ? tall / 2 : ((high - value) / span) * tall),
  })
}

/** A line that breaks where a year is not known. */
function pathOf(known: readonly Point[], at: (point: Point) => Place): string {
  return known
    .map((point, place) => {
      const follows = known[place - 1]?.year === point.year - 1
      const { x, y } = at(point)
      return `${follows ? 'L' : 'M'} ${x} ${y}`
    })
    .join(' ')
}

function diamond({ x, y }: Place): string {
  return `M ${x} ${y - 4} L ${x + 4} ${y} L ${x} ${y + 4} L ${x - 4} ${y} Z`
}
