import type { MeasureRow, SeriesPoint } from '#indicators/model'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './Indicators.module.css'
import type { Progress } from './queries.ts'
import { about, signs, valueWords } from './words.ts'

const width = 640
const height = 280
const frame = { left: 16, right: 24, top: 36, bottom: 34 }

type Point = { year: number; value: number }

/** The years as a line with its numbers, gaps where nothing is known, targets as diamonds; its table stands beside it. */
export function TrendPicture(of: {
  series: readonly SeriesPoint[]
  targets: Progress['targets']
  measure: MeasureRow
}) {
  const t = useText()
  const format = useFormat()
  const known = of.series.flatMap(({ year, value, isEstimate }) =>
    value === null ? [] : [{ year, value, isEstimate }],
  )
  const goals = of.targets
    .filter(({ kind }) => kind === 'level')
    .map(({ year, value, comparator }) => ({ year, value, comparator }))
  const all: Point[] = [...known, ...goals]
  if (known.length === 0) return null
  const [first, last] = [Math.min(...of.series.map(({ year }) => year)), Math.max(...all.map(({ year }) => year))]
  const scale = scaleOf(
    all.map(({ value }) => value),
    { first, last },
  )
  const say = (value: number) => valueWords(value, format)
  const words = known.map(({ year, value }) => t('indicators.in-year', { year: String(year), value: say(value) }))
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('indicators.trend-words', {
        name: of.measure.name,
        unit: of.measure.unitOfMeasure,
        values: format.list(words),
      })}
    >
      <line
        x1={frame.left}
        x2={width - frame.right}
        y1={height - frame.bottom}
        y2={height - frame.bottom}
        className={styles.axis}
      />
      {Array.from({ length: last - first + 1 }, (_, at) => first + at).map((year) => (
        <text key={year} x={scale.x(year)} y={height - frame.bottom + 20} textAnchor="middle" className={styles.tick}>
          {year}
        </text>
      ))}
      {known.slice(1).map((point, at) => {
        const before = known[at]
        if (before === undefined || point.year !== before.year + 1) return null
        return (
          <line
            key={point.year}
            x1={scale.x(before.year)}
            y1={scale.y(before.value)}
            x2={scale.x(point.year)}
            y2={scale.y(point.value)}
            className={styles.line}
          />
        )
      })}
      {known.map((point) => (
        <g key={point.year}>
          <circle
            cx={scale.x(point.year)}
            cy={scale.y(point.value)}
            r={4.5}
            className={point.isEstimate ? styles.guessDot : styles.dot}
          />
          <text
            x={scale.x(point.year)}
            y={scale.y(point.value) + (isBelow(point, goals) ? 20 : -11)}
            textAnchor="middle"
            className={styles.mark}
          >
            {about(point.isEstimate) + say(point.value)}
          </text>
        </g>
      ))}
      {goals.map((goal) => (
        <g key={`${goal.year} ${goal.value}`}>
          <path d={diamond(scale.x(goal.year), scale.y(goal.value))} className={styles.goal} />
          <text
            x={scale.x(goal.year)}
            y={scale.y(goal.value) + (isBelow(goal, known) ? 20 : -11)}
            textAnchor="middle"
            className={styles.goalMark}
          >
            {t('indicators.goal', { goal: signs[goal.comparator] + say(goal.value) })}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** Whether something of the same year lies above: then its label goes below. */
function isBelow(point: Point, others: readonly Point[]): boolean {
  return others.some(({ year, value }) => year === point.year && value > point.value)
}

function diamond(x: number, y: number): string {
  return `M ${x} ${y - 6} L ${x + 6} ${y} L ${x} ${y + 6} L ${x - 6} ${y} Z`
}

/** Where years and values lie; the line has air above and below. */
function scaleOf(values: readonly number[], { first, last }: { first: number; last: number }) {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const air = (high - low || Math.abs(high) || 1) * 0.2
  const [bottom, top] = [low - air, high + air]
  const inset = 28
  const wide = width - frame.left - frame.right - 2 * inset
  return {
    x: (year: number) => frame.left + inset + (last === first ? wide / 2 : ((year - first) / (last - first)) * wide),
    y: (value: number) => frame.top + ((top - value) / (top - bottom)) * (height - frame.top - frame.bottom),
  }
}
