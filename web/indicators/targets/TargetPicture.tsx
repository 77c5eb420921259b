import type { SeriesPoint, UnitTarget } from '#indicators/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { signs, valueWords } from '../words.ts'
import styles from './Targets.module.css'
import { placesOf } from './places.ts'

const size = { width: 160, height: 52, inset: 7 }

/** The years as a small line and the target as a diamond with its level; the numbers stand beside it. */
export function TargetPicture(of: {
  series: readonly SeriesPoint[]
  target: UnitTarget
  label: { name: string; unitOfMeasure: string } | undefined
}) {
  const { series, target, label } = of
  const t = useText()
  const format = useFormat()
  const places = placesOf(series, target, size)
  if (places === null) return null
  const values = series.flatMap(({ year, value }) =>
    value === null ? [] : [t('indicators.in-year', { year: String(year), value: valueWords(value, format) })],
  )
  const { goal } = places
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={t('indicators.targets-picture', {
        name: label?.name ?? '',
        unit: label?.unitOfMeasure ?? '',
        values: format.list(values),
        hasGoal: goal === null ? 'no' : 'yes',
        year: String(target.year),
        goal: signs[target.comparator] + valueWords(target.value, format),
      })}
    >
      {goal && <line x1={0} x2={size.width} y1={goal.y} y2={goal.y} className={styles.level} />}
      {places.lines.map((points) => (
        <polyline key={points} points={points} className={styles.line} />
      ))}
      {places.dots.map(({ x, y, isEstimate }) => (
        <circle key={x} cx={x} cy={y} r={3} className={isEstimate ? styles.guess : styles.dot} />
      ))}
      {goal && (
        <path
          d={`M ${goal.x} ${goal.y - 5} L ${goal.x + 5} ${goal.y} L ${goal.x} ${goal.y + 5} L ${goal.x - 5} ${goal.y} Z`}
          className={styles.goal}
        />
      )}
    </svg>
  )
}
