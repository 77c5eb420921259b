import type { SeriesPoint } from '#indicators/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { valueWords } from '../words.ts'
import styles from './Pictures.module.css'

const width = 132
const height = 36
const edge = 6

/** Years as a small line: gaps where nothing is known, a hollow dot for an estimate, a diamond for what is to be reached. */
export function SmallTrend(of: {
  name: string
  series: readonly SeriesPoint[]
  goal: { year: number; value: number } | null
}) {
  const t = useText()
  const format = useFormat()
  const known = of.series.flatMap(({ year, value, isEstimate }) =>
    value === null ? [] : [{ year, value, isEstimate }],
  )
  if (known.length === 0) return null
  const all = [...known, ...(of.goal === null ? [] : [of.goal])]
  const [first, last] = [Math.min(...all.map(({ year }) => year)), Math.max(...all.map(({ year }) => year))]
  const [low, high] = [Math.min(...all.map(({ value }) => value)), Math.max(...all.map(({ value }) => value))]
  const x = (year: number) =>
    first === last ? width / 2 : edge + ((year - first) / (last - first)) * (width - 2 * edge)
  const y = (value: number) =>
    low === high ? height / 2 : edge + ((high - value) / (high - low)) * (height - 2 * edge)
  const values = known.map(({ year, value }) =>
    t('indicators.in-year', { year: String(year), value: valueWords(value, format) }),
  )
  return (
    <svg
      className={styles.small}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('pictures.small-words', { name: of.name, values: format.list(values) })}
    >
      {known.slice(1).map((point, at) => {
        const before = known[at]
        if (before === undefined || point.year !== before.year + 1) return null
        const [from, to] = [before, point].map(({ year, value }) => `${x(year)} ${y(value)}`)
        return <path key={point.year} d={`M ${from} L ${to}`} className={styles.line} />
      })}
      {known.map((point) => (
        <circle
          key={point.year}
          cx={x(point.year)}
          cy={y(point.value)}
          r={3}
          className={point.isEstimate ? styles.guessDot : styles.dot}
        />
      ))}
      {of.goal !== null && <path d={diamond(x(of.goal.year), y(of.goal.value), 4)} className={styles.goal} />}
    </svg>
  )
}

export function diamond(x: number, y: number, half: number): string {
  return `M ${x} ${y - half} L ${x + half} ${y} L ${x} ${y + half} L ${x - half} ${y} Z`
}
